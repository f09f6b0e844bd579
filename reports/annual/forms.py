from django import forms

from accounts.govuk import helper


class SectionForm(forms.Form):
    text = forms.CharField(
        label="What the service says",
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=20_000,
        required=False,
        help_text="An empty line begins a new paragraph. Name no child, and count no fewer than five: "
        "members and the public read it.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Keep", cancel_url=cancel_url)
