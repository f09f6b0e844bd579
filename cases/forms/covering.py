from django import forms

from accounts.govuk import DateField, helper
from accounts.models import User
from cases import access, covering
from cases.models import Case


class CoverForm(forms.Form):
    """Who is away, who stands in, when, and on which cases."""

    from_on = DateField(label="First day", subject="The first day")
    until_on = DateField(label="Last day", subject="The last day", future_only=True)
    which = forms.ChoiceField(
        label="Which cases?",
        widget=forms.RadioSelect,
        choices=[("all", "All they hold"), ("some", "Only some of them")],
        error_messages={"required": "Choose all or only some of them"},
    )
    references = forms.CharField(
        label="References of those cases",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="One a line.",
    )

    def __init__(self, *args, user, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        theirs = access.arranges_for(user).filter(is_active=True)
        colleagues = User.objects.filter(
            organisation=user.organisation_id, is_active=True,
            role__in={role for person_role in access.ARRANGES_FOR[user.role] for role in access.colleagues_of(person_role)},
        )  # fmt: skip
        self.fields["absent"] = _person("Who is away?", theirs, "Choose who is away")
        self.fields["covering"] = _person("Who stands in for them?", colleagues, "Choose who stands in")
        self.fields["which"].reveals = {"some": ["references"]}
        self.order_fields(["absent", "covering", "from_on", "until_on", "which", "references"])
        self.helper = helper("Arrange the cover", cancel_url=cancel_url, mark_optional=False)

    def clean(self):
        typed = super().clean()
        if typed.get("which") == "some" and typed.get("absent") and not self.errors:
            self._find_cases(typed)
        return typed

    def _find_cases(self, typed):
        keys = {line.strip().upper() for line in typed["references"].splitlines()} - {""}
        if not keys:
            return self.add_error("references", "Enter the reference of at least one case")
        held = covering.held_by(typed["absent"]).values("pk")
        found = list(Case.objects.visible_to(self.user).filter(pk__in=held, key__in=keys))
        if missing := sorted(keys - {case.key for case in found}):
            return self.add_error(
                "references",
                f"{typed['absent'].name} holds no case {missing[0]} that you may open. Check it.",
            )
        typed["cases"] = found

    def entry(self):
        typed = self.cleaned_data
        cases = typed["cases"] if typed["which"] == "some" else None
        return {name: typed[name] for name in ("absent", "covering", "from_on", "until_on")} | {
            "cases": cases
        }

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


def _person(label, people, missing):
    field = forms.ModelChoiceField(
        people.order_by("name"), label=label, empty_label="Choose", error_messages={"required": missing}
    )
    field.label_from_instance = lambda person: f"{person.name}, {person.get_role_display()}"
    return field


class EndCoverForm(forms.Form):
    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("End the cover now", cancel_url=cancel_url, warning=True)
