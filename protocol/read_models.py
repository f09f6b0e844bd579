"""What a case looks like once its facts are played, in a form that screens can hold on to."""

from __future__ import annotations

from protocol.case_so_far import CaseSoFar
from protocol.ledger import Ledger
from protocol.outcome import Dispute, Document, Hearing, Outcome, Referral, Review


def outcome_of(case: CaseSoFar, ledger: Ledger) -> Outcome:
    children = case.children.values()
    return Outcome(
        stage=case.stage,
        deadlines=ledger.deadlines(),
        moves=tuple(case.moves),
        hearings=_hearings(case),
        reviews=_reviews(case),
        documents=_documents(case),
        disputes=_disputes(case),
        referrals=_referrals(case),
        children_present=tuple(child.name for child in case.present),
        concluded={child.name: child.concluded_by.on for child in children if child.concluded_by},
        looked_after={c.name: c.looked_after_since for c in children if c.looked_after_since},
        allocated_iro={child.name: child.iro for child in children if child.iro},
        guardian=case.guardian,
        filing_dates={of: hook.on for of, hook in case.filing_dates.items() if hook.on},
        final_evidence=case.final_evidence,
        care_plan_view=case.care_plan_view,
    )


def _hearings(case: CaseSoFar) -> tuple[Hearing, ...]:
    return tuple(
        Hearing(
            hearing.type, hearing.ref, hearing.listed_on, hearing.date, hearing.state, tuple(hearing.history)
        )
        for hearing in case.hearings
    )


def _reviews(case: CaseSoFar) -> dict[str, Review]:
    return {
        ref: Review(ref, review.arranged_for, tuple(review.arranged_by), tuple(review.held))
        for ref, review in case.reviews.items()
    }


def _documents(case: CaseSoFar) -> dict[str, Document]:
    return {
        ref: Document(ref, document.kind, tuple(document.received), tuple(document.sent))
        for ref, document in case.documents.items()
    }


def _disputes(case: CaseSoFar) -> dict[str, Dispute]:
    return {
        ref: Dispute(ref, dispute.raised, dispute.formal_since, dispute.is_open, tuple(dispute.history))
        for ref, dispute in case.disputes.items()
    }


def _referrals(case: CaseSoFar) -> dict[str, Referral]:
    return {
        ref: Referral(
            ref,
            referral.submitted,
            referral.received_by.on,
            referral.concluded_by,
            referral.withdrawn_by,
            tuple(referral.history),
        )
        for ref, referral in case.referrals.items()
    }
