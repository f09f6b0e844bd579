"""A date is three boxes: what may be typed in them, and what is said of what may not."""

import datetime as dt

import pytest
import time_machine
from django import forms

from accounts.govuk import DateField, helper
from tests.design.reading import drawn, only, text


class ReviewForm(forms.Form):
    on = DateField(label="Date of review", past_only=True)


def typed(day="", month="", year=""):
    return ReviewForm({"on_day": day, "on_month": month, "on_year": year})


def a_date(day, month, year):
    form = typed(day, month, year)
    assert form.is_valid(), form.errors
    return form.cleaned_data["on"]


@pytest.mark.parametrize("month", ["5", "05", "May", "may", " MAY "])
def test_a_month_is_a_number_or_a_word(month):
    assert a_date("6", month, "2025") == dt.date(2025, 5, 6)


def test_the_short_names_of_september_and_february():
    assert a_date("1", "Sept", "2024") == dt.date(2024, 9, 1)
    assert a_date("29", "Feb.", "2024") == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("day", "month", "year", "words", "box"),
    [
        ("", "", "", "Enter date of review", 0),
        ("6", "5", "", "Date of review must include a year", 2),
        ("", "5", "2025", "Date of review must include a day", 0),
        ("6", "", "", "Date of review must include a month and year", 1),
        ("31", "feb", "2025", "Date of review must be a real date", 0),
        ("6", "13", "2025", "Date of review must be a real date", 1),
        ("6", "Ma", "2025", "Date of review must be a real date", 1),
        ("six", "5", "2025", "Date of review must be a real date", 0),
        ("6", "5", "25", "Date of review must have a year of 4 numbers, like 2025", 2),
        ("6", "5", "0000", "Date of review must be a real date", 2),
        ("6", "5", "nineteen", "Date of review must be a real date", 2),
        ("²", "5", "2025", "Date of review must be a real date", 0),
    ],
)
def test_a_date_error_names_what_is_wrong_and_leads_to_it(day, month, year, words, box):
    form = typed(day, month, year)
    assert not form.is_valid()
    form.helper = helper()
    link = only(drawn(form), "//*[@role='alert']//a")
    assert (text(link), link.get("href")) == (words, f"#id_on_{box}")


def test_only_the_wrong_part_of_a_date_is_marked():
    form = typed("6", "13", "2025")
    form.helper = helper()
    marked = drawn(form).xpath("//input[contains(@class, 'govuk-input--error')]/@name")
    assert marked == ["on_month"]


def test_what_was_typed_is_shown_again():
    form = typed("31", "febuary", "2025")
    form.helper = helper()
    assert drawn(form).xpath("//input[@type='text']/@value") == ["31", "febuary", "2025"]


@time_machine.travel(dt.datetime(2025, 5, 5, 12, tzinfo=dt.UTC), tick=False)
def test_what_has_not_happened_yet_cannot_be_recorded():
    assert a_date("5", "5", "2025") == dt.date(2025, 5, 5)
    assert typed("6", "5", "2025").errors["on"] == ["Date of review must be today or in the past"]


@time_machine.travel(dt.datetime(2025, 5, 4, 23, 30, tzinfo=dt.UTC), tick=False)
def test_today_is_the_day_it_is_in_london():
    assert a_date("5", "5", "2025") == dt.date(2025, 5, 5)


def test_a_question_is_not_repeated_in_its_error():
    field = DateField(label="When was the review held?")
    with pytest.raises(forms.ValidationError, match="The date must include a year"):
        field.clean(["1", "2", ""])


def test_a_date_already_known_fills_the_boxes():
    form = ReviewForm(initial={"on": dt.date(2025, 5, 6)})
    form.helper = helper()
    assert drawn(form).xpath("//input[@type='text']/@value") == ["6", "5", "2025"]
    assert not form.fields["on"].has_changed(dt.date(2025, 5, 6), ["06", "May", "2025"])


def test_a_whole_date_in_a_link_is_understood():
    assert ReviewForm({"on": "2025-05-06"}).is_valid()
    assert not ReviewForm({"on": "yesterday"}).is_valid()


def test_a_date_that_need_not_be_given_is_none():
    field = DateField(required=False)
    assert field.clean(["", " ", ""]) is None
