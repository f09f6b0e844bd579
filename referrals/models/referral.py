from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import Organisation
from cases.models import Case, Child
from cases.models.keys import new_key
from referrals.access import ReferralQuerySet

PERSON = {"on_delete": models.PROTECT, "related_name": "+"}
# The practice note a referral is made under: each referral keeps its edition.
EDITION = "Cafcass and the work of IROs, December 2017 (paragraphs cited as printed in April 2011)"
BASIS = "Children Act 1989, section 25B(3)"


class ReferralState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    RECEIVED = "received", "Received, awaiting allocation"
    ALLOCATED = "allocated", "Allocated"
    ENQUIRIES = "enquiries", "Enquiries being made"
    DECIDED = "decided", "Decided"
    PROCEEDINGS = "proceedings", "In proceedings"
    SETTLED = "settled", "Settled or judged"
    CONCLUDED = "concluded", "Concluded"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = ReferralState
BEING_DECIDED = (S.ALLOCATED, S.ENQUIRIES)
OVER = (S.CONCLUDED, S.WITHDRAWN)
OPEN = (S.SUBMITTED, S.RECEIVED, S.ALLOCATED, S.ENQUIRIES, S.DECIDED, S.PROCEEDINGS, S.SETTLED)


class Route(models.TextChoices):
    LOCAL_MANAGER = "local_manager", "Local Cafcass manager of the officer involved before"
    HIGH_COURT_TEAM = "high_court_team", "High Court Team"


class Referral(models.Model):
    """A referral to Cafcass Legal under s25B(3) Children Act 1989, of one child or several.

    The text is what the IRO wrote. From submission on, state, dates and officer are a projection of the
    case's chronology with one writer, `referrals.following`.
    """

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    # What the chronology calls it: "Referral 1".
    ref = models.CharField(max_length=40)
    children = models.ManyToManyField(Child, related_name="referrals")
    iro = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    begun_at = models.DateTimeField()
    edition = models.CharField("practice note", max_length=160, default=EDITION)
    basis = models.CharField(max_length=120, default=BASIS)
    version = models.PositiveIntegerField(default=1)

    # The IRO's own account and what goes with it (PN 3.10, 3.11).
    concern = models.TextField(blank=True)
    history = models.TextField("each step of the dispute and its result", blank=True)
    why_failing = models.TextField("why local resolution is failing", blank=True)
    sought = models.TextField("what Cafcass is asked to do", blank=True)
    wishes = models.TextField("the child’s wishes and feelings", blank=True)
    wishes_on_court = models.TextField("the child’s view of court proceedings", blank=True)
    other_agencies = models.TextField("staff of other agencies", blank=True)
    communication_needs = models.TextField("diversity and communication needs", blank=True)
    is_urgent = models.BooleanField(default=False)
    urgent_because = models.TextField(blank=True)

    state = FSMField(default=ReferralState.DRAFT, choices=ReferralState.choices, protected=True)
    submitted_on = models.DateField(null=True, editable=False)
    received_on = models.DateField(null=True, editable=False)
    allocated_on = models.DateField(null=True, editable=False)
    decided_on = models.DateField(null=True, editable=False)
    route = models.CharField(max_length=20, choices=Route, blank=True, editable=False)
    office = models.ForeignKey(Organisation, null=True, editable=False, **PERSON)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, editable=False, **PERSON)
    action = models.CharField(max_length=30, blank=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReferralState.values), name="referral_state_known"),
            models.CheckConstraint(
                condition=Q(state=ReferralState.DRAFT) | Q(submitted_on__isnull=False),
                name="referral_beyond_draft_was_submitted",
            ),
            models.UniqueConstraint(fields=["case", "ref"], name="referral_named_once_in_a_case"),
        ]
        indexes = [models.Index(fields=["state", "submitted_on"], name="referrals_by_state")]

    def __str__(self):
        return f"{self.ref} {self.key}"

    @property
    def is_draft(self):
        return self.state == ReferralState.DRAFT

    @property
    def is_open(self):
        """With Cafcass, and neither concluded nor withdrawn."""
        return self.state in OPEN

    @transition(field=state, source="*", target=S.DRAFT)
    def begin_again(self):
        """The projection replays every step from the start, so that a correction can move it back."""

    @transition(field=state, source=S.DRAFT, target=S.SUBMITTED)
    def submit(self):
        """An IRO refers (REF-26); missing papers never hold it up (PN 3.9)."""

    @transition(field=state, source=S.SUBMITTED, target=S.RECEIVED)
    def receive(self):
        """Cafcass Legal has it; the six weeks count from here (PN 3.20)."""

    @transition(field=state, source=(S.SUBMITTED, S.RECEIVED, *BEING_DECIDED), target=S.ALLOCATED)
    def allocate(self):
        """To the local manager of the officer involved before, or to the High Court Team (PN 3.6)."""

    @transition(field=state, source=S.ALLOCATED, target=S.ENQUIRIES)
    def begin_enquiries(self):
        """Papers read, people met (PN 3.12)."""

    @transition(field=state, source=(*BEING_DECIDED, S.DECIDED), target=S.DECIDED)
    def decide(self):
        """What will be done, by whom, with reasons (PN 3.14, 3.17, 3.21)."""

    @transition(
        field=state,
        source=S.DECIDED,
        target=S.PROCEEDINGS,
        conditions=[lambda referral: referral.action == "proceedings"],
    )
    def start_proceedings(self):
        """Civil proceedings for the child (PN 3.19, 3.20)."""

    @transition(field=state, source=(S.DECIDED, S.PROCEEDINGS), target=S.SETTLED)
    def settle(self):
        """By agreement or by judgment; the final report is due within six weeks (PN 3.21)."""

    @transition(field=state, source=(S.DECIDED, S.PROCEEDINGS, S.SETTLED), target=S.CONCLUDED)
    def conclude(self):
        """The final report has gone, or there is nothing more for Cafcass to do."""

    @transition(field=state, source=OPEN, target=S.WITHDRAWN)
    def withdraw(self):
        """Cafcass agreed that the child's rights are now met, or the referral ends for another reason."""
