"""What Cafcass finds out and decides on a referral. Its own until the report is sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from referrals.models.referral import Referral

PERSON = {"on_delete": models.PROTECT, "related_name": "+"}


class YesNoUnsure(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not clear"


class Enquiry(models.Model):
    """Information gathered in the two weeks (PN 3.12), and whether the court's permission is needed for it."""

    class From(models.TextChoices):
        PAPERS = "papers", "Papers"
        CHILD = "child", "The child"
        IRO = "iro", "The IRO"
        LOCAL_AUTHORITY = "local_authority", "Staff of the local authority"
        PREVIOUS_GUARDIAN = "previous_guardian", "The previous children’s guardian"
        PARENTS = "parents", "People with parental responsibility, or wider family"
        OTHER = "other", "Somebody else"

    class Permission(models.TextChoices):
        NOT_NEEDED = "not_needed", "Not needed"
        ADVICE_ASKED = "advice_asked", "Cafcass Legal’s advice asked for"
        NEEDED = "needed", "Needed, not yet given"
        GIVEN = "given", "Given"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="enquiries")
    on = models.DateField()
    source = models.CharField("from whom", max_length=20, choices=From)
    note = models.TextField()
    permission = models.CharField("court’s permission", max_length=20, choices=Permission)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name_plural = "enquiries"


class Decision(models.Model):
    """The five questions of PN 3.14, who acts (PN 3.17), and what follows."""

    class Action(models.TextChoices):
        NEGOTIATION = "negotiation", "Negotiation or mediation"
        OTHER_PROCEEDINGS = "other_proceedings", "Other proceedings"
        PROCEEDINGS = "proceedings", "Judicial review or a human-rights claim"
        NO_ACTION = "no_action", "No action"
        OFFICIAL_SOLICITOR = "official_solicitor", "Passed to the Official Solicitor"

    class Actor(models.TextChoices):
        CHILD = "child", "The child"
        OTHER_ADULT = "other_adult", "Another adult"
        CAFCASS = "cafcass", "Cafcass"

    referral = models.OneToOneField(
        Referral, on_delete=models.CASCADE, primary_key=True, related_name="decision"
    )
    rights_compromised = models.CharField(max_length=10, choices=YesNoUnsure, blank=True)
    rights_because = models.TextField(blank=True)
    more_resolution = models.CharField(max_length=10, choices=YesNoUnsure, blank=True)
    resolution_by = models.TextField("who should begin it", blank=True)
    other_proceedings = models.CharField(max_length=10, choices=YesNoUnsure, blank=True)
    other_proceedings_because = models.TextField(blank=True)
    court_claim = models.CharField(max_length=10, choices=YesNoUnsure, blank=True)
    court_claim_because = models.TextField(blank=True)
    wishes = models.TextField("the child’s ascertainable wishes and feelings", blank=True)
    child_can_instruct = models.CharField(max_length=10, choices=YesNoUnsure, blank=True)
    adult_willing = models.CharField(max_length=10, choices=YesNoUnsure, blank=True)
    who_acts = models.CharField(max_length=20, choices=Actor, blank=True)
    litigation_friend = models.TextField("appointment as litigation friend", blank=True)
    manager_consulted_on = models.DateField(null=True, blank=True)
    legal_consulted_on = models.DateField(null=True, blank=True)
    action = models.CharField(max_length=20, choices=Action, blank=True)
    reasons = models.TextField(blank=True)
    not_done = models.TextField("what the IRO asked for that will not be done, and why", blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    version = models.PositiveIntegerField(default=1)


class ChildInvolvement(models.Model):
    """The child met, given contact details, answered; or taking over the conduct of the case (PN 3.18)."""

    class Way(models.TextChoices):
        MET = "met", "Met the child"
        CONTACT_GIVEN = "contact_given", "Told the child how to reach Cafcass"
        ANSWERED = "answered", "Answered the child"
        HANDED_OVER = "handed_over", "The child takes over the case; list of solicitors given"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="involvements")
    child = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    way = models.CharField(max_length=20, choices=Way)
    note = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]


class LimitationDate(models.Model):
    """The last day on which a claim can be brought, entered by a lawyer (PN 3.21)."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="limitation_dates")
    claim = models.CharField(max_length=200)
    last_day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()

    class Meta:
        ordering = ["last_day", "pk"]


class CourtPermission(models.Model):
    """Permission to use family-court papers in other proceedings, asked for or given (PN 3.8)."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="court_permissions")
    papers = models.TextField()
    asked_on = models.DateField()
    given_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()

    class Meta:
        ordering = ["asked_on", "pk"]


class RightsMet(models.Model):
    """The IRO says the child's rights are now met; Cafcass decides whether the referral goes on (REF-20)."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="rights_met")
    on = models.DateField()
    change = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()
    is_withdrawn = models.BooleanField("the referral is withdrawn", null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSON)
    reasons = models.TextField(blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_withdrawn__isnull=True) | ~Q(reasons=""),
                name="rights_met_decided_with_reasons",
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(is_withdrawn__isnull=True), name="one_undecided_change"
            ),
        ]
