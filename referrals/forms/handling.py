"""What Cafcass types about a referral. Each form's `entry()` is what its verb takes."""

from uuid import uuid4

from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from referrals import access
from referrals.handling import receiving
from referrals.models import ChildInvolvement, Enquiry
from referrals.models.referral import Route

INLINE = {"class": "govuk-radios--inline"}
WITHDRAWN, GOES_ON = "withdrawn", "goes_on"


def area(rows=4):
    return forms.Textarea(attrs={"rows": rows})


class ActForm(forms.Form):
    """One act on a referral. What is refused is said on its field, and nothing typed is lost."""

    button = "Save"
    warning = False
    mark_optional = None

    def __init__(self, data=None, *, referral, user, cancel_url):
        self.referral, self.user = referral, user
        super().__init__(data)
        self.prepare()
        self.helper = helper(
            self.button, cancel_url=cancel_url, warning=self.warning, mark_optional=self.mark_optional
        )

    def prepare(self):
        pass

    def entry(self):
        return {"by": self.user, **self.cleaned_data}

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class DatedForm(ActForm):
    """An act that goes onto the chronology on a day."""

    on = DateField(label="On which day?", subject="The day", past_only=True, initial=timezone.localdate)
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ReceiveForm(DatedForm):
    button = "Record the receipt"


class AllocateForm(DatedForm):
    """Those who were guardian of these children come first: PN 3.6 looks for them first."""

    button = "Allocate"
    mark_optional = False  # each list is needed for one of the routes
    route = forms.ChoiceField(
        label="Where does it go?", choices=Route.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose where the referral goes."},
    )  # fmt: skip
    local_officer = forms.ChoiceField(
        label="Manager or guardian of a Cafcass office", required=False,
        help_text="The manager, who passes it on in the office, or the officer themselves.",
    )  # fmt: skip
    team_officer = forms.ChoiceField(label="Officer of the High Court Team", required=False)
    field_order = ["route", "local_officer", "team_officer", "on"]

    def prepare(self):
        self.people = {}
        known = list(receiving.involved_before(self.referral))
        others = receiving.officers(Route.LOCAL_MANAGER).exclude(pk__in=[person.pk for person in known])
        self.fields["local_officer"].choices = [
            ("", "Choose"),
            *self._group("Guardian of these children before", known),
            *self._group("Others at Cafcass offices", others.order_by("organisation__name", "name")),
        ]
        team = receiving.officers(Route.HIGH_COURT_TEAM)
        self.fields["team_officer"].choices = [("", "Choose"), *self._group("High Court Team", team)]
        self.fields["route"].reveals = {
            Route.LOCAL_MANAGER: ["local_officer"], Route.HIGH_COURT_TEAM: ["team_officer"],
        }  # fmt: skip

    def _group(self, heading, people):
        self.people |= {str(person.pk): person for person in people}
        named = [
            (str(person.pk), f"{person.name}, {person.get_role_display()}, {person.organisation}")
            for person in people
        ]
        return [(heading, named)] if named else []

    def clean(self):
        data = super().clean()
        field = "local_officer" if data.get("route") == Route.LOCAL_MANAGER else "team_officer"
        if data.get("route") and not data.get(field):
            self.add_error(field, "Choose the person it is allocated to.")
        return data

    def entry(self):
        data = self.cleaned_data
        chosen = data["local_officer" if data["route"] == Route.LOCAL_MANAGER else "team_officer"]
        return {
            "by": self.user, "on": data["on"], "route": data["route"], "officer": self.people[chosen],
            "submission": data["submission"],
        }  # fmt: skip

    def refuse(self, refusal):
        is_local = self.cleaned_data.get("route") == Route.LOCAL_MANAGER
        field = "local_officer" if is_local else "team_officer"
        self.add_error(field if refusal.field == "officer" else refusal.field, str(refusal))


class HandOnForm(DatedForm):
    button = "Hand it on"
    officer = forms.ModelChoiceField(
        label="To whom?", queryset=None, empty_label="Choose",
        error_messages={"required": "Choose the person who takes it on."},
    )  # fmt: skip
    field_order = ["officer", "on"]

    def prepare(self):
        local, team = (receiving.officers(route) for route in Route)
        people = local | team if access.may_triage(self.user) else local.filter(
            organisation=self.user.organisation_id
        )  # fmt: skip
        self.fields["officer"].queryset = people.exclude(pk=self.referral.officer_id)
        self.fields["officer"].label_from_instance = lambda person: (
            f"{person.name}, {person.get_role_display()}, {person.organisation}"
        )


class EnquiryForm(ActForm):
    button = "Add this enquiry"
    on = DateField(label="On which day?", subject="The day", past_only=True, initial=timezone.localdate)
    source = forms.ChoiceField(
        label="Where did you look, or whom did you ask?", choices=Enquiry.From, widget=forms.RadioSelect,
        error_messages={"required": "Choose where you looked, or whom you asked."},
    )  # fmt: skip
    note = forms.CharField(label="What did you learn?", widget=area(6), max_length=8000)
    permission = forms.ChoiceField(
        label="Is the court’s permission needed to speak to them?", choices=Enquiry.Permission,
        widget=forms.RadioSelect, initial=Enquiry.Permission.NOT_NEEDED,
        help_text="Ask Cafcass Legal before you speak to anybody who was not party to earlier family proceedings.",
    )  # fmt: skip


class ChildForm(ActForm):
    button = "Add this"
    on = DateField(label="On which day?", subject="The day", past_only=True, initial=timezone.localdate)
    child = forms.ChoiceField(
        label="Which child?", widget=forms.RadioSelect, error_messages={"required": "Choose the child."}
    )
    way = forms.ChoiceField(
        label="What was done?", choices=ChildInvolvement.Way, widget=forms.RadioSelect,
        error_messages={"required": "Choose what was done."},
    )  # fmt: skip
    note = forms.CharField(
        label="What happened, and what did the child say?", widget=area(6), max_length=8000
    )

    def prepare(self):
        self.children = {child.key: child for child in self.referral.children.all()}
        self.fields["child"].choices = [(key, child.name) for key, child in self.children.items()]
        if len(self.children) == 1:
            self.fields["child"].initial = next(iter(self.children))

    def entry(self):
        return {**super().entry(), "child": self.children[self.cleaned_data["child"]]}


class LimitationForm(ActForm):
    button = "Add this date"
    claim = forms.CharField(
        label="Which claim?", max_length=200, help_text="For example: judicial review of the placement decision."
    )  # fmt: skip
    last_day = DateField(label="Last day on which it can be brought", subject="The last day")


class PermissionForm(ActForm):
    button = "Add this permission"
    papers = forms.CharField(label="Which papers of the family court?", widget=area(3), max_length=4000)
    asked_on = DateField(
        label="On which day was the court asked?", subject="The day the court was asked", past_only=True
    )
    given_on = DateField(
        label="On which day did the court give it?", subject="The day the court gave it", past_only=True,
        required=False, help_text="Leave this empty while you wait for the court.",
    )  # fmt: skip


class PermissionGivenForm(ActForm):
    button = "Record the permission"
    on = DateField(
        label="On which day did the court give it?", subject="The day the court gave it", past_only=True,
        initial=timezone.localdate,
    )  # fmt: skip


class StepForm(DatedForm):
    """A step after the decision; its note stands on the chronology, where the authority reads it too."""

    note = forms.CharField(
        label="Note for the chronology", required=False, widget=area(), max_length=4000,
        help_text="Everybody who may open the case reads this, the authority too.",
    )  # fmt: skip


class ProceedingsForm(StepForm):
    button = "Record the start of proceedings"


class SettlementForm(StepForm):
    button = "Record the settlement"


class JudgmentForm(StepForm):
    button = "Record the judgment"


class WithdrawForm(DatedForm):
    button = "Withdraw the referral"
    warning = True
    reason = forms.CharField(
        label="Why is it withdrawn?", widget=area(), max_length=1000,
        help_text="The reason stands on the chronology, and the IRO is told.",
    )  # fmt: skip
    field_order = ["reason", "on"]


class RightsMetForm(ActForm):
    button = "Record the decision"
    decision = forms.ChoiceField(
        label="What is decided?", widget=forms.RadioSelect,
        choices=[(WITHDRAWN, "The referral is withdrawn"), (GOES_ON, "The referral goes on")],
        error_messages={"required": "Choose whether the referral is withdrawn or goes on."},
    )  # fmt: skip
    reasons = forms.CharField(
        label="Reasons", widget=area(), max_length=1000, help_text="The IRO reads these."
    )
    on = DateField(
        label="On which day was it decided?", subject="The day", past_only=True, initial=timezone.localdate
    )

    def entry(self):
        data = self.cleaned_data
        return {
            "by": self.user, "on": data["on"], "is_withdrawn": data["decision"] == WITHDRAWN,
            "reasons": data["reasons"],
        }  # fmt: skip
