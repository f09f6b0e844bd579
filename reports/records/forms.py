"""The forms of a record's end, and of a pack."""

from uuid import uuid4

from django import forms

from accounts.govuk import helper
from reports.records.models import Hold


class Refusable(forms.Form):
    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class ActForm(Refusable):
    """One act on a record; several of them stand on a page, each with ids of its own."""

    button, warning = "", False

    def __init__(self, data=None, *, action):
        name = type(self).__name__.removesuffix("Form").lower()
        super().__init__(data, auto_id=f"id_{name}_%s")
        self.helper = helper(self.button, action=action, warning=self.warning, error_summary=False)


def _why(label, missing, hint=""):
    return forms.CharField(
        label=label, help_text=hint, max_length=500, error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ProposeForm(ActForm):
    button, warning = "Propose disposal", True
    reason = _why(
        "Why is the record to go?",
        "Say why the record is to go",
        "For example: the time is over and nobody has asked for it. Leave the child’s name out: the certificate "
        "keeps this for ever.",
    )


class AgreeForm(ActForm):
    button, warning = "Agree: dispose of the record", True


class DeclineForm(ActForm):
    button = "Keep the record"
    reason = _why("Why does the record stay?", "Say why the record stays")


class HoldForm(ActForm):
    button = "Hold the record"
    ground = forms.ChoiceField(
        label="What is the record held for?",
        choices=Hold.Ground,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what the record is held for"},
    )
    reason = _why(
        "Which claim, inquiry or other matter?",
        "Say which claim, inquiry or other matter the record is held for",
    )


class LiftForm(ActForm):
    button = "Lift the hold"
    reason = _why("Why need the record no longer be held?", "Say why the record need no longer be held")


class PackForm(Refusable):
    """What the pack is for, and which names of other people are left out of it."""

    purpose = forms.CharField(
        label="What is it for?",
        max_length=200,
        help_text="For example: the answer to subject-access request 2041. Give its number, not the child’s name.",
        error_messages={"required": "Say what the pack is for"},
    )
    withheld = forms.MultipleChoiceField(
        label="Leave out these names",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Other people are left out unless they agree, or it is reasonable to name them without (Data "
        "Protection Act 2018 Schedule 2 paragraph 16). People who acted for an agency are named as a rule "
        "(paragraph 17).",
    )
    more = forms.CharField(
        label="Other names to leave out, one on each line",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Names that stand in notes and letters only: a parent, a carer, a friend.",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, others, cancel_url, **kwargs):
        private = [other.name for other in others if other.is_private]
        super().__init__(*args, initial={"submission": uuid4(), "withheld": private}, **kwargs)
        self.fields["withheld"].choices = [(other.name, f"{other.name} ({other.part})") for other in others]
        if not others:
            del self.fields["withheld"]
        self.helper = helper("Make the pack", cancel_url=cancel_url)

    def names(self):
        typed = [line.strip() for line in self.cleaned_data["more"].splitlines() if line.strip()]
        return [*self.cleaned_data.get("withheld", []), *typed]
