"""Naming people in a form: those proposed are ticked, others are typed by their e-mail addresses."""

from django import forms
from django.db.models.functions import Lower

from accounts.models import User


class PeopleField(forms.CharField):
    """E-mail addresses, one a line, of the people it is given; whoever is not among them is nobody."""

    def __init__(self, **kwargs):
        self.people = User.objects.none()
        widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
        super().__init__(required=False, max_length=4000, widget=widget, **kwargs)

    def clean(self, value):
        typed = {line.strip().lower() for line in super().clean(value).splitlines()} - {""}
        found = list(self.people.annotate(lowered=Lower("email")).filter(lowered__in=typed))
        if missing := sorted(typed - {person.lowered for person in found}):
            raise forms.ValidationError(
                f"Nobody who can be named has the address {missing[0]}. Check it, or leave it out."
            )
        return found


def proposed(people):
    """Choices to tick: a name, with role and organisation."""
    return [
        (str(person.pk), f"{person.name}, {person.get_role_display()}, {person.organisation}")
        for person in people
    ]
