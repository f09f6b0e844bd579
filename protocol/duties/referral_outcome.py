"""After the decision on a referral: proceedings, reports, and what is owed around every referral."""

from __future__ import annotations

from protocol.duty import Duty, act, board, form, prompt
from protocol.happenings import Happening
from protocol.periods import (
    SAME_WORKING_DAY,
    Anchor,
    Condition,
    every,
    target,
    weeks,
    within,
)
from protocol.records import Record
from protocol.vocabulary import Kind, Role, Subject

DUTIES = (
    Duty(
        id="REF-16",
        owed_by=Role.GUARDIAN,
        owed_to=Role.CHILD,
        action="start the civil proceedings decided on",
        kind=Kind.MUST,
        sources=("PN 3.19–3.20",),
        due=(
            within(
                weeks(6),
                of=Anchor.RECEIPT,
                opened_by=Happening.DECISION_REPORT_SENT,
                only_if=Condition.CAFCASS_BRINGS_PROCEEDINGS,
            ),
        ),
        met_by=(act(Happening.CIVIL_PROCEEDINGS_STARTED),),
        subject=Subject.REFERRAL,
    ),
    Duty(
        id="REF-17",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="give the final report: why it ended, any delay, the settlement, recommendations",
        kind=Kind.MUST,
        sources=("PN 3.21",),
        due=(
            within(
                weeks(6), of=Happening.JUDGMENT_GIVEN, opened_by=(Happening.SETTLED, Happening.JUDGMENT_GIVEN)
            ),
        ),
        met_by=(act(Happening.FINAL_REPORT_SENT),),
        subject=Subject.REFERRAL,
    ),
    Duty(
        id="REF-18",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="send each report to the child, the IRO, the chief executive and director, any home's head, the "
        "social worker and team manager, and whoever else is right",
        kind=Kind.MUST,
        sources=("PN 3.22",),
        shown=form(Record.REPORT_RECIPIENTS),
        timing="with each report",
    ),
    Duty(
        id="REF-19",
        owed_by=Role.GUARDIAN,
        owed_to=Role.CHILD,
        action="involve the child: meet, say how to get in touch, answer promptly, hand over conduct if wanted",
        kind=Kind.MUST,
        sources=("PN 3.18",),
        shown=form(Record.CHILD_INVOLVED),
        timing="throughout",
    ),
    Duty(
        id="REF-20",
        owed_by=Role.IRO,
        owed_to=Role.CAFCASS_LEGAL,
        action="tell Cafcass if the child's rights are now met, for a decision on withdrawing",
        kind=Kind.SHOULD,
        sources=("REF 2.h",),
        shown=form(Record.RIGHTS_NOW_MET),
        timing="on the change",
    ),
    Duty(
        id="REF-21",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="report progress to the IRO, the chief executive, the social worker and others",
        kind=Kind.MUST,
        sources=("REF 2.i",),
        due=(
            target(
                every(
                    weeks(2),
                    of=(Happening.REFERRAL_SUBMITTED, Happening.PROGRESS_REPORT_SENT),
                    only_if=Condition.REFERRAL_RUNS,
                )
            ),
        ),
        met_by=(act(Happening.PROGRESS_REPORT_SENT),),
        subject=Subject.REFERRAL,
    ),
    Duty(
        id="REF-22",
        owed_by=Role.IRO,
        also_owed_by=(Role.SOCIAL_WORKER,),
        owed_to=Role.CHILD,
        action="keep child and family informed and review the child's wishes",
        kind=Kind.MUST,
        sources=("REF 2.i",),
        shown=form(Record.FAMILY_INFORMED),
        timing="during the referral",
    ),
    Duty(
        id="REF-23",
        owed_by=Role.IRO_MANAGER,
        owed_to=Role.LOCAL_AUTHORITY,
        action="monitor what became of referrals and report on them to the lead member for children's services",
        kind=Kind.MUST,
        sources=("REF 2.j",),
        shown=board("the annual report"),
        timing="yearly",
    ),
    Duty(
        id="REF-24",
        owed_by=Role.LOCAL_AUTHORITY,
        owed_to=Role.EVERYONE,
        action="answer how many referrals were made in the last years, with the blank form and guidance",
        kind=Kind.MUST,
        sources=("003 Request/Response",),
        shown=board("the freedom-of-information answer"),
        timing="on request",
    ),
    Duty(
        id="REF-25",
        owed_by=Role.CAFCASS,
        owed_to=Role.COURT,
        action="have the court's permission to use family-court papers in judicial review or human-rights "
        "proceedings (the IRO needs none to send them to Cafcass)",
        kind=Kind.MUST,
        sources=("PN 3.8",),
        shown=form(Record.COURT_PERMISSION),
    ),
    Duty(
        id="REF-26",
        owed_by=Role.IRO,
        owed_to=Role.CAFCASS_LEGAL,
        action="be the one who refers: nobody else can, and others are pointed to the usual procedures",
        kind=Kind.MUST,
        sources=("PN 2.1", "PN 3.4"),
        shown=board("who may submit a referral"),
    ),
    Duty(
        id="REF-27",
        owed_by=Role.CAFCASS_LEGAL,
        owed_to=Role.GUARDIAN,
        action="share the record of informal discussions with the officer on the case",
        kind=Kind.MUST,
        sources=("PN 3.2", "GPP"),
        due=(
            target(
                within(SAME_WORKING_DAY, of=Happening.REFERRAL_ALLOCATED, only_if=Condition.ADVICE_STANDS)
            ),
        ),
        met_by=(act(Happening.ADVICE_DISCLOSED),),
        subject=Subject.REFERRAL,
    ),
    Duty(
        id="REF-28",
        owed_by=Role.IRO,
        owed_to=Role.CAFCASS_LEGAL,
        action="discuss an unclear case with Cafcass Legal or the Official Solicitor's office",
        kind=Kind.MAY,
        sources=("PN 4.4",),
        shown=prompt("while a referral is screened"),
        timing="where the case is unclear",
    ),
    Duty(
        id="REF-29",
        owed_by=Role.CAFCASS_LEGAL,
        owed_to=Role.OFFICIAL_SOLICITOR,
        action="pass on to the Official Solicitor a case more fitting for them",
        kind=Kind.MUST,
        sources=("PN 4.3",),
        shown=prompt("when a referral is allocated"),
        timing="on triage",
    ),
    Duty(
        id="REF-30",
        owed_by=Role.GUARDIAN,
        owed_to=Role.CHILD,
        action="have regard to limitation periods, their dates entered by a lawyer",
        kind=Kind.MUST,
        sources=("PN 3.21",),
        shown=form(Record.LIMITATION_DATE),
        timing="throughout",
    ),
)
