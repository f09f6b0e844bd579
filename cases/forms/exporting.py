from django import forms

from accounts.govuk import helper


class PurposeForm(forms.Form):
    """A file that leaves the service says what for."""

    purpose = forms.CharField(
        label="What is the file for?",
        max_length=200,
        help_text="For example: the answer to a subject-access request. Give its number, not the child’s name.",
        error_messages={"required": "Say what the file is for"},
    )
    kind = forms.ChoiceField(
        label="Which kind of file?", required=False, initial="csv", widget=forms.RadioSelect,
        choices=[("csv", "CSV, which every program reads"), ("xlsx", "XLSX, for a spreadsheet")],
    )  # fmt: skip

    def __init__(self, *args, action, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Export", action=action, cancel_url=cancel_url, mark_optional=False)

    def clean_kind(self):
        return self.cleaned_data["kind"] or "csv"
