"""A draft, locked and read again: only who may prepare it changes it, and nobody what another one wrote meanwhile."""

from cases.dates import weekday_date
from cases.models import Case
from cases.refusal import NotYours, Refusal, Stale
from referrals import access
from referrals.models import Referral

ONLY_AN_IRO = (
    "Only an IRO can refer a child to Cafcass Legal. Others raise their concern with the authority by its usual "
    "procedures (PN 3.4, REF-26)."
)
TEXTS = (
    "concern", "history", "why_failing", "sought", "wishes", "wishes_on_court", "other_agencies",
    "communication_needs", "is_urgent", "urgent_because",
)  # fmt: skip


def draft(referral, by):
    """The referral, while it is a draft and for who may prepare it."""
    referral = lock(referral)
    if not access.may_prepare(by, referral):
        raise NotYours(ONLY_AN_IRO)
    check_draft(referral)
    return referral


def check_draft(referral):
    if not referral.is_draft:
        raise Refusal(
            f"{referral.ref} was submitted on {weekday_date(referral.submitted_on)}. It is sent once, and what was sent "
            "does not change any more (REF-26)."
        )


def lock(referral):
    """The case first, as every fact does, then the referral, read again."""
    Case.objects.select_for_update(of=("self",)).get(pk=referral.case_id)
    rows = Referral.objects.select_for_update(of=("self",)).select_related("case", "iro")
    return rows.get(pk=referral.pk)


def check_seen(referral, seen_version):
    if referral.version != seen_version:
        raise Stale(
            "Somebody else changed this referral while you were writing. Nothing you typed is lost: look at what "
            "changed, then save yours again."
        )


def raise_version(referral):
    referral.version += 1
    referral.save(update_fields=[*TEXTS, "version"])
