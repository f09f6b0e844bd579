"""Facts in, deadlines out: the facts of a case are played in order, and what is owed follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from protocol.agreement import Agreement
from protocol.case_so_far import CaseSoFar, starting, what
from protocol.concerning import children_concerned
from protocol.effects import EFFECTS
from protocol.faults import Malformed, Refused
from protocol.fields import TakesChild
from protocol.happenings import PLACE_IN_THE_DAY, SPECIFICATIONS, Happening
from protocol.ledger import Ledger
from protocol.meetings import MEETS, meet_duties
from protocol.openings import OPENS, open_duties
from protocol.outcome import Child, Deadline, Fact, Outcome
from protocol.read_models import outcome_of
from protocol.vocabulary import Subject
from protocol.working_days import ENGLAND, Calendar

__all__ = ["Child", "Deadline", "Fact", "Malformed", "Outcome", "Refused", "play"]

OPENED_BY = {
    Subject.DOCUMENT: Happening.DOCUMENT_RECEIVED,
    Subject.DISPUTE: Happening.DISPUTE_RAISED,
    Subject.REFERRAL: Happening.REFERRAL_SUBMITTED,
}
REFERS_TO = {
    happening: field.refers_to
    for happening, specification in SPECIFICATIONS.items()
    for field in specification.fields
    if field.refers_to in OPENED_BY
}


FOR_CHILDREN = frozenset(
    happening
    for happening, specification in SPECIFICATIONS.items()
    if specification.child is not TakesChild.NO
    or any(duty.per_child for duty, _ in MEETS[happening])
    or any(duty.per_child for rules in OPENS[happening].values() for duty, _ in rules)
)


def play(
    children: Sequence[Child],
    facts: Iterable[Fact],
    *,
    agreements: Sequence[Agreement] = (),
    calendar: Calendar = ENGLAND,
    as_of: date | None = None,
) -> Outcome:
    """What is owed once the facts have happened, up to and including the day `as_of`."""
    played = in_order(facts)
    case = starting(children, (fact for fact in played if fact.happening is Happening.CHILD_ADDED))
    ledger = Ledger(calendar, agreements)
    _check_children(case, played)
    _check_references(played)
    for fact in played:
        if as_of is None or fact.on <= as_of:
            _play_one(case, ledger, fact)
    return outcome_of(case, ledger)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """By day, within a day in the order of the table, then as given."""
    return sorted(facts, key=lambda fact: (fact.on, PLACE_IN_THE_DAY[fact.happening]))


def _play_one(case: CaseSoFar, ledger: Ledger, fact: Fact) -> None:
    """First what changes, then what is met, then what opens."""
    concerned = children_concerned(case, fact) if fact.happening in FOR_CHILDREN else []
    effect = EFFECTS.get(fact.happening)
    if effect:
        effect(case, ledger, fact, concerned)
    if MEETS[fact.happening]:
        meet_duties(case, ledger, fact, concerned)
    if OPENS[fact.happening]:
        open_duties(case, ledger, fact, concerned)


def _check_children(case: CaseSoFar, facts: Iterable[Fact]) -> None:
    known = {None, *case.children}
    for fact in facts:
        if fact.child not in known:
            raise Refused(fact, f'{what(fact)} cannot be: no child called "{fact.child}" is in this case.')


def _check_references(facts: Iterable[Fact]) -> None:
    """A document, dispute or referral can only be spoken of once an earlier event opened it."""
    opened: set[tuple[Subject, str]] = set()
    for fact in facts:
        if fact.happening in REFERS_TO:
            subject = REFERS_TO[fact.happening]
            ref = (subject, fact.detail(subject))
            if fact.happening is OPENED_BY[subject]:
                opened.add(ref)
            elif ref not in opened:
                raise Refused(fact, _never_opened(fact, *ref))


def _never_opened(fact: Fact, subject: Subject, ref: str) -> str:
    opening = SPECIFICATIONS[OPENED_BY[subject]].label
    return f'{what(fact)} cannot be: no earlier event "{opening}" speaks of {subject.label} "{ref}".'
