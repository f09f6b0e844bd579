from django import forms

from accounts.govuk import helper
from cases.models import Case

PURPOSE = {
    "label": "What is the file for?",
    "max_length": 200,
    "help_text": "It is kept with everything that was in the file. Give a number or a reason, not a child’s name.",
    "error_messages": {"required": "Say what the file is for"},
}


class ExportForm(forms.Form):
    """A file that leaves the service says what for."""

    form = forms.ChoiceField(
        label="As",
        widget=forms.RadioSelect,
        choices=[("csv", "CSV, for any programme"), ("xlsx", "A workbook (XLSX)")],
        initial="csv",
        error_messages={"required": "Choose how you want the file"},
    )
    purpose = forms.CharField(**PURPOSE)

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Make the file", cancel_url=cancel_url)


class WholeCaseForm(forms.Form):
    reference = forms.CharField(
        label="Reference of the case",
        max_length=12,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": "Give the reference of the case"},
    )
    purpose = forms.CharField(**PURPOSE)

    def __init__(self, *args, user, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = helper("Make the file", cancel_url=cancel_url)

    def clean_reference(self):
        """The key of a case this person may open; another’s is as if there were none."""
        typed = self.cleaned_data["reference"].strip()
        found = Case.objects.visible_to(self.user).filter(key__iexact=typed).first()
        if found is None:
            raise forms.ValidationError(
                "No case you may see has that reference. It stands at the head of the case."
            )
        return found.key
