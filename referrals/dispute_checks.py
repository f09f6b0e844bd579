"""What every verb of a dispute asks first: the rows locked, the person, the day, and whether it still runs."""

from contextlib import contextmanager

from django.db import transaction
from django_fsm import can_proceed

from accounts import audit
from cases.dates import weekday_date
from cases.models import Case
from cases.refusal import NotYours, Refusal
from referrals import access, disputefile, witness
from referrals.models import Dispute


@contextmanager
def doing(dispute, by, verb):
    """The dispute read again under a lock, its case locked first; all that follows is saved together or not at all.

    What was done is one entry of the audit trail, which names the dispute; a button pressed twice leaves no second.
    """
    with transaction.atomic(), audit.act(by, f"dispute.{verb}") as act:
        Case.objects.select_for_update(of=("self",)).get(pk=dispute.case_id)
        rows = Dispute.objects.select_for_update(of=("self",)).select_related("case", "authority")
        yield rows.get(pk=dispute.pk)
        if act.is_done:
            act.touched(witness.dispute(dispute))


def is_recorded(case, submission):
    """Whether a button pressed twice has done its work already."""
    return bool(submission) and case.events.filter(submission=submission).exists()


def again(dispute):
    """The dispute as its chronology now has it."""
    return Dispute.objects.get(pk=dispute.pk)


def check_pursued_by(by, dispute):
    if not access.may_pursue(by, dispute):
        raise NotYours(
            "A dispute is taken up, climbed and ended by the IRO or the IRO manager. Managers of the authority "
            "answer it; they never change or close it (IRO Handbook 6.2)."
        )


def check_running(dispute, move, doing):
    """Refuse what its state does not allow, saying how it stands."""
    check_stands(dispute)
    if dispute.is_good_practice:
        raise Refusal(f"{dispute.ref} is a good-practice alert: there is nothing to be {doing}.")
    if not can_proceed(move):
        ended = f" on {weekday_date(dispute.ended_on)}" if dispute.ended_on else ""
        raise Refusal(
            f"{dispute.ref} cannot be {doing}: it stands at “{dispute.get_state_display()}”{ended}. "
            "If that is wrong, correct the entry on the chronology; if the concern is new, raise a new dispute."
        )


def check_stands(dispute):
    if disputefile.beginning(dispute) is None:
        raise Refusal(
            f"{dispute.ref} was struck out of the chronology as a mistake, so nothing can follow from it. "
            "Raise the concern again if it is needed."
        )


def check_day(dispute, on, *, after_last_step=False):
    """Nothing comes of a dispute before it was raised, and no step comes before the one below it."""
    raised = disputefile.beginning(dispute).on
    if on < raised:
        raise Refusal(
            f"{weekday_date(on)} is before {dispute.ref} was raised ({weekday_date(raised)}). Check the date.",
            field="on",
        )
    if after_last_step and (steps := disputefile.steps_of(dispute)) and on < steps[-1].on:
        raise Refusal(
            f"{weekday_date(on)} is before the dispute reached “{steps[-1].rung}” ({weekday_date(steps[-1].on)}). "
            "Check the date.",
            field="on",
        )


def check_said(text, sentence, field):
    if not text.strip():
        raise Refusal(sentence, field=field)
