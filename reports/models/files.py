from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from cases.models.keys import new_key


class AnswerFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, as long as one is still what one was when it was asked for."""
        if not user.is_active:
            return self.none()
        return self.filter(asked_by=user, organisation=user.organisation_id, asked_as=user.role)


class AnswerFile(models.Model):
    """A file somebody asked for and said what for. The row, not the broker, remembers that it is to be made.

    `asked` holds keys and days, never a name. What the file is about is known once it is made, and goes into
    the audit trail when it is downloaded.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=160)
    asked = models.JSONField(default=dict)
    purpose = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_as = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # Kinds and keys, as the audit trail names them; and those of the cases and children whoever asked could open then.
    records = models.JSONField(default=list)
    opened = models.JSONField(default=list)
    # Of a list, how many rows it has.
    rows = models.PositiveIntegerField(default=0)

    objects = AnswerFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(made_at__isnull=True, failed=""), name="files_to_make")
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"

    @property
    def is_made(self):
        return self.made_at is not None
