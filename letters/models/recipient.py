from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from cases.models import Child
from letters.models.letter import Letter

PERSON = {"on_delete": models.PROTECT, "null": True, "related_name": "+"}


class Recipient(models.Model):
    """Somebody a referral's letter goes to, or does not and why not, with the proof of sending (PN 3.22, REF-18).

    Each has a page and a PDF of their own, addressed to them and frozen when the letter is sent.
    """

    class Party(models.TextChoices):
        CHILD = "child", "The child"
        IRO = "iro", "Independent Reviewing Officer"
        CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
        DIRECTOR = "director", "Director of children’s services"
        VOLUNTARY_HEAD = "voluntary_head", "Head of the voluntary organisation or private home"
        SOCIAL_WORKER = "social_worker", "Social worker"
        TEAM_MANAGER = "team_manager", "Team manager"
        IRO_MANAGER = "iro_manager", "IRO manager"
        LA_LEGAL = "la_legal", "Legal department of the authority"
        PARENT = "parent", "Person with parental responsibility"
        OTHER = "other", "Somebody else"

    class How(models.TextChoices):
        ON_SYSTEM = "on_system", "on this system"
        POST = "post", "by post"
        EMAIL = "email", "by e-mail, outside this system"
        BY_HAND = "by_hand", "by hand"

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="recipients")
    position = models.PositiveSmallIntegerField()
    party = models.CharField(max_length=20, choices=Party)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    name = models.CharField(max_length=120, blank=True)
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    is_included = models.BooleanField()
    # Why left out; for a child, also how it is explained instead.
    reason = models.TextField(blank=True)

    how = models.CharField("how it is sent", max_length=12, choices=How, blank=True)
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proof = models.CharField("proof of sending", max_length=300, blank=True)
    page = models.TextField(blank=True)
    page_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_included=True) | ~Q(reason=""), name="left_out_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_included=False) | (~Q(name="") & ~Q(how="")),
                name="included_is_named_and_reached",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | (Q(is_included=True) & ~Q(page_sha256="")),
                name="sent_to_a_recipient_is_frozen",
            ),
            models.UniqueConstraint(fields=["letter", "position"], name="recipients_in_order"),
        ]
        indexes = [
            models.Index(fields=["person", "letter"], condition=Q(is_included=True), name="letters_to_me")
        ]

    def __str__(self):
        return f"Letter {self.letter_id} to {self.party} {self.position}"


class RecipientPaper(models.Model):
    """The PDF one recipient was sent, made once from their frozen page."""

    recipient = models.OneToOneField(
        Recipient, on_delete=models.PROTECT, primary_key=True, related_name="paper"
    )
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self):
        return f"{self.recipient_id}.pdf"
