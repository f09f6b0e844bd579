"""The decision record as one long form: the five questions of PN 3.14, who acts, what follows."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from accounts.govuk import DateField, helper
from referrals.forms.handling import area
from referrals.handling.deciding import ANSWERS
from referrals.models import Decision
from referrals.models.decision import YesNoUnsure


def choice(label, choices=YesNoUnsure, hint=""):
    widget = forms.RadioSelect(attrs={"class": "govuk-radios--inline"} if choices is YesNoUnsure else {})
    return forms.ChoiceField(
        label=label, choices=choices.choices, widget=widget, required=False, help_text=hint
    )


def text(label, hint="", rows=4):
    return forms.CharField(label=label, widget=area(rows), required=False, max_length=8000, help_text=hint)


def day(label, subject):
    return DateField(label=label, subject=subject, past_only=True, required=False)


class DecisionForm(forms.Form):
    """Nothing is required to keep a draft; the report waits for what `decision_doubts` still names."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    rights_compromised = choice("Is there evidence that the child’s human rights are being compromised?")
    rights_because = text("What is the evidence?", "What the authority does, or does not do, and since when.")
    more_resolution = choice("Are there further opportunities to resolve the dispute?")
    resolution_by = text("Who should begin that?", "The IRO, the family or Cafcass, and how.", rows=2)
    other_proceedings = choice("Could other proceedings solve the problem?")
    other_proceedings_because = text(
        "Which, and who should begin them?",
        "For example an application under the Children Act. Say whether the child should be encouraged to apply.",
    )
    court_claim = choice("Is judicial review, or a human-rights claim of its own, necessary?")
    court_claim_because = text("Why, or why not?")
    wishes = text("What are the child’s wishes and feelings?", "As far as they can be known.")
    child_can_instruct = choice("Is the child able and willing to instruct a lawyer?")
    adult_willing = choice("Is an adult able and willing to begin proceedings?")
    who_acts = choice(
        "Who acts?", Decision.Actor, "Cafcass begins proceedings only if neither the child nor an adult can."
    )
    litigation_friend = text(
        "What is done to be appointed as the child’s litigation friend?",
        "Only if Cafcass brings proceedings.", rows=2,
    )  # fmt: skip
    manager_consulted_on = day("Your manager was consulted on", "The day your manager was consulted")
    legal_consulted_on = day("Cafcass Legal was consulted on", "The day Cafcass Legal was consulted")
    action = choice("What will be done?", Decision.Action)
    reasons = text("Reasons", "The report gives these to everybody who receives it.", rows=6)
    not_done = text("What did the IRO ask for that will not be done, and why?")

    def __init__(self, data=None, *, decision, cancel_url):
        kept = {name: getattr(decision, name) for name in ANSWERS} if decision else {}
        super().__init__(data, initial={**kept, "version": decision.version if decision else 0})
        self.helper = helper(
            "Save the decision record", cancel_url=cancel_url, mark_optional=False, layout=self._layout()
        )

    def _layout(self):
        return Layout(
            "version",
            Fieldset("1. The child’s rights (PN 3.14a)", "rights_compromised", "rights_because"),
            Fieldset("2. Resolving the dispute (PN 3.14b)", "more_resolution", "resolution_by"),
            Fieldset("3. Other proceedings (PN 3.14c)", "other_proceedings", "other_proceedings_because"),
            Fieldset("4. A claim in court (PN 3.14d)", "court_claim", "court_claim_because"),
            Fieldset("5. The child’s wishes and feelings (PN 3.14e)", "wishes"),
            Fieldset(
                "Who acts (PN 3.17, 3.19)", "child_can_instruct", "adult_willing", "who_acts",
                "litigation_friend",
            ),
            Fieldset("Consulted (PN 3.14)", "manager_consulted_on", "legal_consulted_on"),
            Fieldset("The decision (PN 3.21)", "action", "reasons", "not_done"),
        )  # fmt: skip

    def answers(self):
        return {name: self.cleaned_data[name] for name in ANSWERS}

    def refuse(self, refusal, version):
        """Say what happened, and let the next press be made against the record as it is now."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        self.data = self.data.copy()
        self.data["version"] = version
