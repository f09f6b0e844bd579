"""The catalogue: every duty of the Protocol, each with its clause."""

from __future__ import annotations

from protocol.duties import (
    completion,
    disputes,
    final_care_plan,
    governance,
    pre_cmh,
    pre_proceedings,
    referral,
    referral_outcome,
    reviews,
    up_to_irh,
)
from protocol.duty import Duty
from protocol.vocabulary import Part

_TOLD_IN = (
    pre_proceedings,
    pre_cmh,
    up_to_irh,
    final_care_plan,
    completion,
    disputes,
    reviews,
    referral,
    referral_outcome,
    governance,
)


def _in_order(duty: Duty) -> tuple[int, tuple[str, int]]:
    """A part may be told in several files: its duties stand in the order of their numbers all the same."""
    return list(Part).index(duty.part), duty.order


CATALOGUE: dict[str, Duty] = {
    duty.id: duty for duty in sorted((duty for told in _TOLD_IN for duty in told.DUTIES), key=_in_order)
}


def by_stage(part: Part) -> tuple[Duty, ...]:
    """The duties of one part, in order."""
    return tuple(duty for duty in CATALOGUE.values() if duty.part is part)
