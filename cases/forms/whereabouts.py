from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.models import User
from accounts.roles import PersonRole
from cases.forms.people import PeopleField
from cases.models import Whereabouts


class WhereaboutsForm(forms.Form):
    """Where a child lives, from when, and who may read it."""

    kind = forms.ChoiceField(
        label="What kind of place is it?",
        choices=Whereabouts.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of place it is"},
    )
    address = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": "Enter the address"},
    )
    postcode = forms.CharField(
        max_length=10, required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )
    from_on = DateField(label="From which day?", subject="The first day", past_only=True)
    until_on = DateField(
        label="Until which day?",
        subject="The last day",
        required=False,
        help_text="Leave it empty while it goes on.",
    )
    audience = forms.ChoiceField(
        label="Who may read this address?",
        choices=Whereabouts.Audience.choices,
        widget=forms.RadioSelect,
        help_text="A letter that would tell it to anybody else is held until a person has looked at it.",
        error_messages={"required": "Choose who may read it"},
    )
    named = PeopleField(
        label="Their e-mail addresses",
        help_text="One a line: people of the authority, or of a Cafcass office on one of the child’s cases. You are "
        "on the list yourself.",
    )

    def __init__(self, *args, child, cancel_url, row=None, **kwargs):
        super().__init__(*args, initial=_initial(row), **kwargs)
        self.fields["audience"].reveals = {"named": ["named"]}
        self.fields["named"].people = _may_be_named(child)
        if row:
            self.fields["reason"] = forms.CharField(
                label="Why is this being corrected?", max_length=500, error_messages={"required": "Say why"}
            )
        self.helper = helper("Correct it" if row else "Save", cancel_url=cancel_url)
        self.helper.form_id = "whereabouts"

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


def _initial(row):
    if row is None:
        return {"from_on": timezone.localdate(), "audience": Whereabouts.Audience.EVERYBODY}
    said = {
        name: getattr(row, name)
        for name in ("kind", "address", "postcode", "audience", "from_on", "until_on")
    }
    return said | {"named": "\n".join(person.email for person in row.named.all())}


def _may_be_named(child):
    """The authority's people, and those of the Cafcass offices of the child's cases."""
    offices = child.cases.values("cafcass_office")
    people = User.objects.filter(is_active=True).exclude(role=PersonRole.ADMINISTRATOR)
    return people.filter(organisation=child.authority_id) | people.filter(organisation__in=offices)


class EndWhereaboutsForm(forms.Form):
    on = DateField(
        label="What was the last day there?",
        subject="The last day",
        past_only=True,
        initial=timezone.localdate,
    )

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Save", cancel_url=cancel_url)

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
