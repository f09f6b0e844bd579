"""What each event changes in the case, before it meets and opens duties."""

from __future__ import annotations

from collections.abc import Callable

from protocol.case_so_far import CaseSoFar, ChildSoFar
from protocol.effects import care, disputes, hearings, proceedings, referrals
from protocol.happenings import Happening
from protocol.ledger import Ledger
from protocol.outcome import Fact

Effect = Callable[[CaseSoFar, Ledger, Fact, list[ChildSoFar]], None]

EFFECTS: dict[Happening, Effect] = {
    Happening.ENTERED_PRE_PROCEEDINGS: proceedings.move_stage,
    Happening.BECAME_LOOKED_AFTER: care.became_looked_after,
    Happening.CEASED_TO_BE_LOOKED_AFTER: care.ceased_to_be_looked_after,
    Happening.AUTHORITY_TO_PLACE: care.authority_to_place,
    Happening.PLACED_FOR_ADOPTION: care.placed_for_adoption,
    Happening.DIVERTED_FROM_PROCEEDINGS: proceedings.ended_without_conclusion,
    Happening.PROCEEDINGS_ISSUED: proceedings.proceedings_issued,
    Happening.IRO_ALLOCATED: proceedings.iro_allocated,
    Happening.GUARDIAN_ALLOCATED: proceedings.guardian_allocated,
    Happening.CHILD_ADDED: proceedings.child_added,
    Happening.HEARING_LISTED: hearings.hearing_listed,
    Happening.HEARING_MOVED: hearings.hearing_moved,
    Happening.HEARING_VACATED: hearings.hearing_vacated,
    Happening.HEARING_HELD: hearings.hearing_held,
    Happening.EXTENSION_GRANTED: proceedings.extension_granted,
    Happening.DOCUMENT_RECEIVED: care.document_received,
    Happening.DOCUMENT_SENT_TO_IRO: care.document_sent_to_iro,
    Happening.REVIEW_ARRANGED: care.review_arranged,
    Happening.REVIEW_HELD: care.review_held,
    Happening.FILING_DATE_SET: hearings.filing_date_set,
    Happening.FILING_DATE_MOVED: hearings.filing_date_moved,
    Happening.FINAL_EVIDENCE_WITH_IRO: hearings.final_evidence_with_iro,
    Happening.CARE_PLAN_VIEW_GIVEN: hearings.care_plan_view_given,
    Happening.DISPUTE_RAISED: disputes.dispute_raised,
    Happening.DISPUTE_MADE_FORMAL: disputes.dispute_made_formal,
    Happening.DISPUTE_ESCALATED: disputes.dispute_escalated,
    Happening.DISPUTE_ANSWERED: disputes.dispute_goes_on,
    Happening.DISPUTE_WITHDRAWN: disputes.dispute_withdrawn,
    Happening.DISPUTE_RESOLVED: disputes.dispute_ended,
    Happening.DISPUTE_UNRESOLVED: disputes.dispute_goes_on,
    Happening.PROCEEDINGS_CONCLUDED: proceedings.proceedings_concluded,
    Happening.MEETING_REQUIRED: proceedings.meeting_required,
    Happening.GUARDIAN_WITHDREW: proceedings.guardian_withdrew,
    Happening.ADVICE_SOUGHT: referrals.advice_sought,
    Happening.REFERRAL_SUBMITTED: referrals.referral_submitted,
    Happening.REFERRAL_RECEIVED: referrals.referral_received,
    Happening.REFERRAL_ALLOCATED: referrals.referral_goes_on,
    Happening.ADVICE_DISCLOSED: referrals.referral_goes_on,
    Happening.LA_LEGAL_NOTIFIED: referrals.referral_goes_on,
    Happening.MISSING_DOCUMENT_PROVIDED: referrals.referral_goes_on,
    Happening.DECISION_REPORT_SENT: referrals.decision_report_sent,
    Happening.DELAY_LETTER_SENT: referrals.delay_letter_sent,
    Happening.CIVIL_PROCEEDINGS_STARTED: referrals.referral_goes_on,
    Happening.SETTLED: referrals.settled,
    Happening.JUDGMENT_GIVEN: referrals.referral_goes_on,
    Happening.FINAL_REPORT_SENT: referrals.final_report_sent,
    Happening.PROGRESS_REPORT_SENT: referrals.referral_goes_on,
    Happening.REFERRAL_WITHDRAWN: referrals.referral_withdrawn,
    Happening.CASE_CLOSED: proceedings.move_stage,
    Happening.CASE_TRANSFERRED: proceedings.move_stage,
    Happening.CHILD_LEFT: proceedings.child_left,
    Happening.PROCEEDINGS_WITHDRAWN: proceedings.ended_without_conclusion,
}
