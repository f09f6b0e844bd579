"""The words of the field, each with its English. One word for one thing, everywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Worded(StrEnum):
    """A value for files and databases, with the English a person reads."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Role(Worded):
    """Who owes a duty, or to whom it is owed.

    The sources call one role Cafcass officer, children's guardian and practitioner: here it is the guardian.
    """

    GUARDIAN = "guardian", "children's guardian"
    IRO = "iro", "IRO"
    IRO_SERVICE = "iro_service", "IRO service"
    IRO_MANAGER = "iro_manager", "IRO manager"
    CAFCASS = "cafcass", "Cafcass service manager or business support"
    CAFCASS_LEGAL = "cafcass_legal", "Cafcass Legal"
    LA_LEGAL = "la_legal", "LA legal"
    LOCAL_AUTHORITY = "local_authority", "local authority"
    SOCIAL_WORKER = "social_worker", "social worker"
    TEAM_MANAGER = "team_manager", "LA team manager"
    HEAD_OF_SERVICE = "head_of_service", "head of service"
    MANAGER_ADDRESSED = "manager_addressed", "manager addressed"
    PARENTS = "parents", "parents"
    CHILD = "child", "child"
    COURT = "court", "court"
    OFFICIAL_SOLICITOR = "official_solicitor", "Official Solicitor"
    EVERYONE = "everyone", "everyone taking part"


class Stage(Worded):
    """Where a case stands. A case not yet started has no stage (None)."""

    PRE_PROCEEDINGS = "pre_proceedings", "Pre-proceedings"
    PRE_CMH = "pre_cmh", "Issue to the CMH"
    UP_TO_IRH = "up_to_irh", "Up to the IRH and final hearing"
    COMPLETION = "completion", "Completion"
    POST_PROCEEDINGS = "post_proceedings", "After proceedings"
    CLOSED = "closed", "Closed"


PROCEEDINGS_RUN = frozenset({Stage.PRE_CMH, Stage.UP_TO_IRH})


class Part(Worded):
    """The parts the Protocol is told in. A happening and a duty each belong to one."""

    PRE_PROCEEDINGS = "pre_proceedings", "Pre-proceedings"
    PRE_CMH = "pre_cmh", "Issue to the CMH"
    UP_TO_IRH = "up_to_irh", "Up to the IRH and final hearing"
    COMPLETION = "completion", "Completion"
    DISPUTES = "disputes", "Dispute resolution"
    REVIEWS = "reviews", "Looked-after reviews"
    REFERRAL = "referral", "Referral to Cafcass Legal"
    GOVERNANCE = "governance", "Governance"


class Kind(Worded):
    """The source's own verb. A *may* is a prompt and never a breach; a *standing* duty is never dated."""

    MUST = "must", "must"
    SHOULD = "should", "should"
    MAY = "may", "may"
    STANDING = "standing", "must at all times"


class Force(Worded):
    """What stands behind a duty, strongest first. Lateness is counted by it."""

    STATUTE = "statute", "statute"
    STATUTORY_GUIDANCE = "statutory_guidance", "statutory guidance"
    PRACTICE_NOTE = "practice_note", "practice note"
    AGREEMENT = "agreement", "local agreement"
    GOOD_PRACTICE = "good_practice", "good practice"
    LOCAL_PROCEDURE = "local_procedure", "local procedure"
    WITHDRAWN = "withdrawn", "withdrawn in 2017"
    OUR_TARGET = "our_target", "our own target"

    @property
    def breach(self) -> bool:
        """Lateness against a withdrawn source or our own target is listed apart and never called a breach."""
        return self not in (Force.WITHDRAWN, Force.OUR_TARGET)


class Status(Worded):
    """How a deadline stands on a given day."""

    AWAITING_DATE = "awaiting_date", "Awaiting a date"
    OPEN = "open", "Open"
    OVERDUE = "overdue", "Overdue"
    MET = "met", "Met"
    MET_LATE = "met_late", "Met late"
    EXCUSED = "excused", "Excused by a delay letter"
    NOT_REQUIRED = "not_required", "No longer required"


class Place(Worded):
    """Where a duty without a dated entry shows itself."""

    FORM = "form", "A form captures it"
    PROMPT = "prompt", "A prompt where it matters"
    CLOCK = "clock", "Another duty's clock"
    BOARD = "board", "A board, report or access rule"


class Subject(Worded):
    """What a deadline hangs on where there can be several at once; the value is the event's field."""

    DOCUMENT = "document", "document"
    REVIEW = "review", "review"
    DISPUTE = "dispute", "dispute"
    REFERRAL = "referral", "referral"
    ITEM = "item", "promised document"
    HEARING = "hearing", "hearing"


class Unit(Worded):
    """What a period is counted in."""

    WORKING_DAYS = "working_days", "working day"
    DAYS = "days", "day"
    WEEKS = "weeks", "week"
    MONTHS = "months", "month"
    YEARS = "years", "year"
