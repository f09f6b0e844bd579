"""What the `govuk` crispy pack needs to know about a field: its kind, its ids, its options."""

from dataclasses import dataclass, field

from django import forms
from django.forms import BoundField
from django.forms.formsets import BaseFormSet
from django.template import Library
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.govuk import PARTS, DateInput, after_a_verb

register = Library()

# First match wins. CheckboxSelectMultiple is a RadioSelect to Python, so it comes before it.
KINDS = [
    (DateInput, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.Select, "select"),
    (forms.MultiWidget, "several"),
]
BASE_CLASS = {
    "checkbox": "govuk-checkboxes__input",
    "file": "govuk-file-upload",
    "textarea": "govuk-textarea",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "select": "govuk-select",
    "text": "govuk-input",
    "several": "govuk-input",
}
ERROR_CLASS = {
    "file": "govuk-file-upload--error",
    "textarea": "govuk-textarea--error",
    "select": "govuk-select--error",
    "text": "govuk-input--error",
    "password": "govuk-input--error",
    "several": "govuk-input--error",
}
# The month has room for a word.
WIDTH = {"day": "govuk-input--width-2", "month": "govuk-input--width-3", "year": "govuk-input--width-4"}
VERB = {"file": "Choose a file for", "text": "Enter", "textarea": "Enter", "password": "Enter"}
NOT_ANSWERED = forms.Field.default_error_messages["required"]


@dataclass
class Option:
    id: str
    name: str
    value: str
    label: str
    is_checked: bool
    is_disabled: bool
    hint: str = ""
    hint_id: str = ""
    described_by: str = ""
    reveals: list[BoundField] = field(default_factory=list)


@dataclass
class DatePart:
    id: str
    name: str
    value: str
    label: str
    classes: str
    inputmode: str
    autocomplete: str = ""


@dataclass
class Shape:
    """One field as the pack draws it."""

    kind: str
    id: str
    label: str
    hint: str
    hint_id: str
    error_id: str
    described_by: str
    errors: list[str]
    classes: str = ""
    parts: list[DatePart] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    widget: str = ""

    @property
    def template(self) -> str:
        return f"govuk/fields/{'text' if self.kind in ('select', 'textarea', 'file') else self.kind}.html"


def kind_of(bound: BoundField) -> str:
    if bound.is_hidden:
        return "hidden"
    return next((kind for widget, kind in KINDS if isinstance(bound.field.widget, widget)), "text")


def first_id(bound: BoundField) -> str:
    """The id of the first thing one can type in or tick: where a link in the error summary leads."""
    kind = kind_of(bound)
    if kind == "date":
        wrong = _wrong_parts(bound)
        return f"{bound.auto_id}_{PARTS.index(wrong[0]) if wrong else 0}"
    if kind in ("radios", "checkboxes"):
        options = _options(bound, "")
        return options[0].id if options else ""
    if kind == "several":
        return f"{bound.auto_id}_0"
    return "" if kind == "hidden" else bound.id_for_label


def errors_of(bound: BoundField) -> list[str]:
    """A field's errors; "This field is required" says nothing in a list of ten, so it names the field."""
    return [not_answered(bound) if error == NOT_ANSWERED else error for error in bound.errors]


def not_answered(bound: BoundField) -> str:
    label, kind = str(bound.label or ""), kind_of(bound)
    if label.endswith("?"):
        return f"Answer “{label}”"
    if kind == "checkbox":
        return f"Tick to confirm: {label}"
    return f"{VERB.get(kind, 'Choose')} {after_a_verb(label)}"


@register.simple_tag
def shape(bound: BoundField, mark_optional=False) -> Shape:
    kind = kind_of(bound)
    if kind == "hidden":
        return Shape("hidden", bound.auto_id, "", "", "", "", "", [], widget=bound.as_widget())
    wanted = bound.field.widget.attrs.get("aria-describedby", "")
    errors = errors_of(bound)
    hint_id = f"{bound.auto_id}_hint" if bound.help_text else ""
    error_id = f"{bound.auto_id}_error" if errors else ""
    described_by = " ".join(filter(None, [wanted, hint_id, error_id]))
    label = str(bound.label or "")
    if mark_optional and not bound.field.required and kind != "checkbox" and "optional" not in label.lower():
        label = format_html("{} (optional)", label)
    shaped = Shape(kind, first_id(bound), label, bound.help_text, hint_id, error_id, described_by, errors)
    shaped.classes = bound.field.widget.attrs.get("class", "")
    if kind == "date":
        shaped.parts = _parts(bound)
    elif kind in ("radios", "checkboxes"):
        shaped.options = _options(bound, described_by)
    else:
        shaped.widget = _widget(bound, kind, described_by, bool(errors))
    return shaped


def _widget(bound: BoundField, kind: str, described_by: str, is_wrong: bool) -> SafeString:
    widget = bound.field.widget
    classes = [BASE_CLASS[kind], widget.attrs.get("class", ""), ERROR_CLASS.get(kind, "") if is_wrong else ""]
    attrs = {"class": " ".join(filter(None, classes))}
    if described_by and kind != "several":
        attrs["aria-describedby"] = described_by
    if kind == "password":
        attrs.setdefault("autocomplete", widget.attrs.get("autocomplete", "current-password"))
        attrs |= {"autocapitalize": "none", "spellcheck": "false"}
    if kind == "textarea" and widget.attrs.get("rows", "10") == "10":
        attrs["rows"] = "5"
    if isinstance(widget, forms.EmailInput):
        attrs |= {"spellcheck": "false", "autocomplete": widget.attrs.get("autocomplete", "email")}
    if isinstance(widget, forms.NumberInput):
        # A number box changes under the scroll wheel; GOV.UK asks for a text box with a number keyboard.
        is_decimal = isinstance(bound.field, forms.DecimalField | forms.FloatField)
        attrs["inputmode"] = "decimal" if is_decimal else "numeric"
        widget.input_type = "text"
        for attribute in ("min", "max", "step"):
            widget.attrs.pop(attribute, None)
    # The server answers with words about the field; the browser's own bubble would come first and say less.
    asked, bound.form.use_required_attribute = bound.form.use_required_attribute, False
    try:
        return bound.as_widget(attrs=attrs)
    finally:
        bound.form.use_required_attribute = asked


def _wrong_parts(bound: BoundField) -> list[str]:
    if not bound.errors:
        return []
    told = {word for error in bound.errors.as_data() for word in (error.code or "").split()}
    return [part for part in PARTS if part in told] or list(PARTS)


def _parts(bound: BoundField) -> list[DatePart]:
    value = bound.value()
    typed = value if isinstance(value, list | tuple) else bound.field.widget.decompress(value)
    wrong = _wrong_parts(bound)
    birth = bound.field.widget.attrs.get("autocomplete") == "bday"
    return [
        DatePart(
            id=f"{bound.auto_id}_{at}",
            name=f"{bound.html_name}_{part}",
            value="" if typed[at] is None else str(typed[at]),
            label=part.capitalize(),
            classes=WIDTH[part] + (" govuk-input--error" if part in wrong else ""),
            # A month may be typed as a word, so its keyboard has letters.
            inputmode="text" if part == "month" else "numeric",
            autocomplete=f"bday-{part}" if birth else "",
        )
        for at, part in enumerate(PARTS)
    ]


def _options(bound: BoundField, described_by: str) -> list[Option]:
    hints = getattr(bound.field, "hints", {})
    reveals = getattr(bound.field, "reveals", {})
    options = []
    for choice in bound.subwidgets:
        data = choice.data
        value = str(data["value"])
        if value == "" and kind_of(bound) == "radios" and str(data["label"]).startswith("---"):
            continue
        hint = hints.get(data["value"], hints.get(value, ""))
        identity = data["attrs"].get("id", "")
        hint_id = f"{identity}_hint" if hint else ""
        options.append(
            Option(
                id=identity,
                name=data["name"],
                value=value,
                label=data["label"],
                is_checked=data["selected"],
                is_disabled=bool(bound.field.disabled or data["attrs"].get("disabled")),
                hint=hint,
                hint_id=hint_id,
                described_by=hint_id,
                reveals=[bound.form[name] for name in reveals.get(value, []) if name in bound.form.fields],
            )
        )
    return options


@register.filter
def stands_alone(bound: BoundField) -> bool:
    """Whether a field is drawn in its own right, not under the choice that reveals it."""
    return not any(
        bound.name in names
        for other in bound.form.fields.values()
        for names in getattr(other, "reveals", {}).values()
    )


@register.simple_tag
def problems(form) -> list[dict]:
    """Every error of a form or formset, with the id of the field it is about."""
    if isinstance(form, BaseFormSet):
        found = [{"text": error, "id": ""} for error in form.non_form_errors()]
        for one in form.forms:
            found += problems(one)
        return found
    if not form or not form.is_bound:
        return []
    found = [{"text": error, "id": ""} for error in form.non_field_errors()]
    for bound in form:
        found += [{"text": error, "id": first_id(bound)} for error in errors_of(bound)]
    return found


@register.simple_tag(takes_context=True)
def revealed(context, bound: BoundField) -> SafeString:
    """A field inside the choice that reveals it."""
    given = {"field": bound, "mark_optional": context.get("mark_optional"), "is_revealed": True}
    return render_to_string("govuk/field.html", given)
