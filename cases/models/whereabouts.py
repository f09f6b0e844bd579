from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from cases.access import WhereaboutsQuerySet
from cases.models.child import Child


class Whereabouts(models.Model):
    """Where a child lives or is to be found, from a day on, and who may read it.

    A mistake is corrected by a further row that names the one it puts right; nothing is deleted.
    """

    class Kind(models.TextChoices):
        HOME = "home", "Home"
        PLACEMENT = "placement", "Placement"
        SCHOOL = "school", "School or nursery"
        CONTACT = "contact", "Where family time takes place"
        OTHER = "other", "Another place"

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", "Everybody who may open the child’s record"
        AUTHORITY_AND_GUARDIAN = "authority_and_guardian", "The authority and the guardian"
        IRO_AND_SOCIAL_WORK = (
            "iro_and_social_work",
            "The authority’s IRO service and social work teams only",
        )
        NAMED = "named", "Only the people named"

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="whereabouts")
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.TextField()
    postcode = models.CharField(max_length=10, blank=True)
    audience = models.CharField("who may read it", max_length=30, choices=Audience)
    # Those who may read it where the audience is the people named.
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    reason = models.CharField("why it was corrected", max_length=500, blank=True)

    objects = WhereaboutsQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-pk"]
        verbose_name_plural = "whereabouts"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="whereabouts_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(
                    audience__in=["everybody", "authority_and_guardian", "iro_and_social_work", "named"]
                ),
                name="whereabouts_audience_known",
            ),
        ]
        indexes = [models.Index(fields=["child", "from_on"], name="whereabouts_of_a_child")]

    def __str__(self):
        return f"{self.get_kind_display()} from {self.from_on}"

    @property
    def is_confidential(self):
        """Whether fewer people may read it than may open the child's record."""
        return self.audience != self.Audience.EVERYBODY
