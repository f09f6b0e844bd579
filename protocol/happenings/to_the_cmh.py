"""From issue to the Case Management Hearing: who is appointed, who is told, which papers move."""

from __future__ import annotations

from protocol.fields import Specification, TakesChild, a_date, one_of, reference, text
from protocol.happenings.names import Happening
from protocol.vocabulary import Part, Role, Subject

GROUP = Part.PRE_CMH

CONTACT_PURPOSES = (
    ("first_contact", "First contact"),
    ("before_review", "Before a review"),
    ("before_final_statement", "Before the guardian's final statement"),
    ("final_discussion", "Final discussion"),
    ("significant_change", "Significant change of care plan"),
    ("other", "Other"),
)
DOCUMENT_KINDS = (
    "Interim care plan",
    "Final care plan",
    "Court timetable or directions",
    "Expert report",
    "Guardian's interim report",
    "Guardian's final report",
    "Facts and reasons, or judgment",
)

HAPPENINGS = (
    Specification(
        Happening.PROCEEDINGS_ISSUED,
        "Proceedings issued",
        "Record the issue of proceedings",
        "The court issued the application for a care or supervision order.",
        GROUP,
        (Role.LA_LEGAL, Role.LOCAL_AUTHORITY, Role.SOCIAL_WORKER),
    ),
    Specification(
        Happening.LEGAL_PAPERWORK_SENT,
        "Legal paperwork sent to the IRO service",
        "Record the paperwork sent",
        "All the legal paperwork went to the IRO service.",
        GROUP,
        (Role.LA_LEGAL,),
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.IRO_VIEW_IN_COURT_STATEMENT,
        "IRO's view put in the court statement",
        "Record the IRO's view in the statement",
        "The social worker's statement carries the view of the IRO, as the IRO wrote it.",
        GROUP,
        (Role.SOCIAL_WORKER, Role.LOCAL_AUTHORITY, Role.LA_LEGAL),
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.IRO_ALLOCATED,
        "IRO allocated",
        "Allocate an IRO",
        "A named IRO became responsible for the child.",
        GROUP,
        (Role.IRO_SERVICE, Role.IRO_MANAGER),
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.IRO_NAMED_TO_CAFCASS,
        "IRO named to Cafcass",
        "Record that the IRO was named to Cafcass",
        "Cafcass has the IRO's name and contact details.",
        GROUP,
        (Role.IRO_MANAGER, Role.IRO_SERVICE, Role.IRO),
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.GUARDIAN_ALLOCATED,
        "Guardian allocated",
        "Allocate a guardian",
        "Cafcass allocated a guardian, the first one or a replacement.",
        GROUP,
        (Role.CAFCASS,),
    ),
    Specification(
        Happening.APPENDIX_1_SENT,
        "Appendix 1 letter sent",
        "Record the Appendix 1 letter",
        "The letter that names the guardian went to the IRO service.",
        GROUP,
        (Role.CAFCASS, Role.GUARDIAN),
    ),
    Specification(
        Happening.APPENDIX_1_ACKNOWLEDGED,
        "Appendix 1 letter acknowledged",
        "Acknowledge the Appendix 1 letter",
        "The IRO service answered the letter by naming the IRO.",
        GROUP,
        (Role.IRO_SERVICE, Role.IRO_MANAGER, Role.IRO),
    ),
    Specification(
        Happening.CHILD_ADDED,
        "Child added to the proceedings",
        "Add a child to the proceedings",
        "A further child joined the proceedings, under this application or another.",
        GROUP,
        (Role.LA_LEGAL, Role.LOCAL_AUTHORITY, Role.SOCIAL_WORKER),
        (
            a_date("born", "Date of birth"),
            a_date("application_issued", "Day this child's application was issued", required=False),
        ),
        TakesChild.REQUIRED,
    ),
    Specification(
        Happening.IRO_TOLD_OF_ADDED_CHILD,
        "IRO told of the added child",
        "Record that the IRO was told",
        "The guardian told the appointed IRO that a child joined the proceedings.",
        GROUP,
        (Role.GUARDIAN, Role.CAFCASS),
        child=TakesChild.REQUIRED,
    ),
    Specification(
        Happening.CONTACT,
        "Contact made",
        "Record a contact",
        "A conversation or message about the child, and what it was for.",
        GROUP,
        (Role.GUARDIAN, Role.IRO, Role.CAFCASS, Role.IRO_MANAGER),
        (
            one_of("between", "Between", ("guardian_iro", "Guardian and IRO"), ("other", "Others")),
            one_of("purpose", "Purpose", *CONTACT_PURPOSES),
            reference(Subject.REVIEW, required=False),
        ),
    ),
    Specification(
        Happening.DOCUMENT_RECEIVED,
        "Court document received",
        "Record a court document",
        "LA legal received a court document that the IRO should have.",
        GROUP,
        (Role.LA_LEGAL, Role.LOCAL_AUTHORITY),
        (reference(Subject.DOCUMENT), text("kind", "Kind of document", *DOCUMENT_KINDS)),
    ),
    Specification(
        Happening.DOCUMENT_SENT_TO_IRO,
        "Court document sent to the IRO",
        "Record a document sent to the IRO",
        "A copy of the document went to the IRO.",
        GROUP,
        (Role.LA_LEGAL, Role.LOCAL_AUTHORITY),
        (reference(Subject.DOCUMENT),),
    ),
)
