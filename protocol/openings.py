"""Which duties an event opens, for whom, and what their dates hang on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from protocol.case_so_far import ISSUE, CaseSoFar, ChildSoFar, HearingSoFar
from protocol.conditions import HOLDS
from protocol.duties import CATALOGUE
from protocol.duty import Duty, Early
from protocol.happenings import Happening
from protocol.ledger import Entry, Hook, Ledger, Slot
from protocol.outcome import Fact
from protocol.periods import Anchor, Due
from protocol.vocabulary import Subject

MOVED_WHEN_REPEATED = frozenset({Anchor.REVIEW, Anchor.LA_FILING, Anchor.GUARDIAN_FILING})


class Opening(NamedTuple):
    """One place a duty opens in: the child and thing it is for, and how that reads."""

    slot: Slot
    subject: str | None = None
    child: ChildSoFar | None = None
    hearing: HearingSoFar | None = None
    promised_on: date | None = None


Spread = Callable[[CaseSoFar, Fact, list[ChildSoFar]], list[Opening]]

ON_THE_CASE = [Opening((None, None))]


def open_duties(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """Duties that open in the same places share them: a review held opens five for the one review."""
    the_event_itself = Hook(fact.on, fact)
    for spread, rules in OPENS[fact.happening].items():
        openings = spread(case, fact, concerned)
        for duty, due in rules:
            for opening in openings:
                if due.only_if is None or HOLDS[due.only_if](case, fact, opening.child):
                    hook = HOOKS[due.of](case, fact, opening) if due.of in HOOKS else the_event_itself
                    if hook and not (due.of in MOVED_WHEN_REPEATED and _only_moves(ledger, duty, opening)):
                        _open(case, ledger, duty, due, opening, fact, hook)


def _only_moves(ledger: Ledger, duty: Duty, opening: Opening) -> bool:
    """Arranging or setting again what was arranged before moves it and asks nothing anew."""
    return ledger.latest(duty.id, opening.slot) is not None


def _open(
    case: CaseSoFar, ledger: Ledger, duty: Duty, due: Due, opening: Opening, fact: Fact, hook: Hook
) -> None:
    entry = ledger.open(duty, due, opening.slot, opening.subject, fact, hook)
    if entry and duty.early:
        _meet_with_what_was_done_early(case, ledger, entry, fact)


def _each_child(case: CaseSoFar, fact: Fact, concerned: list[ChildSoFar]) -> list[Opening]:
    return [Opening((child.name, None), None, child) for child in concerned]


def _the_case(case: CaseSoFar, fact: Fact, concerned: list[ChildSoFar]) -> list[Opening]:
    return ON_THE_CASE


def _the_one_named(subject: Subject) -> Spread:
    def named(case: CaseSoFar, fact: Fact, concerned: list[ChildSoFar]) -> list[Opening]:
        ref = fact.detail(subject)
        return [Opening((None, ref), ref)]

    return named


def _hearings_to_tell(case: CaseSoFar, fact: Fact, concerned: list[ChildSoFar]) -> list[Opening]:
    """A dispute raised asks it of every hearing listed; a hearing listed asks it once of the disputes so far."""
    if fact.happening is Happening.HEARING_LISTED:
        listed = [case.listed[fact.detail("hearing"), fact.detail("ref")]]
        hearings = [hearing for hearing in listed if hearing.disputes_considered < case.disputes_raised]
    else:
        hearings = list(case.listed.values())
    for hearing in hearings:
        hearing.disputes_considered = case.disputes_raised
    return [Opening((None, hearing), hearing.label, hearing=hearing) for hearing in hearings]


def _papers_promised(case: CaseSoFar, fact: Fact, concerned: list[ChildSoFar]) -> list[Opening]:
    """Two referrals may each promise a chronology: they are two documents."""
    referral = fact.detail("referral")
    return [
        Opening((None, (referral, paper["item"])), paper["item"], promised_on=paper["promised_on"])
        for paper in fact.detail("missing")
    ]


def _meet_with_what_was_done_early(case: CaseSoFar, ledger: Ledger, entry: Entry, fact: Fact) -> None:
    """Once used, an early act is used up: naming one IRO does not name the next."""
    done = case.done_early.get((entry.duty.id, entry.slot))
    if entry.duty.early is Early.SAME_DAY:
        done = done or case.done_early.get((entry.duty.id, (None, None)))
        if done and done.on == fact.on:
            ledger.meet_one(entry, done)
    elif done:
        ledger.meet_one(entry, done)
        del case.done_early[entry.duty.id, entry.slot]


def _on_cmh(case: CaseSoFar, fact: Fact, opening: Opening) -> Hook | None:
    """Once the CMH has been held, nothing is asked before it any more."""
    return None if case.cmh_held else case.cmh_hook


def _on_hearing(case: CaseSoFar, fact: Fact, opening: Opening) -> Hook | None:
    hearing = opening.hearing
    return Hook(hearing.date, hearing.history[-1][0], hearing) if hearing else None


def _on_review(case: CaseSoFar, fact: Fact, opening: Opening) -> Hook | None:
    return Hook(fact.detail("date"), fact, ("review", fact.detail("review")))


def _on_filing(of: str) -> Callable[[CaseSoFar, Fact, Opening], Hook | None]:
    def hook(case: CaseSoFar, fact: Fact, opening: Opening) -> Hook | None:
        return case.filing_dates[of] if fact.detail("of") == of else None

    return hook


def _on_issue(case: CaseSoFar, fact: Fact, opening: Opening) -> Hook | None:
    """An added child's own application counts; without one, the application the case began with."""
    if fact.detail("application_issued"):
        return Hook(fact.detail("application_issued"), fact)
    if case.issued_by:
        return Hook(case.issued_by.on, case.issued_by)
    return Hook(None, "the issue of proceedings, not yet recorded", ISSUE)


def _on_conclusion(case: CaseSoFar, fact: Fact, opening: Opening) -> Hook | None:
    concluded_by = opening.child.concluded_by if opening.child else None
    return Hook(concluded_by.on, concluded_by) if concluded_by else None


def _on_receipt(case: CaseSoFar, fact: Fact, opening: Opening) -> Hook | None:
    referral = case.referrals[fact.detail("referral")]
    return Hook(referral.received_by.on, referral.received_by, ("receipt", referral.ref))


def _on_promise(case: CaseSoFar, fact: Fact, opening: Opening) -> Hook | None:
    return Hook(opening.promised_on, fact)


HOOKS: dict[Happening | Anchor, Callable[[CaseSoFar, Fact, Opening], Hook | None]] = {
    Anchor.CMH: _on_cmh,
    Anchor.HEARING: _on_hearing,
    Anchor.REVIEW: _on_review,
    Anchor.LA_FILING: _on_filing("la_final_evidence"),
    Anchor.GUARDIAN_FILING: _on_filing("guardian_final_statement"),
    Anchor.ISSUE: _on_issue,
    Anchor.CONCLUSION: _on_conclusion,
    Anchor.RECEIPT: _on_receipt,
    Anchor.PROMISE: _on_promise,
}

OF_A_SUBJECT: dict[Subject, Spread] = {
    Subject.DOCUMENT: _the_one_named(Subject.DOCUMENT),
    Subject.REVIEW: _the_one_named(Subject.REVIEW),
    Subject.DISPUTE: _the_one_named(Subject.DISPUTE),
    Subject.REFERRAL: _the_one_named(Subject.REFERRAL),
    Subject.ITEM: _papers_promised,
    Subject.HEARING: _hearings_to_tell,
}


def _spread_of(duty: Duty) -> Spread:
    if duty.subject:
        return OF_A_SUBJECT[duty.subject]
    return _each_child if duty.per_child else _the_case


def _by_happening() -> dict[Happening, dict[Spread, list[tuple[Duty, Due]]]]:
    opens: dict[Happening, dict[Spread, list[tuple[Duty, Due]]]] = {happening: {} for happening in Happening}
    for duty in CATALOGUE.values():
        for due in duty.due:
            for happening in due.opened_by:
                opens[happening].setdefault(_spread_of(duty), []).append((duty, due))
    return opens


OPENS = _by_happening()
