from django.conf import settings
from django.db import models


class DutyDay(models.Model):
    """The lawyer on duty, 9 to 5, on a working day (REF-1, PN 3.2)."""

    on = models.DateField(primary_key=True)
    lawyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duty_days")

    class Meta:
        ordering = ["on"]
