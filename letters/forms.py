"""The questions each letter asks its author, and the ones its readers are asked."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.models import User
from accounts.roles import PersonRole
from cases.appointments import CONFLICTS
from letters import access, actions, answers, gather
from letters.kinds import TO_THE_CHILD, LetterKind

EVERY_CHILD = "Every child in this letter"
GOODBYE = [("planned", "It is planned"), ("done", "It has been made"), ("not_applicable", "Not applicable")]
FEWEST_ROWS, MOST_ROWS = 3, 50


def _area(rows=3):
    return forms.Textarea(attrs={"rows": rows})


class AnswersForm(forms.Form):
    """What one letter's author types. Nothing is required until approval, so half a letter can be kept."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, letter, cancel_url=""):
        self.letter = letter
        self.children = gather.children_of(letter)
        initial = {**self.first(answers.read(letter)), "version": letter.version}
        super().__init__(data, initial=initial)
        for name, field in self.fields.items():
            field.required = name == "version"
        self.helper = helper("", form_tag=False, mark_optional=False, layout=self.layout())

    def first(self, typed):
        return typed

    def layout(self):
        return Layout(*self.fields)

    def typed(self):
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "kind")}

    def kind(self):
        return None

    def refuse(self, refusal, version):
        """Say what happened, and let the next press be made against the letter as it is now."""
        self.add_error(None, str(refusal))
        self.data = self.data.copy()
        self.data["version"] = version


class Appendix2Form(AnswersForm):
    outcome = forms.CharField(
        label="What did the court decide?", widget=_area(), max_length=2000,
        help_text="The orders made, and for which child where they differ.",
    )  # fmt: skip
    goodbye = forms.ChoiceField(
        label="Is there one goodbye visit to the child?", choices=GOODBYE, widget=forms.RadioSelect
    )
    goodbye_visit_on = DateField(
        label="Day of the goodbye visit", help_text="If there is one, planned or already made."
    )  # fmt: skip
    final_plan_provided_on = DateField(
        label="On which day did the final care plan reach the IRO?", subject="The day it reached the IRO",
        past_only=True, help_text="Leave this empty if it has not. Within 10 working days (END-1, GPP Completion).",
    )  # fmt: skip
    final_plan_discussed_on = DateField(
        label="On which day did you and the IRO talk it through?", subject="The day you talked it through",
        past_only=True, help_text="Leave this empty if you have not. Within 10 working days (END-2, PN 2.3).",
    )  # fmt: skip
    oversight = forms.CharField(
        label="How closely does the plan need watching?", widget=_area(), max_length=4000,
        help_text="What could go wrong with this plan, and what you would look at and how often.",
    )  # fmt: skip
    oversight_agreed_on = DateField(
        label="On which day did you and the IRO agree this?", subject="The day you agreed it", past_only=True,
        help_text="Leave this empty if you have not. Asked for where permanence was not settled (END-9, AGR 17).",
    )  # fmt: skip
    documents_confirmed_on = DateField(
        label="On which day did you check that the IRO has every relevant document?",
        subject="The day you checked the documents", past_only=True,
        help_text="Leave this empty if you have not (END-6, PN 2.2).",
    )  # fmt: skip

    def __init__(self, data=None, *, letter, cancel_url=""):
        self.rows = max(FEWEST_ROWS, len(letter.answers.get("matters", [])) + 1)
        if data:
            self.rows = max(self.rows, sum(name.startswith("matter_") for name in data))
        self.is_too_long, self.rows = self.rows > MOST_ROWS, min(self.rows, MOST_ROWS)
        super().__init__(data, letter=letter, cancel_url=cancel_url)

    def layout(self):
        matters = [name for row in range(1, self.rows + 1) for name in self._add_row(row)]
        return Layout(
            "version",
            Fieldset("The outcome", "outcome", "goodbye", "goodbye_visit_on"),
            Fieldset("The final care plan", "final_plan_provided_on", "final_plan_discussed_on"),
            Fieldset("What needs watching", "oversight", "oversight_agreed_on"),
            Fieldset("Matters for the IRO’s attention", *matters),
            Fieldset("Papers", "documents_confirmed_on"),
        )

    def _add_row(self, row):
        hint = "One matter in each box: what is to happen, who said so, and by when. " \
            "It stands at the child’s next review until the IRO closes it with evidence."  # fmt: skip
        self.fields[f"matter_{row}"] = forms.CharField(
            label=f"Matter {row}", required=False, widget=_area(), max_length=2000,
            help_text=hint if row == 1 else "",
        )  # fmt: skip
        if len(self.children) == 1:
            return [f"matter_{row}"]
        self.fields[f"about_{row}"] = forms.ChoiceField(
            label=f"Which child is matter {row} about?", required=False,
            choices=[("", EVERY_CHILD), *((child.key, child.name) for child in self.children)],
        )  # fmt: skip
        return [f"matter_{row}", f"about_{row}"]

    def clean(self):
        if self.is_too_long:
            self.add_error(
                None, f"A letter carries at most {MOST_ROWS} matters. Put what belongs together into one."
            )
        return self.cleaned_data

    def first(self, typed):
        matters = typed.pop("matters", [])
        for row, matter in enumerate(matters, 1):
            typed |= {f"matter_{row}": matter["text"], f"about_{row}": matter.get("child", "")}
        return typed

    def typed(self):
        data = super().typed()
        rows = [
            {"text": data.pop(f"matter_{row}").strip(), "child": data.pop(f"about_{row}", "")}
            for row in range(1, self.rows + 1)
        ]
        if data["goodbye"] not in ("planned", "done"):
            data["goodbye_visit_on"] = None
        return data | {"matters": [row for row in rows if row["text"]]}


class ToTheChildForm(AnswersForm):
    reading = forms.ChoiceField(
        label="Who will read it?", widget=forms.RadioSelect,
        choices=[
            (LetterKind.TO_THE_CHILD_YOUNGER, "A younger child: short words, or read aloud"),
            (LetterKind.TO_THE_CHILD_OLDER, "An older child or young person"),
        ],
    )  # fmt: skip
    child_name = forms.CharField(label="What does the child like to be called?", max_length=80)
    what_was_decided = forms.CharField(
        label="What did the judge decide?", widget=_area(), max_length=1000,
        help_text="Write it to the child: “The judge decided that you will stay with …”. Give no addresses.",
    )  # fmt: skip
    goodbye = forms.ChoiceField(
        label="Will you visit once more to say goodbye?", widget=forms.RadioSelect,
        choices=[("planned", "Yes"), ("not_applicable", "No")],
    )  # fmt: skip
    goodbye_visit_on = DateField(label="Day of the goodbye visit")
    personal_words = forms.CharField(
        label="Is there anything of your own you would like to say?", widget=_area(), max_length=1000,
        help_text="Something only you would write: a thing the child told you or showed you.",
    )  # fmt: skip

    def __init__(self, data=None, *, letter, cancel_url=""):
        super().__init__(data, letter=letter, cancel_url=cancel_url)
        self.fields["goodbye"].reveals = {"planned": ["goodbye_visit_on"]}

    def layout(self):
        return Layout(*(name for name in self.fields if name != "goodbye_visit_on"))

    def first(self, typed):
        known = {"reading": self.letter.kind, "child_name": gather.first_name(self.children[0])}
        return known | {name: value for name, value in typed.items() if value}

    def typed(self):
        data = super().typed()
        del data["reading"]
        if data["goodbye"] != "planned":
            data["goodbye_visit_on"] = None
        return data

    def kind(self):
        return self.cleaned_data["reading"] or None


FORMS = {LetterKind.APPENDIX_2: Appendix2Form} | dict.fromkeys(TO_THE_CHILD, ToTheChildForm)


class SendForm(forms.Form):
    on = DateField(
        label="Which day is the letter dated and sent?", subject="The day it is sent", past_only=True,
        initial=timezone.localdate,
    )  # fmt: skip

    def __init__(self, data=None, *, cancel_url):
        super().__init__(data)
        self.helper = helper("Send this letter", cancel_url=cancel_url)


class AcknowledgeForm(forms.Form):
    """Names the IRO. Where no child has one yet, it allocates the one named, so it asks about conflicts."""

    def __init__(self, data=None, *, letter, user, cancel_url):
        super().__init__(data)
        self.letter, self.user = letter, user
        self.is_for_them = user.organisation_id != letter.authority_id
        if self.is_for_them:
            self._ask_what_they_said()
        else:
            self._ask_who()
        self.fields["on"] = DateField(
            label="When was it acknowledged?" if self.is_for_them else "From which day?",
            subject="The day", past_only=True, initial=timezone.localdate,
        )  # fmt: skip
        self.helper = helper("Acknowledge the letter", cancel_url=cancel_url)

    def _ask_what_they_said(self):
        self.fields["named"] = forms.CharField(
            label="Which IRO did they name?",
            max_length=120,
            error_messages={"required": "Enter the IRO’s name."},
        )
        self.fields["how_known"] = forms.CharField(
            label="How do you know?", max_length=200,
            help_text=f"{self.letter.authority} is not on this system: this is recorded on its behalf.",
            error_messages={"required": "Say how you know, for example “telephone call from the IRO manager”."},
        )  # fmt: skip

    def _ask_who(self):
        known = gather.iros_of(gather.children_of(self.letter))
        people = User.objects.filter(
            organisation=self.letter.authority, role=PersonRole.IRO, is_active=True
        ) | User.objects.filter(pk__in=[iro.pk for iro in known])
        self.fields["iro"] = forms.ModelChoiceField(
            people, label="Who is the IRO?", empty_label="Choose", initial=known[0].pk if known else None,
            error_messages={"required": "Choose the IRO: naming them is what acknowledges the letter."},
        )  # fmt: skip
        lacking = actions.without_iro(self.letter)
        if lacking:
            names = ", ".join(child.name for child in lacking)
            self.fields["iro"].help_text = f"{names}: no IRO yet. The one you choose is allocated."
            self.fields["conflicts"] = forms.MultipleChoiceField(
                label="Does any of these apply to the person?", required=False,
                choices=[(name, text[0].upper() + text[1:]) for name, text in CONFLICTS.items()],
                widget=forms.CheckboxSelectMultiple,
                help_text="Any of them rules the person out (Care Planning Regulations 2010, reg 46).",
            )  # fmt: skip

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class ScoreForm(forms.Form):
    """One press scores the handover; only a low score is asked for its reason."""

    SCORES = ((5, "Very useful"), (4, "Useful"), (3, "Some use"), (2, "Little use"), (1, "No use"))

    usefulness = forms.TypedChoiceField(
        choices=[(score, words) for score, words in SCORES], coerce=int, widget=forms.HiddenInput,
        error_messages={"required": "Choose how useful the letter was.", "invalid_choice": "Choose a score from 1 to 5."},
    )  # fmt: skip
    reason = forms.CharField(label="What was missing?", required=False, widget=_area(), max_length=2000)


class WordingForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Your wording", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 25}),
        help_text="Leave this empty to go back to the national wording.",
    )  # fmt: skip

    def __init__(self, data=None, *, initial, cancel_url):
        super().__init__(data, initial=initial)
        self.helper = helper("Agree this wording", cancel_url=cancel_url, mark_optional=False)


def may_edit(user, letter):
    return not letter.is_gone and letter.kind in FORMS and access.may_work_on(user, letter)
