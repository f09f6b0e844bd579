"""What follows a decision, and how a referral ends: proceedings, settlement, judgment, withdrawal."""

from django.utils import timezone

from cases.dates import weekday_date
from cases.refusal import Refusal
from protocol.happenings import Happening
from referrals.handling import door, telling
from referrals.models import Decision, RightsMet
from referrals.models.referral import ReferralState

STEPS = (
    Happening.REFERRAL_SUBMITTED, Happening.REFERRAL_RECEIVED, Happening.REFERRAL_ALLOCATED,
    Happening.DECISION_REPORT_SENT, Happening.CIVIL_PROCEEDINGS_STARTED, Happening.SETTLED,
    Happening.JUDGMENT_GIVEN,
)  # fmt: skip


ENDED = {Happening.SETTLED: "settled", Happening.JUDGMENT_GIVEN: "judged"}


def start_proceedings(referral, *, by, on, note="", submission=None):
    """The claim decided on is started: within six weeks of receipt, sooner if urgent (REF-16, PN 3.20)."""
    with door.doing(referral, by, "proceedings_started"):
        referral = _handled_by(by, referral)
        if door.is_done(referral, submission):
            return referral
        _check_decided(referral, on)
        if referral.action != Decision.Action.PROCEEDINGS:
            raise Refusal(
                f"The decision on {referral.ref} was “{Decision.Action(referral.action).label.lower()}”, not court "
                "proceedings. Send a further decision report first, with its reasons (PN 3.19, 3.21)."
            )
        door.check_can(referral.start_proceedings, _past(referral, "Proceedings cannot be started now"))
        return _say(referral, Happening.CIVIL_PROCEEDINGS_STARTED, by, on, note, submission)


def settle(referral, *, by, on, note="", submission=None):
    """Agreed, before or after a claim was started; the final report is due in six weeks (REF-14, REF-17)."""
    return _settled(referral, Happening.SETTLED, by, on, note, submission)


def judgment(referral, *, by, on, note="", submission=None):
    """The court decided the claim; the final report is due in six weeks (REF-17, PN 3.21)."""
    return _settled(referral, Happening.JUDGMENT_GIVEN, by, on, note, submission)


def _settled(referral, happening, by, on, note, submission):
    with door.doing(referral, by, ENDED[happening]):
        referral = _handled_by(by, referral)
        if door.is_done(referral, submission):
            return referral
        _check_decided(referral, on)
        if happening == Happening.JUDGMENT_GIVEN and referral.state == ReferralState.DECIDED:
            raise Refusal(
                f"No proceedings have been started on {referral.ref}, so no court has judged. Record the start of "
                "proceedings first (PN 3.20)."
            )
        door.check_can(referral.settle, _past(referral, "It cannot be settled or judged again"))
        return _say(referral, happening, by, on, note, submission)


def withdraw(referral, *, by, on, reason, submission=None):
    """Cafcass ends its part, with the reason: the child's rights are met, or something else ends it (REF-20)."""
    with door.doing(referral, by, "withdrawn"):
        referral = _handled_by(by, referral)
        if door.is_done(referral, submission):
            return referral
        door.check_open(referral)
        _check_reasons(reason, "reason")
        _check_after_the_last_step(referral, on)
        return _withdrawn(referral, by, on, reason.strip(), submission)


def decide_rights_met(change, *, by, on, is_withdrawn, reasons):
    """The IRO says the child's rights are met; Cafcass withdraws the referral or goes on, and says why (REF-20)."""
    with door.doing(change.referral, by, "rights_met_decided") as act:
        referral = _handled_by(by, change.referral)
        change = RightsMet.objects.select_for_update(of=("self",)).get(pk=change.pk)
        if change.is_withdrawn is not None:
            raise Refusal(said_of_decided(change))
        door.check_open(referral)
        _check_reasons(reasons, "reasons")
        _check_day(on)
        door.check_not_before(on, change.on, "the day the IRO reported the change")
        if is_withdrawn:
            _check_after_the_last_step(referral, on)
        change.is_withdrawn, change.reasons = is_withdrawn, reasons.strip()
        change.decided_on, change.decided_by = on, by
        change.save()
        act.touched()
        if is_withdrawn:
            return _withdrawn(referral, by, on, change.reasons, None)
        telling.that_it_goes_on(referral, change)
        return referral


def said_of_decided(change):
    what = "withdraw the referral" if change.is_withdrawn else "go on with the referral"
    return f"{change.decided_by.name} already decided to {what}, on {weekday_date(change.decided_on)}."


def _withdrawn(referral, by, on, reason, submission):
    event = door.tell(
        referral, Happening.REFERRAL_WITHDRAWN, on=on, by=by, details={"reason": reason}, submission=submission
    )  # fmt: skip
    telling.of_the_end(referral, event)
    return door.again(referral)


def _handled_by(by, referral):
    referral = door.lock(referral)
    door.check_handles(by, referral)
    return referral


def _check_decided(referral, on):
    door.check_open(referral)
    if referral.decided_on is None:
        raise Refusal(
            f"{referral.ref} has not been decided yet. The decision report, with its reasons, goes first "
            "(PN 3.14, 3.21)."
        )
    _check_after_the_last_step(referral, on)


def _check_after_the_last_step(referral, on):
    """A step dated before the one it follows would be replayed in the wrong order."""
    latest = door.told(referral, *STEPS).last()
    door.check_not_before(on, latest.on, "the last step of the referral")


def _say(referral, happening, by, on, note, submission):
    event = door.tell(referral, happening, on=on, by=by, note=note.strip(), submission=submission)
    telling.the_iro(referral, event)
    return door.again(referral)


def _past(referral, sentence):
    return (
        f"{sentence}: {referral.ref} is already “{referral.get_state_display().lower()}”. If that is a mistake, "
        "correct it on the chronology."
    )


def _check_reasons(reasons, field):
    if not reasons.strip():
        raise Refusal("Give the reasons: the IRO and the child are told why (REF 2.h).", field=field)


def _check_day(on):
    if on > timezone.localdate():
        raise Refusal(f"{weekday_date(on)} is in the future. Record it once it has been decided.", field="on")
