"""The advice line. Nothing here has a number that counts, or touches a case: what is not there leaves no gap."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from referrals.access import AdviceNoteQuerySet
from referrals.models.referral import Referral

PERSON = {"on_delete": models.PROTECT, "related_name": "+"}
UNGUESSABLE = {"primary_key": True, "default": uuid4, "editable": False}


class AdviceNote(models.Model):
    """An informal discussion with the duty lawyer: guidance, not legal advice, and confidential (PN 3.2)."""

    id = models.UUIDField(**UNGUESSABLE)
    on = models.DateField("day of the call")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    caller = models.CharField(max_length=160)
    authority = models.ForeignKey(Organisation, null=True, blank=True, **PERSON)
    authority_name = models.CharField("another authority or agency", max_length=160, blank=True)
    child_name = models.CharField(max_length=160, blank=True)
    child_born = models.DateField("child’s date of birth", null=True, blank=True)
    matter = models.TextField()
    guidance = models.TextField("guidance given")
    asked_to_act = models.BooleanField("the IRO asked Cafcass Legal to act", default=False)
    overriding_concern = models.BooleanField("overriding child-protection concern", default=False)
    done_about_it = models.TextField("what was done", blank=True)
    told = models.TextField("who was told", blank=True)

    objects = AdviceNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-taken_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(overriding_concern=False) | (~Q(done_about_it="") & ~Q(told="")),
                name="overriding_concern_says_what_was_done",
            )
        ]


class AdviceAddition(models.Model):
    """What was added to a note afterwards, or put right in it: the note itself never changes."""

    id = models.UUIDField(**UNGUESSABLE)
    note = models.ForeignKey(AdviceNote, on_delete=models.PROTECT, related_name="additions")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="addition_says_something")]


class Disclosure(models.Model):
    """One note shared with the officer on one referral: a row of its own, never a mark on the note (REF-27)."""

    id = models.UUIDField(**UNGUESSABLE)
    note = models.ForeignKey(AdviceNote, on_delete=models.PROTECT, related_name="disclosures")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="disclosures")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["note", "referral", "to"], name="note_disclosed_once_to_a_person")
        ]


class Withholding(models.Model):
    """A note on the child that was not shared with the officer, and why."""

    id = models.UUIDField(**UNGUESSABLE)
    note = models.ForeignKey(AdviceNote, on_delete=models.PROTECT, related_name="withholdings")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="withholdings")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["note", "referral"], name="note_withheld_once_from_a_referral"),
            models.CheckConstraint(condition=~Q(reason=""), name="withholding_has_a_reason"),
        ]


class AdviceTrace(models.Model):
    """Who did or read what on the advice line: a chain of its own, each link holding the one before."""

    id = models.UUIDField(**UNGUESSABLE)
    position = models.PositiveBigIntegerField(unique=True)
    note = models.ForeignKey(AdviceNote, null=True, on_delete=models.PROTECT, related_name="traces")
    what = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()
    before = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]


class AdviceChain(models.Model):
    """The last link of the chain, in one row: locked by whoever adds the next, so that none can be cut off."""

    position = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
