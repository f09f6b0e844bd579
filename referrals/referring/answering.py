"""The screening of a draft: its questions answered, and where the answers point kept."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.refusal import Refusal
from referrals import questions, readiness, screening, witness
from referrals.models import Answer
from referrals.referring.drafts import draft


def answer(referral, question, *, by, answer, because=""):
    """Answer one screening question, or answer it anew: where the answers point is worked out afresh."""
    asked = questions.BY_NAME[question]
    because = because.strip()
    if answer not in dict(asked.choices):
        raise Refusal("Choose an answer.", field="answer")
    if answer in asked.words_after and not because:
        raise Refusal(f"Write your answer: {asked.words[0].lower()}{asked.words[1:]}", field="because")
    with transaction.atomic():
        referral = draft(referral, by)
        Answer.objects.update_or_create(
            screening=referral.screening,
            question=question,
            defaults={"answer": answer, "because": because, "by": by, "at": timezone.now()},
        )
        _point_anew(referral)
        audit.changed(by, "referral.question_answered", *witness.referral_about(referral))
        return referral


def _point_anew(referral):
    """An answer changed after the screening was saved moves its outcome; a reason for another outcome is not kept."""
    kept = referral.screening
    outcome = screening.leading(readiness.answers_of(referral))
    if kept.finished_at and outcome != kept.outcome:
        kept.outcome, kept.finished_at, kept.against_because = "", None, ""
        kept.save()


def finish_screening(referral, *, by, against_because="", permission_asked_on=None):
    """Keep where the answers point, and why the IRO refers all the same, where that is what they mean to do."""
    with transaction.atomic():
        referral = draft(referral, by)
        answers = readiness.answers_of(referral)
        if following := questions.first_unanswered(answers):
            raise Refusal(f"Answer this first: {following.title}")
        if permission_asked_on and permission_asked_on > timezone.localdate():
            raise Refusal(
                "The day you asked the court must be today or in the past.", field="permission_asked_on"
            )
        kept = referral.screening
        kept.outcome, kept.finished_at = screening.leading(answers), timezone.now()
        kept.against_because = "" if kept.outcome == screening.Outcome.REFER else against_because.strip()
        kept.permission_asked_on = permission_asked_on
        kept.save()
        audit.changed(by, "referral.screened", *witness.referral_about(referral))
        return referral
