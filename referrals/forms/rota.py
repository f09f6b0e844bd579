"""Who is on duty: for one day, or by weekday over a time."""

from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from referrals import rota
from referrals.forms.advice import RefusedForm

WEEKDAYS = [
    (number, name) for number, name in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))
]
NOBODY = "nobody"


class DayForm(RefusedForm):
    lawyer = forms.ChoiceField(
        label="Who is on duty?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is on duty"},
    )

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(lawyer.pk), lawyer.name) for lawyer in rota.lawyers()]
        self.fields["lawyer"].choices = [*named, (NOBODY, "Nobody yet")]
        self.helper = helper("Save", cancel_url=cancel_url)

    def chosen(self):
        key = self.cleaned_data["lawyer"]
        return None if key == NOBODY else rota.lawyers().get(pk=key)


class PatternForm(RefusedForm):
    lawyer = forms.ModelChoiceField(
        label="Lawyer",
        queryset=None,
        empty_label="Choose a lawyer",
        error_messages={"required": "Choose a lawyer"},
    )
    first = DateField(label="First day", future_only=True, initial=timezone.localdate)
    last = DateField(label="Last day", future_only=True)
    weekdays = forms.TypedMultipleChoiceField(
        label="On which weekdays?", choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="Bank holidays are left out.", error_messages={"required": "Choose at least one weekday"},
    )  # fmt: skip
    replacing = forms.BooleanField(
        label="Also take over the days that somebody else has", required=False,
    )  # fmt: skip

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lawyer"].queryset = rota.lawyers()
        self.helper = helper("Fill the rota", cancel_url=cancel_url)
