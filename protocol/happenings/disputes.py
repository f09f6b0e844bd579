"""Local dispute resolution, rung by rung."""

from __future__ import annotations

from protocol.fields import Specification, number, reference, text, yes_or_no
from protocol.happenings.names import Happening
from protocol.vocabulary import Part, Role, Subject

GROUP = Part.DISPUTES
IRO_SIDE = (Role.IRO, Role.IRO_MANAGER)
DISPUTE = reference(Subject.DISPUTE)
DAYS = number("days", "Working days to answer", required=False)
RUNGS = (
    "Team manager",
    "Next level of management",
    "Head of children's services",
    "Director",
    "Chief executive",
)

HAPPENINGS = (
    Specification(
        Happening.DISPUTE_RAISED,
        "Dispute raised",
        "Raise a dispute",
        "The IRO took a concern to the manager responsible, informally or as a formal dispute.",
        GROUP,
        IRO_SIDE,
        (DISPUTE, yes_or_no("formal", "Is it formal from the start?"), DAYS),
    ),
    Specification(
        Happening.DISPUTE_MADE_FORMAL,
        "Dispute made formal",
        "Make the dispute formal",
        "The formal process began; its twenty working days count from here.",
        GROUP,
        IRO_SIDE,
        (DISPUTE, DAYS),
    ),
    Specification(
        Happening.DISPUTE_ESCALATED,
        "Dispute escalated",
        "Escalate the dispute",
        "The IRO took the dispute to a higher rung.",
        GROUP,
        IRO_SIDE,
        (DISPUTE, text("to", "To whom", *RUNGS), DAYS),
    ),
    Specification(
        Happening.DISPUTE_ANSWERED,
        "Dispute answered",
        "Record an answer",
        "The manager at the present rung answered.",
        GROUP,
        (Role.MANAGER_ADDRESSED, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, *IRO_SIDE),
        (DISPUTE,),
    ),
    Specification(
        Happening.DISPUTE_WITHDRAWN,
        "Dispute withdrawn",
        "Withdraw the dispute",
        "The IRO no longer pursues the dispute.",
        GROUP,
        IRO_SIDE,
        (DISPUTE, text("reason", "Reason")),
    ),
    Specification(
        Happening.DISPUTE_RESOLVED,
        "Dispute resolved",
        "Record a resolution",
        "The dispute ended with an answer the IRO accepts.",
        GROUP,
        IRO_SIDE,
        (DISPUTE,),
    ),
    Specification(
        Happening.DISPUTE_UNRESOLVED,
        "Dispute ended unresolved",
        "Record that the dispute is unresolved",
        "The process ended without resolution; the concern is taken further and stays open.",
        GROUP,
        IRO_SIDE,
        (DISPUTE,),
    ),
    Specification(
        Happening.COURT_TOLD_OF_DISPUTE,
        "Court told of the dispute",
        "Record that the court was told",
        "The authority's solicitor told the court of the dispute.",
        GROUP,
        (Role.LA_LEGAL,),
        (DISPUTE,),
    ),
    Specification(
        Happening.GUARDIAN_TOLD_OF_DISPUTE,
        "Guardian told of the unresolved dispute",
        "Record that the guardian was told",
        "The guardian knows that the process did not resolve the matter.",
        GROUP,
        (Role.IRO_SERVICE, *IRO_SIDE),
        (DISPUTE,),
    ),
    Specification(
        Happening.SEPARATE_REPORT_DECIDED,
        "Decision made on a separate IRO report",
        "Decide on a separate report to the court",
        "Whether the IRO reports to the court separately, and why or why not.",
        GROUP,
        IRO_SIDE,
        (DISPUTE, text("decision", "Decision and reason")),
    ),
    Specification(
        Happening.CAFCASS_MANAGER_NOTIFICATION_DECIDED,
        "Decision made on notifying the Cafcass manager",
        "Decide on notifying the Cafcass manager",
        "Whether the local Cafcass service manager is told of the unresolved concern, and why.",
        GROUP,
        IRO_SIDE,
        (DISPUTE, text("decision", "Decision and reason")),
    ),
)
