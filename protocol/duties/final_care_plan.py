"""The final care plan: its evidence and review, the IRO's view of it, and what becomes of a view not shared."""

from __future__ import annotations

from protocol.duty import Duty, Early, act, form
from protocol.happenings import Happening
from protocol.periods import (
    NEXT_WORKING_DAY,
    Anchor,
    Condition,
    before,
    no_later_than,
    target,
    within,
    working_days,
)
from protocol.records import Record
from protocol.vocabulary import Kind, Role, Subject

DUTIES = (
    Duty(
        id="IRH-9",
        owed_by=Role.SOCIAL_WORKER,
        also_owed_by=(Role.TEAM_MANAGER,),
        owed_to=Role.IRO,
        action="timetable the final care-planning meeting and the final evidence, and show it in supervision",
        kind=Kind.SHOULD,
        sources=("EV Final Care Planning",),
        shown=form(Record.FINAL_PLANNING_TIMETABLE),
        timing="as soon as practicable after the child becomes looked after",
    ),
    Duty(
        id="IRH-10",
        owed_by=Role.LOCAL_AUTHORITY,
        owed_to=Role.IRO,
        action="see that the final evidence is with the IRO",
        kind=Kind.SHOULD,
        sources=("EV Final Care Planning",),
        due=(no_later_than(working_days(5), before=Anchor.LA_FILING, opened_by=Happening.FILING_DATE_SET),),
        met_by=(act(Happening.FINAL_EVIDENCE_WITH_IRO),),
        early=Early.ANY_TIME,
    ),
    Duty(
        id="IRH-11",
        owed_by=Role.IRO,
        owed_to=Role.CHILD,
        action="hold the review with all the final evidence in hand and endorse or challenge the final care "
        "plan, with view, rationale and analysis,",
        kind=Kind.MUST,
        sources=("EV Final Care Planning",),
        due=(before(Anchor.LA_FILING, opened_by=Happening.FILING_DATE_SET),),
        met_by=(act(Happening.CARE_PLAN_VIEW_GIVEN),),
        early=Early.ANY_TIME,
    ),
    Duty(
        id="IRH-12",
        owed_by=Role.IRO_SERVICE,
        owed_to=Role.GUARDIAN,
        action="tell the guardian that dispute resolution was started and did not resolve the matter",
        kind=Kind.MUST,
        sources=("EV Final Care Planning",),
        due=(
            target(
                within(NEXT_WORKING_DAY, of=Happening.DISPUTE_UNRESOLVED, only_if=Condition.IN_PROCEEDINGS)
            ),
        ),
        met_by=(act(Happening.GUARDIAN_TOLD_OF_DISPUTE),),
        subject=Subject.DISPUTE,
    ),
    Duty(
        id="IRH-13",
        owed_by=Role.IRO,
        owed_to=Role.COURT,
        action="consider a separate IRO report to the court",
        kind=Kind.SHOULD,
        sources=("EV Final Care Planning",),
        due=(
            target(
                within(NEXT_WORKING_DAY, of=Happening.DISPUTE_UNRESOLVED, only_if=Condition.IN_PROCEEDINGS)
            ),
        ),
        met_by=(act(Happening.SEPARATE_REPORT_DECIDED),),
        subject=Subject.DISPUTE,
    ),
    Duty(
        id="IRH-14",
        owed_by=Role.IRO,
        also_owed_by=(Role.GUARDIAN,),
        owed_to=Role.CHILD,
        action="discuss the case with each other",
        kind=Kind.SHOULD,
        sources=("EV Final Care Planning",),
        due=(before(Anchor.GUARDIAN_FILING, opened_by=Happening.FILING_DATE_SET),),
        met_by=(act(Happening.CONTACT, between="guardian_iro", purpose="before_final_statement"),),
        early=Early.ANY_TIME,
    ),
    Duty(
        id="IRH-15",
        owed_by=Role.IRO,
        also_owed_by=(Role.GUARDIAN,),
        owed_to=Role.CHILD,
        action="share views before any significant change of care plan and reflect it in the review process",
        kind=Kind.SHOULD,
        sources=("EV Significant Changes",),
        shown=form(Record.PLAN_CHANGE_VIEWS),
        timing="before the change, where practicable",
    ),
    Duty(
        id="IRH-22",
        owed_by=Role.LOCAL_AUTHORITY,
        owed_to=Role.IRO,
        action="give the IRO the opportunity to put their views independently",
        kind=Kind.MUST,
        sources=("EV Final Care Planning",),
        shown=form(Record.INDEPENDENT_VIEW_OFFERED),
        timing="at the final review",
    ),
)
