"""The last twelve months as a picture, with the same figures as a table under it."""

from dataclasses import dataclass

from reports.boards.tiles import Table, table
from reports.measures import kinds, periods
from reports.measures.slices import counted_by_month

SHOWN = ("in_time", "late", "excused")
WIDTH, HEIGHT, LEFT, BASE, TOP = 720, 260, 60, 220, 24


@dataclass(frozen=True)
class Bar:
    """One month of the picture: what came in time standing on what came late."""

    label: str
    x: float
    width: float
    late: tuple[float, float]
    in_time: tuple[float, float]


@dataclass(frozen=True)
class Trend:
    table: Table
    bars: list
    lines: list
    words: str
    has_any: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = BASE


def of(base, user, today):
    """What fell due in each of the last twelve whole months, and what came of it."""
    months = periods.months(today)
    due = base.and_(due="12m")
    numbers = counted_by_month(due.rows(user, today), months, SHOWN, kinds.OUTCOMES, today)
    rows = [
        (
            month.words,
            _share(numbers[month.name]),
            numbers[month.name],
            base.and_(due=month.name),
            lambda of, outcome: of.and_(outcome=outcome).url(),
        )
        for month in months
    ]
    return Trend(
        table(
            "What fell due in the last twelve months, and what came of it",
            "Month",
            kinds.OUTCOMES,
            SHOWN,
            rows,
        ),
        _bars(months, numbers),
        _lines(numbers),
        _words(months, numbers),
        any(any(row.values()) for row in numbers.values()),
    )


def share(numbers):
    """In time, of all that came or should have come; None where nothing fell due."""
    owed = numbers["in_time"] + numbers["late"]
    return round(100 * numbers["in_time"] / owed) if owed else None


def _share(numbers):
    part = share(numbers)
    return "" if part is None else f"{part}% in time"


def _most(numbers):
    return max((row["in_time"] + row["late"] for row in numbers.values()), default=0) or 1


def _bars(months, numbers):
    step = (WIDTH - LEFT) / len(months)
    scale = (BASE - TOP) / _most(numbers)
    return [_bar(place, month, numbers[month.name], step, scale) for place, month in enumerate(months)]


def _bar(place, month, row, step, scale):
    late, in_time = row["late"] * scale, row["in_time"] * scale
    return Bar(
        f"{month.since:%b}",
        round(LEFT + place * step + step * 0.15, 1),
        round(step * 0.7, 1),
        (round(BASE - late, 1), round(late, 1)),
        (round(BASE - late - in_time, 1), round(in_time, 1)),
    )


def _lines(numbers):
    """Where the scale is ruled: at nothing, half and all."""
    most = _most(numbers)
    return [{"y": round(BASE - part * (BASE - TOP), 1), "label": round(most * part)} for part in (0, 0.5, 1)]


def _words(months, numbers):
    """The picture in a sentence."""
    shares = [(month.words, share(numbers[month.name])) for month in months]
    known = [(name, part) for name, part in shares if part is not None]
    if not known:
        return "Nothing fell due in these months."
    best, worst = max(known, key=lambda pair: pair[1]), min(known, key=lambda pair: pair[1])
    (first, before), (last, now) = known[0], known[-1]
    return (
        f"{before}% came in time in {first} and {now}% in {last}. "
        f"Best was {best[0]} with {best[1]}%, worst {worst[0]} with {worst[1]}%."
    )
