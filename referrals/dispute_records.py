"""What goes with a dispute: complaints explained, steps endorsed, disagreement mediated, others told of it."""

from accounts.roles import PersonRole
from cases.actions import record
from cases.refusal import NotYours, Refusal
from protocol.happenings import Happening
from protocol.records import Record
from referrals import access, disputefile
from referrals import dispute_notices as notices
from referrals.dispute_checks import (
    again,
    check_day,
    check_pursued_by,
    check_said,
    check_stands,
    doing,
    is_recorded,
)


def explain_complaints(dispute, *, by, on, told, children=None, submission=None):
    """Child and family know of the complaints procedure and of the right to an advocate (DIS-3, REF 2.b)."""
    check_said(told, "Say who was told, and how: the child, parents, carers.", "told")
    with doing(dispute, by, "complaints_explained") as dispute:
        if is_recorded(dispute.case, submission):
            return again(dispute)
        check_pursued_by(by, dispute)
        _check_is_dispute(dispute, on)
        record(
            dispute.case, Record.COMPLAINTS_AND_ADVOCACY, on=on, by=by, children=children, submission=submission,
            details={"dispute": dispute.ref, "told": told},
        )  # fmt: skip
        return again(dispute)


def endorse(dispute, *, by, on, endorsed, view, rung="", submission=None):
    """The IRO manager's view of a step above team manager, given then or afterwards (DIS-4, REF 2.c–2.d)."""
    check_said(view, "Say why you endorse the step, or why not: the IRO reads it.", "view")
    with doing(dispute, by, "endorsed") as dispute:
        if is_recorded(dispute.case, submission):
            return again(dispute)
        if not access.may_endorse(by, dispute):
            raise NotYours("Steps above team manager are endorsed by the IRO manager (DIS-4, REF 2.c–2.d).")
        _check_is_dispute(dispute, on)
        step = _one_of(
            waiting_for_endorsement(dispute), rung, "No step of this dispute awaits an endorsement."
        )
        _check_not_before(step, on)
        [event] = record(
            dispute.case, Record.ESCALATION_ENDORSEMENT, on=on, by=by, submission=submission,
            details={"dispute": dispute.ref, "endorsed": bool(endorsed), "view": view},
            particulars={"rung": step.rung},
        )  # fmt: skip
        if endorsed:
            notices.tell_iros(dispute, event)
        else:
            notices.tell_role(dispute, event, PersonRole.HEAD_OF_SERVICE)
        return again(dispute)


def mediate(dispute, *, by, on, outcome, rung="", submission=None):
    """The head of service mediates when the IRO manager did not endorse a step (DIS-5, REF 2.e)."""
    check_said(outcome, "Say what came of the mediation.", "outcome")
    with doing(dispute, by, "mediated") as dispute:
        if is_recorded(dispute.case, submission):
            return again(dispute)
        if not access.may_mediate(by, dispute):
            raise NotYours(
                "When IRO and IRO manager disagree, the head of service mediates (DIS-5, REF 2.e)."
            )
        _check_is_dispute(dispute, on)
        none = (
            "Nothing is to be mediated: no step of this dispute stands without the IRO manager’s endorsement."
        )
        step = _one_of(waiting_for_mediation(dispute), rung, none)
        _check_not_before(step, on)
        [event] = record(
            dispute.case, Record.MEDIATION, on=on, by=by, submission=submission,
            details={"dispute": dispute.ref, "outcome": outcome}, particulars={"rung": step.rung},
        )  # fmt: skip
        notices.tell_iros(dispute, event)
        return again(dispute)


def waiting_for_endorsement(dispute):
    return [step for step in disputefile.steps_of(dispute) if step.awaits_endorsement]


def waiting_for_mediation(dispute):
    return [step for step in disputefile.steps_of(dispute) if step.awaits_mediation]


def _one_of(steps, rung, none):
    """The step named, or the highest that waits."""
    chosen = [step for step in steps if step.rung == rung] if rung else steps
    if not chosen:
        raise Refusal(none)
    return chosen[-1]


def _check_is_dispute(dispute, on):
    check_stands(dispute)
    if dispute.is_good_practice:
        raise Refusal(f"{dispute.ref} is a good-practice alert: nothing of a dispute is recorded on it.")
    check_day(dispute, on)


def _check_not_before(step, on):
    if on < step.on:
        raise Refusal(
            f"The step to “{step.rung}” had not been taken on that day. Check the date.", field="on"
        )


# --- Others are told ------------------------------------------------------------------------------------------


def tell_court(dispute, *, by, on, note="", submission=None):
    """LA legal tells the court that a dispute is open (IRH-8)."""
    if not access.may_tell_court(by, dispute):
        raise NotYours("The court is told of a dispute by LA legal (IRH-8).")
    with doing(dispute, by, "court_told") as dispute:
        if is_recorded(dispute.case, submission):
            return again(dispute)
        _check_is_dispute(dispute, on)
        record(
            dispute.case, Happening.COURT_TOLD_OF_DISPUTE, on=on, by=by, details={"dispute": dispute.ref},
            note=note, submission=submission,
        )  # fmt: skip
        return again(dispute)


def tell_guardian(dispute, *, by, on, note="", submission=None):
    """The guardian knows that the process did not resolve the matter (IRH-12)."""
    happening = Happening.GUARDIAN_TOLD_OF_DISPUTE
    return _taken_further(dispute, happening, {}, by=by, on=on, note=note, submission=submission)


def decide_separate_report(dispute, *, by, on, decision, submission=None):
    """Whether the IRO reports to the court separately, and why or why not (IRH-13)."""
    check_said(decision, "Say what you decided about a separate report, and why.", "decision")
    how = {"by": by, "on": on, "submission": submission}
    return _taken_further(dispute, Happening.SEPARATE_REPORT_DECIDED, {"decision": decision}, **how)


def decide_cafcass_notification(dispute, *, by, on, decision, submission=None):
    """Whether the local Cafcass service manager is told before proceedings, and why (PRE-4)."""
    check_said(decision, "Say whether the Cafcass manager is told, and why.", "decision")
    how = {"by": by, "on": on, "submission": submission}
    return _taken_further(
        dispute, Happening.CAFCASS_MANAGER_NOTIFICATION_DECIDED, {"decision": decision}, **how
    )


TAKEN_FURTHER = {
    Happening.GUARDIAN_TOLD_OF_DISPUTE: "guardian_told",
    Happening.SEPARATE_REPORT_DECIDED: "separate_report_decided",
    Happening.CAFCASS_MANAGER_NOTIFICATION_DECIDED: "cafcass_notification_decided",
}


def _taken_further(dispute, happening, details, *, by, on, submission, note=""):
    with doing(dispute, by, TAKEN_FURTHER[happening]) as dispute:
        if is_recorded(dispute.case, submission):
            return again(dispute)
        check_pursued_by(by, dispute)
        _check_is_dispute(dispute, on)
        left = disputefile.standing(dispute, Happening.DISPUTE_UNRESOLVED)
        if not left:
            raise Refusal(
                f"{dispute.ref} has not ended unresolved. Record that first: what follows is counted from there."
            )
        if on < left[-1].on:
            raise Refusal("That day is before the dispute ended unresolved. Check the date.", field="on")
        details = {"dispute": dispute.ref, **details}
        record(dispute.case, happening, on=on, by=by, details=details, note=note, submission=submission)
        return again(dispute)
