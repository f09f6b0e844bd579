from django.conf import settings
from django.db import models

from referrals.models.referral import Referral


class Screening(models.Model):
    """The answers to the questions asked before a referral, one row each, and where they point (PN 3.1, 4.1–4.3)."""

    referral = models.OneToOneField(
        Referral, on_delete=models.CASCADE, primary_key=True, related_name="screening"
    )
    outcome = models.CharField(max_length=30, blank=True)
    # Referring against what the questions advise is the IRO's right; the reason is kept (GPP).
    against_because = models.TextField(blank=True)
    permission_asked_on = models.DateField(
        "court’s permission to disclose papers to the Official Solicitor asked for", null=True, blank=True
    )
    finished_at = models.DateTimeField(null=True)


class Answer(models.Model):
    """One question answered, with its reason."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    answer = models.CharField(max_length=20)
    because = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "question"], name="question_answered_once")
        ]
