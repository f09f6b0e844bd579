"""The account a draft gives, and its papers: enclosed, promised for a day, or not applicable (PN 3.8, 3.9)."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.dates import weekday_date
from cases.refusal import Refusal
from referrals import checklist, witness
from referrals.models import ReferralPaper
from referrals.referring.drafts import TEXTS, check_seen, draft, raise_version

# What is written here instead of being enclosed as a paper.
WRITTEN = {
    "concern": checklist.ACCOUNT,
    "wishes": checklist.WISHES,
    "other_agencies": checklist.AGENCIES,
    "communication_needs": checklist.NEEDS,
}


def write(referral, *, by, seen_version, **texts):
    """Keep what the IRO wrote. What is written here counts as enclosed."""
    with transaction.atomic():
        referral = draft(referral, by)
        check_seen(referral, seen_version)
        for name, text in texts.items():
            if name not in TEXTS:
                raise ValueError(f"A referral has no text {name}")
            setattr(referral, name, text.strip() if isinstance(text, str) else text)
        raise_version(referral)
        written = [item for name, item in WRITTEN.items() if texts.get(name)]
        referral.papers.filter(item__in=written, answer="").update(answer=ReferralPaper.Answer.ENCLOSED)
        audit.changed(by, "referral.written", *witness.referral_about(referral))
        return referral


def promise(referral, answers, *, by, seen_version):
    """Answer for papers: {pk of the paper: (answer, promised_on, because)}. A promise is for today or later."""
    with transaction.atomic():
        referral = draft(referral, by)
        check_seen(referral, seen_version)
        for paper in referral.papers.filter(pk__in=answers):
            paper.answer, paper.promised_on, paper.because = _checked(paper, *answers[paper.pk])
            paper.save()
        raise_version(referral)
        audit.changed(by, "referral.papers_answered", *witness.referral_about(referral))
        return referral


def _checked(paper, given, promised_on, because):
    kinds = ReferralPaper.Answer
    if given == kinds.TO_FOLLOW:
        if promised_on is None:
            raise Refusal(
                f"{paper.item}: give the date by which it will come (PN 3.9).",
                field=f"promised_on_{paper.pk}",
            )
        if promised_on < timezone.localdate():
            raise Refusal(
                f"{paper.item}: {weekday_date(promised_on)} has passed. Promise it for today or a later day (PN 3.9).",
                field=f"promised_on_{paper.pk}",
            )
        return given, promised_on, ""
    if given == kinds.NOT_APPLICABLE and not because.strip():
        raise Refusal(f"{paper.item}: say why it is not applicable.", field=f"because_{paper.pk}")
    return given, None, because.strip() if given == kinds.NOT_APPLICABLE else ""
