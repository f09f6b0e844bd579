from django.conf import settings
from django.db import models

from accounts.models import Organisation


class ListOwner(models.Model):
    """Who answers for a data-quality list of an authority being empty, since when. The latest row counts."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["authority", "name"], name="owners_of_lists")]

    def __str__(self):
        return f"{self.name}: {self.owner_id}"
