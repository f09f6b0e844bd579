"""What being looked after changes: periods of care and the count of reviews; documents on their way."""

from __future__ import annotations

from protocol.case_so_far import CaseSoFar, ChildSoFar, DocumentSoFar, ReviewSoFar
from protocol.ledger import Ledger
from protocol.outcome import Fact

REVIEWS = ("REV-1", "REV-2", "REV-3")


def became_looked_after(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    for child in concerned:
        child.looked_after_since = fact.on
        child.reviews_this_time = 0


def ceased_to_be_looked_after(
    case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]
) -> None:
    for child in concerned:
        if child.looked_after_since:
            child.earlier_periods.append((child.looked_after_since, fact.on))
        child.looked_after_since = None
        ledger.close(REVIEWS, (child.name, None), fact.on)


def authority_to_place(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """The clock starts again at the second review."""
    _start_reviews_again(ledger, fact, concerned, counted=1)


def placed_for_adoption(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """The clock starts again at the first review."""
    _start_reviews_again(ledger, fact, concerned, counted=0)


def _start_reviews_again(ledger: Ledger, fact: Fact, concerned: list[ChildSoFar], counted: int) -> None:
    for child in concerned:
        child.reviews_this_time = counted
        ledger.close(REVIEWS, (child.name, None), fact.on)


def review_arranged(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    review = _review(case, fact)
    review.arranged_for = fact.detail("date")
    review.arranged_by.append(fact)
    ledger.move(("review", review.ref), review.arranged_for, fact)


def review_held(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """Only a child looked after that day has had a review that counts."""
    _review(case, fact).held.append(fact)
    for child in concerned:
        if child.looked_after_since:
            child.reviews_this_time += 1


def _review(case: CaseSoFar, fact: Fact) -> ReviewSoFar:
    ref = fact.detail("review")
    return case.reviews.setdefault(ref, ReviewSoFar(ref))


def document_received(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    ref = fact.detail("document")
    if ref not in case.documents:
        case.documents[ref] = DocumentSoFar(ref, fact.detail("kind"))
    case.documents[ref].received.append(fact)


def document_sent_to_iro(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    case.documents[fact.detail("document")].sent.append(fact)
