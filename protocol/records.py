"""What a form captures for duties that no dated event carries.

Records are never played and a scenario file does not know them: they show that a duty was attended to.
"""

from __future__ import annotations

from enum import StrEnum

from protocol.fields import (
    Specification,
    TakesChild,
    a_date,
    one_of,
    reference,
    text,
    yes_or_no,
)
from protocol.vocabulary import Part, Role, Subject

IRO_SIDE = (Role.IRO, Role.IRO_MANAGER)
GUARDIAN_SIDE = (Role.GUARDIAN, Role.CAFCASS)
AUTHORITY = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.LOCAL_AUTHORITY)


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


_BEFORE_AND_AT_COURT = (
    Specification(
        Record.CONCERN_ABOUT_ISSUE, "Concern that proceedings are not issued in time", "Record the concern",
        "What worries the IRO about the timing, and the dispute it was taken to.", Part.PRE_PROCEEDINGS, IRO_SIDE,
        (text("concern", "Concern"), reference(Subject.DISPUTE)), TakesChild.OPTIONAL, ("PRE-3",),
    ),
    Specification(
        Record.SECTION_20_SCRUTINY, "Use of section 20 scrutinised", "Scrutinise the use of section 20",
        "At each review of a child accommodated under section 20.", Part.PRE_PROCEEDINGS, IRO_SIDE,
        (
            yes_or_no("status_fits_risk", "Does the legal status fit the evidence of risk?"),
            yes_or_no("timescales_clear", "Are the timescales for decisions clear?"),
            yes_or_no("permanence_in_view", "Is permanence the main consideration?"),
            text("analysis", "Analysis"),
        ),
        TakesChild.REQUIRED, ("PRE-6",),
    ),
    Specification(
        Record.EARLY_SCRUTINY, "Proposed case scrutinised early", "Record early scrutiny",
        "Where a Cafcass Plus scheme or its principles are used, for one case or several.",
        Part.PRE_PROCEEDINGS, GUARDIAN_SIDE,
        (
            one_of(
                "result", "Result", ("diverted", "Diverted"), ("narrowed", "Narrowed, evidence base agreed"),
                ("neither", "Neither"),
            ),
            text("note", "Note"),
        ),
        TakesChild.OPTIONAL, ("PRE-9",),
    ),
    Specification(
        Record.EVIDENCE_BASE, "Evidence base examined together", "Record the evidence base",
        "What social worker and guardian agree on, and what not. Difference is not failure.", Part.PRE_CMH,
        (*GUARDIAN_SIDE, *AUTHORITY),
        (text("agreed", "Agreed"), text("not_agreed", "Not agreed, and why", required=False)),
        TakesChild.OPTIONAL, ("PRE-10",),
    ),
    Specification(
        Record.CONSULTATION, "Guardian's consultation with the IRO", "Record the consultation",
        "The guardian has read the review papers and asked the IRO what there is to know.", Part.PRE_CMH,
        GUARDIAN_SIDE,
        (
            yes_or_no("papers_read", "Have you read all the review documents?"),
            text("concerns", "The IRO's concerns"),
            yes_or_no("dispute_triggered", "Has any stage of dispute resolution been triggered?"),
            yes_or_no("complaint_made", "Was any complaint or representation made?"),
        ),
        TakesChild.OPTIONAL, ("CMH-14",),
    ),
    Specification(
        Record.ASSESSMENT_GAP, "Gap in the assessments", "Name a gap in the assessments",
        "What is missing, how it can be bridged, and when it was.", Part.PRE_CMH, (*GUARDIAN_SIDE, *AUTHORITY),
        (text("gap", "Gap"), text("bridge", "How to bridge it"), a_date("bridged_on", "Bridged", required=False)),
        TakesChild.OPTIONAL, ("CMH-16",),
    ),
    Specification(
        Record.DIRECT_WORK, "Guardian's direct work", "Record direct work",
        "Time with the child, the social worker, the carers or the parents.", Part.PRE_CMH, GUARDIAN_SIDE,
        (
            one_of(
                "with_whom", "With", ("child", "The child"), ("social_worker", "The social worker"),
                ("carers", "The carers"), ("parents", "The parents"),
            ),
            text("note", "What it showed"),
        ),
        TakesChild.REQUIRED, ("CMH-18",),
    ),
    Specification(
        Record.PROFESSIONALS_MEETING, "Professionals' decision-making meeting", "Record attendance",
        "Where local agreement asks for it: the guardian attended or instructed the child's solicitor.",
        Part.UP_TO_IRH, GUARDIAN_SIDE,
        (one_of("took_part", "Guardian", ("attended", "Attended"), ("instructed", "Instructed the solicitor")),),
        TakesChild.OPTIONAL, ("IRH-7",),
    ),
    Specification(
        Record.FINAL_PLANNING_TIMETABLE, "Final care planning timetabled", "Timetable final care planning",
        "The dates set for the final planning meeting and the final evidence, as noted in supervision.",
        Part.UP_TO_IRH, AUTHORITY,
        (a_date("meeting_on", "Final care planning meeting"), a_date("evidence_by", "Final evidence complete by")),
        TakesChild.OPTIONAL, ("IRH-9",),
    ),
    Specification(
        Record.PLAN_CHANGE_VIEWS, "Views shared before a change of care plan", "Record views on a change",
        "What IRO and guardian each think of a significant change, before it is made.", Part.UP_TO_IRH,
        (*IRO_SIDE, *GUARDIAN_SIDE),
        (text("change", "Change proposed"), text("iro_view", "IRO's view"), text("guardian_view", "Guardian's view")),
        TakesChild.OPTIONAL, ("IRH-15",),
    ),
    Specification(
        Record.OUT_OF_COURT_ATTEMPT, "Attempt to settle differences out of court", "Record the attempt",
        "Who tried to resolve a difference on the care plan, and how it went.", Part.UP_TO_IRH,
        (*AUTHORITY, *GUARDIAN_SIDE, *IRO_SIDE), (text("difference", "Difference"), text("result", "Result")),
        TakesChild.OPTIONAL, ("IRH-17",),
    ),
    Specification(
        Record.LEARNING_CIRCLE_NOTE, "Note of a learning circle or meeting", "Write the note",
        "Other parties may be entitled to see it.", Part.UP_TO_IRH,
        (*AUTHORITY, *GUARDIAN_SIDE, *IRO_SIDE), (text("present", "Who took part"), text("note", "Note")),
        TakesChild.OPTIONAL, ("IRH-18",),
    ),
    Specification(
        Record.INDEPENDENT_VIEW_OFFERED, "IRO able to speak independently", "Record the opportunity",
        "At the final review the authority made room for the IRO's own view.", Part.UP_TO_IRH,
        (*AUTHORITY, *IRO_SIDE), (reference(Subject.REVIEW), text("how", "How")),
        TakesChild.OPTIONAL, ("IRH-22",),
    ),
    Specification(
        Record.CLOSING_STEPS, "Guardian's closing steps", "Record the closing steps",
        "The guardian ends the work cleanly, with one goodbye visit where that applies.", Part.COMPLETION,
        GUARDIAN_SIDE, (a_date("visited_on", "Goodbye visit", required=False), text("note", "Note")),
        TakesChild.REQUIRED, ("END-10",),
    ),
)

_DISPUTES_AND_REFERRAL = (
    Specification(
        Record.COMPLAINTS_AND_ADVOCACY, "Child and family told of complaints and advocacy", "Record that they know",
        "Who was told of the complaints procedure and of the right to an advocate.", Part.DISPUTES, IRO_SIDE,
        (reference(Subject.DISPUTE), text("told", "Who was told, and how")), TakesChild.OPTIONAL, ("DIS-3",),
    ),
    Specification(
        Record.ESCALATION_ENDORSEMENT, "Escalation endorsed", "Endorse the step",
        "The IRO manager's view of a step above team manager; it never holds the step up.", Part.DISPUTES,
        (Role.IRO_MANAGER,),
        (reference(Subject.DISPUTE), yes_or_no("endorsed", "Do you endorse it?"), text("view", "View")),
        captures=("DIS-4",),
    ),
    Specification(
        Record.MEDIATION, "Mediation between IRO and IRO manager", "Record the mediation",
        "The head of service mediated a disagreement on how to go on.", Part.DISPUTES, (Role.HEAD_OF_SERVICE,),
        (reference(Subject.DISPUTE), text("outcome", "Outcome")), captures=("DIS-5",),
    ),
    Specification(
        Record.INDEPENDENT_PERSON, "Search for an independent person", "Record the search",
        "Whether anyone else is able and willing to act for the child.", Part.DISPUTES, IRO_SIDE,
        (yes_or_no("found", "Is there such a person?"), text("who", "Who was considered")),
        TakesChild.REQUIRED, ("DIS-6",),
    ),
    Specification(
        Record.REFERRAL_SCREENING, "Referral screened", "Screen the referral",
        "Why a referral is right now; unfinished dispute stages never block it, but say why.", Part.REFERRAL,
        (Role.IRO,),
        (
            text("local_resolution", "How local resolution failed or is failing"),
            text("impact", "Impact on the child and the child's timetable"),
            text("example", "Which example the case is like"),
            yes_or_no("child_can_act", "Can the child bring proceedings? (solicitor, legal aid explained)"),
            yes_or_no("adult_willing", "Is a suitable adult willing to act?"),
            yes_or_no("time_for_process", "Does the child's timetable allow the full dispute process?"),
            yes_or_no("other_remedy", "Is a Children Act remedy available?"),
        ),
        TakesChild.REQUIRED, ("REF-3", "REF-4"),
    ),
    Specification(
        Record.OFFICIAL_SOLICITOR_REDIRECT, "Case for the Official Solicitor", "Redirect the case",
        "A compensation, negligence or like case; the court's permission to disclose papers was asked for.",
        Part.REFERRAL, (Role.IRO, Role.CAFCASS_LEGAL),
        (text("reason", "Reason"), a_date("permission_asked_on", "Permission asked", required=False)),
        TakesChild.REQUIRED, ("REF-5",),
    ),
    Specification(
        Record.REFERRAL_DOCUMENTS, "Document checklist of a referral", "Complete the checklist",
        "Each item enclosed, to follow by a date, or not applicable because.", Part.REFERRAL, (Role.IRO,),
        (
            reference(Subject.REFERRAL), text("enclosed", "Enclosed"),
            text("not_applicable", "Not applicable, and why", required=False),
            text("other_agencies", "Staff of other agencies", required=False),
            text("communication_needs", "Diversity and communication needs"),
        ),
        captures=("REF-6",),
    ),
    Specification(
        Record.CHILDS_WISHES, "Child's wishes and feelings", "Convey the child's wishes",
        "What the child wants, also about going to court.", Part.REFERRAL, (Role.IRO,),
        (reference(Subject.REFERRAL), text("wishes", "Wishes"), text("on_court", "On court proceedings")),
        TakesChild.REQUIRED, ("REF-8",),
    ),
    Specification(
        Record.INFORMATION_GATHERED, "Information gathered on a referral", "Record what was gathered",
        "Papers read, people met, and whether the court's permission was needed.", Part.REFERRAL, GUARDIAN_SIDE,
        (
            reference(Subject.REFERRAL),
            one_of(
                "from_whom", "From", ("papers", "Papers"), ("child", "Child"), ("iro", "IRO"),
                ("previous_guardian", "Previous guardian"), ("parental_responsibility", "Those with responsibility"),
                ("other", "Others"),
            ),
            text("note", "Note"),
        ),
        captures=("REF-11",),
    ),
    Specification(
        Record.WHO_ACTS, "Who is to act", "Decide who acts",
        "The child, a willing adult, and only otherwise Cafcass.", Part.REFERRAL, GUARDIAN_SIDE,
        (
            reference(Subject.REFERRAL), yes_or_no("child_can_instruct", "Can the child instruct?"),
            yes_or_no("adult_willing", "Is an adult able and willing?"), text("reason", "Reason"),
        ),
        captures=("REF-15",),
    ),
    Specification(
        Record.REPORT_RECIPIENTS, "Recipients of a report", "Record who received the report",
        "Each report goes to everyone the practice note lists.", Part.REFERRAL, GUARDIAN_SIDE,
        (reference(Subject.REFERRAL), text("recipients", "Recipients")), captures=("REF-18",),
    ),
    Specification(
        Record.CHILD_INVOLVED, "Child involved in the referral", "Record the child's part",
        "Meetings, contact details given, answers, and conduct handed over if the child wants it.", Part.REFERRAL,
        GUARDIAN_SIDE, (reference(Subject.REFERRAL), text("how", "How")), TakesChild.REQUIRED, ("REF-19",),
    ),
    Specification(
        Record.RIGHTS_NOW_MET, "Child's rights now met", "Tell Cafcass",
        "What changed, and the decision on withdrawing the referral.", Part.REFERRAL, (Role.IRO,),
        (reference(Subject.REFERRAL), text("change", "Change"), text("decision", "Decision")),
        captures=("REF-20",),
    ),
    Specification(
        Record.FAMILY_INFORMED, "Child and family kept informed", "Record that they were informed",
        "The child and family know how the referral goes, and the child's wishes were reviewed.", Part.REFERRAL,
        (Role.IRO, Role.SOCIAL_WORKER), (reference(Subject.REFERRAL), text("note", "Note")),
        captures=("REF-22",),
    ),
    Specification(
        Record.COURT_PERMISSION, "Court's permission to disclose", "Record the permission",
        "Needed to use family-court papers in judicial review or human-rights proceedings.", Part.REFERRAL,
        (*GUARDIAN_SIDE, Role.CAFCASS_LEGAL),
        (reference(Subject.REFERRAL), a_date("given_on", "Given", required=False), text("papers", "Papers")),
        captures=("REF-25",),
    ),
    Specification(
        Record.LIMITATION_DATE, "Limitation date", "Enter a limitation date",
        "Entered by a lawyer: the last day on which a claim can be brought.", Part.REFERRAL, (Role.CAFCASS_LEGAL,),
        (reference(Subject.REFERRAL), text("claim", "Claim"), a_date("last_day", "Last day")),
        captures=("REF-30",),
    ),
)

RECORDS: dict[Record, Specification] = {
    Record(record.name): record for record in (*_BEFORE_AND_AT_COURT, *_DISPUTES_AND_REFERRAL)
}
