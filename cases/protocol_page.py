"""The Protocol as a person reads it: each duty with its clause, what a local agreement changes, worked examples."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import protocol
from cases.agreementfile import agreed_limit
from cases.dates import weekday_date
from cases.specifications import specification_of
from protocol.duties import CATALOGUE, by_stage
from protocol.duty import Duty, force_of
from protocol.fields import FieldType
from protocol.happenings import Happening, specification
from protocol.records import Record
from protocol.scenario import outcome_of
from protocol.scenario_file import read
from protocol.sentences import rule_in_words
from protocol.vocabulary import Force, Kind, Part, Place

EXAMPLES = Path(protocol.__file__).with_name("examples")


@dataclass(frozen=True)
class Entry:
    """One duty on the page."""

    duty: Duty
    owed_by: str
    owed_to: str
    kind: str
    verb: str
    limits: list
    sources: list
    force: str
    shown: str
    local: list
    has_examples: bool


def parts(agreements):
    """Every part of the Protocol with its duties, in the order a case goes through them."""
    return [
        {"part": part, "name": part.label, "entries": [entry(duty, agreements) for duty in by_stage(part)]}
        for part in Part
    ]


def entry(duty, agreements):
    return Entry(
        duty=duty,
        owed_by=_capital(", ".join(role.label for role in (duty.owed_by, *duty.also_owed_by))),
        owed_to=_capital(duty.owed_to.label) if duty.owed_to else "Each other",
        kind=KINDS[duty.kind.value]
        + (", all the time" if duty.standing and duty.kind.value != "standing" else ""),
        verb=_capital(duty.kind.label)
        + (", all the time" if duty.standing and duty.kind is not Kind.STANDING else ""),
        limits=_limits(duty),
        sources=[_source(source) for source in duty.sources],
        force=_force(duty),
        shown=_shown(duty),
        local=[said for agreement in agreements for said in _local(duty, agreement)],
        has_examples=duty.id in examples(),
    )


KINDS = {
    "must": "Must: the source states it flatly",
    "should": "Should: good practice",
    "may": "May: a discretion, shown as a prompt and never counted late",
    "standing": "Standing: at all times, so never dated",
}
PLACES = {
    Place.FORM: "A form captures it",
    Place.PROMPT: "The screen prompts for it",
    Place.CLOCK: "Counted with",
    Place.BOARD: "Shown by",
}


def _capital(words):
    return words[:1].upper() + words[1:]


def _limits(duty):
    """Each way in which it gets its date, or the source's own words where it gets none."""
    if duty.timing:
        return [_capital(duty.timing)]
    limits = []
    for due in duty.due:
        rule = rule_in_words(due, due.period.number if due.period else None)
        limits.append(_capital(rule) + (f", only if {due.only_if}" if due.only_if else ""))
    return list(dict.fromkeys(limits)) or ["No date: it holds throughout" if duty.standing else "No date"]


def _source(source):
    return {"cite": source, "is_withdrawn": force_of(source) is Force.WITHDRAWN}


def _force(duty):
    if duty.is_withdrawn:
        return "Withdrawn in 2017" + (": lateness is listed apart and is no breach" if duty.is_dated else "")
    said = _capital(duty.source_force.label)
    if duty.is_target:
        return f"{said} for the duty; the time limit is our own target, and missing it is no breach"
    return said


def _shown(duty):
    """Where a duty without a date shows itself."""
    if duty.shown is None:
        return ""
    return f"{PLACES[duty.shown.place]}: {_where(duty.shown)}"


def _where(shown):
    if shown.place is not Place.FORM:
        return shown.where
    book = Happening if shown.where in set(Happening) else Record
    return f"“{specification_of(book(shown.where)).label}”"


def _local(duty, agreement):
    """What an agreement changes for a duty, with whom it was agreed."""
    between = f"{agreement.authority} and {agreement.cafcass_office}, from {weekday_date(agreement.from_on)}"
    if duty.id in agreement.variations:
        yield f"Switched on between {between}."
    if limit := agreed_limit(agreement, duty):
        yield f"{_capital(limit)} between {between}."


@cache
def examples():
    """The worked examples by duty: those that say what they expect of it."""
    found = {}
    for path in sorted(EXAMPLES.glob("*.toml")):
        scenario = read(path)
        for duty_id in dict.fromkeys(expectation["duty"] for expectation in scenario.expectations):
            found.setdefault(duty_id, []).append(scenario)
    return found


def duty_page(duty, agreements):
    return {
        "duty": duty,
        "entry": entry(duty, agreements),
        "examples": [_example(duty, scenario) for scenario in examples().get(duty.id, [])],
        "previous": _neighbour(duty, -1),
        "next": _neighbour(duty, +1),
    }


def _neighbour(duty, step):
    ids = list(CATALOGUE)
    at = ids.index(duty.id) + step
    return CATALOGUE[ids[at]] if 0 <= at < len(ids) else None


def _example(duty, scenario):
    """A scenario in words: what happened, and what fell due under this duty."""
    outcome = outcome_of(scenario, scenario.as_of)
    return {
        "title": scenario.title,
        "as_of": scenario.as_of,
        "agreement": [_agreement(agreement) for agreement in scenario.agreements],
        "children": [f"{child.name}, born {weekday_date(child.born)}" for child in scenario.children],
        "facts": [_fact(fact) for fact in sorted(scenario.facts, key=lambda fact: fact.on)],
        "owed": [_owed(d, scenario.as_of) for d in outcome.deadlines if d.duty.id == duty.id],
    }


def _agreement(agreement):
    limits = "; ".join(
        f"{duty_id}: {number} {CATALOGUE[duty_id].unit.label}{'' if number == 1 else 's'}"
        for duty_id, number in agreement.tighter.items()
    )
    on = f"switched on: {', '.join(sorted(agreement.on))}" if agreement.on else ""
    changes = "; ".join(filter(None, (limits, on)))
    return f"A local agreement from {weekday_date(agreement.from_on)} ({changes})"


def _fact(fact):
    described = specification(fact.happening)
    said = [
        f"{field.label}: {_value(field, fact.details[field.name])}"
        for field in described.fields
        if field.name in fact.details
    ]
    who = f" ({fact.child})" if fact.child else ""
    return {"on": fact.on, "what": f"{described.label}{who}", "details": "; ".join(said)}


def _value(field, value):
    if field.type is FieldType.DATE:
        return weekday_date(value)
    if field.type is FieldType.BOOLEAN:
        return "yes" if value else "no"
    if field.type is FieldType.CHILDREN:
        return ", ".join(value)
    if field.type is FieldType.PAPERS:
        return "; ".join(f"{paper['item']} by {weekday_date(paper['promised_on'])}" for paper in value)
    return dict(field.choices).get(value, value)


def _owed(deadline, as_of):
    return {
        "who": " ".join(filter(None, (deadline.child, deadline.subject and f"({deadline.subject})"))),
        "opened_on": deadline.opened_on,
        "due_on": deadline.due_on,
        "act_by": deadline.act_by if deadline.act_by != deadline.due_on else None,
        "status": deadline.status(as_of),
        "met_on": deadline.met_on,
        "moved": deadline.moved,
    }
