"""Looked-after reviews: the statutory clock of each period of care, and the papers of each review."""

from __future__ import annotations

from protocol.duty import Duty, act
from protocol.happenings import Happening
from protocol.periods import Condition, calendar_days, months, target, within, working_days
from protocol.vocabulary import Kind, Role, Subject

DUTIES = (
    Duty(
        id="REV-1",
        owed_by=Role.IRO_SERVICE,
        owed_to=Role.CHILD,
        action="hold the first review",
        kind=Kind.MUST,
        sources=("CPPCR 2010 reg 33(1)", "AAR 2005 reg 36"),
        due=(
            within(working_days(20), of=Happening.BECAME_LOOKED_AFTER, afresh=True),
            within(calendar_days(28), of=Happening.PLACED_FOR_ADOPTION, afresh=True),
        ),
        met_by=(act(Happening.REVIEW_HELD),),
        per_child=True,
    ),
    Duty(
        id="REV-2",
        owed_by=Role.IRO_SERVICE,
        owed_to=Role.CHILD,
        action="hold the second review",
        kind=Kind.MUST,
        sources=("reg 33(2)",),
        due=(
            within(months(3), of=Happening.REVIEW_HELD, only_if=Condition.FIRST_REVIEW),
            within(months(3), of=Happening.AUTHORITY_TO_PLACE, afresh=True),
        ),
        met_by=(act(Happening.REVIEW_HELD),),
        per_child=True,
    ),
    Duty(
        id="REV-3",
        owed_by=Role.IRO_SERVICE,
        owed_to=Role.CHILD,
        action="hold each later review",
        kind=Kind.MUST,
        sources=("reg 33(2)",),
        due=(within(months(6), of=Happening.REVIEW_HELD, only_if=Condition.LATER_REVIEW),),
        met_by=(act(Happening.REVIEW_HELD),),
        per_child=True,
    ),
    Duty(
        id="REV-4",
        owed_by=Role.IRO,
        owed_to=Role.CHILD,
        action="write the decisions of the review",
        kind=Kind.MUST,
        sources=("IRO Handbook ch 3, to be confirmed",),
        due=(target(within(working_days(5), of=Happening.REVIEW_HELD)),),
        met_by=(act(Happening.REVIEW_DECISIONS_WRITTEN),),
        subject=Subject.REVIEW,
    ),
    Duty(
        id="REV-5",
        owed_by=Role.IRO,
        owed_to=Role.CHILD,
        action="complete the full record of the review",
        kind=Kind.MUST,
        sources=("IRO Handbook ch 3, to be confirmed",),
        due=(target(within(working_days(15), of=Happening.REVIEW_HELD)),),
        met_by=(act(Happening.REVIEW_RECORD_COMPLETED),),
        subject=Subject.REVIEW,
    ),
    Duty(
        id="REV-6",
        owed_by=Role.LOCAL_AUTHORITY,
        owed_to=Role.CHILD,
        action="distribute the record of the review",
        kind=Kind.MUST,
        sources=("IRO Handbook ch 3, to be confirmed",),
        due=(target(within(working_days(20), of=Happening.REVIEW_HELD)),),
        met_by=(act(Happening.REVIEW_RECORD_DISTRIBUTED),),
        subject=Subject.REVIEW,
    ),
)
