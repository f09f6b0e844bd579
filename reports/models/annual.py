from django.conf import settings
from django.db import models

from accounts.models import Organisation
from cases.models.keys import new_key
from reports.access import AnnualQuerySet

PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class AnnualReport(models.Model):
    """A year's report. Until it is signed its figures follow the facts; then all of it is frozen, with a hash."""

    authority = models.ForeignKey(Organisation, **PERSON)
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    year_end = models.DateField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    begun_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSON)
    signed_at = models.DateTimeField(null=True)
    # The very text that was hashed: JSON, as written on the day of signing.
    frozen = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = AnnualQuerySet.as_manager()

    class Meta:
        ordering = ["-year_end"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "year_end"], name="one_annual_report_a_year"),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True) | (~models.Q(frozen="") & ~models.Q(sha256="")),
                name="annual_report_signed_is_frozen",
            ),
        ]

    def __str__(self):
        return f"Annual report to {self.year_end}"

    @property
    def is_signed(self):
        return self.signed_at is not None


class AnnualSection(models.Model):
    """What the service says under one heading, in its own words."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="annual_section_once")]

    def __str__(self):
        return self.name
