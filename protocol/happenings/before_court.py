"""What happens before proceedings are issued, and to the case as a whole."""

from __future__ import annotations

from protocol.fields import Specification, text
from protocol.happenings.names import Happening
from protocol.vocabulary import Part, Role

GROUP = Part.PRE_PROCEEDINGS

HAPPENINGS = (
    Specification(
        Happening.RISK_IDENTIFIED,
        "Significant risk identified",
        "Record a significant risk",
        "In a private law (section 8) case the Cafcass officer saw significant risk to the child.",
        GROUP,
        (Role.GUARDIAN, Role.CAFCASS),
    ),
    Specification(
        Happening.LOCAL_AUTHORITY_TOLD_OF_RISK,
        "Local authority told of the risk",
        "Record that the local authority was told",
        "The child was referred to the local authority.",
        GROUP,
        (Role.GUARDIAN, Role.CAFCASS),
    ),
    Specification(
        Happening.IRO_NOTIFICATION_DECIDED,
        "Decision made on notifying the IRO service",
        "Record the decision on notifying the IRO service",
        "Say what was decided and why, also where the decision was not to notify.",
        GROUP,
        (Role.GUARDIAN, Role.CAFCASS),
        (text("decision", "Decision and reason"),),
    ),
    Specification(
        Happening.ENTERED_PRE_PROCEEDINGS,
        "Pre-proceedings entered",
        "Enter pre-proceedings",
        "The local authority began the pre-proceedings stage; the case joins the tracker.",
        GROUP,
        (Role.LOCAL_AUTHORITY, Role.SOCIAL_WORKER, Role.LA_LEGAL),
    ),
    Specification(
        Happening.DECISION_TO_ISSUE,
        "Decision made to issue proceedings",
        "Record the decision to issue",
        "The local authority decided to apply to the court. Cafcass is told next.",
        GROUP,
        (Role.LOCAL_AUTHORITY, Role.LA_LEGAL, Role.SOCIAL_WORKER),
    ),
    Specification(
        Happening.CAFCASS_TOLD_OF_APPLICATION,
        "Cafcass told of the coming application",
        "Record that Cafcass was told",
        "Cafcass heard from the local authority that an application is coming.",
        GROUP,
        (Role.LOCAL_AUTHORITY, Role.LA_LEGAL, Role.SOCIAL_WORKER),
    ),
    Specification(
        Happening.DIVERTED_FROM_PROCEEDINGS,
        "Diverted from proceedings",
        "Record the diversion",
        "Pre-proceedings ended without an application; the case closes.",
        GROUP,
        (Role.LOCAL_AUTHORITY, Role.LA_LEGAL, Role.SOCIAL_WORKER),
        (text("reason", "Reason"),),
    ),
)
