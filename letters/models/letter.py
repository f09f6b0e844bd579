from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField, transition

from accounts.models import Organisation
from cases.models import Case, Child
from cases.models.keys import new_key
from letters.access import LetterQuerySet
from letters.contents import CONTENTS
from letters.kinds import OF_A_REFERRAL, LetterKind
from referrals.models import Referral

PERSON = {"on_delete": models.PROTECT, "null": True, "blank": True, "related_name": "+"}


class LetterState(models.TextChoices):
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    SENT = "sent", "Sent"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"


GONE = (LetterState.SENT, LetterState.ACKNOWLEDGED)


class WordingVersion(models.Model):
    """An organisation's own words for a letter, from a version on; an empty text goes back to the national ones.

    Never edited: a letter that was sent says which version it was sent in.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="wordings")
    kind = models.CharField(max_length=30, choices=LetterKind)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "number"], name="wording_numbered_once")
        ]

    def __str__(self):
        return f"{self.organisation}, version {self.number}"


class Letter(models.Model):
    """A letter of a case. What it says follows the facts until it is sent; then it is frozen for ever."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    kind = models.CharField(max_length=30, choices=LetterKind)
    state = FSMField(default=LetterState.DRAFT, choices=LetterState.choices, protected=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="letters")
    # What called for it (a guardian, a conclusion, a child): one letter each, however often it is asked for.
    occasion = models.CharField(max_length=80)
    children = models.ManyToManyField(Child, through="LetterChild", related_name="letters")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    addressed_to = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    signatory = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # What its author typed; everything else in it is read from the case.
    answers = models.JSONField(default=dict, blank=True)
    # Raised with every change: a form filled in against an older letter is asked to look again.
    version = models.PositiveIntegerField(default=1)

    contents = models.JSONField(null=True, blank=True)
    page = models.TextField(blank=True)
    page_sha256 = models.CharField(max_length=64, blank=True)
    wording = models.CharField(max_length=120, blank=True)

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    # Of all that will leave, as it was approved: whatever has changed since asks for approval again.
    approved_sha256 = models.CharField(max_length=64, blank=True)
    # Who wrote it last; and who agreed besides that it leaves the two services.
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    sent_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    acknowledged_on = models.DateField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    iro_named = models.CharField(max_length=200, blank=True)

    usefulness = models.PositiveSmallIntegerField(null=True)
    usefulness_reason = models.TextField(blank=True)
    scored_at = models.DateTimeField(null=True)
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=GONE) | (Q(sent_on__isnull=False) & ~Q(page="") & ~Q(page_sha256="")),
                name="letter_sent_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.ACKNOWLEDGED) | Q(kind=LetterKind.APPENDIX_1),
                name="only_appendix_1_is_acknowledged",
            ),
            models.CheckConstraint(
                condition=Q(usefulness__isnull=True)
                | (
                    Q(kind=LetterKind.APPENDIX_2, state__in=GONE, usefulness__range=(1, 5))
                    & (Q(usefulness__gt=2) | ~Q(usefulness_reason=""))
                ),
                name="low_usefulness_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_REFERRAL, referral__isnull=False)
                | (~Q(kind__in=OF_A_REFERRAL) & Q(referral__isnull=True)),
                name="letter_of_a_referral_names_it",
            ),
            models.UniqueConstraint(fields=["case", "kind", "occasion"], name="one_letter_an_occasion"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state__in=GONE), name="letters_sent")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.key}"

    @property
    def is_gone(self):
        return self.state in GONE

    def changed(self, *, by):
        """A further version of it, for the forms that were opened on an older one."""
        self.version += 1
        self.changed_at, self.changed_by = timezone.now(), by

    @property
    def kept_contents(self):
        """What it said when it was sent."""
        return CONTENTS[LetterKind(self.kind)].from_json(self.contents)

    @transition(field=state, source=LetterState.DRAFT, target=LetterState.APPROVED)
    def approve(self):
        """Its author stands by what it says."""

    @transition(field=state, source=LetterState.APPROVED, target=LetterState.DRAFT)
    def reopen(self):
        """A change after approval asks for approval again."""

    @transition(field=state, source=LetterState.APPROVED, target=LetterState.SENT)
    def send(self):
        """It has gone; nothing in it changes any more."""

    @transition(
        field=state,
        source=LetterState.SENT,
        target=LetterState.ACKNOWLEDGED,
        conditions=[lambda letter: letter.kind == LetterKind.APPENDIX_1],
    )
    def acknowledge(self):
        """The IRO service answered by naming the IRO."""


class LetterChild(models.Model):
    """A child a letter is about."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="about")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["child__born", "pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "child"], name="child_once_in_a_letter")]


class Paper(models.Model):
    """The PDF of a sent letter, made once from its frozen page and kept with the records, not beside them."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, primary_key=True, related_name="paper")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self):
        return f"{self.letter_id}.pdf"
