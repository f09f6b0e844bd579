"""The court's timetable, and the final care plan on its way to it."""

from __future__ import annotations

from protocol.fields import Field, Specification, TakesChild, a_date, one_of, reference, text, yes_or_no
from protocol.happenings.names import Happening
from protocol.vocabulary import Part, Role, Subject

GROUP = Part.UP_TO_IRH
COURT_SIDE = (Role.LA_LEGAL, Role.LOCAL_AUTHORITY, Role.GUARDIAN, Role.CAFCASS)

HEARING_TYPES = (
    ("cmh", "Case Management Hearing"),
    ("fcmh", "Further Case Management Hearing"),
    ("irh", "Issues Resolution Hearing"),
    ("final", "Final hearing"),
    ("other", "Other hearing"),
)
MEETING_KINDS = (
    ("planning", "Planning meeting"),
    ("professionals", "Professionals' decision-making meeting"),
    ("learning_circle", "Learning circle"),
    ("other", "Other meeting"),
)


def _hearing(*more: Field) -> tuple[Field, ...]:
    which = text("ref", "Which one, where there are several of a type", required=False)
    return (one_of("hearing", "Hearing", *HEARING_TYPES), which, *more)


def _filing(*more: Field) -> tuple[Field, ...]:
    evidence = ("la_final_evidence", "The authority's final evidence")
    statement = ("guardian_final_statement", "The guardian's final statement")
    return (one_of("of", "Filing date of", evidence, statement, default="la_final_evidence"), *more)


HAPPENINGS = (
    Specification(
        Happening.HEARING_LISTED,
        "Hearing listed",
        "Record a listing",
        "The court listed a hearing. Listing one again that has not been held moves it.",
        Part.PRE_CMH,
        COURT_SIDE,
        _hearing(a_date("date", "Date of the hearing")),
    ),
    Specification(
        Happening.HEARING_MOVED,
        "Hearing moved",
        "Record a new hearing date",
        "The court gave a listed hearing another date. What was already missed stays missed.",
        Part.PRE_CMH,
        COURT_SIDE,
        _hearing(a_date("date", "New date")),
    ),
    Specification(
        Happening.HEARING_VACATED,
        "Hearing vacated",
        "Record a vacated hearing",
        "The court took the hearing out of its list. What hangs on it awaits a date.",
        Part.PRE_CMH,
        COURT_SIDE,
        _hearing(),
    ),
    Specification(
        Happening.HEARING_HELD,
        "Hearing held",
        "Record a hearing held",
        "The hearing took place. The CMH opens the next stage.",
        Part.PRE_CMH,
        COURT_SIDE,
        _hearing(),
    ),
    Specification(
        Happening.EXTENSION_GRANTED,
        "Extension granted",
        "Record an extension",
        "The court extended the time for concluding the proceedings, for one child or for all.",
        GROUP,
        COURT_SIDE,
        (a_date("new_date", "New date"), text("reason", "Reason")),
        TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.MEETING_HELD,
        "Meeting held",
        "Record a meeting",
        "A meeting about the child, and whether significant issues came up in it.",
        GROUP,
        (Role.IRO, Role.SOCIAL_WORKER, Role.GUARDIAN, Role.LOCAL_AUTHORITY),
        (
            one_of("kind", "Kind of meeting", *MEETING_KINDS),
            yes_or_no("significant_issues", "Did significant issues arise?"),
        ),
    ),
    Specification(
        Happening.GUARDIAN_ALERTED,
        "Guardian alerted to significant issues",
        "Record the alert",
        "The IRO told the guardian of significant issues from a review or meeting.",
        GROUP,
        (Role.IRO, Role.IRO_MANAGER),
        (reference(Subject.REVIEW, required=False),),
    ),
    Specification(
        Happening.FILING_DATE_SET,
        "Filing date set",
        "Set a filing date",
        "The court's date for filing final evidence or the guardian's final statement.",
        GROUP,
        COURT_SIDE,
        _filing(a_date("date", "Filing date")),
    ),
    Specification(
        Happening.FILING_DATE_MOVED,
        "Filing date moved",
        "Record a new filing date",
        "The filing date changed. What was already missed stays missed.",
        GROUP,
        COURT_SIDE,
        _filing(a_date("date", "New filing date")),
    ),
    Specification(
        Happening.FINAL_EVIDENCE_WITH_IRO,
        "Final evidence with the IRO",
        "Record the final evidence",
        "The IRO has all of the authority's final evidence.",
        GROUP,
        (Role.LA_LEGAL, Role.LOCAL_AUTHORITY, Role.SOCIAL_WORKER, Role.IRO),
    ),
    Specification(
        Happening.CARE_PLAN_VIEW_GIVEN,
        "IRO's view of the final care plan given",
        "Endorse or challenge the plan",
        "The review was held and the IRO endorsed or challenged the plan, with reasons and analysis.",
        GROUP,
        (Role.IRO,),
        (
            reference(Subject.REVIEW),
            one_of("view", "View", ("endorsed", "Endorsed"), ("challenged", "Challenged")),
        ),
    ),
    Specification(
        Happening.PROCEEDINGS_WITHDRAWN,
        "Proceedings withdrawn",
        "Record the withdrawal of proceedings",
        "The court gave leave to withdraw the application; the case closes.",
        GROUP,
        COURT_SIDE,
    ),
)
