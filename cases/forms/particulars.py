"""What a serious record says besides the Protocol's own fields: participation, venue, how contact was made."""

from django import forms

from protocol.happenings import Happening

PARTICIPATION = [
    ("", "Choose"),
    ("PN0", "PN0: under four years old"),
    ("PN1", "PN1: attended and spoke"),
    ("PN2", "PN2: attended, an advocate spoke"),
    ("PN3", "PN3: attended, by symbols or signs"),
    ("PN4", "PN4: attended, did not contribute"),
    ("PN5", "PN5: absent, briefed an advocate"),
    ("PN6", "PN6: absent, sent views"),
    ("PN7", "PN7: absent, no views sent"),
]
MEANS = [("telephone", "Telephone"), ("video", "Video call"), ("e-mail", "E-mail"), ("meeting", "Meeting")]


def fields(form):
    """The extra fields of a form, by the happening it records."""
    make = MAKERS.get(form.specification.name)
    return make(form) if make else {}


def of(form):
    """The extra answers given, ready for the chronology."""
    names = fields(form)
    given = {name: form.cleaned_data[name] for name in names if form.cleaned_data.get(name)}
    participation = {
        name.removeprefix("participation_"): given.pop(name)
        for name in list(given) if name.startswith("participation_")
    }  # fmt: skip
    return given | ({"participation": participation} if participation else {})


def _review(form):
    asked = {
        f"participation_{child.pk}": forms.ChoiceField(
            label=f"How did {child.name} take part?", choices=PARTICIPATION, required=False
        )
        for child in form.children
    }
    return asked | {
        "iro_view": forms.CharField(
            label="The IRO’s view of the plan and its progress", required=False, widget=_area()
        )
    }


def _contact(form):
    return {
        "means": forms.ChoiceField(
            label="How", choices=MEANS, widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"})
        )
    }


def _listed(form):
    return {"court": forms.CharField(label="Court and time", required=False, max_length=120)}


def _meeting(form):
    return {
        "young_person": forms.ChoiceField(
            label="Did the young person take part?",
            choices=[("took part", "Yes"), ("did not take part", "No")],
            help_text="IRO and guardian decide this together, by age and understanding (GPP Completion).",
            widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        )
    }


class MattersField(forms.CharField):
    """Matters for the IRO's attention, one a line."""

    def __init__(self):
        super().__init__(
            label="Matters the letter raises for the IRO’s attention",
            required=False,
            widget=_area(),
            help_text="One on each line. Each stands at the next review until the IRO closes it with evidence.",
        )

    def clean(self, value):
        return [{"text": line.strip()} for line in super().clean(value).splitlines() if line.strip()]


def _handover(form):
    return {"matters": MattersField()}


def _area():
    return forms.Textarea(attrs={"rows": 4})


MAKERS = {
    Happening.REVIEW_HELD: _review,
    Happening.CONTACT: _contact,
    Happening.HEARING_LISTED: _listed,
    Happening.HANDOVER_MEETING_HELD: _meeting,
    Happening.APPENDIX_2_SENT: _handover,
}
