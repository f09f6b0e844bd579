"""What is asked before several deadlines are acted on at once."""

from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.models import User
from accounts.roles import PersonRole
from cases.appointments import CONFLICTS
from reports.boards import access


class FollowUpForm(forms.Form):
    """What all of them have: a refusal stands on its field, and everything typed is kept."""

    button = ""

    def __init__(self, *args, user, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = helper(self.button, cancel_url=cancel_url)

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class NoteForm(FollowUpForm):
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the list, beside the deadline. It is not sent.",
    )


class AcknowledgeForm(NoteForm):
    button = "Acknowledge"


class ChaseForm(NoteForm):
    button = "Chase"


class ReasonForm(FollowUpForm):
    button = "Give the reason"
    reason = forms.CharField(
        label="Why was it late?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stands on the chronology beside the miss. The miss itself stays.",
        error_messages={"required": "Say why it was late"},
    )


class ReassignForm(FollowUpForm):
    """Who takes the children over; for an IRO it asks what reg 46 rules out."""

    button = "Reassign"
    on = DateField(label="From which day?", subject="The day", past_only=True, initial=timezone.localdate)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        role = access.reassigns(self.user)
        people = User.objects.filter(organisation=self.user.organisation_id, role=role, is_active=True)
        self.fields["person"] = forms.ModelChoiceField(
            people, label="Who takes the children over?", empty_label="Choose",
            error_messages={"required": "Choose the person"},
        )  # fmt: skip
        if role == PersonRole.IRO:
            self.fields["conflicts"] = forms.MultipleChoiceField(
                label="Does any of these apply to the person?", required=False,
                choices=[(name, text[0].upper() + text[1:]) for name, text in CONFLICTS.items()],
                widget=forms.CheckboxSelectMultiple,
                help_text="Any of them rules the person out (Care Planning Regulations 2010, reg 46).",
            )  # fmt: skip
        self.order_fields(["person", "on", "conflicts"])
