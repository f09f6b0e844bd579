"""What a board is made of: numbers that open the list behind them, in rows with words before colour."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode


@dataclass(frozen=True)
class Number:
    """A number and the list it opens; nothing opens on none. `head` is the column it stands in."""

    number: int
    url: str = ""
    head: str = ""
    colour: str = ""

    @property
    def opens(self):
        return self.url if self.number else ""


@dataclass(frozen=True)
class Line:
    """One row of a table of numbers."""

    label: str
    numbers: list[Number]
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A table of numbers; without lines, the words for what would stand there."""

    caption: str
    first: str
    heads: list[str]
    lines: list[Line] = field(default_factory=list)
    none: str = ""
    help: str = ""


COLOURS = {"critical": "red", "overdue": "orange", "soon": "yellow", "late": "orange", "in_time": "green"}


def table(caption, first, kind, names, rows, *, none="", help=""):
    """A table with a column for each name of a kind. `rows`: (label, numbers by name, the slice they count)."""
    heads = [kind.words[name] for name in names]
    lines = [
        Line(
            label,
            [
                Number(numbers[name], url(slice_, name), kind.words[name], COLOURS.get(name, ""))
                for name in names
            ],
            note,
        )
        for label, note, numbers, slice_, url in rows
    ]
    return Table(caption, first, heads, lines, none, help)


def list_url(page, **query):
    """The list behind a number that does not count deadlines."""
    return f"{reverse(page)}?{urlencode({name: value for name, value in query.items() if value != ''})}"
