"""Before proceedings: risk seen early, the decision to issue, and whether it need come to that."""

from __future__ import annotations

from protocol.duty import Duty, act, board, form, prompt
from protocol.happenings import Happening
from protocol.periods import NEXT_WORKING_DAY, Condition, target, within
from protocol.records import Record
from protocol.vocabulary import Kind, Role, Subject

DUTIES = (
    Duty(
        id="PRE-1",
        owed_by=Role.GUARDIAN,
        owed_to=Role.LOCAL_AUTHORITY,
        action="refer the child to the local authority when significant risk appears in a section 8 case",
        kind=Kind.MUST,
        sources=("LP Pre Proceedings",),
        due=(target(within(NEXT_WORKING_DAY, of=Happening.RISK_IDENTIFIED)),),
        met_by=(act(Happening.LOCAL_AUTHORITY_TOLD_OF_RISK),),
    ),
    Duty(
        id="PRE-2",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO_SERVICE,
        action="consider notifying the IRO service of that risk, and record the decision with its reason,",
        kind=Kind.SHOULD,
        sources=("LP Pre Proceedings",),
        due=(target(within(NEXT_WORKING_DAY, of=Happening.RISK_IDENTIFIED)),),
        met_by=(act(Happening.IRO_NOTIFICATION_DECIDED),),
        shown=form(Happening.IRO_NOTIFICATION_DECIDED),
    ),
    Duty(
        id="PRE-3",
        owed_by=Role.IRO,
        owed_to=Role.LOCAL_AUTHORITY,
        action="take a concern that proceedings are not being issued in time through local dispute resolution",
        kind=Kind.MUST,
        sources=("LP Pre Proceedings",),
        shown=form(Record.CONCERN_ABOUT_ISSUE),
        timing="on forming the concern",
    ),
    Duty(
        id="PRE-4",
        owed_by=Role.IRO,
        owed_to=Role.CAFCASS,
        action="consider notifying the local Cafcass service manager of the unresolved concern, and record it,",
        kind=Kind.SHOULD,
        sources=("LP Pre Proceedings",),
        due=(
            target(
                within(
                    NEXT_WORKING_DAY,
                    of=Happening.DISPUTE_UNRESOLVED,
                    only_if=Condition.IN_PRE_PROCEEDINGS,
                )
            ),
        ),
        met_by=(act(Happening.CAFCASS_MANAGER_NOTIFICATION_DECIDED),),
        subject=Subject.DISPUTE,
        shown=form(Happening.CAFCASS_MANAGER_NOTIFICATION_DECIDED),
    ),
    Duty(
        id="PRE-5",
        owed_by=Role.LOCAL_AUTHORITY,
        owed_to=Role.IRO_SERVICE,
        action="keep its tracker of children in pre-proceedings open to the IRO service",
        kind=Kind.MUST,
        standing=True,
        sources=("EV Pre-proceedings",),
        shown=board("the pre-proceedings tracker"),
    ),
    Duty(
        id="PRE-6",
        owed_by=Role.IRO,
        owed_to=Role.CHILD,
        action="scrutinise the use of section 20: does the status fit the risk, are timescales clear, is "
        "permanence in view, and is a child under 10 accommodated at all",
        kind=Kind.MUST,
        sources=("EV Pre-proceedings",),
        shown=form(Record.SECTION_20_SCRUTINY),
        timing="at each review, and at once for a child under 10",
        timing_is_ours=True,
    ),
    Duty(
        id="PRE-7",
        owed_by=Role.IRO_SERVICE,
        owed_to=Role.CHILD,
        action="consider allocating an IRO early, to follow the case",
        kind=Kind.SHOULD,
        sources=("EV Pre-proceedings",),
        shown=prompt("on entry to the pre-proceedings tracker"),
        timing="on entry to the tracker",
        timing_is_ours=True,
    ),
    Duty(
        id="PRE-8",
        owed_by=Role.LOCAL_AUTHORITY,
        owed_to=Role.CAFCASS,
        action="tell Cafcass of a coming application",
        kind=Kind.MUST,
        sources=("AGR 24",),
        due=(target(within(NEXT_WORKING_DAY, of=Happening.DECISION_TO_ISSUE)),),
        met_by=(act(Happening.CAFCASS_TOLD_OF_APPLICATION),),
    ),
    Duty(
        id="PRE-9",
        owed_by=Role.GUARDIAN,
        owed_to=Role.LOCAL_AUTHORITY,
        action="look at a proposed case early, to divert it or to narrow it and agree the evidence base",
        kind=Kind.MAY,
        sources=("AGR 18–19",),
        shown=form(Record.EARLY_SCRUTINY),
        timing="where such a scheme is used",
    ),
    Duty(
        id="PRE-10",
        owed_by=Role.SOCIAL_WORKER,
        also_owed_by=(Role.GUARDIAN,),
        owed_to=Role.COURT,
        action="examine the evidence base together and record what is agreed, what is not, and why",
        kind=Kind.SHOULD,
        sources=("AGR 10–11", "AGR 15"),
        shown=form(Record.EVIDENCE_BASE),
        timing="before positions are put to the court",
    ),
)
