"""The name of each record a form captures."""

from __future__ import annotations

from enum import StrEnum


class Record(StrEnum):
    CONCERN_ABOUT_ISSUE = "concern_about_issue"
    SECTION_20_SCRUTINY = "section_20_scrutiny"
    EARLY_SCRUTINY = "early_scrutiny"
    EVIDENCE_BASE = "evidence_base"
    CONSULTATION = "consultation"
    ASSESSMENT_GAP = "assessment_gap"
    DIRECT_WORK = "direct_work"
    PROFESSIONALS_MEETING = "professionals_meeting"
    FINAL_PLANNING_TIMETABLE = "final_planning_timetable"
    PLAN_CHANGE_VIEWS = "plan_change_views"
    OUT_OF_COURT_ATTEMPT = "out_of_court_attempt"
    LEARNING_CIRCLE_NOTE = "learning_circle_note"
    INDEPENDENT_VIEW_OFFERED = "independent_view_offered"
    COMPLAINTS_AND_ADVOCACY = "complaints_and_advocacy"
    ESCALATION_ENDORSEMENT = "escalation_endorsement"
    MEDIATION = "mediation"
    INDEPENDENT_PERSON = "independent_person"
    REFERRAL_SCREENING = "referral_screening"
    OFFICIAL_SOLICITOR_REDIRECT = "official_solicitor_redirect"
    REFERRAL_DOCUMENTS = "referral_documents"
    CHILDS_WISHES = "childs_wishes"
    INFORMATION_GATHERED = "information_gathered"
    WHO_ACTS = "who_acts"
    REPORT_RECIPIENTS = "report_recipients"
    CHILD_INVOLVED = "child_involved"
    RIGHTS_NOW_MET = "rights_now_met"
    FAMILY_INFORMED = "family_informed"
    COURT_PERMISSION = "court_permission"
    LIMITATION_DATE = "limitation_date"
    CLOSING_STEPS = "closing_steps"
