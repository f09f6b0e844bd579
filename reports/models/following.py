from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reports.boards.access import LISTS
from reports.models.saved_view import SavedView


class FollowingQuerySet(models.QuerySet):
    def standing(self):
        """Of people who may still open lists, of views that are theirs or that a colleague still shares."""
        shared = Q(view__is_shared=True, view__organisation=F("person__organisation"))
        return self.filter(
            Q(view__person=F("person")) | shared,
            person__is_active=True,
            person__organisation__is_on_system=True,
            person__role__in=LISTS,
        )


class Following(models.Model):
    """What somebody wants to be told of a saved view: a digest, an alert when it gains a row, or both."""

    class Digest(models.TextChoices):
        NONE = "", "No digest"
        DAILY = "daily", "Each working day"
        WEEKLY = "weekly", "Each week, on its first working day"

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="followings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=6, choices=Digest, blank=True)
    # The day of the latest digest, sent or empty; at first the day it was chosen.
    summed_up_on = models.DateField()
    is_alerted = models.BooleanField(default=False)
    # Which list the sightings answer; another one, or none, is looked at afresh and is no news.
    answers = models.CharField(max_length=500, blank=True)
    looks = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        ordering = ["view__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["view", "person"], name="one_following_of_a_view"),
            models.CheckConstraint(condition=Q(digest__in=["", "daily", "weekly"]), name="digest_known"),
            models.CheckConstraint(
                condition=Q(is_alerted=True) | ~Q(digest=""), name="following_asks_for_something"
            ),
        ]
        indexes = [
            models.Index(fields=["looked_at", "id"], condition=Q(is_alerted=True), name="views_to_look_at")
        ]

    def __str__(self):
        return f"{self.person_id} follows {self.view_id}"


class Sighting(models.Model):
    """A row that a followed view held when the clock last looked with its follower's eyes, by the deadline's key."""

    following = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="sightings")
    # The key and no reference: it outlives a replay of the chronology, and nobody else's deadline hangs on it.
    key = models.CharField(max_length=200)
    look = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["following", "key"], name="one_sighting_of_a_row")]
        indexes = [models.Index(fields=["following", "look"], name="rows_of_a_look")]

    def __str__(self):
        return self.key
