"""A page of a long list, found by the key of the row before it and not by counting past all the others."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.fields.tuple_lookups import TupleGreaterThan

SIZE = 50


@dataclass(frozen=True)
class Page:
    rows: list
    last: int | None
    has_more: bool


def page(rows, order, after, *, size=SIZE):
    """`order` are columns that are never empty; `after` the primary key of the last row of the page before."""
    columns = (*order, "pk")
    found = rows.order_by(*columns)
    if after.isdecimal() and (last := rows.filter(pk=after).values_list(*columns).first()):
        found = found.filter(TupleGreaterThan(columns, last))
    return _cut(found, size)


def page_of_deadlines(rows, after, *, may_be_undated, size=SIZE):
    """What is due first, first; what waits for a date comes last, as the index has it."""
    if not may_be_undated:
        return page(rows, ("due_on",), after, size=size)
    found = rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    last = rows.filter(pk=after).values_list("due_on", "pk").first() if after.isdecimal() else None
    if last and last[0] is None:
        found = found.filter(due_on=None, pk__gt=last[1])
    elif last:
        found = found.filter(TupleGreaterThan(("due_on", "pk"), last) | Q(due_on=None))
    return _cut(found, size)


def _cut(found, size):
    read = list(found[: size + 1])
    shown = read[:size]
    return Page(shown, shown[-1].pk if shown else None, len(read) > size)
