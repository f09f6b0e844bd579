"""A duty: who must do what, by when, under which clause, and which event shows that it was done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from protocol.happenings import specification
from protocol.happenings.names import Happening
from protocol.periods import Due
from protocol.records import Record
from protocol.sentences import sentence_of
from protocol.vocabulary import Force, Kind, Part, Place, Role, Subject, Unit

PART_OF_PREFIX = {
    "PRE": Part.PRE_PROCEEDINGS,
    "CMH": Part.PRE_CMH,
    "IRH": Part.UP_TO_IRH,
    "END": Part.COMPLETION,
    "DIS": Part.DISPUTES,
    "REV": Part.REVIEWS,
    "REF": Part.REFERRAL,
    "GOV": Part.GOVERNANCE,
}

FORCE_OF_SOURCE: tuple[tuple[re.Pattern[str], Force], ...] = (
    (re.compile(r"CA 1989|CPPCR|AAR|reg "), Force.STATUTE),
    (re.compile("IRO Handbook"), Force.STATUTORY_GUIDANCE),
    (re.compile("PN "), Force.PRACTICE_NOTE),
    (re.compile("GPP|EV"), Force.GOOD_PRACTICE),
    (re.compile("LP|A1|A2|REF |003"), Force.LOCAL_PROCEDURE),
    (re.compile("AGR"), Force.WITHDRAWN),
)


class Early(StrEnum):
    """An act done before its duty opens usually meets nothing. These do."""

    ANY_TIME = "any time before"
    SAME_DAY = "the same day"


@dataclass(frozen=True)
class Act:
    """An event that meets a duty, where its own fields say so."""

    happening: Happening
    where: Mapping[str, str] = field(default_factory=dict)

    def matches(self, details: Mapping[str, object]) -> bool:
        return self.where.items() <= details.items()


def act(happening: Happening, **where: str) -> Act:
    """A field the event does not have is a mistake in the catalogue, found when it is imported."""
    for name in where:
        if specification(happening).field(name) is None:
            raise TypeError(f"{happening} has no field {name}")
    return Act(happening, where)


@dataclass(frozen=True)
class Shown:
    """Where a duty without a dated entry shows itself."""

    place: Place
    where: str


def form(where: Record | Happening) -> Shown:
    return Shown(Place.FORM, where.value)


def prompt(where: str) -> Shown:
    return Shown(Place.PROMPT, where)


def clock(duty_id: str) -> Shown:
    return Shown(Place.CLOCK, duty_id)


def board(where: str) -> Shown:
    return Shown(Place.BOARD, where)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One entry of the catalogue; `action` completes "the IRO must …"."""

    id: str
    owed_by: Role
    action: str
    kind: Kind
    sources: tuple[str, ...]
    also_owed_by: tuple[Role, ...] = ()
    owed_to: Role | None = None
    standing: bool = False
    due: tuple[Due, ...] = ()
    met_by: tuple[Act, ...] = ()
    early: Early | None = None
    per_child: bool = False
    subject: Subject | None = None
    variation: bool = False
    shown: Shown | None = None
    timing: str = ""
    timing_is_ours: bool = False

    @cached_property
    def part(self) -> Part:
        """Ids carry their part, so a duty cannot be filed under the wrong one."""
        return PART_OF_PREFIX[self.id.partition("-")[0]]

    @property
    def stage(self) -> Part:
        return self.part

    @cached_property
    def order(self) -> tuple[str, int]:
        """Ids sort by prefix, then by number: CMH-2 before CMH-10."""
        prefix, _, number = self.id.partition("-")
        return prefix, int(number)

    @property
    def is_dated(self) -> bool:
        return bool(self.due)

    @property
    def is_target(self) -> bool:
        """Whether the limit is our own default rather than the source's."""
        return self.timing_is_ours or any(due.is_target for due in self.due)

    @property
    def own_number(self) -> int | None:
        """The number a local agreement may tighten, in the duty's own unit."""
        return self.due[0].own_number if self.due else None

    @property
    def unit(self) -> Unit | None:
        period = self.due[0].period if self.due else None
        return period.unit if period else None

    @property
    def source_force(self) -> Force:
        """The strongest of what the citations carry."""
        strength = list(Force)
        return min((force_of(source) for source in self.sources), key=strength.index)

    @property
    def is_withdrawn(self) -> bool:
        """Every source it rests on has been withdrawn; on by default, but never a breach."""
        return self.source_force is Force.WITHDRAWN

    @property
    def force(self) -> Force:
        """The force that lateness carries: a limit of our own is never more than our own target."""
        if self.is_target and not self.is_withdrawn:
            return Force.OUR_TARGET
        return self.source_force

    @property
    def sentence(self) -> str:
        """The whole duty in plain English."""
        return sentence_of(self)


def force_of(source: str) -> Force:
    return next(force for pattern, force in FORCE_OF_SOURCE if pattern.match(source))
