from uuid import uuid4

from django.conf import settings
from django.db import models

from accounts.models import Organisation


class Feed(models.Model):
    """A private address of one person's calendar. Kept as a hash: nobody who reads the database has the address."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    # What the person was when it was made: a mover makes a new one, a leaver's has ended.
    made_as = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at__isnull=True), name="one_feed_for_a_person"
            )
        ]

    def __str__(self):
        return f"Feed {self.pk}"


def _new_uid():
    return str(uuid4())


class FeedEntry(models.Model):
    """What a calendar was told of one thing: its id stays when the date moves, and the number of changes grows."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    about = models.CharField(max_length=240)
    uid = models.CharField(max_length=36, unique=True, default=_new_uid)
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "about"], name="one_entry_in_a_feed")]

    def __str__(self):
        return f"{self.uid} {self.sequence}"
