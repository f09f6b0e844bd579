"""What may not be typed, said in a sentence beside the field it belongs to."""

from cases.dates import weekday_date
from cases.models import Case
from cases.models.event import STRUCK_OUT
from cases.refusal import Refusal
from cases.specifications import happening_named, specification_of
from protocol.faults import Malformed
from protocol.fields import TakesChild, checked
from protocol.happenings import Happening


def check_fact(subject, entry, children, *, today):
    """Refuse a date that cannot be, a child that is not in the case, a field of the wrong shape."""
    if entry.happening == STRUCK_OUT:
        return
    if entry.happening in (Happening.ADVICE_SOUGHT, Happening.ADVICE_DISCLOSED):
        raise Refusal("A call to the advice line is confidential: it is never written on a case (PN 3.2).")
    _check_day(entry, today)
    _check_births(subject, entry, children)
    if isinstance(subject, Case):
        _check_members(subject, entry, children)
    _check_names_a_child(entry, children)
    _check_fields(entry)


def _check_day(entry, today):
    if entry.on > today:
        raise Refusal(
            f"{weekday_date(entry.on)} is in the future. Record what happened once it has happened; "
            "a date still to come belongs in a hearing, a review or a filing date.",
            field="on",
        )


def _check_births(subject, entry, children):
    if not happening_named(entry.happening):
        return
    unborn = [child for child in children or _everyone(subject) if entry.on < child.born]
    if unborn and not children:
        unborn = _there_from_the_start(subject, unborn)
    if unborn:
        raise Refusal(
            f"{weekday_date(entry.on)} is before {unborn[0].name} was born ({weekday_date(unborn[0].born)}).",
            field="on",
        )


def _everyone(subject):
    return [member.child for member in subject.members.all()] if isinstance(subject, Case) else []


def _there_from_the_start(case, children):
    """Whom a fact of the whole case may be about: a child who joined it later need not have been born yet."""
    added = case.events.standing().filter(happening=Happening.CHILD_ADDED)
    joined = set(added.values_list("child", flat=True))
    return [child for child in children if child.pk not in joined]


def _check_members(case, entry, children):
    members = {member.child_id for member in case.members.all()}
    for child in children:
        if child.pk not in members and entry.happening != Happening.CHILD_ADDED:
            raise Refusal(f"{child.name} is not in this case.", field="children")


def _check_names_a_child(entry, children):
    if specification_of(entry.happening).child is TakesChild.REQUIRED and not children:
        raise Refusal("Choose the child.", field="children")


def _check_fields(entry):
    specification = specification_of(entry.happening)
    for field in specification.fields:
        if field.name not in entry.details:
            if field.required:
                raise Refusal(f"Enter: {field.label.lower()}.", field=field.name)
            continue
        try:
            checked(field, entry.details[field.name], KnowsEveryChild())
        except Malformed as fault:
            raise Refusal(f"{field.label}: {fault}.", field=field.name) from fault


class KnowsEveryChild:
    """Children are rows here, checked above; the rule layer's own check of their names has nothing to add."""

    def __contains__(self, name):
        return True
