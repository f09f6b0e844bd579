"""Which duties an event opens, for whom, and what their dates hang on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from protocol.case_so_far import ISSUE, CaseSoFar, ChildSoFar, HearingSoFar
from protocol.conditions import HOLDS
from protocol.duties import CATALOGUE
from protocol.duty import Duty, Early
from protocol.happenings import Happening
from protocol.ledger import Entry, Hook, Ledger, Slot
from protocol.outcome import Fact
from protocol.periods import Anchor, Due
from protocol.vocabulary import Subject

MOVED_WHEN_REPEATED = (Anchor.REVIEW, Anchor.LA_FILING, Anchor.GUARDIAN_FILING)


@dataclass(frozen=True, slots=True)
class Opening:
    """One place a duty opens in: a child or none, what it hangs on, and how that reads."""

    child: ChildSoFar | None
    subject: str | None = None
    hangs_on: Hashable = None
    hearing: HearingSoFar | None = None
    paper: dict[str, object] | None = None

    @property
    def slot(self) -> Slot:
        return self.child.name if self.child else None, self.hangs_on


def _by_happening() -> dict[Happening, list[tuple[Duty, Due]]]:
    opens: dict[Happening, list[tuple[Duty, Due]]] = {happening: [] for happening in Happening}
    for duty in CATALOGUE.values():
        for due in duty.due:
            for happening in due.opened_by:
                opens[happening].append((duty, due))
    return opens


OPENS = _by_happening()


def open_duties(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    for duty, due in OPENS[fact.happening]:
        for opening in _openings(case, duty, fact, concerned):
            if due.only_if is None or HOLDS[due.only_if](case, fact, opening.child):
                _open(case, ledger, duty, due, opening, fact)


def _open(
    case: CaseSoFar, ledger: Ledger, duty: Duty, due: Due, opening: Opening, fact: Fact
) -> None:
    if due.of in MOVED_WHEN_REPEATED and ledger.latest(duty.id, opening.slot):
        return
    hook = Hook(fact.on, fact) if isinstance(due.of, Happening) else HOOKS[due.of](case, fact, opening)
    if hook is None:
        return
    entry = ledger.open(duty, due, opening.slot, opening.subject, fact, hook)
    if entry and duty.early:
        _meet_with_what_was_done_early(case, ledger, entry, fact)


def _openings(case: CaseSoFar, duty: Duty, fact: Fact, concerned: list[ChildSoFar]) -> Iterator[Opening]:
    if duty.per_child:
        yield from (Opening(child) for child in concerned)
    elif duty.subject is Subject.HEARING:
        yield from _hearings_to_tell(case, fact)
    elif duty.subject is Subject.ITEM:
        yield from _papers_promised(fact)
    elif duty.subject:
        ref = fact.detail(duty.subject.value)
        yield Opening(None, ref, ref)
    else:
        yield Opening(None)


def _hearings_to_tell(case: CaseSoFar, fact: Fact) -> Iterator[Opening]:
    """A dispute raised asks it of every hearing listed; a hearing listed asks it once of the disputes so far."""
    if fact.happening is Happening.HEARING_LISTED:
        listed = [case.listed[fact.detail("hearing"), fact.detail("ref")]]
        hearings = [hearing for hearing in listed if hearing.disputes_considered < case.disputes_raised]
    else:
        hearings = list(case.listed.values())
    for hearing in hearings:
        hearing.disputes_considered = case.disputes_raised
        yield Opening(None, hearing.label, hearing, hearing=hearing)


def _papers_promised(fact: Fact) -> Iterator[Opening]:
    for paper in fact.detail("missing"):
        yield Opening(None, paper["item"], (fact.detail("referral"), paper["item"]), paper=paper)


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
    promised = opening.paper
    return Hook(promised["promised_on"], fact) if promised else None  # type: ignore[arg-type]


HOOKS: dict[Anchor, Callable[[CaseSoFar, Fact, Opening], Hook | None]] = {
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
