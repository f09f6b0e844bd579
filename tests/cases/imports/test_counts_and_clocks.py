"""A return becomes children, periods of care, legal statuses and reviews, and their clocks run."""

from datetime import date

import pytest
import time_machine

from cases.models import Child, Deadline, Event, Miss, Notice, PeriodOfCare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]


@pytest.fixture
def autumn():
    with time_machine.travel("2024-11-20 10:00", tick=False):
        yield


def clock(number):
    """The review duties of a child in order: which, due, and how it stands."""
    owed = Deadline.objects.filter(child__return_id=number, duty__in=["REV-1", "REV-2", "REV-3"])
    return [(d.duty, d.due_on.isoformat(), d.state) for d in owed.order_by("opened_on", "duty", "due_on")]


def told(number):
    """What the chronology of a child says."""
    events = Event.objects.standing().filter(child__return_id=number).order_by("on", "pk")
    return [
        (event.on.isoformat(), event.happening, event.details.get("legal_status", "")) for event in events
    ]


def test_what_the_counts_count(count, a_return):
    a_return.child("101").child("102", born="15/06/2022").child("103")
    a_return.episode("101", "03/06/2024").episode("102", "03/06/2024", ended="05/08/2024", rec="E4A")
    a_return.episode("102", "01/10/2024", rne="P")
    a_return.review("101", "24/06/2024", "PN0").review("101", "24/06/2024", "PN1")
    a_return.review("102", "24/06/2024", "PN7").review("999", "24/06/2024").review("101", "01/01/2099", "PN0")
    counted = count(a_return.write())
    assert (counted["children"], counted["periods"], counted["reviews"]) == (3, 3, 2)
    expected = {"440": 2, "441": 1, "duplicate_review": 1, "unknown_child": 1, "future_review": 1}
    assert expected.items() <= counted["findings"].items()
    assert Child.objects.filter(return_id__in=["101", "102", "103"]).count() == 3
    assert PeriodOfCare.objects.count() == 3
    assert Event.objects.filter(happening="review_held").count() == 2


def test_the_rules_everybody_asks_after_are_counted_when_there_is_nothing_to_count(count, a_return):
    counted = count(a_return.child("101").episode("101", "03/06/2024").write())
    assert counted["findings"] == {"440": 0, "441": 0, "duplicate_review": 0, "unknown_child": 0}


def test_a_child_goes_by_its_number_until_somebody_types_a_name(count, a_return, cast):
    count(a_return.child("101", born="29/02/2016", sex="1").write())
    child = Child.objects.get(return_id="101")
    assert (child.name, child.born, child.sex) == ("Child 101", date(2016, 2, 29), "M")
    assert child.authority == cast.northmoor


def test_the_clock_runs_from_the_first_day(count, a_return, stored_is_rebuilt):
    count(a_return.child("101").episode("101", "04/11/2024").write())
    assert clock("101") == [("REV-1", "2024-12-02", "open")]
    stored_is_rebuilt()


def test_each_review_sets_the_next_three_and_then_six_months_on(count, a_return, stored_is_rebuilt):
    a_return.child("101").episode("101", "03/06/2024")
    a_return.review("101", "24/06/2024").review("101", "20/09/2024", "PN6")
    count(a_return.write())
    assert clock("101") == [
        ("REV-1", "2024-07-01", "met"),
        ("REV-2", "2024-09-24", "met"),
        ("REV-3", "2025-03-20", "open"),
    ]
    codes = Event.objects.filter(happening="review_held").order_by("on").values_list("particulars", flat=True)
    assert [particulars["participation"] for particulars in codes] == ["PN1", "PN6"]
    stored_is_rebuilt()


def test_section_20_then_an_interim_order_then_a_care_order_is_one_period(count, a_return):
    a_return.child("101").episode("101", "03/06/2024", ls="V2", ended="01/07/2024", rec="X1")
    a_return.episode("101", "01/07/2024", rne="L", ls="C1", ended="02/09/2024", rec="X1")
    a_return.episode("101", "02/09/2024", rne="L", ls="C2").review("101", "24/06/2024")
    assert count(a_return.write())["periods"] == 1
    assert told("101") == [
        ("2024-06-03", "became_looked_after", "V2 section 20"),
        ("2024-06-24", "review_held", ""),
        ("2024-07-01", "legal_status_changed", "C1 interim care order"),
        ("2024-09-02", "legal_status_changed", "C2 full care order"),
    ]
    assert clock("101")[1:] == [("REV-2", "2024-09-24", "open")]
    assert PeriodOfCare.objects.get().legal_status == "C2 full care order"


def test_a_move_on_the_next_day_is_no_gap(count, a_return):
    a_return.child("101").episode("101", "03/06/2024", ended="10/06/2024", rec="X1")
    a_return.episode("101", "11/06/2024", rne="P", place="K1")
    assert count(a_return.write())["periods"] == 1


@pytest.mark.parametrize(
    ("ended", "rec", "began", "rne"),
    [
        ("01/07/2024", "E4A", "05/08/2024", "P"),
        ("01/07/2024", "X1", "05/08/2024", "P"),
        ("01/07/2024", "X1", "01/07/2024", "S"),
        ("01/07/2024", "E8", "01/07/2024", "P"),
        ("", "", "05/08/2024", "S"),
    ],
)
def test_a_new_period_starts_the_clock_again(count, a_return, stored_is_rebuilt, ended, rec, began, rne):
    a_return.child("101").episode("101", "03/06/2024", ended=ended, rec=rec).episode("101", began, rne=rne)
    a_return.review("101", "24/06/2024")
    assert count(a_return.write())["periods"] == 2
    first_reviews = [due for duty, due, _ in clock("101") if duty == "REV-1"]
    assert first_reviews == ["2024-07-01", "2024-07-29" if began.startswith("01") else "2024-09-03"]
    assert PeriodOfCare.objects.count() == 2
    stored_is_rebuilt()


def test_the_end_of_care_ends_the_clock(count, a_return):
    a_return.child("101").episode("101", "04/11/2024", ended="18/11/2024", rec="E4A")
    count(a_return.write())
    assert clock("101") == [("REV-1", "2024-12-02", "not_required")]
    assert PeriodOfCare.objects.get().ended_on == date(2024, 11, 18)


def test_a_placement_order_gives_three_months(count, a_return):
    a_return.child("101", born="01/05/2023").episode(
        "101", "03/06/2024", ls="C1", ended="01/10/2024", rec="X1"
    )
    a_return.episode("101", "01/10/2024", rne="L", ls="E1").review("101", "24/06/2024", "PN0")
    count(a_return.write())
    assert ("2024-10-01", "authority_to_place", "") in told("101")
    assert clock("101")[-1] == ("REV-2", "2025-01-01", "open")


def test_an_adoptive_placement_gives_four_weeks(count, a_return):
    a_return.child("101", born="01/05/2023").episode(
        "101", "03/06/2024", ls="E1", ended="04/11/2024", rec="X1"
    )
    a_return.episode("101", "04/11/2024", rne="P", ls="E1", place="A6").review("101", "24/06/2024", "PN0")
    count(a_return.write())
    assert clock("101")[-1] == ("REV-1", "2024-12-02", "open")


def test_the_same_carers_adopting_under_another_code_is_one_placement(count, a_return):
    a_return.child("101", born="01/05/2023").episode(
        "101", "03/06/2024", place="A4", ended="01/07/2024", rec="X1"
    )
    a_return.episode("101", "01/07/2024", rne="L", ls="E1", place="A6", ended="05/08/2024", rec="X1")
    a_return.episode("101", "05/08/2024", rne="P", ls="E1", place="A6")
    count(a_return.write())
    turns = [
        (on, what) for on, what, _ in told("101") if what in ("placed_for_adoption", "authority_to_place")
    ]
    assert turns == [("2024-06-03", "placed_for_adoption"), ("2024-08-05", "placed_for_adoption")]


def test_history_is_written_down_as_missed_and_nobody_is_e_mailed(count, a_return, cast):
    a_return.child("101").episode("101", "03/06/2024").review("101", "30/09/2024")
    count(a_return.write())
    missed = Miss.objects.get()
    assert (missed.duty, missed.due_on) == ("REV-1", date(2024, 7, 1))
    assert not Notice.objects.exists()


def test_the_clock_has_nothing_to_add_after_an_import(count, a_return, cast):
    from cases.clock import tick

    a_return.child("101").episode("101", "03/06/2024")
    count(a_return.write())
    tick()
    assert not Notice.objects.filter(kind="overdue").exists()
    assert Miss.objects.count() == 1


def test_papers_of_long_ago_are_not_owed_and_those_of_last_week_are(count, a_return, stored_is_rebuilt):
    a_return.child("101").episode("101", "03/06/2024")
    a_return.review("101", "24/06/2024").review("101", "18/11/2024")
    count(a_return.write())
    papers = Deadline.objects.exclude(duty__in=["REV-1", "REV-2", "REV-3"]).order_by("duty")
    assert [(d.duty, d.subject, d.due_on.isoformat()) for d in papers] == [
        ("REV-4", "2024-11-18", "2024-11-25"),
        ("REV-5", "2024-11-18", "2024-12-09"),
        ("REV-6", "2024-11-18", "2024-12-16"),
    ]
    with time_machine.travel("2025-02-01 10:00", tick=False):
        stored_is_rebuilt()


def test_every_fact_says_where_it_comes_from(count, a_return):
    count(a_return.child("101").episode("101", "03/06/2024").write())
    event = Event.objects.get()
    assert (event.how_known, event.recorded_by, event.case) == ("SSDA903 return", None, None)
