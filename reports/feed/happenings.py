"""What stands in somebody's calendar: deadlines of theirs, hearings and reviews of the children they hold."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from cases import overdue, projection
from cases.access import covers_of
from cases.identity import hearing_name
from cases.models import Appointment, Case, CaseChild, Deadline
from protocol.duties import CATALOGUE


@dataclass(frozen=True)
class Entry:
    """A day. `about` says which one it is, whatever its date becomes."""

    about: str
    on: date
    summary: str
    text: str
    path: str
    is_off: bool = False
    records: tuple = ()


def entries(person, *, today):
    """Everything, each thing once."""
    found = {entry.about: entry for entry in (*_deadlines(person, today), *_of_cases(person))}
    return sorted(found.values(), key=lambda entry: (entry.on, entry.about))


def _deadlines(person, today):
    owed = (
        Deadline.objects.owed_by_person(person)
        .still_open()
        .filter(due_on__isnull=False)
        .select_related("case", "child")
        .order_by("pk")
    )
    owed = list(owed)
    members = _members({deadline.case_id for deadline in owed if deadline.case_id and not deadline.child_id})
    for deadline in owed:
        children = [deadline.child] if deadline.child else members.get(deadline.case_id, [])
        reference, path = _where(deadline)
        duty = CATALOGUE[deadline.duty]
        late = "Overdue: " if overdue.is_overdue(deadline.state, deadline.due_on, today) else ""
        yield Entry(
            about(deadline), deadline.due_on, f"{late}{duty.id} for {_who(children)}{reference}", duty.sentence,
            path, records=(*_records(children), *((("case", deadline.case.key),) if deadline.case else ())),
        )  # fmt: skip


def about(deadline):
    """The same when its date moves; a breach that stayed behind then is an entry of its own beside it."""
    behind = f":{deadline.due_on}" if deadline.moved else ""
    return f"deadline:{deadline.key}{behind}"


def _where(deadline):
    if deadline.case:
        return deadline.case.key, reverse("case", args=[deadline.case.key])
    if deadline.child:
        return deadline.child.key, reverse("child", args=[deadline.child.key])
    return "local agreement", reverse("agreement", args=[deadline.agreement_id])


def _of_cases(person):
    """Hearings and reviews of the cases whose children this person holds now, or stands in for who does."""
    cases = list(_held(person).exclude(stage="closed").distinct().order_by("pk"))
    members = _members({case.pk for case in cases})
    for case in cases:
        children = members.get(case.pk, [])
        outcome = projection.play_case(case)
        records = (("case", case.key), *_records(children))
        where = f"{_who(children)}{case.key}"
        path = reverse("hearings", args=[case.key])
        heard = Counter()
        for hearing in outcome.hearings:
            named = f"hearing:{case.key}:{hearing.type}:{hearing.ref or ''}"
            heard[named] += 1
            if hearing.date:
                yield Entry(
                    f"{named}:{heard[named]}", hearing.date,
                    f"{hearing_name(hearing)} for {where}", "A hearing.", path,
                    is_off=hearing.state == "vacated", records=records,
                )  # fmt: skip
        for review in outcome.reviews.values():
            if review.arranged_for and not review.held:
                yield Entry(
                    f"review:{case.key}:{review.ref}", review.arranged_for, f"Review for {where}",
                    "A looked-after review.", reverse("reviews", args=[case.key]), records=records,
                )  # fmt: skip


def _held(person):
    covers = covers_of(person)
    absent = covers.filter(is_for_everything=True).values("absent")
    held = Appointment.objects.filter(Q(person=person) | Q(person__in=absent), until_on=None).order_by()
    chosen = covers.filter(is_for_everything=False).values("cases")
    theirs = Q(members__left_on=None, members__child__in=held.values("child")) | Q(pk__in=chosen)
    return Case.objects.visible_to(person).filter(theirs)


def _members(cases):
    members = {}
    for member in CaseChild.objects.filter(case__in=cases, left_on=None).select_related("child"):
        members.setdefault(member.case_id, []).append(member.child)
    return members


def _who(children):
    return "".join(f"{initials(child.name)}, " for child in children)


def initials(name):
    return "".join(f"{word[0].upper()}." for word in name.split())


def _records(children):
    return tuple(("child", child.key) for child in children)
