from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from letters.models.letter import Letter


class Resolution(models.Model):
    """What a person decided about something that was found in a letter before it left.

    `mark` stands for what was found in its sentence: another sentence is another question. Neither is kept here.
    """

    class What(models.TextChoices):
        ADDRESS = "address", "A confidential address or postcode"
        NAME = "name", "A name of another case"
        READER = "reader", "Somebody who may not open this case"

    class Outcome(models.TextChoices):
        TAKEN_OUT = "taken_out", "Taken out"
        KEPT = "kept", "Kept"

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="resolutions")
    what = models.CharField(max_length=10, choices=What)
    mark = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=Outcome)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="taken_out") | (Q(outcome="kept") & ~Q(why="")),
                name="what_stays_in_a_letter_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["letter", "mark"], condition=Q(outcome="kept"), name="kept_once_in_a_letter"
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.outcome}"
