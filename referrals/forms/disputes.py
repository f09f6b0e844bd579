"""The questions of a dispute: what it is about, whom to ask, what was answered, what came of it."""

import uuid

from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.models import User
from referrals import access, addressing
from referrals.dispute_records import waiting_for_endorsement, waiting_for_mediation
from referrals.disputefile import steps_of
from referrals.disputes import ACCEPTS

NOBODY = "Nobody by name: whoever has the role"


def area(rows=4):
    return forms.Textarea(attrs={"rows": rows})


def words(label, needed="", *, hint="", rows=4, limit=4000):
    """A box for sentences; `needed` is what is said when it is left empty."""
    return forms.CharField(
        label=label, help_text=hint, max_length=limit, widget=area(rows), required=bool(needed),
        error_messages={"required": needed},
    )  # fmt: skip


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return f"{person.name}, {person.get_role_display().lower()}"


def people_of(rungs, authority, children):
    """Whoever one of the rungs may address, as a choice that may be left open."""
    found = [person.pk for rung in rungs for person in addressing.candidates(authority, rung.role, children)]
    return PersonField(
        User.objects.filter(pk__in=found).order_by("name"), label="Who is asked to answer?", required=False,
        empty_label=NOBODY,
        help_text="Left open, it is the one person who has that role on this case, or all who have it.",
    )  # fmt: skip


def rungs_field(rungs, label):
    days = [(rung.name, f"{rung.name} ({_days(rung)})") for rung in rungs]
    return forms.ChoiceField(
        label=label, choices=days, widget=forms.RadioSelect, error_messages={"required": "Choose the step"},
        initial=rungs[0].name if rungs else None,
        help_text="A step may be passed over with a reason." if len(rungs) > 1 else "",
    )  # fmt: skip


def _days(rung):
    return f"{rung.working_days} working day{'' if rung.working_days == 1 else 's'} to answer"


def why_bypassed():
    return words(
        "If you pass over a step, why?", rows=3, limit=1000,
        hint="For example: the service manager is away and the placement ends on Friday.",
    )  # fmt: skip


class ActForm(forms.Form):
    """What every act of a dispute asks: its own questions, the day, and nothing twice."""

    day = "When did it happen?"

    def __init__(self, *args, dispute, user, act, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.dispute, self.user = dispute, user
        self.ask()
        add_day(self, self.day)
        self.helper = helper(act.button, cancel_url=cancel_url, warning=act.warns)
        self.helper.form_id = "act"

    def ask(self):
        """Questions that depend on the dispute or on who is asked."""

    def entry(self):
        """The answers as the verb takes them."""
        return {**self.cleaned_data, "by": self.user}

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


def add_day(form, label):
    form.fields["on"] = DateField(label=label, subject="The date", past_only=True, initial=timezone.localdate)
    form.fields["submission"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class StepForm(ActForm):
    """The next step: which rung, whom, and why any is passed over."""

    day = "On which day is it taken?"

    def ask(self):
        children = list(self.dispute.children.all())
        here = steps_of(self.dispute)[-1]
        role = here.role if self.dispute.formal_on else ""
        self.rungs = addressing.rungs_above(self.dispute.authority, here.rung, role)
        self.fields["to"] = rungs_field(self.rungs, "To which step?")
        self.fields["person"] = people_of(self.rungs, self.dispute.authority, children)
        self.fields["bypass_reason"] = why_bypassed()
        self.fields["note"] = words(
            "Note for the chronology", hint="What you ask of this manager, if it differs."
        )

    def entry(self):
        to = next(rung for rung in self.rungs if rung.name == self.cleaned_data["to"])
        return {**super().entry(), "to": to}


class AnswerForm(ActForm):
    day = "When was it answered?"
    text = words("What is the answer?", "Write the answer", rows=6)

    def ask(self):
        if not self.dispute.is_good_practice:
            self.fields["accepts"] = forms.ChoiceField(
                label="Does it accept what is asked?", choices=list(ACCEPTS.items()), widget=forms.RadioSelect,
                error_messages={"required": "Say whether the answer accepts what is asked"},
            )  # fmt: skip
            if access.may_pursue(self.user, self.dispute):
                self.fields["given_by"] = forms.CharField(
                    label="Who gave this answer?", max_length=120,
                    help_text="You are writing down what a manager said. Name them and how: “Tess Team, by telephone”.",
                    error_messages={"required": "Say who gave the answer"},
                )  # fmt: skip


class ComplaintsForm(ActForm):
    day = "When were they told?"
    told = words(
        "Who was told of the complaints procedure and of the right to an advocate, and how?",
        "Say who was told, and how",
        hint="The child, parents and others with parental responsibility (DIS-3, REF 2.b).",
    )


class OfAStep(ActForm):
    """An act on one of the steps; asked which only where several wait for it."""

    waiting = None

    def ask(self):
        steps = type(self).waiting(self.dispute)
        if len(steps) > 1:
            self.fields["rung"] = forms.ChoiceField(
                label="Which step?", choices=[(step.rung, step.rung) for step in steps],
                widget=forms.RadioSelect, initial=steps[-1].rung,
                error_messages={"required": "Choose the step"},
            )  # fmt: skip


class EndorseForm(OfAStep):
    waiting = staticmethod(waiting_for_endorsement)
    day = "When did you decide?"
    endorsed = forms.ChoiceField(
        label="Do you endorse the step?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
        error_messages={"required": "Say whether you endorse the step"},
    )  # fmt: skip
    view = words(
        "Your view", "Say why, or why not",
        hint="The step stands either way. If you do not endorse it, the head of service mediates (DIS-5, REF 2.e).",
    )  # fmt: skip

    def entry(self):
        return {**super().entry(), "endorsed": self.cleaned_data["endorsed"] == "yes"}


class MediateForm(OfAStep):
    waiting = staticmethod(waiting_for_mediation)
    day = "When was it mediated?"
    outcome = words("What came of the mediation?", "Say what came of the mediation")


def _changed(needed=""):
    return words(
        "What changed for the child?", needed,
        hint="In a sentence or two a child or a councillor could read.",
    )  # fmt: skip


class ResolveForm(ActForm):
    day = "When was it resolved?"
    changed_for_child = _changed("Say what changed for the child")


class UnresolvedForm(ActForm):
    day = "When did the process end?"
    changed_for_child = _changed()


class WithdrawForm(ActForm):
    day = "When was it withdrawn?"
    reason = words("Why do you withdraw it?", "Say why you withdraw it", limit=2000)
    changed_for_child = _changed()


class ToldForm(ActForm):
    day = "When were they told?"
    note = words("Note for the chronology", hint="How they were told, and what they said.")


class DecisionForm(ActForm):
    day = "When was it decided?"
    decision = words("What is decided, and why?", "Say what is decided, and why", limit=2000)
