"""The trail's three tables. Rows are inserted and never changed: triggers refuse everything else."""

from uuid import uuid4

from django.conf import settings
from django.db import models

APPEND_ONLY = ("audit_entry", "audit_record", "audit_seal")


class AuditEntry(models.Model):
    """Who did or read what, from where and when. No feature reads it, and no note's text stands in it."""

    class Act(models.TextChoices):
        CHANGED = "changed", "Changed"
        READ = "read", "Read"
        LISTED = "listed", "Shown in a list"
        EXPORTED = "exported", "Exported"

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    act = models.CharField(max_length=10, choices=Act)
    verb = models.CharField(max_length=60)
    # The clock is nobody. Name, role and organisation are those of the day, whatever becomes of the person.
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=30, blank=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    organisation_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=45, null=True)
    request_id = models.CharField(max_length=32, blank=True)
    why = models.CharField(max_length=200, blank=True)
    # Made with a key the database does not hold (`chain.mark_of`): nobody writes an entry from inside it.
    mark = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_entry"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act__in=["changed", "read", "listed", "exported"]), name="audit_act_known"
            )
        ]

    def __str__(self):
        return f"{self.act} {self.verb}"


class AuditRecord(models.Model):
    """One of the records an entry is about: a kind and a key, which mean something only to other rooms."""

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="records", db_index=False)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)

    class Meta:
        db_table = "audit_record"
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind", "key"], name="audit_record_once_in_an_entry")
        ]
        indexes = [models.Index(fields=["kind", "key", "entry"], name="audit_by_record")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class AuditSeal(models.Model):
    """A link of the chain: its hash covers the entry and the hash of the link before."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "audit_seal"
        ordering = ["position"]

    def __str__(self):
        return f"{self.position} {self.hash[:12]}"
