from django import forms

from accounts.govuk import helper
from cases.files import receiving


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; what may come, and how large, `receiving` says, and a worker what is in them."""

    widget = SeveralFiles(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError("Choose a file", code="required")
        return list(files)


class AddFilesForm(forms.Form):
    """Which paper it is, and the files: last, so that what was chosen before them arrives whatever they are."""

    belongs_to = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose which it is"),
    )
    files = FilesField(label="Choose files")

    def __init__(self, *args, of_what, choices, cancel_url, is_too_much=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_too_much = is_too_much
        self.fields["belongs_to"].label = of_what
        self.fields["belongs_to"].choices = choices
        self.fields["files"].help_text = (
            f"PDF, JPEG or PNG, each at most {receiving.megabytes()}, at most {receiving.at_once()} at once. "
            "Each is looked at before anybody can open it."
        )
        self.helper = helper("Add", cancel_url=cancel_url)

    def clean(self):
        if self.is_too_much:
            self.errors.pop("files", None)
            self.add_error(
                "files",
                f"Together these are too large: at most {receiving.at_once()} files of {receiving.megabytes()}.",
            )
        return self.cleaned_data

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class ReasonForm(forms.Form):
    """One reason, for striking a file out."""

    because = forms.CharField(
        label="Why is it struck out?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: it is about another child; the scan lacks two pages. It stays beside the file.",
        error_messages={"required": "Say why this file is struck out"},
    )

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Strike out this file", cancel_url=cancel_url, warning=True)

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        choices=[
            ("release", "Release it: whoever may see the paper can open it"),
            ("refuse", "Refuse it: nobody can open it"),
        ],
        error_messages={"required": "Choose whether you release it or refuse it"},
    )
    because = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: the court’s own form, as it came from the court office. It stays beside the file.",
        error_messages={"required": "Say why: it stays beside the file"},
    )

    def __init__(self, *args, file, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        if file.held_for == "scanner":
            self.fields["decision"].choices = self.fields["decision"].choices[1:]
        self.helper = helper("Decide", cancel_url=cancel_url)

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
