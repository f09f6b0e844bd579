from django.conf import settings
from django.db import models

from accounts.models import Organisation
from cases.models.keys import new_key
from reports.access import FoiQuerySet


class FoiRequest(models.Model):
    """A request under the Freedom of Information Act 2000 that the figures of this service answer.

    Who asked stands in the authority's own register: here only the number it has there.
    """

    class Question(models.TextChoices):
        REFERRALS_BY_YEAR = "referrals_by_year", "Referrals an IRO made to Cafcass, by year"
        REFERRALS_BY_OUTCOME = "referrals_by_outcome", "Referrals an IRO made to Cafcass, by outcome"
        DISPUTES_BY_THEME = "disputes_by_theme", "Disputes raised by IROs, by theme"
        DISPUTES_BY_YEAR = "disputes_by_year", "Disputes raised by IROs, by year"
        DISPUTES_BY_OUTCOME = "disputes_by_outcome", "Disputes raised by IROs, by outcome"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    reference = models.CharField("number in your register", max_length=40)
    received_on = models.DateField()
    question = models.CharField(max_length=30, choices=Question)
    from_on = models.DateField()
    until_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = FoiQuerySet.as_manager()

    class Meta:
        ordering = ["received_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference", "question"], name="foi_question_once_for_a_reference"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="foi_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.key}"


class FoiReply(models.Model):
    """What was answered, on the day it was: the figures as they went out do not change afterwards."""

    request = models.OneToOneField(FoiRequest, on_delete=models.PROTECT, related_name="reply")
    answered_on = models.DateField()
    text = models.TextField()
    answer = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"Reply to {self.request}"
