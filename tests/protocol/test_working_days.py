"""Day counting, against a naive count and against an independent source of bank holidays."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.duties import CATALOGUE
from protocol.faults import Malformed
from protocol.vocabulary import Unit
from protocol.working_days import ENGLAND, add_months, good_friday

DAY = timedelta(days=1)
FIRST, LAST = date(2012, 1, 2), date(2028, 12, 31)
EVERY_DAY = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]
PUBLISHED = holidays.country_holidays("GB", subdiv="ENG", years=range(2011, 2030))
DAYS = st.dates(FIRST, date(2028, 10, 1))

PERIODS_IN_USE = sorted(
    {
        due.period.number
        for duty in CATALOGUE.values()
        for due in duty.due
        if due.period and due.period.unit is Unit.WORKING_DAYS and due.period.number is not None
    }
)


def rests(day: date) -> bool:
    return day.weekday() > 4 or day in PUBLISHED


def counted(day: date, number: int, step: timedelta) -> date:
    """Walk day by day, as a person with a wall calendar would."""
    while number:
        day += step
        number -= not rests(day)
    return day


def test_our_bank_holidays_are_those_another_source_gives():
    ours = {day for day in ENGLAND.holidays if day.year <= 2027}
    theirs = {day for day in PUBLISHED if 2012 <= day.year <= 2027}
    # A holiday that falls on a weekend is published on its substitute day; the weekend is no working day anyway.
    assert {day for day in ours ^ theirs if day.weekday() < 5} == set()


@pytest.mark.parametrize("number", [number for number in PERIODS_IN_USE if number])
def test_every_day_counts_forwards_as_a_person_would(number):
    wrong = [day for day in EVERY_DAY[:-60] if ENGLAND.add(day, number) != counted(day, number, DAY)]
    assert wrong == []


@pytest.mark.parametrize("number", [number for number in PERIODS_IN_USE if number])
def test_every_day_counts_backwards_as_a_person_would(number):
    wrong = [day for day in EVERY_DAY[60:] if ENGLAND.subtract(day, number) != counted(day, number, -DAY)]
    assert wrong == []


def test_the_same_working_day_is_the_day_itself_or_the_next_working_day():
    for day in EVERY_DAY[:-60]:
        expected = counted(day, 1, DAY) if rests(day) else day
        assert ENGLAND.add(day, 0) == expected


def test_the_last_working_day_to_act_is_the_day_itself_or_the_one_before():
    for day in EVERY_DAY[60:]:
        expected = counted(day, 1, -DAY) if rests(day) else day
        assert ENGLAND.on_or_before(day) == expected


@given(DAYS, st.integers(1, 60))
def test_working_days_between_undoes_adding_them(day, number):
    assert ENGLAND.working_days_between(day, ENGLAND.add(day, number)) == number


@given(DAYS, st.integers(1, 60))
def test_what_is_skipped_and_what_is_counted_make_up_the_whole_span(day, number):
    end = ENGLAND.add(day, number)
    assert len(ENGLAND.skipped(day, end)) + number == (end - day).days


def test_each_skipped_day_is_named():
    skipped = ENGLAND.skipped(date(2026, 4, 2), date(2026, 4, 7))
    assert skipped == [
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 4), "Saturday"),
        (date(2026, 4, 5), "Sunday"),
        (date(2026, 4, 6), "Easter Monday"),
    ]


def test_proclaiming_a_bank_holiday_and_taking_it_back_changes_nothing():
    proclaimed = date(2027, 6, 16)
    again = ENGLAND.with_holiday(proclaimed, "A proclaimed holiday").without_holiday(proclaimed)
    assert [again.add(day, 5) for day in EVERY_DAY] == [ENGLAND.add(day, 5) for day in EVERY_DAY]


def test_a_newly_proclaimed_holiday_puts_off_what_is_counted_across_it():
    proclaimed = ENGLAND.with_holiday(date(2022, 9, 20), "A day of mourning")
    assert ENGLAND.add(date(2022, 9, 16), 1) == date(2022, 9, 20)
    assert proclaimed.add(date(2022, 9, 16), 1) == date(2022, 9, 21)
    assert proclaimed.reason(date(2022, 9, 20)) == "A day of mourning"


def test_good_friday_and_christmas_day_are_known_without_being_proclaimed():
    assert not ENGLAND.is_working(good_friday(2035))
    assert not ENGLAND.is_working(date(2035, 12, 25))
    assert all(ENGLAND.holidays[good_friday(year)] == "Good Friday" for year in range(2012, 2029))


def test_a_day_after_the_last_published_year_is_provisional():
    assert not ENGLAND.is_provisional(date(2028, 12, 31))
    assert ENGLAND.is_provisional(date(2029, 1, 1))


@pytest.mark.parametrize("count", [ENGLAND.add, ENGLAND.subtract])
def test_a_year_beyond_the_table_is_said_to_be_so(count):
    with pytest.raises(Malformed, match="1990 to 2060"):
        count(date(2075, 1, 4), 5)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 6, 15), 6, date(2025, 12, 15)),
    ],
)
def test_months_end_on_the_corresponding_date_or_the_end_of_the_month(day, months, expected):
    assert add_months(day, months) == expected
