"""Proceedings concluded, the guardian handing over, and the end of a case."""

from __future__ import annotations

from protocol.fields import Specification, TakesChild, text, yes_or_no
from protocol.happenings.names import Happening
from protocol.vocabulary import Part, Role

GROUP = Part.COMPLETION
GUARDIAN_SIDE = (Role.GUARDIAN, Role.CAFCASS)
OUTCOMES = (
    "care_order",
    "placement_order",
    "special_guardianship_order",
    "supervision_order",
    "child_arrangements_order",
    "no_order",
)

HAPPENINGS = (
    Specification(
        Happening.PROCEEDINGS_CONCLUDED,
        "Proceedings concluded",
        "Record the conclusion of proceedings",
        "The court made its final decision, for one child or for all.",
        Part.UP_TO_IRH,
        (Role.LA_LEGAL, Role.LOCAL_AUTHORITY, *GUARDIAN_SIDE),
        (
            text("outcome", "Outcome", *OUTCOMES),
            yes_or_no("remains_looked_after", "Does the child remain looked after?", default=True),
            yes_or_no("meeting_required", "Is a handover meeting required?", default=False),
            yes_or_no("permanence_settled", "Was permanence settled in the proceedings?", default=True),
        ),
        TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.MEETING_REQUIRED,
        "Handover meeting found to be required",
        "Ask for a handover meeting",
        "There are contentious matters, or the plan changed significantly at the final hearing.",
        GROUP,
        (Role.IRO, *GUARDIAN_SIDE),
        (text("reason", "Reason"),),
        TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.FINAL_CARE_PLAN_PROVIDED,
        "Final care plan with the IRO",
        "Record the final care plan",
        "The final court care plan reached the IRO.",
        GROUP,
        (*GUARDIAN_SIDE, Role.IRO),
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.APPENDIX_2_SENT,
        "Appendix 2 letter sent",
        "Record the Appendix 2 letter",
        "The guardian's written handover went to the IRO service.",
        GROUP,
        GUARDIAN_SIDE,
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.CHILD_LETTER_SENT,
        "Letter to the child sent",
        "Record the letter to the child",
        "The guardian wrote to the child that the IRO now oversees the plan.",
        GROUP,
        GUARDIAN_SIDE,
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.DOCUMENTS_CONFIRMED,
        "Documents confirmed as forwarded",
        "Confirm the documents",
        "The guardian confirmed that the IRO has every relevant document.",
        GROUP,
        GUARDIAN_SIDE,
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.HANDOVER_RECORDED,
        "Handover recorded on the child's file",
        "Record the handover on file",
        "The IRO put the discussions, the handover and what is outstanding on the child's file.",
        GROUP,
        (Role.IRO, Role.IRO_MANAGER),
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.HANDOVER_MEETING_HELD,
        "Handover meeting held",
        "Record the handover meeting",
        "IRO, guardian, team manager and social worker met; say whether the young person took part.",
        GROUP,
        (Role.IRO, *GUARDIAN_SIDE),
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.OVERSIGHT_AGREED,
        "Level of oversight agreed",
        "Record the oversight agreed",
        "Guardian and IRO agreed how closely the IRO needs to watch an unsettled plan.",
        GROUP,
        (Role.IRO, *GUARDIAN_SIDE),
        child=TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.GUARDIAN_WITHDREW,
        "Guardian withdrew",
        "Record that the guardian withdrew",
        "The guardian's work ended; the IRO alone scrutinises the authority from here.",
        GROUP,
        GUARDIAN_SIDE,
    ),
    Specification(
        Happening.CASE_CLOSED,
        "Case closed",
        "Close the case",
        "Nothing more is expected under the Protocol. Recorded misses stay recorded.",
        GROUP,
        (Role.IRO_SERVICE, Role.IRO_MANAGER, Role.LOCAL_AUTHORITY),
        (text("reason", "Reason"),),
    ),
    Specification(
        Happening.CASE_TRANSFERRED,
        "Case transferred",
        "Transfer the case",
        "Another authority took the case over.",
        GROUP,
        (Role.IRO_SERVICE, Role.IRO_MANAGER, Role.LOCAL_AUTHORITY),
        (text("reason", "Reason"),),
    ),
    Specification(
        Happening.CHILD_LEFT,
        "Child left the case",
        "Record that the child left",
        "The child is no longer part of the case; what the child's open duties asked falls away.",
        GROUP,
        (Role.LA_LEGAL, Role.LOCAL_AUTHORITY, Role.IRO_SERVICE, Role.IRO_MANAGER),
        child=TakesChild.REQUIRED,
    ),
)
