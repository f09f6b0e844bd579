import uuid

from django import forms

from accounts.govuk import DateField, helper


class CorrectForm(forms.Form):
    """Strikes an event out, or puts another date in its place; the reason is kept with it."""

    def __init__(self, *args, event, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["what"] = forms.ChoiceField(
            label="What is wrong with it?",
            choices=[("date", "It happened on another day"), ("all", "It did not happen, or not so")],
            widget=forms.RadioSelect,
            error_messages={"required": "Say what is wrong with it."},
        )
        self.fields["what"].reveals = {"date": ["on"]}
        self.fields["on"] = DateField(
            label="The day it happened", past_only=True, required=False, initial=event.on
        )
        self.fields["reason"] = forms.CharField(
            label="Why are you correcting it?",
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": "Say why: the chronology keeps the reason."},
        )
        self.fields["submission"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        self.helper = helper("Correct it", cancel_url=cancel_url, warning=True)

    def clean(self):
        data = super().clean()
        if data.get("what") == "date" and "on" not in self.errors:
            if not data.get("on"):
                self.add_error("on", "Enter the day it happened.")
            elif data["on"] == self.event.on:
                self.add_error("on", "That is the date it already has. Enter the right one.")
        return data

    def entry(self):
        data = self.cleaned_data
        replacement = None
        if data["what"] == "date":
            replacement = {"on": data["on"]}
        return {"reason": data["reason"], "replacement": replacement, "submission": data["submission"]}
