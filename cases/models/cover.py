from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from cases.access import CoverQuerySet
from cases.models.case import Case


class Cover(models.Model):
    """One colleague stands in for another who is away: from a day, until a day, for cases or all they hold."""

    # Whose people both are: cover crosses no wall between agencies.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="covers")
    absent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covered_for")
    covering = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covers")
    is_for_everything = models.BooleanField("all they hold", default=True)
    cases = models.ManyToManyField(Case, blank=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="cover_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(absent=F("covering")), name="nobody_covers_for_themselves"),
        ]
        indexes = [
            models.Index(
                fields=["covering", "from_on"], condition=Q(ended_at__isnull=True), name="covers_of_a_person"
            )
        ]
