"""What Cafcass writes on a referral has gone: the notice to LA legal, delay letters and reports.

Letters are written and sent in their own room, which comes here when one has gone. `particulars` name the letter.
"""

from cases.dates import weekday_date
from cases.refusal import Refusal
from protocol.happenings import Happening
from referrals.handling import door, telling
from referrals.handling.doubts import decision_doubts
from referrals.models import Decision
from referrals.models.referral import ReferralState


def la_legal_notified(referral, *, on, by, particulars=None):
    """The authority's legal department knows (REF-10, PN 3.6). Owed still when the referral has run its course."""
    with door.doing(referral, by, "la_legal_notified"):
        referral = door.lock(referral)
        door.check_triages(by)
        door.check_sent(referral)
        if referral.state == ReferralState.WITHDRAWN:
            door.check_open(referral)
        if earlier := door.told(referral, Happening.LA_LEGAL_NOTIFIED).last():
            raise Refusal(
                f"LA legal was already told of {referral.ref}, on {weekday_date(earlier.on)} (PN 3.6). "
                "Once is enough."
            )
        _check_after_submission(referral, on)
        door.tell(referral, Happening.LA_LEGAL_NOTIFIED, on=on, by=by, particulars=particulars)
        return door.again(referral)


def delay_letter_sent(referral, *, on, by, reason, particulars=None):
    """Every recipient knows why the report is late (REF-13, PN 3.16). After the two weeks it excuses nothing."""
    with door.doing(referral, by, "delay_letter_sent"):
        referral = _to_report_on(referral, on, by)
        if referral.decided_on:
            raise Refusal(
                f"The decision report on {referral.ref} went on {weekday_date(referral.decided_on)}: "
                "there is no delay left to explain (PN 3.16)."
            )
        if not reason.strip():
            raise Refusal(
                "Give the reasons for the delay: that is what the letter is for (PN 3.16).", field="reason"
            )
        door.tell(
            referral, Happening.DELAY_LETTER_SENT, on=on, by=by, details={"reason": reason.strip()},
            particulars=particulars,
        )  # fmt: skip
        return door.again(referral)


def decision_report_sent(referral, *, on, by, particulars=None):
    """The report with its reasons has gone (REF-12, PN 3.14, 3.21); what it decides is read from the record."""
    with door.doing(referral, by, "decision_report_sent"):
        referral = _to_report_on(referral, on, by)
        door.check_allocated(referral)
        door.check_not_before(on, referral.allocated_on, f"{referral.ref} was allocated")
        door.check_can(
            referral.decide,
            f"{referral.ref} is past its decision ({referral.get_state_display().lower()}). "
            "What follows now goes into the final report (PN 3.21).",
        )
        if doubts := decision_doubts(referral):
            raise Refusal(doubts[0])
        decision = referral.decision
        event = door.tell(
            referral, Happening.DECISION_REPORT_SENT, on=on, by=by, particulars=particulars,
            details={"action": decision.action, "by": decision.who_acts or Decision.Actor.CAFCASS},
        )  # fmt: skip
        telling.the_iro(referral, event)
        return door.again(referral)


def progress_report_sent(referral, *, on, by, particulars=None):
    """The IRO and the others know how it goes: every two weeks while it is open (REF-21)."""
    with door.doing(referral, by, "progress_report_sent"):
        referral = _to_report_on(referral, on, by)
        door.tell(referral, Happening.PROGRESS_REPORT_SENT, on=on, by=by, particulars=particulars)
        return door.again(referral)


def final_report_sent(referral, *, on, by, particulars=None):
    """The report that ends the referral: reasons, delays, settlement, recommendations (REF-17, PN 3.21)."""
    with door.doing(referral, by, "final_report_sent"):
        referral = _to_report_on(referral, on, by)
        door.check_can(
            referral.conclude,
            f"{referral.ref} has not been decided yet. The decision report goes first (PN 3.21).",
        )
        latest = door.told(
            referral, Happening.DECISION_REPORT_SENT, Happening.SETTLED, Happening.JUDGMENT_GIVEN
        ).last()
        door.check_not_before(on, latest.on, "the step it reports on")
        event = door.tell(referral, Happening.FINAL_REPORT_SENT, on=on, by=by, particulars=particulars)
        telling.the_iro(referral, event)
        return door.again(referral)


def _to_report_on(referral, on, by):
    referral = door.lock(referral)
    door.check_handles(by, referral)
    door.check_open(referral)
    _check_after_submission(referral, on)
    return referral


def _check_after_submission(referral, on):
    door.check_not_before(on, referral.submitted_on, f"{referral.ref} was submitted")
