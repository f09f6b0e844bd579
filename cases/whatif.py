"""What would change if something happened: the case played twice, nothing saved."""

from dataclasses import dataclass
from datetime import date

from cases import projection
from cases.facts import name_of
from cases.specifications import happening_named, specification_of
from protocol.deadlines import Fact
from protocol.fields import TakesChild


@dataclass(frozen=True)
class Change:
    """One deadline that would not be what it is: None on a side where there is no such deadline."""

    duty: str
    duty_id: str
    child: str
    before: tuple[str, date | None] | None
    after: tuple[str, date | None] | None


def changes(case, outcome, happening, *, on, children, details, as_of):
    """Every deadline whose date or status would differ, and the stage the case would stand at.

    Raises `protocol.faults.Refused` or `Malformed` where it could not happen at all.
    """
    then = projection.play_case(case, extra=_facts(happening, on, children, details))
    names = {name_of(m.child): m.child.name for m in case.members.select_related("child")}
    before, after = _standing(outcome, as_of), _standing(then, as_of)
    differing = [key for key in {**before, **after} if _seen(before.get(key)) != _seen(after.get(key))]
    found = [_change(before.get(key), after.get(key), names) for key in differing]
    return sorted(found, key=lambda change: (change.after or change.before)[1] or date.max), then.stage


def _facts(happening, on, children, details):
    name = happening_named(happening)
    if not children or specification_of(happening).child is TakesChild.NO:
        return [Fact(name, on, details=details)]
    return [Fact(name, on, child=name_of(child), details=details) for child in children]


def _standing(outcome, as_of):
    return {deadline.key: (deadline, deadline.status(as_of)) for deadline in outcome.deadlines}


def _seen(entry):
    return entry and (entry[1], entry[0].due_on)


def _change(before, after, names):
    deadline = (after or before)[0]
    return Change(
        duty=deadline.duty.sentence,
        duty_id=deadline.duty.id,
        child=names.get(deadline.child, ""),
        before=before and (before[1].value, before[0].due_on),
        after=after and (after[1].value, after[0].due_on),
    )
