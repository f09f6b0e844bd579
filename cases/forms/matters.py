from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper


class CloseMatterForm(forms.Form):
    evidence = forms.CharField(
        label="What was done, and how do you know?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="For example: the contact plan was changed at the review, and the carer confirms that it is kept.",
        error_messages={"required": "Say what was done, and how you know"},
    )
    on = DateField(
        label="When was it settled?",
        subject="The date it was settled",
        past_only=True,
        initial=timezone.localdate,
    )

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Close the matter", cancel_url=cancel_url)

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
