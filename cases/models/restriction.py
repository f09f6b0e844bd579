from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from cases.access import RestrictionQuerySet
from cases.models.case import Case
from cases.models.keys import new_key


class Restriction(models.Model):
    """A case that only a named list of people may open. It stands until it is lifted."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="restrictions")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    reason = models.CharField(max_length=500)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    reason_lifted = models.CharField(max_length=500, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(lifted_at__isnull=True), name="one_restriction_of_a_case"
            )
        ]

    def __str__(self):
        return self.key


class NamedReader(models.Model):
    """Somebody on the list of a restricted case, for as long as they are on it."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="named_reader_of"
    )
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "person"],
                condition=Q(removed_at__isnull=True),
                name="named_once_on_a_list",
            )
        ]


class EmergencyAccess(models.Model):
    """Somebody opened a case that is not theirs, for a stated reason, for one hour that nobody extends."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergency_accesses")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="emergency_accesses"
    )
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name_plural = "emergency accesses"
        indexes = [models.Index(fields=["person", "ends_at"], name="emergencies_of_a_person")]
