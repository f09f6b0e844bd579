"""A referral to Cafcass Legal, from the first informal question to the final report."""

from __future__ import annotations

from protocol.fields import Field, FieldType, Specification, TakesChild, one_of, reference, text
from protocol.happenings.names import Happening
from protocol.vocabulary import Part, Role, Subject

GROUP = Part.REFERRAL
REFERRAL = reference(Subject.REFERRAL)
OFFICER = (Role.GUARDIAN, Role.CAFCASS, Role.CAFCASS_LEGAL)

HAPPENINGS = (
    Specification(
        Happening.ADVICE_SOUGHT,
        "Advice sought from Cafcass Legal",
        "Record an informal discussion",
        "An informal discussion with the duty lawyer: confidential until a referral is made.",
        GROUP,
        (Role.CAFCASS_LEGAL, Role.IRO),
    ),
    Specification(
        Happening.REFERRAL_SUBMITTED,
        "Referral submitted",
        "Submit the referral",
        "The IRO referred the child to Cafcass Legal. Missing papers never hold this up: promise a date.",
        GROUP,
        (Role.IRO,),
        (
            REFERRAL,
            Field("children", "Children referred", FieldType.CHILDREN, required=False),
            Field("missing", "Documents to follow", FieldType.PAPERS, required=False, default=()),
        ),
        TakesChild.OPTIONAL,
    ),
    Specification(
        Happening.REFERRAL_RECEIVED,
        "Referral received",
        "Record the receipt",
        "Cafcass Legal received the referral, where that was on another day than it was sent.",
        GROUP,
        (Role.CAFCASS_LEGAL,),
        (REFERRAL,),
    ),
    Specification(
        Happening.REFERRAL_ALLOCATED,
        "Referral allocated",
        "Allocate the referral",
        "Cafcass Legal passed the referral to the manager of an officer involved before, or to the team.",
        GROUP,
        (Role.CAFCASS_LEGAL, Role.CAFCASS),
        (
            REFERRAL,
            one_of(
                "to", "To", ("local_manager", "Local Cafcass manager"), ("high_court_team", "High Court Team")
            ),
        ),
    ),
    Specification(
        Happening.ADVICE_DISCLOSED,
        "Record of advice shared",
        "Share the record of advice",
        "The record of informal discussions went to the officer on the case.",
        GROUP,
        (Role.CAFCASS_LEGAL,),
        (REFERRAL,),
    ),
    Specification(
        Happening.LA_LEGAL_NOTIFIED,
        "LA legal notified of the referral",
        "Record the notice to LA legal",
        "The local authority's legal department knows of the referral.",
        GROUP,
        (Role.CAFCASS_LEGAL,),
        (REFERRAL,),
    ),
    Specification(
        Happening.MISSING_DOCUMENT_PROVIDED,
        "Promised document provided",
        "Record a promised document",
        "A document that was promised with the referral arrived.",
        GROUP,
        (Role.IRO, Role.IRO_SERVICE),
        (REFERRAL, text("item", "Document promised")),
    ),
    Specification(
        Happening.DECISION_REPORT_SENT,
        "Decision report sent",
        "Record the decision report",
        "The written report on what will be done about the referral, and why.",
        GROUP,
        OFFICER,
        (
            REFERRAL,
            one_of(
                "by",
                "Who acts",
                ("cafcass", "Cafcass"),
                ("child", "The child"),
                ("other_adult", "Another adult"),
                default="cafcass",
            ),
            one_of(
                "action",
                "Action",
                ("proceedings", "Civil proceedings"),
                ("negotiation", "Negotiation"),
                ("other_proceedings", "Other proceedings"),
                ("no_action", "No action"),
                ("official_solicitor", "Passed to the Official Solicitor"),
            ),
        ),
    ),
    Specification(
        Happening.DELAY_LETTER_SENT,
        "Delay letter sent",
        "Record a delay letter",
        "Everyone who receives the report was told why it is delayed.",
        GROUP,
        OFFICER,
        (REFERRAL, text("reason", "Reason")),
    ),
    Specification(
        Happening.CIVIL_PROCEEDINGS_STARTED,
        "Civil proceedings started",
        "Record the start of proceedings",
        "Judicial review or a human-rights application was started for the child.",
        GROUP,
        OFFICER,
        (REFERRAL,),
    ),
    Specification(
        Happening.SETTLED,
        "Settled",
        "Record a settlement",
        "The matter was settled by negotiation or mediation.",
        GROUP,
        OFFICER,
        (REFERRAL,),
    ),
    Specification(
        Happening.JUDGMENT_GIVEN,
        "Judgment given",
        "Record a judgment",
        "The court decided the civil proceedings.",
        GROUP,
        OFFICER,
        (REFERRAL,),
    ),
    Specification(
        Happening.FINAL_REPORT_SENT,
        "Final report sent",
        "Record the final report",
        "The report that ends the referral: reasons, delays, settlement, recommendations.",
        GROUP,
        OFFICER,
        (REFERRAL,),
    ),
    Specification(
        Happening.PROGRESS_REPORT_SENT,
        "Progress report sent",
        "Record a progress report",
        "The IRO, chief executive, social worker and others know how the referral goes.",
        GROUP,
        OFFICER,
        (REFERRAL,),
    ),
    Specification(
        Happening.REFERRAL_WITHDRAWN,
        "Referral withdrawn",
        "Withdraw the referral",
        "The child's rights are now met, or the referral ends for another reason.",
        GROUP,
        (Role.IRO, *OFFICER),
        (REFERRAL, text("reason", "Reason")),
    ),
)
