import uuid

from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.models import User
from accounts.roles import PersonRole
from cases.appointments import CONFLICTS
from cases.forms.references import present_children


class AppointForm(forms.Form):
    """Appoints a person for children; for an IRO it asks what reg 46 rules out."""

    def __init__(self, *args, role, subject, user, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.role, self.subject, self.user = role, subject, user
        self.case = subject if hasattr(subject, "stage") else None
        self.agency = self._agency()
        self.fields["person"] = forms.ModelChoiceField(
            User.objects.filter(organisation=self.agency, role=role, is_active=True),
            label=f"Who is the {PersonRole(role).label}?", empty_label="Choose",
            error_messages={"required": "Choose the person."},
        )  # fmt: skip
        self.fields["on"] = DateField(
            label="From which day?", subject="The day", past_only=True, initial=timezone.localdate
        )
        self._add_children()
        if role == PersonRole.IRO:
            self._add_conflicts()
        if not self.agency.is_on_system:
            self.fields["how_known"] = forms.CharField(
                label="How do you know?", max_length=200,
                help_text=f"{self.agency} is not on this system: this is recorded on its behalf.",
            )  # fmt: skip
        self.fields["submission"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
        self.helper = helper("Appoint", cancel_url=cancel_url)

    def _agency(self):
        if self.case and self.role == PersonRole.GUARDIAN:
            return self.case.cafcass_office
        return self.subject.authority

    @property
    def children(self):
        return present_children(self.case) if self.case else [self.subject]

    def _add_children(self):
        children = self.children
        if len(children) > 1:
            self.fields["children"] = forms.MultipleChoiceField(
                label="For which children?", choices=[(child.key, child.name) for child in children],
                widget=forms.CheckboxSelectMultiple, initial=[child.key for child in children],
                help_text="Siblings share an IRO unless there is a conflict between them.",
                error_messages={"required": "Choose at least one child."},
            )  # fmt: skip

    def _add_conflicts(self):
        self.fields["conflicts"] = forms.MultipleChoiceField(
            label="Does any of these apply to the person?", required=False,
            choices=[(name, text[0].upper() + text[1:]) for name, text in CONFLICTS.items()],
            widget=forms.CheckboxSelectMultiple,
            help_text="Any of them rules the person out (Care Planning Regulations 2010, reg 46).",
        )  # fmt: skip

    def entry(self):
        data = self.cleaned_data
        chosen = set(data.get("children") or [child.key for child in self.children])
        return {
            "person": data["person"],
            "role": self.role,
            "children": [child for child in self.children if child.key in chosen],
            "on": data["on"],
            "by": self.user,
            "case": self.case if self.role == PersonRole.GUARDIAN else None,
            "conflicts": data.get("conflicts", []),
            "on_behalf_of": None if self.agency.is_on_system else self.agency,
            "how_known": data.get("how_known", ""),
            "submission": data["submission"],
        }
