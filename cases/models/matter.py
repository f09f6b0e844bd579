from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from cases.models.child import Child
from cases.models.event import Event


class Matter(models.Model):
    """A matter a guardian hands over: it stands at the child's next review until the IRO closes it.

    Continuity of challenge is what a closing letter is for (END-3, END-5; PN 2.3).
    """

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="matters")
    raised_by = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="matters")
    text = models.TextField()
    evidence = models.TextField("what was done, and how you know", blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(evidence=""), name="matter_closed_with_evidence"
            )
        ]
