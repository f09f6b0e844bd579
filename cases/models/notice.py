from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.deadline import Deadline


class Notice(models.Model):
    """A nudge to one person, owed until it is sent. The row, not the broker, remembers what is to be done."""

    class Kind(models.TextChoices):
        SOON = "soon", "Due in two working days"
        TODAY = "today", "Due today"
        OVERDUE = "overdue", "Overdue"
        DIGEST = "digest", "Daily summary"
        LETTER = "letter", "A letter has come"
        DISPUTE = "dispute", "A dispute needs you"
        REFERRAL = "referral", "A referral needs you"
        EMERGENCY = "emergency", "A case was opened in an emergency"
        COVER = "cover", "You stand in for a colleague"
        DISPOSAL = "disposal", "A disposal was carried out"
        PACK = "pack", "A record is ready to be given out"
        EXPORT = "export", "A large export"

    kind = models.CharField(max_length=10, choices=Kind)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    deadline = models.ForeignKey(Deadline, on_delete=models.SET_NULL, null=True, related_name="notices")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="notices")
    # What makes it this notice and no other: the due date for a reminder, the day for a digest.
    about = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "about"], name="one_notice_of_a_kind")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(sent_at__isnull=True), name="notices_to_send"),
        ]


class Heartbeat(models.Model):
    """When the clock last did its work, and what it changed: silence must not look like compliance."""

    name = models.CharField(max_length=30, primary_key=True)
    beat_at = models.DateTimeField()
    changed = models.PositiveIntegerField(default=0)
