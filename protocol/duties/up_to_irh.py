"""Up to the IRH and the final hearing: reviews and meetings while the court decides, and how proceedings end."""

from __future__ import annotations

from protocol.duty import Duty, Early, act, form, prompt
from protocol.happenings import Happening
from protocol.periods import (
    NEXT_WORKING_DAY,
    Anchor,
    Condition,
    before,
    target,
    weeks,
    within,
    working_days,
)
from protocol.records import Record
from protocol.vocabulary import Kind, Role, Subject

DUTIES = (
    Duty(
        id="IRH-1",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="raise a concern about the authority's management of the case with the IRO or the IRO manager",
        kind=Kind.MAY,
        sources=("GPP", "LP Up to IRH"),
        shown=prompt("on the guardian's view of the case"),
    ),
    Duty(
        id="IRH-2",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="consult the IRO before each looked-after review",
        kind=Kind.SHOULD,
        sources=("GPP Up to IRH", "LP Pre-CMH"),
        due=(
            before(
                Anchor.REVIEW,
                opened_by=Happening.REVIEW_ARRANGED,
                only_if=Condition.PROCEEDINGS_AND_GUARDIAN,
            ),
        ),
        met_by=(act(Happening.CONTACT, between="guardian_iro", purpose="before_review"),),
        early=Early.SAME_DAY,
        subject=Subject.REVIEW,
    ),
    Duty(
        id="IRH-3",
        owed_by=Role.IRO,
        owed_to=Role.GUARDIAN,
        action="record the guardian's standing apologies and send the guardian the minutes and papers",
        kind=Kind.MUST,
        sources=("LP Up to IRH", "GPP Pre-CMH"),
        due=(
            target(
                within(
                    working_days(20),
                    of=Happening.REVIEW_HELD,
                    only_if=Condition.PROCEEDINGS_AND_GUARDIAN,
                )
            ),
        ),
        met_by=(act(Happening.REVIEW_RECORD_SENT_TO_GUARDIAN),),
        subject=Subject.REVIEW,
    ),
    Duty(
        id="IRH-4",
        owed_by=Role.IRO,
        owed_to=Role.GUARDIAN,
        action="alert the guardian to significant issues from a review or planning meeting",
        kind=Kind.MUST,
        sources=("GPP", "LP", "PN 2.1e"),
        due=(
            target(
                within(
                    NEXT_WORKING_DAY,
                    of=Happening.MEETING_HELD,
                    opened_by=(Happening.MEETING_HELD, Happening.REVIEW_HELD),
                    only_if=Condition.SIGNIFICANT_ISSUES,
                )
            ),
        ),
        met_by=(act(Happening.GUARDIAN_ALERTED),),
        subject=Subject.REVIEW,
    ),
    Duty(
        id="IRH-5",
        owed_by=Role.IRO,
        owed_to=Role.GUARDIAN,
        action="contact the guardian about significant developments at any stage",
        kind=Kind.MAY,
        sources=("GPP", "LP"),
        shown=prompt("on the IRO's view of the case"),
    ),
    Duty(
        id="IRH-6",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="ask the court's permission to disclose assessments, reports and care plan to the IRO and the "
        "multi-agency group",
        kind=Kind.MUST,
        sources=("LP Up to IRH",),
        variation=True,
        shown=prompt("where the guardian's initial report is recorded"),
        timing="with the initial assessment report",
    ),
    Duty(
        id="IRH-7",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="attend the professionals' decision-making meeting, or instruct the child's solicitor for it",
        kind=Kind.SHOULD,
        sources=("LP Up to IRH",),
        variation=True,
        shown=form(Record.PROFESSIONALS_MEETING),
        timing="on the day of the meeting",
    ),
    Duty(
        id="IRH-8",
        owed_by=Role.LA_LEGAL,
        owed_to=Role.COURT,
        action="tell the court of any matter in dispute resolution",
        kind=Kind.MUST,
        sources=("GPP", "LP"),
        due=(
            target(
                before(
                    Anchor.HEARING,
                    opened_by=(Happening.HEARING_LISTED, Happening.DISPUTE_RAISED),
                    only_if=Condition.DISPUTE_OPEN,
                )
            ),
        ),
        met_by=(act(Happening.COURT_TOLD_OF_DISPUTE),),
        subject=Subject.HEARING,
    ),
    Duty(
        id="IRH-16",
        owed_by=Role.COURT,
        owed_to=Role.CHILD,
        action="see the care proceedings concluded",
        kind=Kind.MUST,
        sources=("CA 1989 s32(1)(a)(ii)", "AGR 5"),
        due=(
            within(
                weeks(26),
                of=Anchor.ISSUE,
                opened_by=(Happening.PROCEEDINGS_ISSUED, Happening.CHILD_ADDED),
                beginning_with=True,
            ),
        ),
        met_by=(act(Happening.PROCEEDINGS_CONCLUDED),),
        per_child=True,
    ),
    Duty(
        id="IRH-17",
        owed_by=Role.SOCIAL_WORKER,
        also_owed_by=(Role.GUARDIAN, Role.IRO, Role.PARENTS),
        owed_to=Role.COURT,
        action="try to resolve differences on the care plan out of court",
        kind=Kind.SHOULD,
        sources=("AGR 16",),
        shown=form(Record.OUT_OF_COURT_ATTEMPT),
        timing="before the hearing",
    ),
    Duty(
        id="IRH-18",
        owed_by=Role.EVERYONE,
        owed_to=Role.COURT,
        action="see that a learning circle or meeting leaves a written note",
        kind=Kind.MUST,
        sources=("AGR 20–22",),
        shown=form(Record.LEARNING_CIRCLE_NOTE),
        timing="each time",
    ),
    Duty(
        id="IRH-19",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="liaise with the IRO on the child's wishes, the plan and what was raised in court",
        kind=Kind.MUST,
        sources=("PN 2.1f",),
        shown=prompt("where the guardian records a hearing or a contact"),
        timing="where appropriate",
    ),
    Duty(
        id="IRH-20",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="send apologies in advance when not attending a review",
        kind=Kind.MUST,
        sources=("GPP Up to IRH",),
        shown=form(Happening.GUARDIAN_APOLOGIES_SENT),
        timing="before the review",
    ),
    Duty(
        id="IRH-21",
        owed_by=Role.GUARDIAN,
        owed_to=Role.IRO,
        action="keep informed of reviews and planning meetings and talk to the IRO about their decisions",
        kind=Kind.MUST,
        standing=True,
        sources=("PN 2.1e",),
        shown=prompt("after each review or planning meeting"),
        timing="after each",
    ),
)
