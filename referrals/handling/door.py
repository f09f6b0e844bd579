"""How every act on a referral begins and ends: the case locked, then the referral; a fact, then the row again."""

from contextlib import contextmanager

from django.db import transaction
from django_fsm import can_proceed

from accounts import audit
from cases.actions import record
from cases.dates import weekday_date
from cases.models import Case
from cases.refusal import NotYours, Refusal
from referrals import access, witness
from referrals.models import Referral

READ_WITH = (
    "case__authority",
    "case__cafcass_office",
    "iro__organisation",
    "officer__organisation",
    "office",
)


@contextmanager
def doing(referral, by, verb):
    """Saved together or not at all, with one entry of the audit trail, which names the referral."""
    with transaction.atomic(), audit.act(by, f"referral.{verb}") as act:
        yield act
        if act.is_done:
            act.touched(*witness.referral_about(referral))


def lock(referral):
    """The case first, as every fact does, then the referral, read again."""
    Case.objects.select_for_update(of=("self",)).get(pk=referral.case_id)
    return again(referral, Referral.objects.select_for_update(of=("self",)))


def again(referral, rows=Referral.objects):
    """As it is stored now: a protected state is read anew, never refreshed in place."""
    return rows.select_related(*READ_WITH).get(pk=referral.pk)


def is_done(referral, submission):
    """Whether a button pressed twice already wrote what it had to write."""
    return submission is not None and referral.case.events.filter(submission=submission).exists()


def tell(referral, happening, *, on, by, details=None, particulars=None, note="", submission=None):
    """Put a fact of this referral on the chronology, which moves its state; return the event."""
    return record(
        referral.case, happening, on=on, by=by, details={"referral": referral.ref, **(details or {})},
        particulars=particulars or {}, note=note, submission=submission,
    )[0]  # fmt: skip


def told(referral, *happenings):
    """The standing facts of some kinds about this referral, the latest last."""
    events = referral.case.events.standing().filter(happening__in=happenings, details__referral=referral.ref)
    return events.order_by("on", "pk")


def check_triages(by):
    if not access.may_triage(by):
        raise NotYours("This is done by Cafcass Legal, to whom every referral is sent (PN 3.5, 3.6).")


def check_handles(by, referral):
    if not access.may_handle(by, referral):
        raise NotYours(
            "This is done by the officer the referral is allocated to, the officer’s manager or Cafcass Legal "
            "(PN 3.6, 3.14)."
        )


def check_sent(referral):
    if referral.is_draft:
        raise Refusal(
            f"{referral.ref} has not been submitted yet, so there is nothing for Cafcass to act on. "
            "The IRO submits it first (PN 3.4)."
        )


def check_open(referral):
    """Submitted, and neither concluded nor withdrawn."""
    check_sent(referral)
    if not referral.is_open:
        raise Refusal(
            f"{referral.ref} was {referral.get_state_display().lower()} on {weekday_date(referral.ended_on)}: "
            "nothing more is recorded on it. If that was a mistake, correct it on the chronology."
        )


def check_allocated(referral):
    if referral.allocated_on is None:
        raise Refusal(
            f"{referral.ref} has not been allocated yet. Cafcass Legal allocates it to an officer first (PN 3.6)."
        )


def check_not_before(on, day, what):
    if on < day:
        raise Refusal(
            f"{weekday_date(on)} is before {what}, on {weekday_date(day)}. Enter that day or a later one.",
            field="on",
        )


def check_can(move, sentence):
    if not can_proceed(move):
        raise Refusal(sentence)
