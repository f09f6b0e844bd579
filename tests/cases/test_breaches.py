"""A missed deadline is written down once, and only a change of what we know annuls it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import breaches
from cases.actions import correct
from cases.models import Deadline, Miss
from cases.timeline import chronology_of
from tests.cases.steps import again, day, happened, misses, opened, owed, the
from tests.chapters import chapter

ISSUED = "2025-02-03"


@pytest.fixture(autouse=True)
def _on_the_day_of_issue(it_is):
    it_is(ISSUED)


@chapter(on=ISSUED)
def case(cast):
    """Issued on Monday 3 February 2025: an IRO is owed (CMH-2) by Monday the 10th."""
    return opened(cast, on=ISSUED)


def of_duty(case, duty):
    return misses(case=case, duty=duty)


# --- Written once ---------------------------------------------------------------------------------------


def test_a_deadline_met_on_its_day_is_no_miss(case, it_is):
    it_is("2025-02-10", at="23:59")
    breaches.settle(today=timezone.localdate())
    assert not of_duty(case, "CMH-2")


def test_overdue_begins_at_midnight_in_london(case, it_is):
    it_is("2025-02-11", at="00:00")
    breaches.settle(today=timezone.localdate())
    [miss] = of_duty(case, "CMH-2")
    assert (miss.due_on, miss.child.name, miss.annulled_at) == (date(2025, 2, 10), "Amber Example", None)


def test_however_often_the_clock_settles_a_miss_is_written_once(case, it_is):
    it_is("2025-02-11")
    assert [breaches.settle(today=timezone.localdate()) for _ in range(3)] == [2, 0, 0]  # CMH-1 and CMH-2
    it_is("2025-02-12")
    breaches.settle(today=timezone.localdate())
    assert of_duty(case, "CMH-2").count() == 1


def test_settled_daily_or_only_after_a_week_the_misses_are_the_same(cast, it_is):
    it_is("2025-02-03")
    daily, late = (opened(cast, child, on="2025-02-03") for child in (cast.amber, cast.blake))
    for offset in range(12):
        today = it_is(date(2025, 2, 3) + timedelta(days=offset)).date()
        breaches.settle(today=today, stream={"case_id": daily.pk})
    breaches.settle(today=today, stream={"case_id": late.pk})
    told = [list(misses(case=c).values_list("duty", "due_on", "opened_on", "force")) for c in (daily, late)]
    assert told[0] == told[1] != []


def test_recording_a_fact_settles_first_what_was_missed_before_today(case, it_is):
    it_is("2025-02-12")
    happened(case, "iro_allocated", "2025-02-12")
    [miss] = of_duty(case, "CMH-2")
    assert miss.annulled_at is None
    assert the(case, "CMH-2").met_on == date(2025, 2, 12)


def test_met_late_is_a_miss_even_when_everything_is_typed_the_same_day(cast, it_is):
    it_is("2025-03-03")
    case = opened(cast, on="2025-02-24")
    assert not of_duty(case, "CMH-2")  # due today
    it_is("2025-03-31")
    other = opened(cast, cast.blake, on="2025-02-24")
    happened(other, "iro_allocated", "2025-03-05")
    [miss] = of_duty(other, "CMH-2")
    assert (miss.due_on, miss.annulled_at) == (date(2025, 3, 3), None)


def test_a_delay_letter_in_time_means_no_miss(case, it_is):
    it_is("2025-02-04")
    happened(case, "referral_submitted", "2025-02-04", referral="Referral 1")
    it_is("2025-02-18")
    happened(case, "delay_letter_sent", "2025-02-18", referral="Referral 1", reason="Papers are missing")
    it_is("2025-02-25")
    breaches.settle(today=timezone.localdate())
    assert the(case, "REF-12").state == "excused"
    happened(case, "decision_report_sent", "2025-02-25", referral="Referral 1", action="no_action")
    breaches.settle(today=timezone.localdate())
    assert not of_duty(case, "REF-12")
    assert the(case, "REF-12").met_on == date(2025, 2, 25)


# --- The world changes: the miss stays ------------------------------------------------------------------


@chapter(on="2025-02-04")
def cmh_listed(case):
    """The CMH is listed for Tuesday the 18th: the guardian makes contact before it (CMH-7)."""
    happened(case, "guardian_allocated", "2025-02-04")
    happened(case, "hearing_listed", "2025-02-04", hearing="cmh", date="2025-02-18")
    return case


@chapter(on="2025-02-19")
def contact_missed(cmh_listed):
    """Nobody made contact before the CMH, and on the day after it should have been it moves."""
    happened(cmh_listed, "hearing_moved", "2025-02-19", hearing="cmh", date="2025-03-11")
    return cmh_listed


def test_a_hearing_moved_after_the_breach_leaves_the_miss(contact_missed, it_is):
    it_is("2025-02-19")
    [miss] = of_duty(contact_missed, "CMH-7")
    assert (miss.due_on, miss.annulled_at) == (date(2025, 2, 17), None)
    before, after = owed(contact_missed, "CMH-7").order_by("due_on")
    assert (before.due_on, before.moved, before.state, before.is_missed) == (
        date(2025, 2, 17),
        True,
        "open",
        True,
    )
    assert (after.due_on, after.moved, after.is_missed) == (date(2025, 3, 10), False, False)


def test_the_moved_deadline_can_be_missed_again_and_both_misses_stand(contact_missed, it_is):
    it_is("2025-03-12")
    breaches.settle(today=timezone.localdate())
    happened(contact_missed, "contact", "2025-03-12", between="guardian_iro", purpose="first_contact")
    assert [m.due_on for m in of_duty(contact_missed, "CMH-7")] == [date(2025, 2, 17), date(2025, 3, 10)]
    assert {m.annulled_at for m in of_duty(contact_missed, "CMH-7")} == {None}


def test_a_hearing_moved_in_time_is_no_miss(cmh_listed, it_is):
    case = cmh_listed
    it_is("2025-02-17")
    happened(case, "hearing_moved", "2025-02-17", hearing="cmh", date="2025-03-11")
    it_is("2025-02-20")
    breaches.settle(today=timezone.localdate())
    assert not of_duty(case, "CMH-7")
    assert the(case, "CMH-7").due_on == date(2025, 3, 10)


def test_closing_the_case_removes_no_miss(case, it_is):
    it_is("2025-02-12")
    happened(case, "proceedings_withdrawn", "2025-02-12")
    [miss] = of_duty(case, "CMH-2")
    assert miss.annulled_at is None


# --- Our knowledge changes: the miss is annulled, visibly -----------------------------------------------


def struck_in(case, duty):
    """The chronology's entry for the miss, if it is struck through."""
    title = f"Deadline missed: {duty}"
    found = [entry for entry in chronology_of(again(case), may_correct=bool) if entry.title == title]
    assert len(found) == 1
    return found[0] if found[0].struck else None


def test_a_fact_typed_late_but_dated_in_time_annuls_the_miss_and_says_who_and_why(case, cast, it_is):
    it_is("2025-02-12")
    breaches.settle(today=timezone.localdate())
    assert not struck_in(case, "CMH-2")
    it_is("2025-02-14")
    [event] = happened(case, "iro_allocated", "2025-02-07", by=cast.mona)
    [miss] = of_duty(case, "CMH-2")
    assert (miss.annulled_by, timezone.localdate(miss.annulled_at)) == (event, date(2025, 2, 14))
    assert the(case, "CMH-2").is_missed is False
    struck = struck_in(case, "CMH-2")
    assert (struck.struck_by, struck.struck_on) == ("Mona Manager", date(2025, 2, 14))
    assert "“IRO allocated” on Friday 7 February 2025 was recorded" in struck.struck_why


def test_a_correction_annuls_the_miss_that_the_mistake_made(case, cast, it_is):
    it_is("2025-02-12")
    [event] = happened(case, "iro_allocated", "2025-02-12", by=cast.mona)
    assert of_duty(case, "CMH-2").get().annulled_at is None
    [instead] = correct(event, by=cast.mona, reason="It was the 7th", replacement={"on": day("2025-02-07")})
    assert of_duty(case, "CMH-2").get().annulled_by == instead
    assert "was corrected" in struck_in(case, "CMH-2").struck_why


def test_a_fact_struck_out_brings_the_miss_back(case, cast, it_is):
    it_is("2025-02-12")
    breaches.settle(today=timezone.localdate())
    [event] = happened(case, "iro_allocated", "2025-02-07", by=cast.mona)
    correct(event, by=cast.mona, reason="That was another child")
    [miss] = of_duty(case, "CMH-2")
    assert (miss.annulled_at, miss.annulled_by) == (None, None)
    assert the(case, "CMH-2").is_missed is True


def test_a_miss_annulled_and_owed_again_is_settled_no_second_time(case, cast, it_is):
    it_is("2025-02-12")
    [event] = happened(case, "iro_allocated", "2025-02-07", by=cast.mona)
    correct(event, by=cast.mona, reason="That was another child")
    it_is("2025-02-20")
    breaches.settle(today=timezone.localdate())
    assert of_duty(case, "CMH-2").count() == 1


def test_the_day_of_issue_corrected_to_later_annuls_what_was_then_not_yet_due(case, cast, it_is):
    it_is("2025-02-12")
    breaches.settle(today=timezone.localdate())
    issued = case.events.get(happening="proceedings_issued")
    correct(issued, by=cast.lena, reason="Issued on the 10th", replacement={"on": day("2025-02-10")})
    assert of_duty(case, "CMH-2").get().annulled_at
    assert the(case, "CMH-2").due_on == date(2025, 2, 17)


def test_a_childs_review_missed_is_the_childs_own_and_annulled_by_the_childs_own_fact(cast, it_is):
    it_is("2025-02-03")
    happened(cast.amber, "became_looked_after", "2025-02-03", legal_status="V2 section 20")
    it_is("2025-03-04")
    breaches.settle(today=timezone.localdate())
    [miss] = misses(child=cast.amber, duty="REV-1")
    assert (miss.due_on, miss.case) == (date(2025, 3, 3), None)
    happened(cast.amber, "review_held", "2025-02-27", review="R", significant_issues=False)
    assert misses(child=cast.amber, duty="REV-1").get().annulled_at


# --- The sweep reads an index ---------------------------------------------------------------------------


def many(number, **settled):
    """Rows like the first one there is, put in by hand: through the verbs they would take minutes."""
    columns = [field.attname for field in Deadline._meta.fields if field.attname != "id"]
    like = {**Deadline.objects.values(*columns).first(), "due_on": date(2025, 1, 3), **settled}
    Deadline.objects.bulk_create(Deadline(**{**like, "key": f"{settled}:{n}"}) for n in range(number))


@pytest.mark.needs_postgres
def test_the_sweep_reads_the_narrow_index_and_never_the_whole_table(case):
    """Neither what was met long ago nor misses that nobody ever mended are read by the next sweep."""
    many(3000, state="met", met_on=date(2025, 1, 2))
    many(3000, is_missed=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_deadline")
    with CaptureQueriesContext(connection) as sweep:
        assert breaches.settle(today=date(2025, 2, 12)) == 2
    statements = [query["sql"] for query in sweep if "cases_deadline" in query["sql"]]
    assert len(statements) >= 3  # the misses, the nudges, the marks
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {statement}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan on cases_deadline" not in plan, plan
        if "cases_notice" not in statement:  # a nudge may as well begin with the few people there are
            assert "not_yet_missed" in plan, plan


def test_no_miss_is_written_for_a_deadline_without_a_date(case, it_is):
    happened(case, "guardian_allocated", "2025-02-03")  # CMH-7 waits for a CMH that nobody listed
    it_is("2025-06-02")
    breaches.settle(today=timezone.localdate())
    assert the(case, "CMH-7").due_on is None
    assert not Miss.objects.filter(duty="CMH-7").exists()
