"""The ladder as a form: one group of questions a step, in the order in which a dispute climbs it."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from accounts.govuk import helper
from referrals import ladders
from referrals.models.ladder import ADDRESSED

SPARE = 2


class LadderForm(forms.Form):
    """Every step of the ladder, with two empty ones to add; a step whose name is emptied is taken away."""

    def __init__(self, data=None, *, rungs, cancel_url):
        super().__init__(data)
        self.rows = max(len(rungs) + SPARE, _rows_typed(data))
        for number in range(1, self.rows + 1):
            self._add_row(number, rungs[number - 1] if number <= len(rungs) else None)
        self.helper = helper(
            "Keep this ladder", cancel_url=cancel_url, mark_optional=False, layout=self._layout()
        )

    def _add_row(self, number, rung):
        self.fields[f"name_{number}"] = forms.CharField(
            label="Name of the step", max_length=60, required=False, initial=rung.name if rung else "",
            widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        )  # fmt: skip
        self.fields[f"role_{number}"] = forms.ChoiceField(
            label="Whom it addresses", required=False, initial=rung.role if rung else "",
            choices=[("", "Choose"), *((role.value, role.label) for role in ADDRESSED)],
        )  # fmt: skip
        self.fields[f"days_{number}"] = forms.IntegerField(
            label="Working days to answer", required=False, initial=rung.working_days if rung else None,
            help_text="Leave empty for an informal step, which is outside the clock.",
            error_messages={"invalid": "The working days must be a whole number"},
            widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        )  # fmt: skip

    def _layout(self):
        return Layout(
            *(
                Fieldset(f"Step {number}", *(f"{part}_{number}" for part in ("name", "role", "days")))
                for number in range(1, self.rows + 1)
            )
        )

    def steps(self):
        """The steps typed, with the number of the row each stands in."""
        data = self.cleaned_data
        typed = {
            number: ladders.Step(data[f"name_{number}"], data[f"role_{number}"], data[f"days_{number}"])
            for number in range(1, self.rows + 1)
        }
        self.kept = [number for number, step in typed.items() if step.name or step.working_days is not None]
        return [typed[number] for number in self.kept]

    def refuse(self, refusal):
        """A refusal names a step by its place in the ladder; an emptied row above it has moved it down the page."""
        part, _, place = (refusal.field or "").rpartition("_")
        rows = dict(enumerate(self.kept, 1))
        field = f"{part}_{rows.get(int(place), place)}" if place else None
        self.add_error(field if field in self.fields else None, str(refusal))


def _rows_typed(data):
    """How many rows were sent, as far as a ladder goes; a row of any other number is none."""
    rows = range(1, ladders.MOST + SPARE + 1)
    return max((number for number in rows if f"name_{number}" in (data or {})), default=0)
