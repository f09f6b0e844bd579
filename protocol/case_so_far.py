"""What is known of a case while its events are played: children, hearings, reviews, disputes, referrals."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from protocol.faults import Refused
from protocol.happenings import specification
from protocol.ledger import Hook, Slot
from protocol.outcome import Child, Day, Fact
from protocol.stages import Move, may_move, refusal
from protocol.vocabulary import PROCEEDINGS_RUN, Stage

HearingKey = tuple[str, str | None]

CMH = "cmh"
THE_CMH: Hashable = "the CMH"
ISSUE: Hashable = "the issue of proceedings"


@dataclass(slots=True)
class ChildSoFar:
    name: str
    born: date
    present: bool = True
    looked_after_since: date | None = None
    earlier_periods: list[tuple[date, date]] = field(default_factory=list)
    reviews_this_time: int = 0
    concluded_by: Fact | None = None
    meeting_required_by: Fact | None = None
    iro: Fact | None = None

    def was_looked_after_before(self, day: date) -> bool:
        """On the day before it: a period of care lasts from the day it begins until the day before it ends."""
        if self.looked_after_since and self.looked_after_since < day:
            return True
        return any(start < day <= end for start, end in self.earlier_periods)


@dataclass(slots=True, eq=False)
class HearingSoFar:
    type: str
    ref: str | None
    listed_on: Day | None = None
    date: Day | None = None
    state: str = "listed"
    history: list[tuple[Fact, Day | None]] = field(default_factory=list)
    disputes_considered: int = 0

    @property
    def label(self) -> str:
        return f"{self.type}:{self.ref}" if self.ref else self.type

    def give(self, day: Day | None, state: str, fact: Fact) -> None:
        self.date, self.state = day, state
        self.history.append((fact, day))


@dataclass(slots=True)
class ReviewSoFar:
    ref: str
    arranged_for: date | None = None
    arranged_by: list[Fact] = field(default_factory=list)
    held: list[Fact] = field(default_factory=list)


@dataclass(slots=True)
class DocumentSoFar:
    ref: str
    kind: str
    received: list[Fact] = field(default_factory=list)
    sent: list[Fact] = field(default_factory=list)


@dataclass(slots=True)
class DisputeSoFar:
    ref: str
    raised: Fact
    formal_since: date | None = None
    is_open: bool = True
    rung_has_days: bool = False
    history: list[Fact] = field(default_factory=list)


@dataclass(slots=True)
class ReferralSoFar:
    ref: str
    submitted: Fact
    received_by: Fact
    items: set[str] = field(default_factory=set)
    concluded_by: Fact | None = None
    withdrawn_by: Fact | None = None
    history: list[Fact] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.concluded_by is None and self.withdrawn_by is None


@dataclass(slots=True)
class CaseSoFar:
    children: dict[str, ChildSoFar]
    present: list[ChildSoFar] = field(default_factory=list)
    stage: Stage | None = None
    moves: list[tuple[Fact, Move]] = field(default_factory=list)
    issued_by: Fact | None = None
    guardian: Fact | None = None
    hearings: list[HearingSoFar] = field(default_factory=list)
    listed: dict[HearingKey, HearingSoFar] = field(default_factory=dict)
    vacated: dict[HearingKey, HearingSoFar] = field(default_factory=dict)
    cmh_held: Fact | None = None
    cmh_hook: Hook = field(default_factory=lambda: Hook(None, "the CMH, not listed yet", THE_CMH))
    reviews: dict[str, ReviewSoFar] = field(default_factory=dict)
    documents: dict[str, DocumentSoFar] = field(default_factory=dict)
    disputes: dict[str, DisputeSoFar] = field(default_factory=dict)
    disputes_raised: int = 0
    disputes_open: int = 0
    referrals: dict[str, ReferralSoFar] = field(default_factory=dict)
    filing_dates: dict[str, Hook] = field(default_factory=dict)
    final_evidence: Fact | None = None
    care_plan_view: Fact | None = None
    advice_sought: Fact | None = None
    done_early: dict[tuple[str, Slot], Fact] = field(default_factory=dict)

    @property
    def proceedings_run(self) -> bool:
        return self.stage in PROCEEDINGS_RUN

    def count_who_is_present(self) -> None:
        self.present = [child for child in self.children.values() if child.present]

    def make(self, move: Move, fact: Fact) -> None:
        """Move to the next stage, or refuse with a sentence."""
        self.check(move, fact)
        self.stage = move.target
        self.moves.append((fact, move))

    def check(self, move: Move, fact: Fact) -> None:
        if not may_move(move, self.stage):
            raise Refused(fact, refusal(move, what(fact), self.stage))

    def every_child_concluded(self) -> bool:
        return bool(self.present) and all(child.concluded_by for child in self.present)


def what(fact: Fact) -> str:
    """The fact as a refusal names it; a date is checked by its weekday."""
    day = f"{fact.on:%A} {fact.on.day} {fact.on:%B %Y}"
    return f'"{specification(fact.happening).label}" on {day}'


def starting(children: Sequence[Child], joining: Iterable[Fact]) -> CaseSoFar:
    """The children of the case; those whom a later event adds are known but not yet in it."""
    known = {child.name: ChildSoFar(child.name, child.born) for child in children}
    for fact in joining:
        if fact.child:
            child = known.setdefault(fact.child, ChildSoFar(fact.child, fact.detail("born")))
            child.present = False
    case = CaseSoFar(known)
    case.count_who_is_present()
    return case
