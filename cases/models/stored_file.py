from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from cases.access import FileQuerySet
from cases.models.case import Case
from cases.models.event import Event
from cases.models.keys import new_key

PERSON = {"on_delete": models.PROTECT, "null": True, "related_name": "+"}


class FileState(models.TextChoices):
    WAITING = "waiting", "Being looked at"
    HELD = "held", "Held"
    ADMITTED = "admitted", "Admitted"
    REFUSED = "refused", "Refused"


class HeldFor(models.TextChoices):
    """Why a file is held: only what a person can judge is a person's to release."""

    CONTENT = "content", "It holds more than paper does"
    SCANNER = "scanner", "The scanner has not answered"


class StoredFile(models.Model):
    """A file somebody added to a case. Nobody opens it before it was looked at; nothing but disposal deletes it."""

    class With(models.TextChoices):
        CASE = "case", "A document of the case"
        REFERRAL = "referral", "A paper of a referral"

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    # The fact it belongs to: that a court document was received.
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="files")
    # A referral's papers are for fewer people than the case is: `referrals.access` says whose they are.
    kept_with = models.CharField(max_length=10, choices=With)
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=120)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    # As it came; a picture is kept as it was drawn anew, and has a hash of its own.
    sha256 = models.CharField(max_length=64)
    kept_sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=40, blank=True)

    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    because = models.CharField(max_length=300, blank=True)
    held_for = models.CharField(max_length=10, choices=HeldFor, blank=True)
    scanned_by = models.CharField(max_length=40, blank=True)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)

    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decided_at = models.DateTimeField(null=True)
    decided_because = models.CharField(max_length=500, blank=True)
    struck_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    struck_at = models.DateTimeField(null=True)
    struck_because = models.CharField(max_length=500, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="file_state_known"),
            models.CheckConstraint(
                condition=~Q(state=FileState.ADMITTED) | ~Q(content_type=""),
                name="file_admitted_is_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[FileState.HELD, FileState.REFUSED]) | ~Q(because=""),
                name="file_not_admitted_says_why",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(struck_because=""), name="file_struck_out_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=[FileState.WAITING, FileState.HELD]),
                name="files_to_look_at",
            )
        ]

    def __str__(self):
        return self.key

    @property
    def is_struck(self):
        return self.struck_at is not None

    @property
    def may_be_opened(self):
        return self.state == FileState.ADMITTED and not self.is_struck
