"""The IRO's verbs once a referral is with Cafcass: provide what was promised, say that rights are met, keep
the family informed (REF-7, REF-20, REF-22)."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import PersonRole
from cases.actions import record
from cases.dates import weekday_date
from cases.refusal import NotYours, Refusal
from protocol.happenings import Happening
from protocol.records import Record
from referrals import access, referring, witness
from referrals.models import ReferralPaper, RightsMet
from referrals.models.referral import ReferralState
from referrals.nudging import nudge

WITHDRAWN = ReferralState.WITHDRAWN
UNDECIDED = "Cafcass Legal decides whether the referral is withdrawn or goes on."


def provided(referral):
    """The promised papers that have come, by name, with the day each came."""
    came = referral.case.events.standing().filter(
        happening=Happening.MISSING_DOCUMENT_PROVIDED, details__referral=referral.ref
    )
    return {event.details["item"]: event.on for event in came.order_by("on", "pk")}


def awaited(referral):
    """The papers promised and not here yet."""
    came = provided(referral)
    to_follow = referral.papers.filter(answer=ReferralPaper.Answer.TO_FOLLOW)
    return [paper for paper in to_follow if paper.item not in came]


def provide(referral, item, *, by, on, note=""):
    """A promised paper has gone to Cafcass (PN 3.9, REF-7)."""
    with transaction.atomic(), audit.act(by, "referral.paper_provided") as act:
        referral = _submitted(referral, by, "The IRO service provides what was promised (PN 3.9, REF-7).")
        if not referral.papers.filter(item=item, answer=ReferralPaper.Answer.TO_FOLLOW).exists():
            raise Refusal(f"“{item}” was not promised with {referral.ref}.", field="item")
        if came := provided(referral).get(item):
            raise Refusal(
                f"“{item}” was already provided, on {weekday_date(came)}. Nothing was recorded twice.",
                field="item",
            )
        _check_day(referral, on)
        details = {"referral": referral.ref, "item": item}
        came, *_ = record(
            referral.case, Happening.MISSING_DOCUMENT_PROVIDED, on=on, by=by, details=details, note=note
        )
        nudge(_who_decides(referral), referral, f"paper-{came.pk}")
        act.touched(*witness.referral_about(referral))
        return referring.lock(referral)


def report_rights_met(referral, *, by, on, change):
    """The child's rights are now met, says the IRO; Cafcass decides what becomes of the referral (REF 2.h)."""
    if not access.may_refer(by) or not access.may_prepare(by, referral):
        raise NotYours(
            "The IRO who referred the child tells Cafcass that the child’s rights are now met (REF-20)."
        )
    if not change.strip():
        raise Refusal("Say what has changed for the child.", field="change")
    with transaction.atomic(), audit.act(by, "referral.rights_reported_met") as act:
        referral = referring.lock(referral)
        _check_open(referral)
        _check_day(referral, on)
        if told := referral.rights_met.filter(is_withdrawn=None).first():
            raise Refusal(
                f"Cafcass was already told, on {weekday_date(told.on)}. {UNDECIDED} Nothing was recorded twice."
            )
        details = {"referral": referral.ref, "change": change.strip(), "decision": UNDECIDED}
        record(referral.case, Record.RIGHTS_NOW_MET, on=on, by=by, details=details)
        told = RightsMet.objects.create(
            referral=referral, on=on, change=change.strip(), by=by, at=timezone.now()
        )
        nudge(_who_decides(referral), referral, f"rights-met-{told.pk}")
        act.touched(*witness.referral_about(referral))
        return told


def _who_decides(referral):
    lawyers = User.objects.filter(role=PersonRole.CAFCASS_LEGAL).select_related("organisation")
    return [*lawyers, *([referral.officer] if referral.officer else [])]


def keep_informed(referral, *, by, on, note):
    """The child and family know how it goes, and the child's wishes were asked for again (REF 2.i, REF-22)."""
    if not note.strip():
        raise Refusal("Say whom you told what, and what the child wishes now.", field="note")
    with transaction.atomic(), audit.act(by, "referral.family_informed") as act:
        referral = referring.lock(referral)
        _check_open(referral)
        _check_day(referral, on)
        details = {"referral": referral.ref, "note": note.strip()}
        record(referral.case, Record.FAMILY_INFORMED, on=on, by=by, details=details)
        act.touched(*witness.referral_about(referral))
        return referral


def may_provide(user, referral):
    """The IRO, or the IRO service for them."""
    ours = user.organisation_id in (referral.authority_id, referral.iro.organisation_id)
    return user.is_active and user.role in access.IRO_SIDE and ours


def may_keep_informed(user, referral):
    ours = user.organisation_id in (referral.authority_id, referral.iro.organisation_id)
    told_by = access.IROS | {PersonRole.SOCIAL_WORKER, PersonRole.TEAM_MANAGER, PersonRole.IRO_MANAGER}
    return user.is_active and user.role in told_by and ours


def _submitted(referral, by, sentence):
    if not may_provide(by, referral):
        raise NotYours(sentence)
    referral = referring.lock(referral)
    if referral.is_draft:
        raise Refusal(f"{referral.ref} has not been submitted yet.")
    if referral.state == WITHDRAWN:
        raise Refusal(
            f"{referral.ref} was withdrawn on {weekday_date(referral.ended_on)}: nothing more is owed to it."
        )
    return referral


def _check_open(referral):
    if referral.is_open:
        return
    if referral.is_draft:
        raise Refusal(f"{referral.ref} has not been submitted yet.")
    raise Refusal(
        f"{referral.ref} ended on {weekday_date(referral.ended_on)}. The chronology keeps what was done in it."
    )


def _check_day(referral, on):
    if on < referral.submitted_on:
        raise Refusal(
            f"{referral.ref} was submitted on {weekday_date(referral.submitted_on)}: this cannot have been before that.",
            field="on",
        )
