"""Plays a scenario file against the rules alone, and tells the catalogue: the two commands, without a web site."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from protocol.deadlines import Outcome, play
from protocol.duties import CATALOGUE
from protocol.duty import Duty
from protocol.faults import Malformed, Refused
from protocol.fields import day_of
from protocol.scenario_file import Scenario, read

PLAYED, DIFFERENT, MALFORMED = 0, 1, 2

Say = Callable[[str], object]


def duties_json() -> list[dict[str, Any]]:
    """The catalogue, in order, for whoever reads it with a machine."""
    return [_duty_as_dict(duty) for duty in CATALOGUE.values()]


def _duty_as_dict(duty: Duty) -> dict[str, Any]:
    return {
        "id": duty.id,
        "stage": duty.stage.value,
        "owed_by": duty.owed_by.value,
        "also_owed_by": [role.value for role in duty.also_owed_by],
        "owed_to": duty.owed_to.value if duty.owed_to else None,
        "kind": duty.kind.value,
        "standing": duty.standing,
        "sentence": duty.sentence,
        "source": list(duty.sources),
        "force": duty.force.value,
        "target": duty.is_target,
        "withdrawn": duty.is_withdrawn,
        "variation": duty.variation,
        "dated": duty.is_dated,
        "shown": {"place": duty.shown.place.value, "where": duty.shown.where} if duty.shown else None,
    }


def duties_text() -> str:
    """The catalogue, one duty to a line with its clause."""
    return "\n".join(f"{duty.id}: {duty.sentence} [{'; '.join(duty.sources)}]" for duty in CATALOGUE.values())


def play_file(
    path: Path,
    *,
    as_of: str | None = None,
    as_json: bool = False,
    check: bool = False,
    say: Say,
    complain: Say,
) -> int:
    """Play a file, say what came of it, and return the exit code."""
    try:
        scenario = read(path)
        day = _judged_on(scenario, as_of)
        outcome = outcome_of(scenario, day)
    except Malformed as fault:
        complain(f"{path}: {fault}")
        return MALFORMED
    if as_json or not check:
        say(json.dumps(as_dict(outcome, day), indent=1) if as_json else as_text(scenario, outcome, day))
    return _checked(scenario, outcome, day, complain if as_json else say) if check else PLAYED


def _judged_on(scenario: Scenario, as_of: str | None) -> date:
    if as_of is not None:
        return day_of(as_of, "--as-of")
    if scenario.as_of is None:
        raise Malformed('the file needs the field "as_of", or the command --as-of')
    return scenario.as_of


def outcome_of(scenario: Scenario, day: date) -> Outcome:
    """What the scenario comes to; a refused event is told with its place in the file."""
    try:
        return play(scenario.children, scenario.facts, agreements=scenario.agreements, as_of=day)
    except Refused as refused:
        raise Malformed(f"events entry {refused.fact.id} ({refused.fact.happening}): {refused}") from None


def as_dict(outcome: Outcome, day: date) -> dict[str, Any]:
    return {
        "stage": outcome.stage.value if outcome.stage else None,
        "as_of": day.isoformat(),
        "deadlines": [deadline.as_dict(day) for deadline in outcome.deadlines],
    }


def as_text(scenario: Scenario, outcome: Outcome, day: date) -> str:
    stage = outcome.stage.label if outcome.stage else "Not started"
    lines = [f"{scenario.title or 'Scenario'}: {stage} on {day}"]
    for deadline in outcome.deadlines:
        hangs_on = " ".join(filter(None, (deadline.child, deadline.subject)))
        due = deadline.due_on or "awaiting  "
        moved = " (moved since)" if deadline.moved else ""
        status = deadline.status(day).label
        lines.append(
            f"{due}  {deadline.duty.id:<7} {hangs_on:<12} {deadline.duty.owed_by.label}: {status}{moved}"
        )
    return "\n".join(lines)


def _checked(scenario: Scenario, outcome: Outcome, day: date, tell: Say) -> int:
    entries = [deadline.as_dict(day) for deadline in outcome.deadlines]
    missing = unmatched(scenario.expectations, entries)
    for expectation in missing:
        tell(_difference(expectation, entries))
    return DIFFERENT if missing else PLAYED


def unmatched(
    expectations: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The expectations that find no entry of their own.

    Each takes one entry; one already taken is given up where its taker can do with another, so that a loosely
    worded expectation never takes the only entry a precise one fits.
    """
    taken: dict[int, int] = {}

    def find(wanted: int, tried: set[int]) -> bool:
        for place, entry in enumerate(entries):
            if place not in tried and _fits(expectations[wanted], entry):
                tried.add(place)
                if place not in taken or find(taken[place], tried):
                    taken[place] = wanted
                    return True
        return False

    return [expectations[wanted] for wanted in range(len(expectations)) if not find(wanted, set())]


def _fits(expectation: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    return all(entry[key] == value for key, value in expectation.items())


def _difference(expectation: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> str:
    """What was expected, beside what there is for that duty."""
    wanted = ", ".join(f"{key} {value}" for key, value in expectation.items())
    found = [entry for entry in entries if entry["duty"] == expectation["duty"]]
    there = "; ".join(
        ", ".join(f"{key} {entry[key]}" for key in expectation if key != "duty") for entry in found
    )
    return f"expected {wanted}; found {there or 'no such deadline'}"
