from django import forms

from accounts.govuk import helper
from reports.models import Following


class FollowForm(forms.Form):
    """What one wants to be told of a saved view."""

    digest = forms.ChoiceField(
        label="Digest",
        choices=Following.Digest.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="How many deadlines the view holds, on working days. A view that holds none sends none.",
    )
    is_alerted = forms.BooleanField(
        label="Tell me when this view gains a deadline",
        required=False,
        help_text="What it holds now is no news, and what you may not open you are not told of.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Keep", mark_optional=False)
