"""Local dispute resolution: twenty working days in all, each rung with its own days inside them."""

from __future__ import annotations

from protocol.duty import Duty, act, form
from protocol.happenings import Happening
from protocol.periods import DAYS_GIVEN, Condition, target, within, working_days
from protocol.records import Record
from protocol.vocabulary import Kind, Role, Subject

NEW_RUNG = (Happening.DISPUTE_MADE_FORMAL, Happening.DISPUTE_ESCALATED)

DUTIES = (
    Duty(
        id="DIS-1",
        owed_by=Role.IRO,
        also_owed_by=(Role.LOCAL_AUTHORITY,),
        owed_to=Role.CHILD,
        action="bring a formal dispute to an answer, resolved or taken further,",
        kind=Kind.MUST,
        sources=("IRO Handbook 6.2", "REF 2.a–2.d"),
        due=(
            within(
                working_days(20),
                of=Happening.DISPUTE_MADE_FORMAL,
                opened_by=(Happening.DISPUTE_RAISED, Happening.DISPUTE_MADE_FORMAL),
                only_if=Condition.FORMAL,
            ),
        ),
        met_by=(act(Happening.DISPUTE_RESOLVED), act(Happening.DISPUTE_UNRESOLVED)),
        subject=Subject.DISPUTE,
    ),
    Duty(
        id="DIS-2",
        owed_by=Role.MANAGER_ADDRESSED,
        owed_to=Role.IRO,
        action="answer at this rung",
        kind=Kind.MUST,
        sources=("REF 2.a–2.d",),
        due=(
            target(within(DAYS_GIVEN, of=Happening.DISPUTE_RAISED, only_if=Condition.DAYS_GIVEN)),
            target(
                within(
                    DAYS_GIVEN,
                    of=Happening.DISPUTE_ESCALATED,
                    opened_by=NEW_RUNG,
                    only_if=Condition.DAYS_GIVEN,
                    afresh=True,
                )
            ),
        ),
        met_by=(act(Happening.DISPUTE_ANSWERED), act(Happening.DISPUTE_RESOLVED)),
        subject=Subject.DISPUTE,
    ),
    Duty(
        id="DIS-3",
        owed_by=Role.IRO,
        owed_to=Role.CHILD,
        action="make child and family aware of the complaints procedure and of the right to an advocate",
        kind=Kind.MUST,
        sources=("REF 2.b",),
        shown=form(Record.COMPLAINTS_AND_ADVOCACY),
        timing="when the dispute is raised",
    ),
    Duty(
        id="DIS-4",
        owed_by=Role.IRO_MANAGER,
        owed_to=Role.IRO,
        action="be consulted, and endorse each step above team manager, never holding it up",
        kind=Kind.SHOULD,
        sources=("REF 2.c–2.d",),
        shown=form(Record.ESCALATION_ENDORSEMENT),
        timing="at each such step",
    ),
    Duty(
        id="DIS-5",
        owed_by=Role.HEAD_OF_SERVICE,
        owed_to=Role.IRO,
        action="mediate when IRO and IRO manager disagree",
        kind=Kind.MUST,
        sources=("REF 2.e",),
        shown=form(Record.MEDIATION),
        timing="on disagreement",
    ),
    Duty(
        id="DIS-6",
        owed_by=Role.IRO,
        owed_to=Role.CHILD,
        action="find out whether another independent person is able and willing to act for the child",
        kind=Kind.MUST,
        sources=("REF 2.f",),
        shown=form(Record.INDEPENDENT_PERSON),
        timing="before a referral",
    ),
)
