"""Counting working days in England, and knowing where our knowledge of bank holidays ends.

A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and Wales.
Every count is one look-up in a table of ranks, so that recounting a whole authority's deadlines is cheap.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from protocol.faults import Malformed

FIRST_YEAR, LAST_YEAR = 1990, 2060
YEARS_TO_COUNT_BACK = 5
DAY = timedelta(days=1)
WEEKEND = {5: "Saturday", 6: "Sunday"}


def good_friday(year: int) -> date:
    """Two days before Easter Sunday (the anonymous Gregorian computus)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1) - 2 * DAY


def add_months(day: date, months: int) -> date:
    """The corresponding date, clamped to the month's end: 31 August and a month is 30 September."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    month_end = (first + timedelta(days=31)).replace(day=1) - DAY
    return first.replace(day=min(day.day, month_end.day))


class Calendar:
    """Which days are working days, given the named bank holidays."""

    def __init__(self, holidays: Mapping[date, str]) -> None:
        self.holidays = dict(holidays)
        self.last_known = date(max(day.year for day in holidays), 12, 31)
        self._rest = {**self._always_rest(), **self.holidays}
        self._working: list[date] = []
        self._before: dict[date, int] = {}
        self._on_or_after: dict[date, int] = {}
        self._rank_every_day()

    @staticmethod
    def _always_rest() -> dict[date, str]:
        """Christmas Day and Good Friday need no proclamation, so they are known for every year."""
        years = range(FIRST_YEAR - YEARS_TO_COUNT_BACK, LAST_YEAR + 1)
        christmas = {date(year, 12, 25): "Christmas Day" for year in years}
        return christmas | {good_friday(year): "Good Friday" for year in years}

    def _rank_every_day(self) -> None:
        """Number the working days, and note for every day how many come up to it and how many before it."""
        day, rank = date(FIRST_YEAR - YEARS_TO_COUNT_BACK, 1, 1), 0
        while day.year <= LAST_YEAR:
            self._on_or_after[day] = rank
            if day.weekday() not in WEEKEND and day not in self._rest:
                self._working.append(day)
                rank += 1
            self._before[day] = rank - 1
            day += DAY

    def add(self, day: date, number: int) -> date:
        """The last day in time for "within `number` working days of `day`"; none means the same working day."""
        try:
            if number:
                return self._working[self._before[day] + number]
            return self._working[self._on_or_after[day]]
        except (KeyError, IndexError):
            raise out_of_range(day) from None

    def subtract(self, day: date, number: int) -> date:
        """The `number`th working day before `day`, `day` itself not counted."""
        try:
            return self._working[self._on_or_after[day] - number]
        except KeyError:
            raise out_of_range(day) from None

    def on_or_before(self, day: date) -> date:
        """The last working day to act, for something due on `day`."""
        try:
            return self._working[self._before[day]]
        except KeyError:
            raise out_of_range(day) from None

    def is_working(self, day: date) -> bool:
        return day.weekday() not in WEEKEND and day not in self._rest

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start`, up to and including `end`: how late something was."""
        try:
            return self._before[end] - self._before[start]
        except KeyError:
            raise out_of_range(max(start, end)) from None

    def reason(self, day: date) -> str:
        """Why a day is not a working day."""
        return self._rest.get(day) or WEEKEND.get(day.weekday(), "")

    def skipped(self, start: date, end: date) -> list[tuple[date, str]]:
        """Each day after `start`, up to and including `end`, that a working-day count passes over."""
        return [(day, self.reason(day)) for day in _days(start + DAY, end) if not self.is_working(day)]

    def is_provisional(self, day: date) -> bool:
        """No bank holidays are published for that year yet, so the date may move."""
        return day > self.last_known

    def with_holiday(self, day: date, name: str) -> Calendar:
        """This calendar with a newly proclaimed bank holiday."""
        return Calendar({**self.holidays, day: name})

    def without_holiday(self, day: date) -> Calendar:
        return Calendar({known: name for known, name in self.holidays.items() if known != day})


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def out_of_range(day: date) -> Malformed:
    return Malformed(f"{day} is outside the years this calendar counts ({FIRST_YEAR} to {LAST_YEAR}).")


def read_holidays(path: Path) -> dict[date, str]:
    """The holidays of GOV.UK's published file for England and Wales."""
    published = json.loads(path.read_text(encoding="utf-8"))["england-and-wales"]["events"]
    return {date.fromisoformat(event["date"]): event["title"] for event in published}


ENGLAND = Calendar(read_holidays(Path(__file__).with_name("bank_holidays.json")))
