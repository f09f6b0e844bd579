"""Forms that look and behave as GOV.UK forms do.

    class HearingForm(forms.Form):
        held_on = DateField(label="Date of hearing", past_only=True)      # three boxes, clear errors
        outcome = forms.ChoiceField(widget=forms.RadioSelect, choices=…)
        why = forms.CharField(widget=forms.Textarea, required=False)

        outcome.hints = {"moved": "A new date is known"}                  # a hint under one choice
        outcome.reveals = {"moved": ["new_date"]}                         # fields that belong to one choice

    form.helper = helper("Record the hearing", cancel_url=case_url)       # then {% crispy form %}

`helper()` marks what need not be answered "(optional)" and puts the error summary above the form; with
`error_summary=False` the page shows it itself (`components/error_summary.html`). `{{ form|crispy }}` gives
fields only. Widths go on the widget: `attrs={"class": "govuk-input--width-10"}`; on radios and checkboxes the
class goes on the group: `govuk-radios--inline`. Groups of questions: crispy's `Fieldset("Legend", "a", "b")`.
"""

import datetime as dt
import re

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.utils import timezone

MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
PARTS = ("day", "month", "year")


def helper(
    submit_text: str = "Continue",
    *,
    cancel_url: str = "",
    cancel_text: str = "Cancel",
    warning: bool = False,
    method: str = "post",
    action: str = "",
    form_tag: bool = True,
    error_summary: bool = True,
    mark_optional: bool | None = None,
    layout=None,
) -> FormHelper:
    """How a form is shown: its button, where "Cancel" leads, whether the act is one to be warned about."""
    shown = FormHelper()
    shown.form_method = method
    shown.form_action = action
    shown.form_tag = form_tag
    shown.include_media = False
    shown.submit_text = submit_text
    shown.cancel_url = cancel_url
    shown.cancel_text = cancel_text
    shown.warning = warning
    shown.no_error_summary = not error_summary
    shown.mark_optional = method == "post" if mark_optional is None else mark_optional
    if layout is not None:
        shown.layout = layout
    return shown


class DateInput(forms.MultiWidget):
    """Day, month and year, typed. What was typed is what is shown again."""

    use_fieldset = True

    def __init__(self, attrs=None):
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value):
        if isinstance(value, str):
            value = _from_iso(value) or value
        if isinstance(value, dt.datetime):
            value = timezone.localtime(value) if timezone.is_aware(value) else value
        return [value.day, value.month, value.year] if isinstance(value, dt.date) else ["", "", ""]

    def value_from_datadict(self, data, files, name):
        typed = super().value_from_datadict(data, files, name)
        # A link or a hidden input may carry the whole date in one piece.
        return data[name] if name in data and not any(typed) else typed

    def id_for_label(self, id_):
        return f"{id_}_0" if id_ else id_


class DateField(forms.Field):
    """A date in three parts. Its errors name the date and the part that is wrong.

    `subject` is what the errors call it ("The date of review"); the label serves unless it is a question.
    """

    widget = DateInput

    def __init__(self, *, past_only: bool = False, future_only: bool = False, subject: str = "", **kwargs):
        self.past_only, self.future_only, self.subject = past_only, future_only, subject
        super().__init__(**kwargs)

    def get_bound_field(self, form, field_name):
        if self.label is None:
            self.label = pretty_name(field_name)
        return super().get_bound_field(form, field_name)

    def called(self) -> str:
        label = str(self.label or "")
        return self.subject or (label if label and not label.endswith("?") else "The date")

    def to_python(self, value) -> dt.date | None:
        if isinstance(value, dt.datetime):
            return value.date()
        if value is None or isinstance(value, dt.date):
            return value
        if isinstance(value, str):
            if not value.strip():
                return None
            if (day := _from_iso(value)) is None:
                raise self.wrong("must be a real date", *PARTS)
            return day
        typed = [str(part or "").strip() for part in value]
        if not any(typed):
            return None
        if missing := [name for name, part in zip(PARTS, typed, strict=True) if not part]:
            raise self.wrong(f"must include a {' and '.join(missing)}", *missing)
        day, month, year = _number(typed[0]), _month(typed[1]), _number(typed[2])
        if year is not None and not re.fullmatch(r"\d{4}", typed[2]):
            raise self.wrong("must have a year of 4 numbers, like 2025", "year")
        try:
            return dt.date(year, month, day)
        except (TypeError, ValueError):
            unreal = []
            if day is None or not 1 <= day <= 31:
                unreal.append("day")
            if month is None:
                unreal.append("month")
            if year is None or year < 1:
                unreal.append("year")
            raise self.wrong("must be a real date", *(unreal if len(unreal) == 1 else PARTS)) from None

    def validate(self, value):
        if value is None:
            if self.required:
                called = self.called()
                message = self.error_messages["required"]
                if message == self.default_error_messages["required"]:
                    message = f"Enter {after_a_verb(called)}"
                raise ValidationError(message, code="required")
            return
        today = timezone.localdate()
        if self.past_only and value > today:
            raise self.wrong("must be today or in the past", *PARTS)
        if self.future_only and value < today:
            raise self.wrong("must be today or in the future", *PARTS)

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def wrong(self, words: str, *parts: str) -> ValidationError:
        """The code says which parts are wrong, so that the page can point at them."""
        return ValidationError(f"{self.called()} {words}", code=" ".join(("date", *parts)))


def after_a_verb(label: str) -> str:
    """ "Court case number" loses its capital inside a sentence; "IRO" keeps its own."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


def _number(typed: str) -> int | None:
    return int(typed) if re.fullmatch(r"[0-9]{1,4}", typed) else None


def _month(typed: str) -> int | None:
    """A number from 1 to 12, or a month's name or its first three letters or more."""
    if (number := _number(typed)) is not None:
        return number if 1 <= number <= 12 else None
    word = typed.lower().rstrip(".")
    matches = [at for at, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return 9 if word == "sept" else matches[0] if matches else None


def _from_iso(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed.strip())
    except ValueError:
        return None
