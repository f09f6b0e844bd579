from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from cases.access import DeadlineQuerySet
from cases.models.agreement import LocalAgreement
from cases.models.case import Case
from cases.models.child import Child
from cases.models.event import Event


class Owed(models.Model):
    """What a deadline and a miss both say: which duty, for whom, about what, since when, by when."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, null=True)
    agreement = models.ForeignKey(LocalAgreement, on_delete=models.CASCADE, null=True)
    duty = models.CharField(max_length=10)
    subject = models.CharField(max_length=80, blank=True)
    opened_on = models.DateField()
    # Whose, which duty, about what, since when: stable when the chronology is replayed.
    key = models.CharField(max_length=200)
    force = models.CharField(max_length=30)

    class Meta:
        abstract = True


class Miss(Owed):
    """A missed deadline, written down once and never erased.

    Annulled, with the event that changed our knowledge, when a fact typed late turns out to be dated
    in time or a mistake is corrected; never because a hearing moved.
    """

    due_on = models.DateField()
    recorded_at = models.DateTimeField()
    annulled_by = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="annulled")
    annulled_at = models.DateTimeField(null=True)
    reason = models.CharField("reason for lateness", max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "misses"
        constraints = [models.UniqueConstraint(fields=["key", "due_on"], name="one_miss_per_deadline")]
        indexes = [models.Index(fields=["case", "due_on"], name="misses_of_a_case")]


class Deadline(Owed):
    """One duty owed, projected from the chronology; `cases.projection` alone writes it.

    Overdue is never stored: it is open and due before today.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        MET = "met", "Met"
        NOT_REQUIRED = "not_required", "No longer required"
        EXCUSED = "excused", "Delay explained"

    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    owed_by = models.CharField(max_length=30)
    owing = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="deadlines"
    )
    kind = models.CharField(max_length=10)
    due_on = models.DateField(null=True)
    act_by = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    moved = models.BooleanField(default=False)
    short_notice = models.BooleanField(default=False)
    met_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    # A delay letter explained it: late or not, no breach is written (REF-13).
    excused = models.BooleanField(default=False)
    opened_by = models.ForeignKey(Event, on_delete=models.CASCADE, null=True, related_name="opened")
    met_by = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, related_name="met")
    is_missed = models.BooleanField(default=False)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "met", "not_required", "excused"]), name="deadline_state_known"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(child__isnull=False) | Q(agreement__isnull=False),
                name="deadline_is_owed_for_something",
            ),
        ]
        indexes = [
            # What the clock looks for: narrow, so that a sweep with nothing to do stays flat.
            models.Index(
                fields=["due_on", "id"], condition=Q(state="open", is_missed=False), name="not_yet_missed"
            ),
            models.Index(fields=["owner", "due_on", "id"], condition=Q(state="open"), name="open_by_owner"),
            models.Index(
                fields=["owing", "owed_by", "due_on", "id"], condition=Q(state="open"), name="open_by_agency"
            ),
            models.Index(
                fields=["authority", "due_on", "id"], condition=Q(state="open"), name="open_by_authority"
            ),
            models.Index(fields=["case", "due_on"], name="deadlines_of_a_case"),
            models.Index(fields=["child", "due_on"], name="deadlines_of_a_child"),
        ]

    def __str__(self):
        return f"{self.duty} due {self.due_on}"
