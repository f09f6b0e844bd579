from django import forms

from accounts.govuk import DateField, helper
from cases.models.stage import STAGES
from reports.exports.forms import PURPOSE
from reports.inspection.sample import MOST


class InspectionForm(forms.Form):
    """At random or by name; what it is for is asked of every pack."""

    how = forms.ChoiceField(
        label="Which cases",
        widget=forms.RadioSelect,
        choices=[("random", "A random sample"), ("chosen", "Cases you name")],
        error_messages={"required": "Choose how the cases are found"},
    )
    number = forms.IntegerField(
        label="How many", min_value=1, max_value=MOST, initial=6, required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}), help_text=f"At most {MOST}.",
    )  # fmt: skip
    stage = forms.ChoiceField(
        label="At which stage", choices=[("", "Any stage"), *STAGES[1:]], required=False
    )
    opened_from = DateField(label="Opened from", required=False)
    opened_until = DateField(label="Opened until", required=False)
    references = forms.CharField(
        label="References", widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=600,
        help_text="As they stand at the head of each case, with a space or on a line of their own.",
    )  # fmt: skip
    purpose = forms.CharField(**PURPOSE)

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        how = self.fields["how"]
        how.reveals = {"random": ["number", "stage", "opened_from", "opened_until"], "chosen": ["references"]}
        self.helper = helper("Make the pack", cancel_url=cancel_url)

    def clean(self):
        cleaned = super().clean()
        if (
            cleaned.get("how") == "chosen"
            and not cleaned.get("references", "").strip()
            and "references" not in self.errors
        ):
            self.add_error("references", "Give the reference of each case")
        if cleaned.get("how") == "random" and not cleaned.get("number") and "number" not in self.errors:
            self.add_error("number", "Say how many cases")
        return cleaned
