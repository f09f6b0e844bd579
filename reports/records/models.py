"""Holds, disposals, their certificates, and packs made for a person who asked for their record."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from cases.models import Child
from cases.models.keys import new_key

PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class Hold(models.Model):
    """Do not dispose of this child's record, whatever its date, until the hold is lifted."""

    class Ground(models.TextChoices):
        LITIGATION = "litigation", "Court proceedings, or a claim that may be made"
        INQUIRY = "inquiry", "A public inquiry or an investigation"
        REQUEST = "request", "A request for the record that is not answered yet"
        OTHER = "other", "Another reason"

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="holds")
    ground = models.CharField(max_length=12, choices=Ground)
    reason = models.CharField(max_length=500)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSON)
    lifted_at = models.DateTimeField(null=True)
    reason_lifted = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(lifted_at__isnull=True), name="one_hold_of_a_child"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(reason_lifted=""), name="hold_lifted_with_a_reason"
            ),
        ]


class Disposal(models.Model):
    """One person proposes that a record goes, another of the same authority agrees; then a worker carries it out.

    The child is forgotten with the record: what stays here names nobody but those two.
    """

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.SET_NULL, null=True, related_name="disposals")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    reason = models.CharField(max_length=500)
    # The last day the record had to be kept, and by which rule, as it stood when it was proposed.
    kept_until = models.DateField()
    ground = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSON)
    agreed_at = models.DateTimeField(null=True)
    # Declined by a person, or by the service itself where the record cannot go.
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSON)
    declined_at = models.DateTimeField(null=True)
    reason_declined = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(declined_at__isnull=True, done_at__isnull=True),
                name="one_disposal_of_a_child",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("proposed_by")),
                name="disposal_needs_two_people",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(agreed_by__isnull=False, child__isnull=True),
                name="disposal_done_was_agreed_and_names_nobody",
            ),
        ]

    @property
    def is_waiting(self):
        return not (self.agreed_at or self.declined_at or self.done_at)


class Certificate(models.Model):
    """What a disposal took away: kinds and numbers of rows, by whom, when, under which rule. Nobody's name but theirs."""

    disposal = models.OneToOneField(
        Disposal, on_delete=models.PROTECT, primary_key=True, related_name="certificate"
    )
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # What is said above the signature, as it stood that day; the hash covers all of it.
    contents = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    pdf = models.BinaryField(null=True)

    class Meta:
        ordering = ["-made_at"]


class AccessPack(models.Model):
    """One person's whole record as one PDF, made for a subject-access answer (UK GDPR article 15)."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="access_packs")
    purpose = models.CharField(max_length=200)
    # Names of other people that the person who asked for the pack marked to be left out.
    withheld = models.JSONField(default=list, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    asked_at = models.DateTimeField()
    submission = models.UUIDField(null=True, unique=True)
    pdf = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["id"], condition=Q(made_at__isnull=True), name="packs_to_make")]

    def __str__(self):
        return f"pack {self.pk}"
