"""What was typed into the search: a date of birth, if there is one, and the words around it."""

import re
from dataclasses import dataclass
from datetime import date

from accounts.govuk import MONTHS

ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
NUMBERS = re.compile(r"\b(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\b")
NAMED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    words: str
    born: date | None

    def __bool__(self):
        return bool(self.words or self.born)


def read(typed):
    """ "Amber 2/4/2019" asks for Amber who was born on 2 April 2019; a date that is none stays words."""
    for pattern, order in ((ISO, "ymd"), (NUMBERS, "dmy"), (NAMED, "dmy")):
        if (found := pattern.search(typed)) and (born := _date(found.groups(), order)):
            rest = typed[: found.start()] + " " + typed[found.end() :]
            return Asked(" ".join(rest.split()), born)
    return Asked(" ".join(typed.split()), None)


def _date(parts, order):
    said = dict(zip(order, parts, strict=True))
    try:
        return date(int(said["y"]), _month(said["m"]), int(said["d"]))
    except ValueError:
        return None


def _month(said):
    if said.isdecimal():
        return int(said)
    matching = [place for place, name in enumerate(MONTHS, 1) if name.startswith(said.lower())]
    if len(matching) != 1:
        raise ValueError(said)
    return matching[0]
