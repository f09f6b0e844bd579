from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import Organisation
from cases.models import Case, Child
from cases.models.keys import new_key
from referrals.access import DisputeQuerySet

PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class DisputeState(models.TextChoices):
    INFORMAL = "informal", "Raised informally"
    FORMAL = "formal", "Formal dispute"
    UNRESOLVED = "unresolved", "Ended unresolved"
    RESOLVED = "resolved", "Resolved"
    WITHDRAWN = "withdrawn", "Withdrawn"


# While it runs it can be climbed and answered; unresolved, the concern stays open but the ladder is at its end.
RUNNING = (DisputeState.INFORMAL, DisputeState.FORMAL)
ENDED = (DisputeState.RESOLVED, DisputeState.WITHDRAWN)


class Theme(models.TextChoices):
    CARE_PLAN = "care_plan", "Care plan not carried out"
    PLACEMENT = "placement", "Placement, or a move of placement"
    CONTACT = "contact", "Time with family, brothers and sisters"
    HEALTH = "health", "Health and therapy"
    EDUCATION = "education", "School and education"
    VISITS = "visits", "Visits, or no social worker"
    PERMANENCE = "permanence", "Permanence and delay"
    LEGAL_STATUS = "legal_status", "Legal status"
    LEAVING_CARE = "leaving_care", "Pathway plan and leaving care"
    REVIEWS = "reviews", "Review decisions not followed"
    OTHER = "other", "Something else"


class Dispute(models.Model):
    """A concern an IRO takes to the authority's managers, rung by rung; or a good-practice alert.

    The text is what the IRO wrote. State, rung and dates are a projection of the case's chronology with one
    writer, `referrals.following`: a correction there can move them back.
    """

    class Kind(models.TextChoices):
        CONCERN = "concern", "Dispute"
        GOOD_PRACTICE = "good_practice", "Good-practice alert"

    authority = models.ForeignKey(Organisation, related_name="disputes", on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disputes")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    # What the chronology calls it: "Dispute 1".
    ref = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CONCERN)
    children = models.ManyToManyField(Child, related_name="disputes")
    theme = models.CharField(max_length=20, choices=Theme)
    concern = models.TextField()
    impact = models.TextField("impact on the child", blank=True)
    sought = models.TextField("what is sought", blank=True)
    timetable = models.TextField("the child’s timetable", blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    state = FSMField(default=DisputeState.INFORMAL, choices=DisputeState.choices, protected=True)
    raised_on = models.DateField()
    formal_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    rung = models.CharField(max_length=60, blank=True, editable=False)
    addressed_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, editable=False, **PERSON)
    # How it ended, in the IRO's words.
    changed_for_child = models.TextField("what changed for the child", blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DisputeState.values), name="dispute_state_known"),
            models.UniqueConstraint(fields=["case", "ref"], name="dispute_named_once_in_a_case"),
        ]
        indexes = [
            models.Index(
                fields=["authority", "raised_on"],
                condition=Q(state__in=["informal", "formal", "unresolved"]),
                name="open_disputes",
            )
        ]

    def __str__(self):
        return f"{self.ref} {self.key}"

    @property
    def is_good_practice(self):
        return self.kind == self.Kind.GOOD_PRACTICE

    @property
    def is_running(self):
        """Whether it can still be climbed and answered; a good-practice alert never could."""
        return self.state in RUNNING and not self.is_good_practice

    @transition(field=state, source="*", target=DisputeState.INFORMAL)
    def begin_again(self):
        """The projection replays every step from the start, so that a correction can move it back."""

    @transition(field=state, source=DisputeState.INFORMAL, target=DisputeState.FORMAL)
    def make_formal(self):
        """The twenty working days begin (IRO Handbook 6.2)."""

    @transition(field=state, source=RUNNING, target=DisputeState.FORMAL)
    def climb(self):
        """A higher rung is asked; every rung above the informal one is formal."""

    @transition(field=state, source=RUNNING, target=DisputeState.UNRESOLVED)
    def leave_unresolved(self):
        """The ladder is at its end without an answer; the concern is taken further (IRH-12, IRH-13, PRE-4)."""

    @transition(field=state, source=(*RUNNING, DisputeState.UNRESOLVED), target=DisputeState.RESOLVED)
    def resolve(self):
        """An answer the IRO accepts."""

    @transition(field=state, source=(*RUNNING, DisputeState.UNRESOLVED), target=DisputeState.WITHDRAWN)
    def withdraw(self):
        """The IRO no longer pursues it."""
