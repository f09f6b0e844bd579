"""What goes in (children and facts) and what comes out (deadlines, and read models for the screens)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from protocol.duty import Duty
from protocol.happenings import SPECIFICATIONS, Happening
from protocol.periods import Due
from protocol.stages import Move
from protocol.vocabulary import Stage, Status

Day = date

DEFAULTS = {
    happening: {field.name: field.default for field in specification.fields}
    for happening, specification in SPECIFICATIONS.items()
}


@dataclass(frozen=True)
class Child:
    name: str
    born: date


@dataclass(frozen=True)
class Fact:
    """One dated event. `on` is the day it happened, whenever it was typed."""

    happening: Happening
    on: date
    child: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    id: Any = None

    def detail(self, name: str) -> Any:
        """The event's own word, or the field's default where the event is silent."""
        try:
            return self.details[name]
        except KeyError:
            return DEFAULTS[self.happening].get(name)


class Deadline(NamedTuple):
    """One duty owed once, with its date and all that the date rests on.

    A named tuple, because a case makes hundreds and a frozen dataclass takes seven times as long to make.
    """

    duty: Duty
    child: str | None
    subject: str | None
    opened_on: date
    opened_by: Fact
    due_on: date | None
    act_by: date | None
    rule: Due
    number: int | None
    anchor_on: date | None
    anchor: Fact | str
    provisional: bool
    moved: bool
    short_notice: bool
    met_on: date | None
    met_by: Fact | None
    closed_on: date | None
    excused_from: date | None
    nth: int

    @property
    def key(self) -> tuple[str, str | None, str | None, date, date | None, int]:
        """A stable identity: it changes neither when the date moves nor when the duty is met.

        A breach left behind by a move is told apart by the date it missed.
        """
        missed = self.due_on if self.moved else None
        return self.duty.id, self.child, self.subject, self.opened_on, missed, self.nth

    def status(self, as_of: date) -> Status:
        """Judged by `due_on` alone."""
        if self.met_on:
            return Status.MET_LATE if self.due_on and self.met_on > self.due_on else Status.MET
        if self.closed_on:
            return Status.NOT_REQUIRED
        if self.excused_from:
            return Status.EXCUSED
        if self.due_on is None:
            return Status.AWAITING_DATE
        return Status.OVERDUE if self.due_on < as_of else Status.OPEN

    def as_dict(self, as_of: date) -> dict[str, Any]:
        """The entry of the JSON output."""
        return {
            "duty": self.duty.id,
            "child": self.child,
            "subject": self.subject,
            "owed_by": self.duty.owed_by.value,
            "kind": self.duty.kind.value,
            "opened_on": self.opened_on.isoformat(),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "act_by": self.act_by.isoformat() if self.act_by else None,
            "provisional": self.provisional,
            "moved": self.moved,
            "short_notice": self.short_notice,
            "status": self.status(as_of).value,
            "met_on": self.met_on.isoformat() if self.met_on else None,
            "source": list(self.duty.sources),
        }


def in_order(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """By date, those awaiting one last; then duty, child and subject, the unnamed first."""
    return tuple(sorted(deadlines, key=_place))


def _place(deadline: Deadline) -> tuple[object, ...]:
    return (
        deadline.due_on or date.max,
        deadline.duty.order,
        deadline.child or "",
        deadline.subject or "",
        deadline.opened_on,
        not deadline.moved,
        deadline.nth,
    )


class Hearing(NamedTuple):
    """A hearing as the court has it: listed for a date, held, or vacated; with every date it was given."""

    type: str
    ref: str | None
    listed_on: Day | None
    date: Day | None
    state: str
    history: tuple[tuple[Fact, Day | None], ...]


class Review(NamedTuple):
    ref: str
    arranged_for: date | None
    arranged_by: tuple[Fact, ...]
    held: tuple[Fact, ...]


class Document(NamedTuple):
    ref: str
    kind: str
    received: tuple[Fact, ...]
    sent: tuple[Fact, ...]


class Dispute(NamedTuple):
    ref: str
    raised: Fact
    formal_since: date | None
    is_open: bool
    history: tuple[Fact, ...]


class Referral(NamedTuple):
    ref: str
    submitted: Fact
    received_on: date
    concluded_by: Fact | None
    withdrawn_by: Fact | None
    history: tuple[Fact, ...]

    @property
    def is_open(self) -> bool:
        return self.concluded_by is None and self.withdrawn_by is None


@dataclass(frozen=True)
class Outcome:
    """Everything that follows from the facts."""

    stage: Stage | None
    deadlines: tuple[Deadline, ...]
    moves: tuple[tuple[Fact, Move], ...]
    hearings: tuple[Hearing, ...]
    reviews: Mapping[str, Review]
    documents: Mapping[str, Document]
    disputes: Mapping[str, Dispute]
    referrals: Mapping[str, Referral]
    children_present: tuple[str, ...]
    concluded: Mapping[str, date]
    looked_after: Mapping[str, date]
    allocated_iro: Mapping[str, Fact]
    guardian: Fact | None
    filing_dates: Mapping[str, date]
    final_evidence: Fact | None
    care_plan_view: Fact | None
