"""Being looked after, and the reviews that go with it."""

from __future__ import annotations

from protocol.fields import Specification, TakesChild, a_date, reference, text, yes_or_no
from protocol.happenings.names import Happening
from protocol.vocabulary import Part, Role, Subject

GROUP = Part.REVIEWS
AUTHORITY = (Role.LOCAL_AUTHORITY, Role.SOCIAL_WORKER, Role.LA_LEGAL)
IRO_SIDE = (Role.IRO, Role.IRO_SERVICE, Role.IRO_MANAGER)
LEGAL_STATUSES = (
    "C1 interim care order",
    "C2 full care order",
    "E1 placement order",
    "V2 section 20",
    "L1 police protection",
    "L2 emergency protection order",
    "J1 remand",
)

HAPPENINGS = (
    Specification(
        Happening.BECAME_LOOKED_AFTER,
        "Became looked after",
        "Record that the child became looked after",
        "A period of care began. A change of legal status is not a new period.",
        GROUP,
        AUTHORITY,
        (text("legal_status", "Legal status", *LEGAL_STATUSES),),
        TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.CEASED_TO_BE_LOOKED_AFTER,
        "Ceased to be looked after",
        "Record the end of a period of care",
        "The child is no longer looked after; reviews stop, the case goes on.",
        GROUP,
        AUTHORITY,
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.AUTHORITY_TO_PLACE,
        "Authority given to place for adoption",
        "Record authority to place",
        "The agency may place the child for adoption; the review clock starts again.",
        GROUP,
        AUTHORITY,
        child=TakesChild.REQUIRED,
    ),
    Specification(
        Happening.PLACED_FOR_ADOPTION,
        "Placed for adoption",
        "Record a placement for adoption",
        "The child was placed for adoption; the review clock starts again.",
        GROUP,
        AUTHORITY,
        child=TakesChild.REQUIRED,
    ),
    Specification(
        Happening.REVIEW_ARRANGED,
        "Review arranged",
        "Arrange a review",
        "A looked-after review has a date. Arranging the same review again moves it.",
        GROUP,
        (*IRO_SIDE, Role.SOCIAL_WORKER),
        (reference(Subject.REVIEW), a_date("date", "Date of the review")),
        TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.GUARDIAN_TOLD_OF_REVIEW,
        "Guardian told of the review",
        "Record that the guardian was told",
        "The guardian has the arrangements for the review.",
        GROUP,
        IRO_SIDE,
        (reference(Subject.REVIEW),),
    ),
    Specification(
        Happening.GUARDIAN_APOLOGIES_SENT,
        "Guardian's apologies sent",
        "Record the guardian's apologies",
        "The guardian will not attend the review and said so in advance.",
        GROUP,
        (Role.GUARDIAN, Role.CAFCASS),
        (reference(Subject.REVIEW),),
    ),
    Specification(
        Happening.REVIEW_HELD,
        "Review held",
        "Record a review held",
        "The looked-after review took place, for one child or for all.",
        GROUP,
        IRO_SIDE,
        (reference(Subject.REVIEW), yes_or_no("significant_issues", "Did significant issues arise?")),
        TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.REVIEW_DECISIONS_WRITTEN,
        "Review decisions written",
        "Record the decisions written",
        "The decisions of the review are in writing.",
        GROUP,
        IRO_SIDE,
        (reference(Subject.REVIEW),),
    ),
    Specification(
        Happening.REVIEW_RECORD_COMPLETED,
        "Review record completed",
        "Record the full record completed",
        "The full record of the review is complete.",
        GROUP,
        IRO_SIDE,
        (reference(Subject.REVIEW),),
    ),
    Specification(
        Happening.REVIEW_RECORD_DISTRIBUTED,
        "Review record distributed",
        "Record the distribution",
        "The record went to everyone entitled to it.",
        GROUP,
        (Role.LOCAL_AUTHORITY, *IRO_SIDE),
        (reference(Subject.REVIEW),),
    ),
    Specification(
        Happening.REVIEW_RECORD_SENT_TO_GUARDIAN,
        "Review record sent to the guardian",
        "Record the papers sent to the guardian",
        "Minutes and papers of the review went to the guardian.",
        GROUP,
        IRO_SIDE,
        (reference(Subject.REVIEW),),
    ),
)
