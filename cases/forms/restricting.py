from django import forms

from accounts.govuk import helper
from accounts.models import User
from cases import access, restricting
from cases.forms.people import PeopleField, proposed


class ReasonForm(forms.Form):
    """Why, in words that stay."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays on record, and those on the list read it. Do not name a child in it.",
        error_messages={"required": "Say why"},
    )

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class ListForm(ReasonForm):
    """The names of those who may open a restricted case: the proposed ticked, others by address."""

    readers = forms.MultipleChoiceField(
        label="Who may open the case?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="The IRO and the guardian are proposed; you decide. Somebody of the IRO service has to stay on it.",
    )
    others = PeopleField(
        label="Others, by their e-mail addresses",
        help_text="One a line. People of the authority, of the case’s Cafcass office and those appointed; Cafcass "
        "Legal once the case is referred.",
    )

    def __init__(self, *args, case, user, restriction=None, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        listed = [reader.person for reader in restricting.on_the_list(restriction)] if restriction else []
        people = {person.pk: person for person in (*listed, user, *_proposed(case))}
        self.people = people
        self.fields["readers"].choices = proposed(people.values())
        self.fields["readers"].initial = [str(person.pk) for person in listed or people.values()]
        self.fields["others"].people = access.may_be_named(case)
        self.fields["reason"].label = (
            "Why does the list change?" if restriction else "Why is the case restricted?"
        )
        self.order_fields(["reason", "readers", "others"])
        text = "Change the list" if restriction else "Restrict the case"
        self.helper = helper(text, cancel_url=cancel_url, warning=not restriction, mark_optional=False)

    def chosen(self):
        ticked = [self.people[int(pk)] for pk in self.cleaned_data["readers"]]
        return list({person.pk: person for person in (*ticked, *self.cleaned_data["others"])}.values())


def _proposed(case):
    return User.objects.filter(pk__in=restricting.proposed_for(case)).select_related("organisation")


class LiftForm(ReasonForm):
    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why is the restriction lifted?"
        self.helper = helper("Lift the restriction", cancel_url=cancel_url, warning=True)


class EmergencyForm(ReasonForm):
    """The one question that opens a case which is not yours."""

    reference = forms.CharField(
        label="Reference of the case",
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
        help_text="Ten letters and figures, as on letters and in e-mails.",
        error_messages={"required": "Enter the reference of the case"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "What is the emergency?"
        self.fields[
            "reason"
        ].help_text = "Your manager and the child’s IRO read it within minutes. Do not name a child in it."
        self.fields["reason"].error_messages["required"] = "Say what the emergency is"
        self.order_fields(["reference", "reason"])
        self.helper = helper("Open the case for one hour", warning=True)
