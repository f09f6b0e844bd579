"""The blank referral form as a PDF for anybody: made once for each state of its contents (REF-24)."""

from hashlib import sha256

from django.core.cache import cache
from django.utils import timezone

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from letters import pdf, press, wording
from letters.contents import BlankReferralForm
from letters.gather.parts import head
from letters.kinds import LetterKind
from referrals import checklist
from referrals.models import Checklist

KEPT = 24 * 3600


def contents():
    """Where it goes is known where there is one Cafcass Legal; else lines stand for it."""
    legal = list(Organisation.objects.filter(kind=OrganisationKind.CAFCASS_LEGAL)[:2])
    return BlankReferralForm(
        **(head(legal[0]) if len(legal) == 1 else {"sender": ""}),
        addressee=(),
        reference="",
        dated=timezone.localdate(),
        signed_by="",
        signed_as="",
        documents=_documents(),
    )


def _documents():
    """The list in use; reading it for anybody at all writes nothing."""
    latest = Checklist.objects.first()
    if latest:
        return tuple(row["item"] for row in latest.items)
    return tuple(item for item, _ in checklist.SHIPPED)


def as_pdf():
    """The bytes, kept a day: printing costs too much to be had for the asking by people nobody knows."""
    page = press.page(contents(), wording.national(LetterKind.BLANK_REFERRAL_FORM))
    key = f"blank_referral_form:{sha256(page.encode()).hexdigest()}"
    return cache.get_or_set(key, lambda: pdf.as_pdf(page), KEPT)
