from django.db import models
from django_fsm import FSMField

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from cases.access import CaseQuerySet
from cases.models.child import Child
from cases.models.keys import new_key
from cases.models.stage import NOT_STARTED, STAGES, StageMoves
from protocol.vocabulary import Stage


class Case(StageMoves, models.Model):
    """A child's or a sibling group's way through the Protocol.

    `stage` is a projection of the chronology with one writer, `cases.projection`.
    """

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    cafcass_office = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="cafcass_cases",
        limit_choices_to={"kind": OrganisationKind.CAFCASS_OFFICE},
    )
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    stage = FSMField(default=NOT_STARTED, choices=STAGES, protected=True)
    opened_on = models.DateField()
    issued_on = models.DateField(null=True, blank=True, editable=False)
    court = models.CharField(max_length=120, blank=True)
    court_number = models.CharField("court case number", max_length=40, blank=True)
    # Raised with every fact: a form filled in against an older chronology is asked to look again.
    version = models.PositiveIntegerField(default=0, editable=False)
    # Something outside its chronology changed, such as a local agreement: the clock counts it again.
    is_stale = models.BooleanField(default=False, editable=False)
    children = models.ManyToManyField(Child, through="CaseChild", related_name="cases")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=[value for value, _ in STAGES]), name="case_stage_known"
            )
        ]
        indexes = [
            models.Index(fields=["authority", "stage"], name="cases_by_stage"),
            models.Index(fields=["id"], condition=models.Q(is_stale=True), name="cases_to_count_again"),
        ]

    def __str__(self):
        return self.key


class CaseChildQuerySet(models.QuerySet):
    def in_open_cases(self):
        return self.filter(left_on=None).exclude(case__stage=Stage.CLOSED)


class CaseChild(models.Model):
    """A child named in a case. Joining and leaving are facts on the chronology."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="memberships")
    left_on = models.DateField(null=True, blank=True)
    concluded_on = models.DateField(null=True, blank=True)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        ordering = ["child__born", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "child"], name="child_once_in_a_case")]
