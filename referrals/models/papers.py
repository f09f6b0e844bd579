from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from cases.models import StoredFile
from referrals.models.referral import Referral


class Checklist(models.Model):
    """The documents asked for with a referral, version by version (IRO Handbook 8.15, PN 3.7, 3.11). Never edited."""

    number = models.PositiveIntegerField(unique=True)
    items = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-number"]


class ReferralPaper(models.Model):
    """One document of the checklist: enclosed, promised for a day, or not applicable and why (PN 3.9)."""

    class Answer(models.TextChoices):
        ENCLOSED = "enclosed", "Enclosed"
        TO_FOLLOW = "to_follow", "To follow"
        NOT_APPLICABLE = "not_applicable", "Not applicable"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=70)
    hint = models.CharField(max_length=200, blank=True)
    checklist = models.PositiveIntegerField("version of the checklist")
    answer = models.CharField(max_length=20, choices=Answer, blank=True)
    promised_on = models.DateField("to follow by", null=True, blank=True)
    because = models.CharField("not applicable because", max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "item"], name="paper_once_in_a_referral"),
            models.CheckConstraint(
                condition=~Q(answer="to_follow") | Q(promised_on__isnull=False),
                name="paper_to_follow_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer="not_applicable") | ~Q(because=""), name="paper_left_out_has_a_reason"
            ),
        ]


class PaperFile(models.Model):
    """A file of one paper: for those who may read the referral's papers, not for everybody who sees the case."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(ReferralPaper, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="as_paper")

    class Meta:
        ordering = ["file"]
