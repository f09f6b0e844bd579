"""What Cafcass Legal types on the advice line."""

from uuid import uuid4

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from accounts.models import Organisation
from accounts.roles import OrganisationKind

YES_NO = [("yes", "Yes"), ("no", "No")]
CALLED_FROM = (OrganisationKind.AUTHORITY, OrganisationKind.VOLUNTARY)


def _area(rows):
    return forms.Textarea(attrs={"rows": rows})


class RefusedForm(forms.Form):
    """A form that says on the field at fault why nothing was saved."""

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class NoteForm(RefusedForm):
    """A call to the advice line, written down while it is fresh."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    on = DateField(
        label="Day of the call", subject="The day of the call", past_only=True, initial=timezone.localdate
    )
    caller = forms.CharField(
        label="Who called?", max_length=160, help_text="Their name, and what they do."
    )  # fmt: skip
    authority = forms.ModelChoiceField(
        label="Authority", queryset=Organisation.objects.filter(kind__in=CALLED_FROM), required=False,
        empty_label="Another, named below",
    )  # fmt: skip
    authority_name = forms.CharField(
        label="Another authority or agency", max_length=160, required=False,
        help_text="If it is not in the list.", widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )  # fmt: skip
    child_name = forms.CharField(
        label="Child’s name", max_length=160, required=False,
        help_text="If it was given. By this the note is found when a referral is made on the child.",
    )  # fmt: skip
    child_born = DateField(
        label="Child’s date of birth", past_only=True, required=False, help_text="If it was given."
    )
    matter = forms.CharField(label="What was discussed?", max_length=8000, widget=_area(6))
    guidance = forms.CharField(
        label="Guidance given",
        max_length=8000,
        widget=_area(6),
        help_text="Guidance, not legal advice (PN 3.2).",
    )
    asked_to_act = forms.ChoiceField(
        label="Did the caller ask Cafcass Legal to act?", choices=YES_NO, initial="no",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        help_text="Nothing is started on an informal discussion unless the IRO asks for it (PN 3.2).",
    )  # fmt: skip
    overriding_concern = forms.ChoiceField(
        label="Is there an overriding child-protection concern?", choices=YES_NO, widget=forms.RadioSelect,
        error_messages={"required": "Say whether there is an overriding child-protection concern"},
    )  # fmt: skip
    done_about_it = forms.CharField(label="What was done?", max_length=4000, required=False, widget=_area(3))
    told = forms.CharField(label="Who was told?", max_length=4000, required=False, widget=_area(2))

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["overriding_concern"].reveals = {"yes": ["done_about_it", "told"]}
        self.helper = helper("Keep the note", cancel_url=cancel_url, layout=self._layout())

    def _layout(self):
        return Layout(
            "submission",
            Fieldset("The call", "on", "caller", "authority", "authority_name"),
            Fieldset("The child", "child_name", "child_born"),
            Fieldset(
                "The discussion",
                "matter",
                "guidance",
                "asked_to_act",
                "overriding_concern",
                "done_about_it",
                "told",
            ),
        )

    def note(self):
        """What was typed, as the verb takes it; what belongs to a concern only where there is one."""
        said = {**self.cleaned_data}
        for name in ("asked_to_act", "overriding_concern"):
            said[name] = said[name] == "yes"
        if not said["overriding_concern"]:
            said |= {"done_about_it": "", "told": ""}
        return said


class AdditionForm(RefusedForm):
    text = forms.CharField(
        label="Add to the note, or put it right", max_length=8000, widget=_area(4),
        help_text="What was written stays as it is; this stands beneath it with your name and the time.",
        error_messages={"required": "Write what is to be added to the note"},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Add to the note")


class HoldBackForm(RefusedForm):
    reason = forms.CharField(
        label="Why is this note not shared?", max_length=4000, widget=_area(4),
        help_text="For example: it is about another child with the same name.",
        error_messages={"required": "Say why this note is not shared"},
    )  # fmt: skip

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Hold the note back", cancel_url=cancel_url)
