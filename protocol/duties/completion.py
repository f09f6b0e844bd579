"""Completion: the guardian hands over within ten working days and the IRO carries on alone."""

from __future__ import annotations

from protocol.duty import Duty, Early, act, board, clock, form
from protocol.happenings import Happening
from protocol.periods import Anchor, Condition, Due, Period, target, within, working_days
from protocol.records import Record
from protocol.vocabulary import Kind, Role


def after_conclusion(period: Period, only_if: Condition | None = None) -> Due:
    return within(period, of=Anchor.CONCLUSION, opened_by=Happening.PROCEEDINGS_CONCLUDED, only_if=only_if)


DUTIES = (
    Duty(
        id="END-1",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="see that the final court care plan reaches the IRO",
        kind=Kind.MUST,
        sources=("GPP Completion",),
        due=(after_conclusion(working_days(10)),),
        met_by=(act(Happening.FINAL_CARE_PLAN_PROVIDED),),
        early=Early.ANY_TIME,
        per_child=True,
    ),
    Duty(
        id="END-2",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="discuss the final plan with the IRO, and what to keep under review,",
        kind=Kind.MUST,
        sources=("GPP", "PN 2.3"),
        due=(after_conclusion(working_days(10)),),
        met_by=(act(Happening.CONTACT, between="guardian_iro", purpose="final_discussion"),),
        early=Early.ANY_TIME,
        per_child=True,
    ),
    Duty(
        id="END-3",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="send the written handover, the Appendix 2 letter,",
        kind=Kind.MUST,
        sources=("GPP", "A2", "EV Final Care Planning"),
        due=(after_conclusion(working_days(10)),),
        met_by=(act(Happening.APPENDIX_2_SENT),),
        per_child=True,
    ),
    Duty(
        id="END-4",
        owed_by=Role.GUARDIAN,
        owed_to=Role.CHILD,
        action="write to the child that the guardian's work is ending and the IRO will oversee the plan",
        kind=Kind.MUST,
        sources=("GPP", "LP Completion"),
        due=(target(after_conclusion(working_days(10))),),
        met_by=(act(Happening.CHILD_LETTER_SENT),),
        per_child=True,
    ),
    Duty(
        id="END-5",
        owed_by=Role.IRO,
        owed_to=Role.CHILD,
        action="put the discussions and the handover on the child's file and name what is outstanding",
        kind=Kind.MUST,
        sources=("GPP", "LP Completion"),
        due=(target(within(working_days(5), of=Happening.APPENDIX_2_SENT)),),
        met_by=(act(Happening.HANDOVER_RECORDED),),
        per_child=True,
    ),
    Duty(
        id="END-6",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="confirm that every relevant document has gone to the IRO",
        kind=Kind.SHOULD,
        sources=("PN 2.2",),
        due=(target(after_conclusion(working_days(10), Condition.REMAINS_LOOKED_AFTER)),),
        met_by=(act(Happening.DOCUMENTS_CONFIRMED),),
        per_child=True,
    ),
    Duty(
        id="END-7",
        owed_by=Role.IRO,
        also_owed_by=(Role.GUARDIAN, Role.TEAM_MANAGER, Role.SOCIAL_WORKER),
        owed_to=Role.CHILD,
        action="meet about contentious matters or a significantly changed plan, deciding together whether the "
        "young person takes part,",
        kind=Kind.MUST,
        sources=("GPP Completion",),
        due=(
            within(
                working_days(20),
                of=Anchor.CONCLUSION,
                opened_by=(Happening.PROCEEDINGS_CONCLUDED, Happening.MEETING_REQUIRED),
                only_if=Condition.MEETING_REQUIRED,
            ),
        ),
        met_by=(act(Happening.HANDOVER_MEETING_HELD),),
        per_child=True,
    ),
    Duty(
        id="END-8",
        owed_by=Role.LA_LEGAL,
        owed_to=Role.IRO,
        action="give the IRO the court's directions, the judgment and Cafcass's final evidence",
        kind=Kind.SHOULD,
        sources=("EV Final Care Planning",),
        shown=clock("CMH-10"),
        timing="as soon as they are available, and within the time of CMH-10",
    ),
    Duty(
        id="END-9",
        owed_by=Role.GUARDIAN,
        also_owed_by=(Role.IRO,),
        owed_to=Role.CHILD,
        action="agree how closely the IRO will need to oversee the plan, and record it on both sides,",
        kind=Kind.SHOULD,
        sources=("AGR 17",),
        due=(target(after_conclusion(working_days(10), Condition.PERMANENCE_UNSETTLED)),),
        met_by=(act(Happening.OVERSIGHT_AGREED),),
        per_child=True,
    ),
    Duty(
        id="END-10",
        owed_by=Role.GUARDIAN,
        owed_to=Role.CHILD,
        action="close without drifting into further involvement, with one goodbye visit where that applies",
        kind=Kind.SHOULD,
        sources=("PN 2.3", "A2"),
        shown=form(Record.CLOSING_STEPS),
        timing="with the Appendix 2 letter",
        timing_is_ours=True,
    ),
    Duty(
        id="END-11",
        owed_by=Role.IRO,
        owed_to=Role.CHILD,
        action="scrutinise the authority's actions alone once the guardian has gone",
        kind=Kind.STANDING,
        standing=True,
        sources=("GPP", "LP Completion"),
        shown=board("the IRO's board of cases after proceedings"),
    ),
)
