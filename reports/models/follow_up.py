from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from cases.models import Case, Child, LocalAgreement


class FollowUp(models.Model):
    """What a manager did about an overdue deadline: took note of it, or asked whoever owes it where it stands.

    It hangs on the deadline's key and day, as a miss does, and outlives every replay. A chase is also the order to
    write the e-mails: the clock does that, so that nobody waits for it and none is lost.
    """

    class Kind(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        CHASED = "chased", "Chased"

    kind = models.CharField(max_length=12, choices=Kind)
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, null=True, related_name="+")
    agreement = models.ForeignKey(LocalAgreement, on_delete=models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=200)
    due_on = models.DateField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    # Whom a chase is for is worked out when it is told; until then it is owed.
    told_at = models.DateTimeField(null=True)
    told = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            # A button pressed twice follows up once; another day is another chase.
            models.UniqueConstraint(
                fields=["key", "due_on", "kind", "by", "on"], name="followed_up_once_a_day"
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(kind="chased", told_at__isnull=True), name="chases_to_tell"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"
