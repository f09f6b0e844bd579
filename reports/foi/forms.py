from datetime import date

from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.roles import PersonRole
from reports.foi.questions import OF_REFERRALS
from reports.models import FoiRequest

EARLIEST = date(2005, 1, 1)  # when the Act began to be used


class FoiRequestForm(forms.Form):
    reference = forms.CharField(
        label="Its number in your register",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        help_text="Who asked stays in your register: it is not kept here.",
        error_messages={"required": "Give the number the request has in your register"},
    )
    received_on = DateField(label="Date it was received", past_only=True)
    question = forms.ChoiceField(
        label="What is asked",
        widget=forms.RadioSelect,
        choices=FoiRequest.Question.choices,
        error_messages={"required": "Choose what is asked"},
    )
    from_on = DateField(label="First day counted", past_only=True)
    until_on = DateField(label="Last day counted", past_only=True)

    def __init__(self, *args, user, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        if user.role == PersonRole.CAFCASS_LEGAL:
            self.fields["question"].choices = [
                choice for choice in FoiRequest.Question.choices if choice[0] in OF_REFERRALS
            ]
        self.helper = helper("Count it", cancel_url=cancel_url)

    def clean(self):
        cleaned = super().clean()
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", "The last day counted must not be before the first")
        if (received := cleaned.get("received_on")) and received < EARLIEST:
            self.add_error("received_on", "The day it was received must be in 2005 or later")
        if begins and begins < EARLIEST:
            self.add_error("from_on", "The first day counted must be in 2005 or later")
        return cleaned

    @staticmethod
    def last_three_years():
        today = timezone.localdate()
        return {"received_on": today, "from_on": date(today.year - 3, 1, 1), "until_on": today}


class FoiReplyForm(forms.Form):
    text = forms.CharField(
        label="The reply",
        widget=forms.Textarea(attrs={"rows": 24}),
        max_length=20_000,
        help_text="Drafted from the figures. Change what you like: what you keep here is what went.",
        error_messages={"required": "Write the reply"},
    )
    on = DateField(label="Date it went", past_only=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Keep that this reply went")
