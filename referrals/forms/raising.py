"""The questions asked when a dispute is raised, or good practice praised."""

from django import forms

from accounts.govuk import helper
from accounts.models import Organisation
from accounts.roles import OrganisationKind
from cases.opening import office_for
from referrals import addressing
from referrals.forms.disputes import ActForm, add_day, people_of, rungs_field, why_bypassed, words
from referrals.models import Dispute
from referrals.models.dispute import Theme


class RaiseForm(forms.Form):
    """A concern to raise, informally or formally, or praise to send."""

    def __init__(self, *args, children, user, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.children, self.user, self.authority = children, user, user.organisation
        self.rungs = addressing.formal_rungs(self.authority)
        self.informal = addressing.informal_rung(self.authority)
        self._ask_what()
        self._ask_whom()
        add_day(self, "On which day is it raised?")
        self.helper = helper("Raise it", cancel_url=cancel_url, mark_optional=False)
        self.helper.form_id = "raise"

    def _ask_what(self):
        self.fields["kind"] = forms.ChoiceField(
            label="What do you raise?", widget=forms.RadioSelect, initial="informal",
            choices=[
                ("informal", "A concern, informally"),
                ("formal", "A concern, as a formal dispute"),
                ("good_practice", "Good practice that should be known"),
            ],
            error_messages={"required": "Say what you raise"},
        )  # fmt: skip
        self.fields["kind"].hints = {
            "informal": "Outside the clock. It can be made formal later.",
            "formal": "At most 20 working days in all, counted from this day (IRO Handbook 6.2).",
            "good_practice": "An alert to a manager. No duty and no clock hangs on it.",
        }
        if len(self.children) > 1:
            self.fields["children"] = forms.MultipleChoiceField(
                label="Which children is it about?", widget=forms.CheckboxSelectMultiple,
                choices=[(child.key, child.name) for child in self.children],
                initial=[child.key for child in self.children],
                error_messages={"required": "Choose at least one child"},
            )  # fmt: skip
        self.fields["theme"] = forms.ChoiceField(
            label="Theme", choices=[("", "Choose"), *Theme.choices],
            error_messages={"required": "Choose a theme"},
        )  # fmt: skip
        self.fields["concern"] = words(
            "What is the concern, or what was done well?", "Say in a few sentences what it is about", rows=6
        )
        self.fields["impact"] = words(
            "What does it mean for the child?", hint="Needed for a concern: it is why the dispute is raised."
        )
        self.fields["sought"] = words(
            "What do you want to happen?",
            hint="Needed for a concern: a manager can only answer what is asked.",
        )
        self.fields["timetable"] = words(
            "What is the child’s timetable?",
            rows=3,
            hint="By when it must be settled for this child, and why.",
        )

    def _ask_whom(self):
        self.fields["rung"] = rungs_field(self.rungs, "If it is formal, at which step does it begin?")
        self.fields["rung"].required = False
        self.fields["person"] = people_of([self.informal, *self.rungs], self.authority, self.children)
        self.fields["bypass_reason"] = why_bypassed()
        self.fields["kind"].reveals = {"formal": ["rung", "bypass_reason"]}

    def entry(self):
        data = dict(self.cleaned_data)
        chosen = set(data.pop("children", None) or [child.key for child in self.children])
        kind, named = data.pop("kind"), data.pop("rung")
        formal = kind == "formal"
        return {
            **data,
            "by": self.user,
            "children": [child for child in self.children if child.key in chosen],
            "kind": Dispute.Kind.GOOD_PRACTICE if kind == "good_practice" else Dispute.Kind.CONCERN,
            "formal": formal,
            "rung": self._rung(kind, named, data["person"]),
        }

    def _rung(self, kind, named, person):
        if kind == "formal":
            return next((rung for rung in self.rungs if rung.name == named), None)
        if kind == "good_practice" and person:  # praise goes to whoever is chosen, at any step
            return next(rung for rung in [self.informal, *self.rungs] if rung.role == person.role)
        return None

    refuse = ActForm.refuse


class RaiseWithoutCaseForm(RaiseForm):
    """The same for a child who is in no open case; the Cafcass office is asked where nothing says which it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if office_for(self.children) is None:
            self.fields["cafcass_office"] = forms.ModelChoiceField(
                Organisation.objects.filter(kind=OrganisationKind.CAFCASS_OFFICE), label="Cafcass office",
                empty_label="Choose", error_messages={"required": "Choose the Cafcass office"},
            )  # fmt: skip
