"""The answer to a request: counted now, with small numbers hidden, and the very statement that counted it."""

from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.db import connection
from django.utils import timezone

from protocol.working_days import ENGLAND
from reports.foi.questions import counted
from reports.foi.suppression import FEWEST, suppressed

WORKING_DAYS = 20
HIDDEN = "Not shown"


@dataclass(frozen=True)
class Answer:
    """What may go out. A hidden number is nowhere in it."""

    counted_on: str
    words: str
    sql: str
    parameters: list
    cells: list
    total: str
    is_nought: bool
    hides: bool

    def as_json(self):
        return asdict(self)

    @classmethod
    def from_json(cls, stored):
        return cls(**stored)


def answer(request, user):
    """Count it."""
    asked = counted(request, user)
    with _heard() as statements:
        numbers = {row["part"]: row["number"] for row in asked.query}
    sql, parameters = statements[-1]
    groups = asked.groups | {part: str(part) for part in numbers if part not in asked.groups}
    cells = [numbers.get(part, 0) for part in groups]
    total = sum(cells)
    hidden, is_total_hidden = suppressed(cells)
    shown = [HIDDEN if place in hidden else f"{number:,}" for place, number in enumerate(cells)]
    return Answer(
        counted_on=timezone.localdate().isoformat(),
        words=asked.words,
        sql=sql,
        parameters=[str(each) for each in parameters],
        cells=[[label, number] for label, number in zip(groups.values(), shown, strict=True)],
        total=_total(total, is_total_hidden),
        is_nought=total == 0,
        hides=bool(hidden) or is_total_hidden,
    )


def _total(total, is_hidden):
    if is_hidden:
        return f"Fewer than {FEWEST}" if total < FEWEST else HIDDEN
    return f"{total:,}"


@contextmanager
def _heard():
    """The statements that reach the database, as they reach it."""
    statements = []

    def hear(execute, sql, params, many, context):
        statements.append((sql, list(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield statements


def due_on(request):
    """Not later than the twentieth working day following the date of receipt (FOIA s.10(1))."""
    return ENGLAND.add(request.received_on, WORKING_DAYS)


def days_left(request, today):
    """Working days left, negative once it is late."""
    due = due_on(request)
    if today > due:
        return -max(1, ENGLAND.working_days_between(due, today))
    return ENGLAND.working_days_between(today, due)
