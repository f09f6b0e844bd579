"""The verbs of a dispute: raise it, make it formal, climb, answer, end it.

Each checks what it may, writes one fact through the one door, and lets the chronology move the state. A refusal
is one sentence for the person, and nothing is saved.
"""

from cases.actions import record
from cases.dates import weekday_date
from cases.refusal import NotYours, Refusal
from protocol.happenings import Happening
from protocol.records import Record
from referrals import access, addressing, disputefile
from referrals import dispute_notices as notices
from referrals.dispute_checks import (
    again,
    check_day,
    check_pursued_by,
    check_running,
    check_said,
    check_stands,
    doing,
    is_recorded,
)
from referrals.dispute_raising import raise_dispute, raise_without_case
from referrals.dispute_records import (
    decide_cafcass_notification,
    decide_separate_report,
    endorse,
    explain_complaints,
    mediate,
    tell_court,
    tell_guardian,
)

__all__ = [
    "answer", "decide_cafcass_notification", "decide_separate_report", "endorse", "escalate", "explain_complaints",
    "leave_unresolved", "make_formal", "mediate", "raise_dispute", "raise_without_case", "resolve", "tell_court",
    "tell_guardian", "withdraw",
]  # fmt: skip


def make_formal(dispute, *, by, on, to=None, person=None, bypass_reason="", note="", submission=None):
    """Begin the formal process: its twenty working days count from this day (IRO Handbook 6.2)."""
    with doing(dispute, by, "made_formal") as dispute:
        if is_recorded(dispute.case, submission):
            return again(dispute)
        check_pursued_by(by, dispute)
        check_running(dispute, dispute.make_formal, "made formal")
        to = to or addressing.first_rung(dispute.authority, formal=True)
        how = {"on": on, "by": by, "note": note, "submission": submission}
        return _step(dispute, Happening.DISPUTE_MADE_FORMAL, to, person, bypass_reason, {}, how)


def escalate(dispute, *, to, by, on, person=None, bypass_reason="", note="", submission=None):
    """Climb to a higher rung; passing one over asks for a reason. An endorsement that is awaited holds nothing up."""
    with doing(dispute, by, "escalated") as dispute:
        if is_recorded(dispute.case, submission):
            return again(dispute)
        check_pursued_by(by, dispute)
        check_running(dispute, dispute.climb, "taken further")
        if dispute.formal_on is None:
            raise Refusal(
                f"{dispute.ref} is still informal. Make it formal first: its twenty working days count from that "
                "day (IRO Handbook 6.2)."
            )
        how = {"on": on, "by": by, "note": note, "submission": submission}
        return _step(dispute, Happening.DISPUTE_ESCALATED, to, person, bypass_reason, {"to": to.name}, how)


def _step(dispute, happening, to, person, reason, details, how):
    """A higher rung is asked, from the rung the dispute stands on."""
    children = list(dispute.children.all())
    check_day(dispute, how["on"], after_last_step=True)
    here = disputefile.steps_of(dispute)[-1]
    _check_not_answered_that_day(here, how["on"])
    above = addressing.rungs_above(
        dispute.authority, here.rung, "" if dispute.formal_on is None else here.role
    )
    if to.name not in [rung.name for rung in above]:
        raise Refusal(
            f"“{to.name}” is not above “{here.rung}”, where {dispute.ref} stands. Choose a higher step of the ladder.",
            field="to",
        )
    person = addressing.person_for(person, to, dispute.authority, children)
    said = addressing.addressed(dispute.authority, children, to, person)
    said |= addressing.bypassed(above, to, reason)
    details = {"dispute": dispute.ref, **details, **addressing.days_of(to)}
    [event] = record(dispute.case, happening, details=details, particulars=said, **how)
    notices.ask_to_endorse(dispute, event)
    notices.tell_addressed(dispute, event, to, person)
    return again(dispute)


def _check_not_answered_that_day(here, on):
    """The Protocol plays a step before an answer of the same day, which would then answer the wrong rung."""
    if any(answer.on == on for answer in here.answers):
        raise Refusal(
            f"“{here.rung}” answered on this same day, {weekday_date(on)}. Steps are counted by the day, and an answer "
            "always answers the step reached that day: take the next step from the day after.",
            field="on",
        )


# --- Answering ----------------------------------------------------------------------------------------------


def answer(dispute, *, by, on, text, accepts="", given_by="", submission=None):
    """A manager answers; the IRO may write down an answer given by word of mouth, and by whom."""
    with doing(dispute, by, "answered") as dispute:
        if is_recorded(dispute.case, submission):
            return again(dispute)
        if not access.may_answer(by, dispute):
            raise NotYours(
                "A dispute is answered by the manager addressed or another manager of the authority."
            )
        check_said(text, "Write the answer: an empty one answers nothing.", "text")
        if dispute.is_good_practice:
            check_stands(dispute)
            return _reply(dispute, by=by, on=on, text=text, submission=submission)
        check_running(dispute, dispute.resolve, "answered")
        if not dispute.is_running:
            raise Refusal(
                f"{dispute.ref} ended unresolved on {weekday_date(dispute.ended_on)}: the ladder is at its end. The IRO "
                "can still record that it was resolved."
            )
        if accepts not in ACCEPTS:
            raise Refusal("Say whether the answer accepts what is asked.", field="accepts")
        check_day(dispute, on)
        said = {"accepts": accepts, "name": given_by.strip() or by.name}
        [event] = record(
            dispute.case, Happening.DISPUTE_ANSWERED, on=on, by=by, details={"dispute": dispute.ref},
            particulars=said, note=text, submission=submission,
        )  # fmt: skip
        notices.tell_iros(dispute, event)
        return again(dispute)


ACCEPTS = {"yes": "Yes", "partly": "Partly", "no": "No"}


def _reply(dispute, *, on, text, **who):
    check_day(dispute, on)
    details = {"dispute": dispute.ref}
    [event] = record(dispute.case, Record.GOOD_PRACTICE_ANSWERED, on=on, details=details, note=text, **who)
    notices.tell_iros(dispute, event)
    return again(dispute)


# --- Ending -------------------------------------------------------------------------------------------------


def resolve(dispute, *, by, on, changed_for_child, submission=None):
    """End it with an answer the IRO accepts, and say what changed for the child."""
    check_said(
        changed_for_child, "Say what changed for the child: a dispute ends with that.", "changed_for_child"
    )
    return _end(dispute, "resolve", Happening.DISPUTE_RESOLVED, changed_for_child, {}, by, on, submission)


def leave_unresolved(dispute, *, by, on, changed_for_child="", submission=None):
    """End the process without an answer the IRO accepts; the concern stays open and is taken further."""
    return _end(
        dispute, "leave_unresolved", Happening.DISPUTE_UNRESOLVED, changed_for_child, {}, by, on, submission
    )


def withdraw(dispute, *, by, on, reason, changed_for_child="", submission=None):
    """The IRO no longer pursues it, and says why."""
    check_said(reason, "Say why you withdraw it: the chronology keeps the reason.", "reason")
    details = {"reason": reason}
    return _end(
        dispute, "withdraw", Happening.DISPUTE_WITHDRAWN, changed_for_child, details, by, on, submission
    )


DOING = {"resolve": "resolved", "leave_unresolved": "left unresolved", "withdraw": "withdrawn"}


def _end(dispute, move, happening, changed, details, by, on, submission):
    with doing(dispute, by, DOING[move].replace(" ", "_")) as dispute:
        if is_recorded(dispute.case, submission):
            return again(dispute)
        check_pursued_by(by, dispute)
        check_running(dispute, getattr(dispute, move), DOING[move])
        check_day(dispute, on, after_last_step=True)
        if changed.strip():
            dispute.changed_for_child = changed.strip()
            dispute.save(update_fields=["changed_for_child"])
        details = {"dispute": dispute.ref, **details}
        note = f"What changed for the child: {changed.strip()}" if changed.strip() else ""
        record(dispute.case, happening, on=on, by=by, details=details, note=note, submission=submission)
        return again(dispute)
