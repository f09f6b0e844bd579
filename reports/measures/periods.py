"""Stretches of time a board counts over, by the name they go by in an address."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from protocol.working_days import add_months

DAY = timedelta(days=1)
AHEAD = timedelta(days=28)
MONTHS = 12


@dataclass(frozen=True)
class Period:
    """From a day up to, and not including, another."""

    name: str
    words: str
    since: date
    until: date


def month(first):
    return Period(f"{first:%Y-%m}", date_format(first, "F Y"), first, add_months(first, 1))


def months(today, number=MONTHS):
    """The whole months before this one, the earliest first."""
    this = today.replace(day=1)
    return [month(add_months(this, -back)) for back in range(number, 0, -1)]


def year(today):
    """The last twelve whole months together."""
    last = months(today)
    return Period("12m", f"{last[0].words} to {last[-1].words}", last[0].since, last[-1].until)


def quarter(year, number):
    first = date(year, 3 * number - 2, 1)
    until = add_months(first, 3)
    return Period(
        f"{year}-Q{number}",
        f"{date_format(first, 'F')} to {date_format(until - DAY, 'F Y')}",
        first,
        until,
    )


def quarters(today, number=8):
    """The quarters that are over, the latest first."""
    found, first = [], date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    for _ in range(number):
        first = add_months(first, -3)
        found.append(quarter(first.year, (first.month + 2) // 3))
    return found


def read(text, today):
    """The period of that name; `ValueError` where there is none."""
    if text == "12m":
        return year(today)
    if text == "4w":
        return Period("4w", "up to four weeks from today", date.min, today + AHEAD + DAY)
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return quarter(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return month(date(int(found[1]), int(found[2]), 1))
    raise ValueError(text)
