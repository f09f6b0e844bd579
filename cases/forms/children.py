from django import forms

from accounts.govuk import DateField, helper
from cases import children
from cases.models import Child
from cases.refusal import Refusal


class ChildForm(forms.Form):
    """A child's record; the parent is named as a person would, by name or reference."""

    name = forms.CharField(
        max_length=160,
        help_text="First name and family name, as on the birth certificate.",
        error_messages={"required": "Enter the child’s name"},
    )
    born = DateField(
        label="Date of birth",
        past_only=True,
        help_text="For example, 27 3 2019. For an unborn child, wait for the birth.",
    )
    sex = forms.ChoiceField(
        choices=Child.Sex.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose girl, boy or not recorded"},
    )
    parent = forms.CharField(
        label="Parent, where the parent is or was looked after too",
        required=False,
        max_length=160,
        help_text="The name or reference of a child recorded here. They may not share an IRO "
        "(Care Planning Regulations 2010, reg 46).",
    )

    def __init__(self, *args, user, authority, child=None, **kwargs):
        self.user, self.authority, self.child = user, authority, child
        super().__init__(*args, **kwargs)

    def clean_parent(self):
        try:
            typed = self.cleaned_data["parent"]
            return children.parent_called(self.user, self.authority, typed, besides=self.child)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class NewChildForm(ChildForm):
    """The keys of the children like this one that the person has been shown come back with the confirmation.

    Its button says what it confirms, so the page writes it.
    """

    others = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("", form_tag=False, error_summary=False)

    def clean_others(self):
        return self.cleaned_data["others"].split()


class ChangeChildForm(ChildForm):
    return_id = forms.CharField(
        label="Number in the statutory return",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        help_text="CHILD in the SSDA903 files. Without it the child’s reviews cannot be submitted.",
    )

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Save the record", cancel_url=cancel_url)
