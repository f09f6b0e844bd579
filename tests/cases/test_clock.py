"""The clock: who is reminded when, once each; the daily summary; and what a page says of the clock."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from cases import clock
from cases.appointments import appoint
from cases.clock import tick
from cases.models import Heartbeat, Notice
from tests.cases.clock_steps import MONDAY, _on_monday, case, document
from tests.cases.steps import day, happened, opened, the

__all__ = ["_on_monday", "case", "document"]


def told(duty=None, **where):
    """Who has been told what, as (kind, name)."""
    found = Notice.objects.filter(**where)
    found = found.filter(deadline__duty=duty) if duty else found
    return sorted(found.values_list("kind", "recipient__name"))


# --- Whom, and when -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        ("2025-02-05", []),
        ("2025-02-06", ["soon"]),  # two working days before Monday is Thursday
        ("2025-02-07", ["soon"]),
        ("2025-02-10", ["today"]),
        ("2025-02-11", ["overdue"]),
    ],
)
def test_the_owner_is_told_two_working_days_before_on_the_day_and_when_it_is_overdue(
    document, it_is, on, kinds
):
    it_is(on)
    tick()
    assert told("CMH-10") == [(kind, "Lena Legal") for kind in kinds]


def test_ticking_through_the_days_tells_each_thing_once(document, it_is):
    for offset in range(12):
        for at in ("03:00", "12:00", "23:59"):
            it_is(date(2025, 2, 3) + timedelta(days=offset), at)
            tick()
    assert told("CMH-10") == [("overdue", "Lena Legal"), ("soon", "Lena Legal"), ("today", "Lena Legal")]


def test_when_it_is_overdue_the_owners_manager_is_told_too(case, cast, it_is):
    happened(case, "guardian_allocated", MONDAY)
    appoint(cast.iris, "iro", children=[cast.amber], on=day(MONDAY), by=cast.mona)
    happened(case, "review_arranged", MONDAY, review="R1", date="2025-02-14")  # CMH-11 by the 7th
    it_is("2025-02-10")
    tick()
    assert told("CMH-11") == [("overdue", "Iris Reviewer"), ("overdue", "Mona Manager")]


def test_where_nobody_is_named_those_who_answer_for_the_service_are_told(case, cast, it_is):
    it_is("2025-02-10")
    tick()
    assert told("CMH-2") == [("today", "Mona Manager")]


def test_nobody_of_another_authority_is_told(case, it_is, cast):
    it_is("2025-02-11")
    tick()
    assert not Notice.objects.filter(recipient=cast.stranger).exists()


def test_nobody_is_told_in_an_agency_that_is_not_on_the_system(case, cast, it_is):
    cast.cafcass.is_on_system = False
    cast.cafcass.save()
    happened(case, "guardian_allocated", MONDAY)
    for on in ("2025-02-03", "2025-02-04", "2025-02-05"):
        it_is(on)
        tick()
    assert the(case, "CMH-4").is_missed
    assert told("CMH-4") == []


def test_nobody_who_has_left_is_told(document, cast, it_is):
    User.objects.filter(pk=cast.lena.pk).update(is_active=False)
    it_is("2025-02-10")
    tick()
    assert told("CMH-10") == []


def test_what_was_done_in_time_reminds_nobody(document, case, it_is):
    happened(case, "document_sent_to_iro", MONDAY, document="Timetable")
    for on in ("2025-02-06", "2025-02-10", "2025-02-11"):
        it_is(on)
        tick()
    assert told("CMH-10") == []


def test_after_a_weeks_outage_nobody_is_reminded_of_days_gone_by_only_of_the_miss(document, it_is):
    it_is("2025-02-17")
    tick()
    tick()
    assert told("CMH-10") == [("overdue", "Lena Legal")]


def test_when_a_hearing_moves_the_new_day_is_reminded_of_anew(case, cast, it_is):
    appoint(cast.gwen, "guardian", children=[cast.amber], on=day(MONDAY), by=cast.cass, case=case)
    happened(case, "hearing_listed", MONDAY, hearing="cmh", date="2025-02-07")
    it_is("2025-02-04")
    tick()
    happened(case, "hearing_moved", "2025-02-04", hearing="cmh", date="2025-02-28")
    it_is("2025-02-25")
    tick()
    assert told("CMH-7") == [("soon", "Gwen Guardian"), ("soon", "Gwen Guardian")]


# --- The daily summary ----------------------------------------------------------------------------------


def test_the_summary_comes_once_a_working_day_after_seven_in_the_morning(document, cast, it_is):
    it_is("2025-02-05", "06:59")
    tick()
    assert told(kind="digest") == []
    for at in ("07:00", "12:00"):
        it_is("2025-02-05", at)
        tick()
    assert told(kind="digest").count(("digest", "Lena Legal")) == 1
    it_is("2025-02-06", "07:00")
    tick()
    assert told(kind="digest").count(("digest", "Lena Legal")) == 2


def test_there_is_no_summary_on_a_day_of_rest(document, it_is):
    it_is("2025-02-08", "09:00")
    tick()
    assert told(kind="digest") == []


def test_seven_oclock_is_londons_seven_oclock_in_summer_too(cast, it_is):
    it_is("2025-06-02")
    case = opened(cast, cast.amber, on="2025-06-02")
    appoint(cast.lena, "la_legal", children=[cast.amber], on=day("2025-06-02"), by=cast.lena)
    happened(case, "document_received", "2025-06-02", document="Timetable", kind="Expert report")
    it_is("2025-06-03", "06:59")
    tick()
    assert told(kind="digest") == []
    it_is("2025-06-03", "07:00")
    tick()
    assert ("digest", "Lena Legal") in told(kind="digest")


def test_whoever_owes_nothing_within_the_week_gets_no_summary(case, cast, it_is):
    appoint(cast.gwen, "guardian", children=[cast.amber], on=day(MONDAY), by=cast.cass, case=case)
    happened(case, "appendix_1_sent", MONDAY)
    happened(case, "hearing_listed", MONDAY, hearing="cmh", date="2025-04-01")
    it_is("2025-02-05", "09:00")
    tick()
    assert told(kind="digest", recipient=cast.gwen) == []


# --- The clock itself -----------------------------------------------------------------------------------


def test_the_clock_leaves_word_that_it_ran_and_what_it_changed(case, it_is):
    moment = it_is("2025-02-11")
    tick()
    beat = Heartbeat.objects.get(name="clock")
    assert (beat.beat_at, beat.changed) == (moment, 2)
    assert not clock.is_late(beat)


def test_every_page_says_when_deadlines_were_last_checked(case, cast, it_is, browse):
    it_is("2025-02-11", "09:00")
    tick()
    page = browse(cast.mona).get("/cases/").content.decode()
    assert "Deadlines last checked on Tuesday 11 February 2025, 09:00." in page
    assert "<strong>Warning:</strong>" not in page


@pytest.mark.parametrize("beats", [0, 1])
def test_silence_does_not_look_like_compliance(cast, it_is, browse, beats):
    it_is("2025-02-11", "09:00")
    for _ in range(beats):
        tick()
    it_is("2025-02-11", "09:11")
    page = browse(cast.mona).get("/cases/").content.decode()
    assert "<strong>Warning:</strong>" in page
    assert ("have not been checked yet" in page) is (beats == 0)
