from django import forms

from accounts.govuk import helper


class SaveViewForm(forms.Form):
    """A name for a narrowed list, and whether colleagues see it."""

    name = forms.CharField(
        label="Name of the view",
        max_length=80,
        help_text="Your own words, for example Overdue court papers. Never a child’s name.",
        error_messages={"required": "Give the view a name"},
    )
    is_shared = forms.BooleanField(
        label="Share it with my team",
        required=False,
        help_text="Colleagues of your organisation open it with what they themselves may see.",
    )

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Save the view", cancel_url=cancel_url)

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
