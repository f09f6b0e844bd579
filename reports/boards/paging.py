"""A page of a long list, found by the key of the row before it and not by counting past all the others."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

SIZE = 50


def is_number(after):
    """Whether it can be the number of a row: no database counts to one as long as may be typed."""
    return after.isdecimal() and len(after) <= 12


@dataclass(frozen=True)
class Page:
    rows: list
    last: int | None
    has_more: bool


def page(rows, order, after, *, size=SIZE):
    """`order` are columns that are never empty; `after` the primary key of the last row of the page before."""
    columns = (*order, "pk")
    found = rows.order_by(*columns)
    if is_number(after) and (last := rows.filter(pk=after).values_list(*columns).first()):
        found = found.filter(TupleGreaterThan(columns, last))
    return _cut(found, size)


# How a list of deadlines may be sorted, by its name in an address.
SORTS = {"": "What is due first", "latest": "What is due last", "duty": "By duty"}


def page_of_deadlines(rows, after, *, may_be_undated, sort="", size=SIZE):
    """What is due first, first; what waits for a date comes last, as the index has it."""
    if sort == "duty":
        return page(rows, ("duty",), after, size=size)
    if sort == "latest":
        return _latest_first(rows, after, size)
    if not may_be_undated:
        return page(rows, ("due_on",), after, size=size)
    found = rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    last = rows.filter(pk=after).values_list("due_on", "pk").first() if is_number(after) else None
    if last and last[0] is None:
        found = found.filter(due_on=None, pk__gt=last[1])
    elif last:
        found = found.filter(TupleGreaterThan(("due_on", "pk"), last) | Q(due_on=None))
    return _cut(found, size)


def _latest_first(rows, after, size):
    """The other way round, what waits for a date first."""
    found = rows.order_by(F("due_on").desc(nulls_first=True), "-pk")
    last = rows.filter(pk=after).values_list("due_on", "pk").first() if is_number(after) else None
    if last and last[0] is None:
        found = found.filter(Q(due_on__isnull=False) | Q(pk__lt=last[1]))
    elif last:
        found = found.filter(TupleLessThan(("due_on", "pk"), last))
    return _cut(found, size)


def _cut(found, size):
    read = list(found[: size + 1])
    shown = read[:size]
    return Page(shown, shown[-1].pk if shown else None, len(read) > size)


def neighbours(rows, deadline, sort=""):
    """The deadline before this one in its list, and the one after, as the list is sorted."""
    if sort == "latest":
        before, after = neighbours(rows, deadline)
        return after, before
    if sort == "duty":
        before = _before_by_duty(rows, deadline).order_by("-duty", "-pk")
        after = rows.filter(TupleGreaterThan(("duty", "pk"), (deadline.duty, deadline.pk)))
        return _first(before), _first(after.order_by("duty", "pk"))
    dated = rows.filter(due_on__isnull=False)
    if deadline.due_on is None:
        undated = rows.filter(due_on=None)
        before = undated.filter(pk__lt=deadline.pk).order_by("-pk")
        before = before if before.exists() else dated.order_by("-due_on", "-pk")
        after = undated.filter(pk__gt=deadline.pk).order_by("pk")
    else:
        here = (deadline.due_on, deadline.pk)
        before = dated.filter(TupleLessThan(("due_on", "pk"), here)).order_by("-due_on", "-pk")
        after = dated.filter(TupleGreaterThan(("due_on", "pk"), here)).order_by("due_on", "pk")
        after = after if after.exists() else rows.filter(due_on=None).order_by("pk")
    return _first(before), _first(after)


def place(rows, deadline, sort=""):
    """Which of its list it is, counted from one, as the list is sorted."""
    if sort == "latest":
        return rows.count() - place(rows, deadline) + 1
    if sort == "duty":
        return _before_by_duty(rows, deadline).count() + 1
    if deadline.due_on is None:
        earlier = Q(due_on__isnull=False) | Q(pk__lt=deadline.pk)
        return rows.filter(earlier).count() + 1
    dated = rows.filter(due_on__isnull=False)
    return dated.filter(TupleLessThan(("due_on", "pk"), (deadline.due_on, deadline.pk))).count() + 1


def _before_by_duty(rows, deadline):
    return rows.filter(TupleLessThan(("duty", "pk"), (deadline.duty, deadline.pk)))


def _first(rows):
    return rows.values_list("pk", flat=True).first()
