"""A local agreement: it may switch a variation on and tighten a limit, never loosen one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from protocol.duties import CATALOGUE
from protocol.duty import Duty
from protocol.faults import Malformed
from protocol.periods import Due
from protocol.vocabulary import Unit


@dataclass(frozen=True)
class Agreement:
    """In force from a day; what opened before it keeps the rule it opened under."""

    from_on: date
    on: frozenset[str] = frozenset()
    tighter: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for duty_id in self.on:
            _check_variation(_known(duty_id))
        for duty_id, number in self.tighter.items():
            _check_tighter(_known(duty_id), number)

    def number_for(self, duty: Duty, due: Due) -> int | None:
        """The number that governs: the agreed one where the rule counts in the duty's own unit."""
        if due.period is None or due.period.unit is not duty.unit:
            return due.own_number
        return self.tighter.get(duty.id, due.own_number)


def in_force(agreements: Iterable[Agreement], day: date) -> Agreement:
    """The latest agreement that had begun by a day; without one, the Protocol's own limits."""
    begun = [agreement for agreement in agreements if agreement.from_on <= day]
    return max(begun, key=lambda agreement: agreement.from_on, default=THE_PROTOCOL_ITSELF)


def _known(duty_id: str) -> Duty:
    if duty_id not in CATALOGUE:
        raise Malformed(f'there is no duty "{duty_id}"')
    return CATALOGUE[duty_id]


def _check_variation(duty: Duty) -> None:
    if not duty.variation:
        raise Malformed(f"{duty.id} is not a local variation, so it cannot be switched on")


def _check_tighter(duty: Duty, number: object) -> None:
    own = duty.own_number
    if own is None:
        raise Malformed(f"{duty.id} has no number of its own to tighten")
    if isinstance(number, bool) or not isinstance(number, int):
        raise Malformed(f"the limit for {duty.id} must be a whole number, not {number!r}")
    if duty.due[0].counts_back:
        _check_larger(duty, number, own)
        return
    least = 0 if duty.unit is Unit.WORKING_DAYS else 1
    if not least <= number <= own:
        raise Malformed(f"{number} for {duty.id} is looser than the Protocol: it must be {least} to {own}")


def _check_larger(duty: Duty, number: int, own: int) -> None:
    """A limit that counts back is tighter when it is larger."""
    if not own <= number <= 1000:
        raise Malformed(f"{number} for {duty.id} is looser than the Protocol: it must be {own} or more")


THE_PROTOCOL_ITSELF = Agreement(date.min)
