from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.access import NoticeQuerySet
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
        CHASE = "chase", "You are asked where this stands"
        EMERGENCY = "emergency", "A case was opened in an emergency"
        COVER = "cover", "You stand in for a colleague"
        DISPOSAL = "disposal", "A disposal was carried out"
        PACK = "pack", "A record is ready to be given out"
        EXPORT = "export", "A large export"
        VIEW = "view", "A saved view"
        GAIN = "gain", "A saved view has gained something"

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
    # It stands in the inbox and no e-mail goes: by the person's own choice, or because none can.
    inbox_only = models.BooleanField(default=False, db_default=False)
    # Whose act that was is no question: a notice is one person's.
    acknowledged_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "about"], name="one_notice_of_a_kind")
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(sent_at__isnull=True, inbox_only=False), name="notices_to_e_mail"
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(inbox_only=True, acknowledged_at=None),
                name="notices_kept_back",
            ),
        ]


class NoticePreference(models.Model):
    """How much e-mail one person wants; the inbox always has everything."""

    class Email(models.TextChoices):
        AT_ONCE = "at_once", "Each notice at once"
        DAILY = "daily", "One summary each working day"
        WEEKLY = "weekly", "One summary each week, on its first working day"
        OVERDUE = "overdue", "Nothing, but what is overdue"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    email = models.CharField(max_length=10, choices=Email, default=Email.AT_ONCE)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email__in=["at_once", "daily", "weekly", "overdue"]),
                name="notice_preference_known",
            )
        ]

    def __str__(self):
        return self.email


class Undeliverable(models.Model):
    """An address that a mail server refused for good; an administrator sees it. Nothing of a child is in it."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="undeliverable"
    )
    address = models.EmailField()
    since = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    why = models.CharField(max_length=200)

    def __str__(self):
        return self.address


class Heartbeat(models.Model):
    """When the clock last did its work, and what it changed: silence must not look like compliance."""

    name = models.CharField(max_length=30, primary_key=True)
    beat_at = models.DateTimeField()
    changed = models.PositiveIntegerField(default=0)
