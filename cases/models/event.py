from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from cases.models.agreement import LocalAgreement
from cases.models.case import Case
from cases.models.child import Child
from protocol.happenings import Happening
from protocol.records import Record

# What the chronology says besides the Protocol's own happenings and records.
STRUCK_OUT = "struck_out"
LEGAL_STATUS_CHANGED = "legal_status_changed"
APPOINTMENT_MADE = "appointment_made"
CASE_OPENED = "case_opened"


PLAYED = frozenset(happening.value for happening in Happening)
RECORDS = frozenset(record.value for record in Record)


class EventQuerySet(models.QuerySet):
    def standing(self):
        """Facts nobody has corrected, without the bare strikings-out."""
        return self.filter(correction=None).exclude(happening=STRUCK_OUT)


class Event(models.Model):
    """A dated fact. Written once; a mistake is corrected by a further event, never edited or deleted."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="events")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, related_name="events")
    agreement = models.ForeignKey(LocalAgreement, on_delete=models.PROTECT, null=True, related_name="events")
    happening = models.CharField(max_length=60)
    on = models.DateField("the day it happened")
    # The Protocol's own fields, in the shape of a scenario file; particulars are ours (who, participation, title).
    details = models.JSONField(default=dict)
    particulars = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    on_behalf_of = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    how_known = models.CharField(max_length=200, blank=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    # A button pressed twice sends the same submission twice: the second finds the first.
    submission = models.UUIDField(null=True, db_index=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(child__isnull=False) | Q(agreement__isnull=False),
                name="event_is_about_something",
            )
        ]
        indexes = [
            models.Index(fields=["case", "on", "id"], name="chronology_of_a_case"),
            models.Index(
                fields=["child", "on", "id"], condition=Q(case__isnull=True), name="chronology_of_a_child"
            ),
        ]

    def __str__(self):
        return f"{self.happening} {self.on}"

    @property
    def is_played(self):
        """Whether duties hang on it: happenings are played, records and appointments are only kept."""
        return self.happening in PLAYED

    @property
    def is_struck(self):
        return hasattr(self, "correction")

    @property
    def is_record(self):
        return self.happening in RECORDS
