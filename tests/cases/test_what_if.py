"""Why a deadline is what it is, and what would change if something happened: answered, and nothing is changed."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Case, Deadline, Event, Miss
from tests.cases.screen_steps import issued_three_weeks_ago, words
from tests.cases.steps import TODAY, as_stored, happened, opened, owed, the
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


def test_why_names_the_fact_the_rule_the_clause_and_every_day_that_was_skipped(cast, browse, it_is):
    it_is("2025-04-16")
    case = opened(cast, cast.amber, on="2025-04-16")
    text = words(browse(cast.mona).get(reverse("why", args=[the(case, "CMH-2").pk])))
    assert "Proceedings issued on Wednesday 16 April 2025" in text
    assert "within 5 working days" in text.lower()
    assert "EV Care Proceedings" in text
    assert the(case, "CMH-2").due_on == date(2025, 4, 25)
    for skipped in ("Good Friday", "Easter Monday", "Saturday 19 April 2025", "Sunday 20 April 2025"):
        assert skipped in text


@chapter(on=TODAY)
def case(cast):
    return issued_three_weeks_ago(cast)


def test_every_deadline_of_a_case_can_say_why(cast, case, browse):
    client = browse(cast.mona)
    happened(case, "hearing_moved", "2025-03-03", hearing="cmh", date="2025-03-20")
    for deadline in [*owed(case), *Deadline.objects.filter(child=cast.amber, case=None)]:
        assert client.get(reverse("why", args=[deadline.pk])).status_code == 200, deadline


def everything(case):
    return as_stored(case), Event.objects.count(), Miss.objects.count(), Case.objects.get(pk=case.pk).version


def test_what_if_the_hearing_moves_shows_what_would_change_and_changes_nothing(cast, case, browse):
    client, before = browse(cast.gwen), everything(case)
    address = reverse("what_if", args=[case.key])
    assert client.get(address).status_code == 200
    page = client.post(
        f"{address}?happening=hearing_moved",
        {
            "on_day": 3,
            "on_month": 3,
            "on_year": 2025,
            "hearing": "cmh",
            "date_day": 25,
            "date_month": 3,
            "date_year": 2025,
        },
    )
    changes = {change.duty_id: change for change in page.context["result"]["changes"]}
    assert changes["CMH-7"].before[1] == date(2025, 3, 3)
    assert changes["CMH-7"].after[1] == date(2025, 3, 24)
    assert "Monday 24 March 2025" in words(page)
    assert everything(case) == before


def test_what_if_says_what_could_not_be(cast, case, browse):
    before = everything(case)
    page = browse(cast.gwen).post(
        reverse("what_if", args=[case.key]) + "?happening=guardian_withdrew",
        {"on_day": 3, "on_month": 4, "on_year": 2025},
    )
    assert "(GPP Completion)" in words(page)
    assert everything(case) == before


@pytest.mark.parametrize(
    ("year", "status"), [("1066", 200), ("2060", 200), ("9999", 200), ("", 200), ("0000", 200)]
)
def test_what_if_on_an_impossible_day_is_answered_in_words(cast, case, browse, year, status):
    page = browse(cast.gwen).post(
        reverse("what_if", args=[case.key]) + "?happening=hearing_listed",
        {
            "on_day": 3,
            "on_month": 3,
            "on_year": year,
            "hearing": "irh",
            "date_day": 25,
            "date_month": 3,
            "date_year": year,
        },
    )
    assert page.status_code == status


def test_what_if_offers_nothing_that_is_no_happening(cast, case, browse):
    for happening in ("nonsense", "closing_steps", "legal_status_changed"):
        assert (
            browse(cast.gwen).get(reverse("what_if", args=[case.key]), {"happening": happening}).status_code
            == 404
        )


def test_what_if_from_the_last_day_there_is_is_answered_in_words(cast, case, browse):
    """No day comes after it that could be counted to."""
    last = {"application_issued_day": 31, "application_issued_month": 12, "application_issued_year": 9999}
    page = browse(cast.lena).post(
        reverse("what_if", args=[case.key]) + "?happening=child_added",
        {"on_day": 3, "on_month": 3, "on_year": 2025, "children": cast.coral.key, **last},
    )
    assert "9999-12-31 is outside the years" in words(page)


def test_what_if_on_the_first_day_there_is_is_answered_in_words(cast, case, browse):
    """No day comes before it on which a child could have been looked after already."""
    page = browse(cast.lena).post(
        reverse("what_if", args=[case.key]) + "?happening=proceedings_issued",
        {"on_day": 1, "on_month": 1, "on_year": "0001"},
    )
    assert "0001-01-01 is outside the years" in words(page)
