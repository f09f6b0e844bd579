"""Signing a local agreement, and recording that it was reviewed."""

import uuid
from datetime import date

from django import forms
from django.utils import timezone

from accounts.govuk import DateField, helper
from cases import agreements
from protocol.agreement import Agreement
from protocol.faults import Malformed
from protocol.sentences import counted_from
from protocol.vocabulary import Part


class AgreementForm(forms.Form):
    """The terms of a local agreement. A limit looser than the Protocol's is refused in the Protocol's own words."""

    other_party = forms.ModelChoiceField(
        queryset=None, empty_label="Choose", error_messages={"required": "Choose the other party"}
    )
    signed_on = DateField(label="Date signed", past_only=True)
    from_on = DateField(
        label="In force from",
        subject="The date it is in force from",
        help_text="What opens on or after this day is counted by the agreement. It cannot be before the signing.",
    )
    signed_for_cafcass = forms.CharField(
        label="Signed for Cafcass by",
        max_length=120,
        help_text="Name and post, for example Priya Shah, Head of Service.",
        error_messages={"required": "Enter who signed for Cafcass"},
    )
    signed_for_authority = forms.CharField(
        label="Signed for the IRO service by",
        max_length=120,
        help_text="Name and post, for example Tom Reid, Head of Safeguarding.",
        error_messages={"required": "Enter who signed for the IRO service"},
    )
    variations = forms.MultipleChoiceField(
        label="Local variations to switch on",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(duty.id, duty.id) for duty in agreements.VARIATIONS],
        help_text="The national protocol does not ask for these; some areas do.",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["other_party"].queryset = agreements.other_parties(user)
        self.fields["other_party"].label = (
            "Cafcass office" if user.organisation.is_authority else "Local authority"
        )
        self.fields["variations"].choices = [
            (duty.id, f"{duty.id}: {duty.sentence}") for duty in agreements.VARIATIONS
        ]
        for duty in agreements.TIGHTENABLE:
            self.fields[name_of(duty)] = _limit(duty)

    @property
    def limits(self):
        """The number boxes by part of the Protocol."""
        return [
            {"part": part, "fields": [self[name_of(duty)] for duty in duties]}
            for part in Part
            if (duties := [duty for duty in agreements.TIGHTENABLE if duty.part is part])
        ]

    @property
    def parties(self):
        """What stands above the limits."""
        return [self[name] for name in self.base_fields if not self[name].is_hidden]

    def clean(self):
        data = super().clean()
        for duty in agreements.TIGHTENABLE:
            number = data.get(name_of(duty))
            if number is not None:
                self._check(duty, number)
        return data

    def _check(self, duty, number):
        try:
            Agreement(date.min, tighter={duty.id: number})
        except Malformed as fault:
            self.add_error(name_of(duty), f"{fault}.")

    def terms(self):
        data, own = self.cleaned_data, self.user.organisation
        authority, office = (own, data["other_party"]) if own.is_authority else (data["other_party"], own)
        return agreements.Terms(
            authority,
            office,
            data["signed_on"],
            data["from_on"],
            data["signed_for_cafcass"],
            data["signed_for_authority"],
            tuple(data["variations"]),
            {
                duty.id: data[name_of(duty)]
                for duty in agreements.TIGHTENABLE
                if data.get(name_of(duty)) is not None
            },
        )

    @property
    def carried(self):
        """Every answer as one hidden box, so that the page that asks to check loses nothing."""
        pairs = []
        for name in self.fields:
            value = self.cleaned_data.get(name)
            for one in value if isinstance(value, list) else [value]:
                if one not in (None, ""):
                    pairs.append((name, getattr(one, "pk", one)))
        return [(name, value.isoformat() if isinstance(value, date) else value) for name, value in pairs]

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


def name_of(duty):
    return f"tighter_{duty.id}"


def _limit(duty):
    return forms.IntegerField(
        label=f"{duty.id}: {duty.action.rstrip(',')}",
        required=False,
        help_text=_hint(duty),
        error_messages={"invalid": f"The limit for {duty.id} must be a whole number of {duty.unit.label}s"},
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )


def _hint(duty):
    """The limit as it is, and which numbers would tighten it."""
    own = duty.own_number
    counts_back = duty.due[0].counts_back
    whose = "Our own target" if duty.is_target else "The Protocol"
    period = f"{own} {duty.unit.label}{'' if own == 1 else 's'} {'before' if counts_back else 'from'}"
    return f"{whose}: {period} {' or '.join(_anchors(duty))}. A tighter limit is {_tighter(duty, own, counts_back)}."


def _anchors(duty):
    return dict.fromkeys(counted_from(due.of) for due in duty.due if due.period == duty.due[0].period)


def _tighter(duty, own, counts_back):
    if counts_back:
        return f"{own + 1} or more"
    limit = agreements.least(duty)
    if own - 1 > limit:
        return f"{limit} to {own - 1}"
    return f"{limit}, the same working day" if limit == 0 else str(limit)


class ReviewAgreementForm(forms.Form):
    on = DateField(
        label="When was it reviewed?",
        subject="The date of the review",
        past_only=True,
        initial=timezone.localdate,
    )
    note = forms.CharField(
        label="What came of it",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Who took part, what works, and whether a new version is to be signed.",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, cancel_url, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("Record the local review", cancel_url=cancel_url)

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
