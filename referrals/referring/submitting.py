"""The end of a draft: it is submitted, once, or discarded."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.roles import OrganisationKind, PersonRole
from cases.actions import record
from cases.files import deciding
from cases.models import Event, StoredFile
from cases.refusal import NotYours, Refusal
from protocol.happenings import Happening
from protocol.records import Record
from referrals import access, readiness, witness
from referrals.models import Referral, ReferralPaper
from referrals.nudging import nudge
from referrals.referring.drafts import ONLY_AN_IRO, check_draft, draft, lock


def submit(referral, *, by, on, submission=None):
    """Refer. Papers still to follow are promised for a day each, and each becomes a deadline (PN 3.9, REF-7)."""
    with transaction.atomic(), audit.act(by, "referral.submitted") as act:
        referral = lock(referral)
        if not access.may_prepare(by, referral):
            raise NotYours(ONLY_AN_IRO)
        if submission and Event.objects.filter(case=referral.case_id, submission=submission).exists():
            return referral
        check_draft(referral)
        for lack in readiness.lacking(referral):
            raise Refusal(lack.sentence, field=lack.field)
        children = list(referral.children.all())
        _record_search(referral, children, by=by, on=on)
        sent, *_ = record(
            referral.case, Happening.REFERRAL_SUBMITTED, on=on, by=by, children=children, submission=submission,
            details={"referral": referral.ref, "missing": _promised(referral)},
        )  # fmt: skip
        _tell_cafcass_legal(referral, sent)
        act.touched(*witness.referral_about(referral))
        return Referral.objects.get(pk=referral.pk)


def _record_search(referral, children, *, by, on):
    """Whether another independent person could act is asked before every referral (REF 2.f, DIS-6)."""
    found = referral.screening.answers.get(question="adult_willing")
    for child in children:
        details = {"found": found.answer == "yes", "who": found.because}
        record(referral.case, Record.INDEPENDENT_PERSON, on=on, by=by, children=[child], details=details)


def _promised(referral):
    to_follow = referral.papers.filter(answer=ReferralPaper.Answer.TO_FOLLOW)
    return [{"item": paper.item, "promised_on": paper.promised_on} for paper in to_follow]


def _tell_cafcass_legal(referral, sent):
    lawyers = User.objects.filter(
        role=PersonRole.CAFCASS_LEGAL, organisation__kind=OrganisationKind.CAFCASS_LEGAL
    ).select_related("organisation")
    nudge(lawyers, referral, f"submitted-{sent.pk}")


def discard(referral, *, by):
    """A draft nobody has sent may go; a referral never."""
    with transaction.atomic():
        referral = draft(referral, by)
        if Event.objects.filter(case=referral.case_id, details__referral=referral.ref).exists():
            raise Refusal(
                f"{referral.ref} was sent once and taken back in the chronology: it stays, as its facts do."
            )
        with audit.act(by, "referral.discarded") as act:
            act.touched(*witness.referral_about(referral))
            _strike_files(referral, by)
            referral.delete()


def _strike_files(referral, by):
    """What was added to a draft that goes stays until disposal, and nobody opens it."""
    for file in (
        StoredFile.objects.standing().filter(as_paper__paper__referral=referral).select_related("case")
    ):
        deciding.strike(file, by=by, because=f"{referral.ref} was a draft and was discarded.")
