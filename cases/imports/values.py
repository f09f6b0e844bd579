"""Reading one cell: a date, a number or a code, in the shapes that exporting systems give them."""

import re
from datetime import date, datetime

WHOLE_NUMBER = re.compile(r"(\d+)\.0+")
MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?")
WRITTEN = ("%d/%m/%Y", "%Y-%m-%d")


class Unreadable(Exception):
    """A cell that is none of what it should be."""


def text(cell):
    """The cell without spaces around it; a whole number that passed through a spreadsheet is whole again."""
    stripped = (cell or "").strip()
    whole = WHOLE_NUMBER.fullmatch(stripped)
    return whole[1] if whole else stripped


def code(cell):
    return text(cell).upper()


def day(cell) -> date | None:
    """The date written, None for an empty cell. A year of two digits is not guessed at."""
    written = MIDNIGHT.sub("", (cell or "").strip())
    if not written:
        return None
    for form in WRITTEN:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    raise Unreadable(cell)


def in_words(day):
    return f"{day.day} {day:%B %Y}"
