"""What the steps of a referral change: when it was received, whether it still runs, what is excused."""

from __future__ import annotations

from protocol.case_so_far import CaseSoFar, ChildSoFar, ReferralSoFar
from protocol.duties import CATALOGUE
from protocol.ledger import Ledger
from protocol.outcome import Fact
from protocol.vocabulary import Subject

OF_A_REFERRAL = tuple(duty.id for duty in CATALOGUE.values() if duty.subject is Subject.REFERRAL)
ENDS_THE_REFERRAL = ("no_action", "other_proceedings", "official_solicitor")


def advice_sought(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    case.advice_sought = fact


def referral_submitted(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    ref = fact.detail("referral")
    referral = case.referrals.get(ref)
    if referral is None or not referral.is_open:
        referral = case.referrals[ref] = ReferralSoFar(ref, fact, fact)
    referral.items.update(paper["item"] for paper in fact.detail("missing"))
    referral.history.append(fact)


def referral_goes_on(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    _referral(case, fact).history.append(fact)


def referral_received(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """What counts from receipt counts from this day; the two weeks stay on the submission."""
    referral = _referral(case, fact)
    referral.received_by = fact
    referral.history.append(fact)
    ledger.move(("receipt", referral.ref), fact.on, fact)


def delay_letter_sent(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """In time, it excuses the report; too late, it changes nothing (PN 3.16)."""
    referral_goes_on(case, ledger, fact, concerned)
    for entry in ledger.unmet("REF-12", (None, fact.detail("referral"))):
        if not entry.is_breached(fact.on):
            entry.excused_from = entry.excused_from or fact.on


def decision_report_sent(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """Cafcass is done with the referral where nothing is to be done, or where somebody else does it."""
    others_sue = fact.detail("action") == "proceedings" and fact.detail("by") != "cafcass"
    if fact.detail("action") in ENDS_THE_REFERRAL or others_sue:
        _conclude(case, ledger, fact)
    else:
        referral_goes_on(case, ledger, fact, concerned)


def final_report_sent(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    _conclude(case, ledger, fact)


def _conclude(case: CaseSoFar, ledger: Ledger, fact: Fact) -> None:
    referral = _referral(case, fact)
    referral.concluded_by = referral.concluded_by or fact
    referral.history.append(fact)
    ledger.close(("REF-21",), (None, referral.ref), fact.on)


def settled(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    referral_goes_on(case, ledger, fact, concerned)
    ledger.close(("REF-16",), (None, fact.detail("referral")), fact.on)


def referral_withdrawn(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    referral = _referral(case, fact)
    referral.withdrawn_by = fact
    referral.history.append(fact)
    ledger.close(OF_A_REFERRAL, (None, referral.ref), fact.on)
    for item in referral.items:
        ledger.close(("REF-7",), (None, (referral.ref, item)), fact.on)


def _referral(case: CaseSoFar, fact: Fact) -> ReferralSoFar:
    return case.referrals[fact.detail("referral")]
