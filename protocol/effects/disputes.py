"""What the steps of a dispute change: its rung, and whether the court still needs to hear of any."""

from __future__ import annotations

from protocol.case_so_far import CaseSoFar, ChildSoFar, DisputeSoFar
from protocol.ledger import Ledger
from protocol.outcome import Fact

TELL_THE_COURT = ("IRH-8",)
OF_A_DISPUTE = ("DIS-1", "DIS-2")


def dispute_raised(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    ref = fact.detail("dispute")
    dispute = case.disputes.get(ref)
    if dispute is None or not dispute.is_open:
        dispute = case.disputes[ref] = DisputeSoFar(ref, fact)
        case.disputes_open += 1
    case.disputes_raised += 1
    if fact.detail("formal"):
        dispute.formal_since = dispute.formal_since or fact.on
    _step(dispute, fact)


def dispute_made_formal(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    dispute = _dispute(case, fact)
    dispute.formal_since = dispute.formal_since or fact.on
    _step(dispute, fact)


def dispute_escalated(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """A rung without days of its own has no deadline, and an answer there answers no lower rung."""
    dispute = _dispute(case, fact)
    dispute.rung_has_days = False
    _step(dispute, fact)


def _step(dispute: DisputeSoFar, fact: Fact) -> None:
    dispute.history.append(fact)
    if fact.detail("days") is not None:
        dispute.rung_has_days = True


def dispute_goes_on(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """Answered or left unresolved: part of its history, and still open."""
    _dispute(case, fact).history.append(fact)


def dispute_withdrawn(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    ledger.close(OF_A_DISPUTE, (None, fact.detail("dispute")), fact.on)
    dispute_ended(case, ledger, fact, concerned)


def dispute_ended(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """When the last open dispute ends, the court need not be told of any."""
    dispute = _dispute(case, fact)
    dispute.history.append(fact)
    if dispute.is_open:
        dispute.is_open = False
        case.disputes_open -= 1
    if not case.disputes_open:
        ledger.close_every(TELL_THE_COURT, fact.on)


def _dispute(case: CaseSoFar, fact: Fact) -> DisputeSoFar:
    return case.disputes[fact.detail("dispute")]
