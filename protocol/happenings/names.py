"""The name of everything that can happen, in the order in which one day's events are played."""

from __future__ import annotations

from enum import StrEnum


class Happening(StrEnum):
    RISK_IDENTIFIED = "risk_identified"
    LOCAL_AUTHORITY_TOLD_OF_RISK = "local_authority_told_of_risk"
    IRO_NOTIFICATION_DECIDED = "iro_notification_decided"
    ENTERED_PRE_PROCEEDINGS = "entered_pre_proceedings"
    BECAME_LOOKED_AFTER = "became_looked_after"
    CEASED_TO_BE_LOOKED_AFTER = "ceased_to_be_looked_after"
    AUTHORITY_TO_PLACE = "authority_to_place"
    PLACED_FOR_ADOPTION = "placed_for_adoption"
    DECISION_TO_ISSUE = "decision_to_issue"
    CAFCASS_TOLD_OF_APPLICATION = "cafcass_told_of_application"
    DIVERTED_FROM_PROCEEDINGS = "diverted_from_proceedings"
    PROCEEDINGS_ISSUED = "proceedings_issued"
    LEGAL_PAPERWORK_SENT = "legal_paperwork_sent"
    IRO_VIEW_IN_COURT_STATEMENT = "iro_view_in_court_statement"
    IRO_ALLOCATED = "iro_allocated"
    IRO_NAMED_TO_CAFCASS = "iro_named_to_cafcass"
    GUARDIAN_ALLOCATED = "guardian_allocated"
    APPENDIX_1_SENT = "appendix_1_sent"
    APPENDIX_1_ACKNOWLEDGED = "appendix_1_acknowledged"
    CHILD_ADDED = "child_added"
    IRO_TOLD_OF_ADDED_CHILD = "iro_told_of_added_child"
    HEARING_LISTED = "hearing_listed"
    HEARING_MOVED = "hearing_moved"
    HEARING_VACATED = "hearing_vacated"
    HEARING_HELD = "hearing_held"
    EXTENSION_GRANTED = "extension_granted"
    CONTACT = "contact"
    DOCUMENT_RECEIVED = "document_received"
    DOCUMENT_SENT_TO_IRO = "document_sent_to_iro"
    MEETING_HELD = "meeting_held"
    REVIEW_ARRANGED = "review_arranged"
    GUARDIAN_TOLD_OF_REVIEW = "guardian_told_of_review"
    GUARDIAN_APOLOGIES_SENT = "guardian_apologies_sent"
    REVIEW_HELD = "review_held"
    REVIEW_DECISIONS_WRITTEN = "review_decisions_written"
    REVIEW_RECORD_COMPLETED = "review_record_completed"
    REVIEW_RECORD_DISTRIBUTED = "review_record_distributed"
    REVIEW_RECORD_SENT_TO_GUARDIAN = "review_record_sent_to_guardian"
    GUARDIAN_ALERTED = "guardian_alerted"
    FILING_DATE_SET = "filing_date_set"
    FILING_DATE_MOVED = "filing_date_moved"
    FINAL_EVIDENCE_WITH_IRO = "final_evidence_with_iro"
    CARE_PLAN_VIEW_GIVEN = "care_plan_view_given"
    DISPUTE_RAISED = "dispute_raised"
    DISPUTE_MADE_FORMAL = "dispute_made_formal"
    DISPUTE_ESCALATED = "dispute_escalated"
    DISPUTE_ANSWERED = "dispute_answered"
    DISPUTE_WITHDRAWN = "dispute_withdrawn"
    DISPUTE_RESOLVED = "dispute_resolved"
    DISPUTE_UNRESOLVED = "dispute_unresolved"
    COURT_TOLD_OF_DISPUTE = "court_told_of_dispute"
    GUARDIAN_TOLD_OF_DISPUTE = "guardian_told_of_dispute"
    SEPARATE_REPORT_DECIDED = "separate_report_decided"
    CAFCASS_MANAGER_NOTIFICATION_DECIDED = "cafcass_manager_notification_decided"
    PROCEEDINGS_CONCLUDED = "proceedings_concluded"
    MEETING_REQUIRED = "meeting_required"
    FINAL_CARE_PLAN_PROVIDED = "final_care_plan_provided"
    APPENDIX_2_SENT = "appendix_2_sent"
    CHILD_LETTER_SENT = "child_letter_sent"
    DOCUMENTS_CONFIRMED = "documents_confirmed"
    HANDOVER_RECORDED = "handover_recorded"
    HANDOVER_MEETING_HELD = "handover_meeting_held"
    OVERSIGHT_AGREED = "oversight_agreed"
    GUARDIAN_WITHDREW = "guardian_withdrew"
    ADVICE_SOUGHT = "advice_sought"
    REFERRAL_SUBMITTED = "referral_submitted"
    REFERRAL_RECEIVED = "referral_received"
    REFERRAL_ALLOCATED = "referral_allocated"
    ADVICE_DISCLOSED = "advice_disclosed"
    LA_LEGAL_NOTIFIED = "la_legal_notified"
    MISSING_DOCUMENT_PROVIDED = "missing_document_provided"
    DECISION_REPORT_SENT = "decision_report_sent"
    DELAY_LETTER_SENT = "delay_letter_sent"
    CIVIL_PROCEEDINGS_STARTED = "civil_proceedings_started"
    SETTLED = "settled"
    JUDGMENT_GIVEN = "judgment_given"
    FINAL_REPORT_SENT = "final_report_sent"
    PROGRESS_REPORT_SENT = "progress_report_sent"
    REFERRAL_WITHDRAWN = "referral_withdrawn"
    CASE_CLOSED = "case_closed"
    CASE_TRANSFERRED = "case_transferred"
    PROTOCOL_SIGNED = "protocol_signed"
    PROTOCOL_REVIEWED = "protocol_reviewed"
    CHILD_LEFT = "child_left"
    PROCEEDINGS_WITHDRAWN = "proceedings_withdrawn"


SHARES_A_PLACE_WITH = {
    Happening.REVIEW_RECORD_COMPLETED: Happening.REVIEW_DECISIONS_WRITTEN,
    Happening.REVIEW_RECORD_DISTRIBUTED: Happening.REVIEW_DECISIONS_WRITTEN,
    Happening.JUDGMENT_GIVEN: Happening.SETTLED,
    Happening.CASE_TRANSFERRED: Happening.CASE_CLOSED,
    Happening.PROCEEDINGS_WITHDRAWN: Happening.CHILD_LEFT,
}


def _places() -> dict[Happening, int]:
    in_order = {happening: place for place, happening in enumerate(Happening)}
    return {happening: in_order[SHARES_A_PLACE_WITH.get(happening, happening)] for happening in Happening}


PLACE_IN_THE_DAY = _places()
