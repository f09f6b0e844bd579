from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and what colleagues of the same organisation share. What a view shows is asked anew each time."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(person=user) | Q(organisation=user.organisation_id, is_shared=True))


class SavedView(models.Model):
    """A narrowed list somebody wants to open again: numbers and words of our own, never a name that was typed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    asked = models.CharField(max_length=500)
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_view_of_a_name")]

    def __str__(self):
        return self.name
