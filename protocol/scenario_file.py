"""A scenario file, read and checked: whatever is wrong with it is said in one line that names the entry."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from protocol.agreement import Agreement
from protocol.duties import CATALOGUE
from protocol.faults import Malformed
from protocol.fields import day_of, validated
from protocol.happenings import Happening, specification
from protocol.outcome import Child, Fact
from protocol.vocabulary import Kind, Role, Status

Entry = TypeVar("Entry")

TOP = ("title", "as_of", "children", "events", "expect", "agreement")
DATES = ("opened_on", "due_on", "act_by", "met_on")
BOOLEANS = ("provisional", "moved", "short_notice")
WORDS: dict[str, Sequence[str]] = {
    "status": list(Status),
    "kind": list(Kind),
    "owed_by": list(Role),
    "duty": list(CATALOGUE),
}
EXPECTABLE = (*DATES, *BOOLEANS, *WORDS, "child", "subject", "source")


@dataclass(frozen=True)
class Scenario:
    title: str
    as_of: date | None
    children: tuple[Child, ...]
    facts: tuple[Fact, ...]
    expectations: tuple[Mapping[str, Any], ...]
    agreements: tuple[Agreement, ...]


def read(path: Path) -> Scenario:
    return scenario_of(_tables(path))


def _tables(path: Path) -> Mapping[str, Any]:
    try:
        written = path.read_text(encoding="utf-8-sig")
        tables = json.loads(written) if _is_json(path, written) else tomllib.loads(written)
    except OSError as fault:
        raise Malformed(f"cannot be read: {fault.strerror}") from None
    except ValueError as fault:
        raise Malformed(f"cannot be read: {' '.join(str(fault).split())}") from None
    if not isinstance(tables, dict):
        raise Malformed("is not a scenario: it must be a table of title, as_of, children and events")
    return tables


def _is_json(path: Path, written: str) -> bool:
    return path.suffix == ".json" or written.lstrip().startswith("{")


def scenario_of(tables: Mapping[str, Any]) -> Scenario:
    for key in tables:
        if key not in TOP:
            raise Malformed(f'the file has a field "{key}" that no scenario has')
    children = _each(tables, "children", _child)
    _check_names(children)
    known = frozenset(child.name for child in children) | _joining(tables)
    return Scenario(
        title=_title(tables.get("title", "")),
        as_of=day_of(tables["as_of"], '"as_of"') if "as_of" in tables else None,
        children=tuple(children),
        facts=tuple(_each(tables, "events", lambda raw, place: _fact(raw, place, known))),
        expectations=tuple(_each(tables, "expect", lambda raw, place: _expectation(raw))),
        agreements=tuple(_agreements(tables)),
    )


def _each(tables: Mapping[str, Any], name: str, of: Callable[[Mapping[str, Any], int], Entry]) -> list[Entry]:
    """Every entry of a list of tables; a fault is told with the entry's place, counted from 1."""
    entries = tables.get(name, [])
    if not isinstance(entries, list):
        raise Malformed(f'"{name}" must be a list of entries, written [[{name}]]')
    return [_one(entry, name, place, of) for place, entry in enumerate(entries, start=1)]


def _one(entry: Any, name: str, place: int, of: Callable[[Mapping[str, Any], int], Entry]) -> Entry:
    try:
        if not isinstance(entry, dict):
            raise Malformed(f"is not a table of fields: {entry!r}")
        return of(entry, place)
    except Malformed as fault:
        raise Malformed(f"{name} entry {place}{_named(entry)}: {fault}") from None


def _named(entry: Any) -> str:
    """How a person finds the entry again: its event and day, its duty, or its name."""
    if not isinstance(entry, dict):
        return ""
    words = [str(entry[key]) for key in ("event", "on", "duty", "name") if key in entry]
    return f" ({' on '.join(words)})" if words else ""


def _title(title: Any) -> str:
    if not isinstance(title, str):
        raise Malformed(f'"title" must be some words, not {title!r}')
    return title


def _child(raw: Mapping[str, Any], place: int) -> Child:
    _only(raw, required=("name", "born"))
    if not isinstance(raw["name"], str) or not raw["name"].strip():
        raise Malformed(f'"name" must be some words, not {raw["name"]!r}')
    return Child(raw["name"], day_of(raw["born"], '"born"'))


def _check_names(children: Sequence[Child]) -> None:
    seen: set[str] = set()
    for child in children:
        if child.name in seen:
            raise Malformed(f'children: two are called "{child.name}"')
        seen.add(child.name)


def _joining(tables: Mapping[str, Any]) -> frozenset[str]:
    """Children whom an event adds are known too."""
    events = tables.get("events", [])
    added = [
        event for event in events if isinstance(event, dict) and event.get("event") == Happening.CHILD_ADDED
    ]
    return frozenset(event["child"] for event in added if isinstance(event.get("child"), str))


def _fact(raw: Mapping[str, Any], place: int, known_children: frozenset[str]) -> Fact:
    for name in ("on", "event"):
        if name not in raw:
            raise Malformed(f'needs the field "{name}"')
    happening = _happening(raw["event"])
    own = {name: value for name, value in raw.items() if name not in ("on", "event")}
    on = day_of(raw["on"], '"on"')
    child, details = validated(specification(happening), own, known_children)
    return Fact(happening, on, child, details, id=place)


def _happening(name: Any) -> Happening:
    try:
        return Happening(name)
    except ValueError:
        raise Malformed(f"there is no event called {name!r}") from None


def _expectation(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The keys named, in the form of the JSON output; an empty word means none."""
    _only(raw, required=("duty",), optional=EXPECTABLE)
    return {key: _expected(key, value) for key, value in raw.items()}


def _expected(key: str, value: Any) -> Any:
    if value == "" and key not in WORDS:
        return None
    if key in DATES:
        return day_of(value, f'"{key}"').isoformat()
    if key in BOOLEANS and not isinstance(value, bool):
        raise Malformed(f'"{key}" must be true or false, not {value!r}')
    if key in WORDS and value not in WORDS[key]:
        raise Malformed(f'"{key}" cannot be {value!r}')
    return value


def _agreements(tables: Mapping[str, Any]) -> list[Agreement]:
    if "agreement" not in tables:
        return []
    return [_one(tables["agreement"], "agreement", 1, _agreement)]


def _agreement(raw: Mapping[str, Any], place: int) -> Agreement:
    _only(raw, required=("from",), optional=("on", "tighter"))
    switched_on, tighter = raw.get("on", []), raw.get("tighter", {})
    if not isinstance(switched_on, list) or not all(isinstance(id, str) for id in switched_on):
        raise Malformed('"on" must be a list of the variations switched on')
    if not isinstance(tighter, dict):
        raise Malformed('"tighter" must be a table from duty to number')
    return Agreement(day_of(raw["from"], '"from"'), frozenset(switched_on), tighter)


def _only(raw: Mapping[str, Any], required: Sequence[str], optional: Sequence[str] = ()) -> None:
    for name in required:
        if name not in raw:
            raise Malformed(f'needs the field "{name}"')
    for name in raw:
        if name not in required and name not in optional:
            raise Malformed(f'has no field "{name}"')
