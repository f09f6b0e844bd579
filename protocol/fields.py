"""What an event or a record asks for, and whether what was entered has that shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any
from zoneinfo import ZoneInfo

from protocol.faults import Malformed
from protocol.vocabulary import Part, Role, Subject
from protocol.working_days import FIRST_YEAR, LAST_YEAR

LONDON = ZoneInfo("Europe/London")
DATE_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}")


class FieldType(Enum):
    DATE = auto()
    BOOLEAN = auto()
    CHOICE = auto()
    TEXT = auto()
    NUMBER = auto()
    REFERENCE = auto()
    CHILD = auto()
    CHILDREN = auto()
    PAPERS = auto()


class TakesChild(Enum):
    """Whether an event names a child: never, if it likes (none named means all it can concern), or always."""

    NO = auto()
    OPTIONAL = auto()
    REQUIRED = auto()


@dataclass(frozen=True)
class Field:
    """One thing an event says of itself."""

    name: str
    label: str
    type: FieldType
    required: bool = True
    default: Any = None
    choices: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    refers_to: Subject | None = None


@dataclass(frozen=True)
class Specification:
    """All a form, a scenario file and a chronology need to know of one kind of event or record."""

    name: str
    label: str
    button: str
    help: str
    group: Part
    done_by: tuple[Role, ...]
    fields: tuple[Field, ...] = ()
    child: TakesChild = TakesChild.NO
    captures: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def a_date(name: str, label: str, *, required: bool = True) -> Field:
    return Field(name, label, FieldType.DATE, required)


def yes_or_no(name: str, label: str, *, default: bool | None = None) -> Field:
    return Field(name, label, FieldType.BOOLEAN, required=default is None, default=default)


def one_of(name: str, label: str, *choices: tuple[str, str], default: str | None = None) -> Field:
    return Field(name, label, FieldType.CHOICE, default is None, default, choices)


def text(name: str, label: str, *suggestions: str, required: bool = True) -> Field:
    return Field(name, label, FieldType.TEXT, required, suggestions=suggestions)


def number(name: str, label: str, *, required: bool = True) -> Field:
    return Field(name, label, FieldType.NUMBER, required)


def reference(subject: Subject, *, required: bool = True) -> Field:
    return Field(subject.value, subject.label.capitalize(), FieldType.REFERENCE, required, refers_to=subject)


def day_of(value: Any, what: str) -> date:
    """The Europe/London day of a date, or of a date-time that says its offset."""
    moment = _moment(value, what) if isinstance(value, str) else value
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise Malformed(f"{what} is a date-time without an offset: {value}")
        moment = moment.astimezone(LONDON).date()
    if not isinstance(moment, date):
        raise Malformed(f"{what} is not a date: {value!r}")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Malformed(f"{what} is not a date between {FIRST_YEAR} and {LAST_YEAR}: {moment}")
    return moment


def _moment(written: str, what: str) -> date:
    """A date written 2024-06-03, or a date-time beginning with one."""
    try:
        if DATE_WRITTEN.fullmatch(written):
            return date.fromisoformat(written)
        if DATE_WRITTEN.match(written):
            return datetime.fromisoformat(written)
    except ValueError:
        pass
    raise Malformed(f"{what} is not a date: {written!r}")


def validated(
    specification: Specification, raw: Mapping[str, Any], known_children: Collection[str]
) -> tuple[str | None, dict[str, Any]]:
    """The child named, and the event's own fields in their proper types; Malformed says what is wrong."""
    child = _child_named(specification, raw, known_children)
    expected = {field.name: field for field in specification.fields}
    for name in raw:
        if name not in expected and name != "child":
            raise Malformed(f'"{specification.name}" has no field "{name}"')
    details = {}
    for name, field in expected.items():
        if name in raw:
            details[name] = checked(field, raw[name], known_children)
        elif field.required:
            raise Malformed(f'"{specification.name}" needs the field "{name}"')
    return child, details


def _child_named(
    specification: Specification, raw: Mapping[str, Any], known_children: Collection[str]
) -> str | None:
    if "child" not in raw:
        if specification.child is TakesChild.REQUIRED:
            raise Malformed(f'"{specification.name}" needs the field "child"')
        return None
    if specification.child is TakesChild.NO:
        raise Malformed(f'"{specification.name}" has no field "child"')
    return _known_child(raw["child"], known_children, "child")


def checked(field: Field, value: Any, known_children: Collection[str] = ()) -> Any:
    """The value in its proper type, or Malformed."""
    return CHECKS[field.type](field, value, known_children)


def _date(field: Field, value: Any, _: Collection[str]) -> date:
    return day_of(value, f'"{field.name}"')


def _boolean(field: Field, value: Any, _: Collection[str]) -> bool:
    if not isinstance(value, bool):
        raise Malformed(f'"{field.name}" must be true or false, not {value!r}')
    return value


def _choice(field: Field, value: Any, _: Collection[str]) -> str:
    allowed = [choice for choice, _label in field.choices]
    if not isinstance(value, str) or value not in allowed:
        raise Malformed(f'"{field.name}" must be one of {", ".join(allowed)}, not {value!r}')
    return value


def _text(field: Field, value: Any, _: Collection[str]) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f'"{field.name}" must be some words, not {value!r}')
    return value


def _number(field: Field, value: Any, _: Collection[str]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 1000:
        raise Malformed(f'"{field.name}" must be a whole number of days, not {value!r}')
    return value


def _known_child(value: Any, known_children: Collection[str], what: str) -> str:
    if not isinstance(value, str):
        raise Malformed(f'"{what}" must be a child\'s name, not {value!r}')
    if value not in known_children:
        raise Malformed(f'no child called "{value}" is in this case')
    return value


def _child(field: Field, value: Any, known_children: Collection[str]) -> str:
    return _known_child(value, known_children, field.name)


def _children(field: Field, value: Any, known_children: Collection[str]) -> list[str]:
    if not isinstance(value, list):
        raise Malformed(f'"{field.name}" must be a list of children, not {value!r}')
    return [_known_child(name, known_children, field.name) for name in value]


def _papers(field: Field, value: Any, _: Collection[str]) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise Malformed(f'"{field.name}" must be a list of promised documents, not {value!r}')
    return [_paper(field, paper) for paper in value]


def _paper(field: Field, paper: Any) -> dict[str, Any]:
    if not isinstance(paper, dict) or set(paper) != {"item", "promised_on"}:
        raise Malformed(f'each entry of "{field.name}" needs "item" and "promised_on" and nothing else')
    return {
        "item": _text(Field("item", "Item", FieldType.TEXT), paper["item"], ()),
        "promised_on": day_of(paper["promised_on"], '"promised_on"'),
    }


CHECKS: dict[FieldType, Callable[[Field, Any, Collection[str]], Any]] = {
    FieldType.DATE: _date,
    FieldType.BOOLEAN: _boolean,
    FieldType.CHOICE: _choice,
    FieldType.TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.REFERENCE: _text,
    FieldType.CHILD: _child,
    FieldType.CHILDREN: _children,
    FieldType.PAPERS: _papers,
}
