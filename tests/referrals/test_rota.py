"""The duty rota: a lawyer for every working day, and a warning from two weeks before where there is none."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.roles import PersonRole
from cases.refusal import NotYours, Refusal
from referrals import rota
from referrals.models import DutyDay

MONDAY = date(2025, 3, 3)
FRIDAY = date(2025, 3, 7)
WEEK = range(5)
OUTSIDE = ("iris", "mona", "gwen", "lena", "sol", "cass", "hal", "chas", "hugo", "stranger")
pytestmark = pytest.mark.usefixtures("today")


def assign(cast, lawyer=None, day=MONDAY, by=None):
    rota.assign(lawyer or cast.lex, day, by=by or cast.leah, today=MONDAY)


def fill(cast, lawyer=None, first=MONDAY, last=FRIDAY, weekdays=WEEK, **how):
    return rota.assign_pattern(lawyer or cast.lex, first, last, weekdays, by=cast.lex, today=MONDAY, **how)


def whole_rota(cast):
    fill(cast, last=MONDAY + rota.WARNED)


# --- Who has a day ----------------------------------------------------------------------------------------------


def test_a_lawyer_has_a_day_and_another_takes_it_over(cast):
    assign(cast, cast.lex)
    assign(cast, cast.leah)
    assert rota.on_duty(MONDAY) == cast.leah
    assert DutyDay.objects.count() == 1


def test_a_day_given_up_is_nobodys(cast):
    assign(cast)
    rota.take_off(MONDAY, by=cast.lex, today=MONDAY)
    assert rota.on_duty(MONDAY) is None


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2025, 3, 8), "Saturday"),
        (date(2025, 4, 18), "Good Friday"),
        (date(2025, 5, 5), "Early May bank holiday"),
        (date(2025, 2, 28), "has passed"),
    ],
)
def test_a_day_on_which_nobody_can_be_on_duty_is_refused_by_name(cast, day, why):
    with pytest.raises(Refusal, match=why):
        assign(cast, day=day)
    with pytest.raises(Refusal, match=why):
        rota.take_off(day, by=cast.lex, today=MONDAY)
    assert not DutyDay.objects.exists()


def test_only_a_lawyer_of_cafcass_legal_who_has_not_left_can_be_on_duty(cast):
    cast.lex.is_active = False
    for person in (cast.hugo, cast.iris, cast.lex):
        with pytest.raises(Refusal, match="is not a lawyer of Cafcass Legal"):
            assign(cast, person)


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_else_writes_the_rota(cast, name):
    person = getattr(cast, name)
    with pytest.raises(NotYours):
        assign(cast, by=person)
    with pytest.raises(NotYours):
        rota.take_off(MONDAY, by=person, today=MONDAY)
    with pytest.raises(NotYours):
        rota.assign_pattern(cast.lex, MONDAY, FRIDAY, WEEK, by=person, today=MONDAY)
    assert not DutyDay.objects.exists()


# --- A pattern --------------------------------------------------------------------------------------------------


def test_a_pattern_takes_its_weekdays_and_leaves_bank_holidays_out(cast):
    taken, left = fill(cast, first=date(2025, 4, 14), last=date(2025, 4, 27), weekdays=[0, 4])
    assert taken == [date(2025, 4, 14), date(2025, 4, 25)]
    assert left == []
    assert [day.on for day in DutyDay.objects.all()] == taken


def test_a_pattern_leaves_other_peoples_days_to_them_unless_told_otherwise(cast):
    assign(cast, cast.leah)
    _, left = fill(cast, cast.lex)
    assert left == [MONDAY]
    assert rota.on_duty(MONDAY) == cast.leah
    fill(cast, cast.lex, replacing=True)
    assert rota.on_duty(MONDAY) == cast.lex


def test_a_pattern_takes_over_the_days_of_somebody_who_left(cast):
    assign(cast, cast.leah)
    _leaves(cast.leah)
    _, left = fill(cast, cast.lex)
    assert left == []
    assert rota.on_duty(MONDAY) == cast.lex


@pytest.mark.parametrize(
    ("how", "why", "field"),
    [
        ({"first": date(2025, 2, 28)}, "today or in the future", "first"),
        ({"last": date(2025, 3, 2)}, "before the first", "last"),
        ({"last": date(2027, 3, 3)}, "a year at most", "last"),
        ({"weekdays": []}, "at least one weekday", "weekdays"),
        ({"weekdays": [5]}, "at least one weekday", "weekdays"),
        ({"last": date(2025, 3, 4), "weekdays": [4]}, "None of those weekdays", "weekdays"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused(cast, how, why, field):
    with pytest.raises(Refusal, match=why) as refused:
        fill(cast, **how)
    assert refused.value.field == field
    assert not DutyDay.objects.exists()


# --- Gaps -------------------------------------------------------------------------------------------------------


def _leaves(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


def test_a_whole_rota_has_no_gap(cast):
    whole_rota(cast)
    assert rota.warnings(MONDAY) == []


def test_a_day_without_a_lawyer_is_warned_of_from_two_weeks_before_and_not_earlier(cast):
    whole_rota(cast)
    day = MONDAY + timedelta(days=14)
    rota.take_off(day, by=cast.lex, today=MONDAY)
    assert [gap.on for gap in rota.gaps(day - timedelta(days=14))] == [day]
    assert rota.warnings(MONDAY) == ["No lawyer is on duty on Monday 17 March 2025 (REF-1)."]
    earlier = [gap.on for gap in rota.gaps(day - timedelta(days=15))]
    assert day not in earlier


def test_weekends_and_bank_holidays_are_no_gaps(cast):
    easter = [gap.on for gap in rota.gaps(date(2025, 4, 14))]
    assert date(2025, 4, 17) in easter
    assert not {date(2025, 4, 18), date(2025, 4, 19), date(2025, 4, 21)} & set(easter)


def test_the_day_of_a_lawyer_who_left_or_changed_work_is_a_gap(cast):
    whole_rota(cast)
    assign(cast, cast.leah, day=FRIDAY)
    _leaves(cast.leah)
    assert [gap.on for gap in rota.gaps(MONDAY)] == [FRIDAY]
    (said,) = rota.warnings(MONDAY)
    assert said.startswith("Leah Lawyer, who was to be on duty on Friday 7 March 2025")
    assert rota.on_duty(FRIDAY) is None
    User.objects.filter(pk=cast.lex.pk).update(role=PersonRole.HIGH_COURT_TEAM_OFFICER)
    assert len(rota.gaps(MONDAY)) == 11


def test_many_gaps_are_said_in_one_sentence(cast):
    assert rota.warnings(MONDAY) == [
        "No lawyer is on duty on 11 working days from Monday 3 March 2025 to Monday 17 March 2025 (REF-1)."
    ]


def test_the_warning_stands_on_the_rota_and_on_the_advice_line(cast, browse):
    whole_rota(cast)
    rota.take_off(FRIDAY, by=cast.lex, today=MONDAY)
    for name in ("rota", "advice"):
        said = browse(cast.lex).get(reverse(name)).content.decode()
        assert "No lawyer is on duty on Friday 7 March 2025" in said, name


# --- Who is on duty, for those who may call ------------------------------------------------------------------------


def shown(person, today=MONDAY):
    return " ".join(
        render_to_string("referrals/rota/on_duty.html", {"duty": rota.shown_to(person, today)}).split()
    )


def test_an_iro_sees_who_answers_today_and_the_number(cast):
    assign(cast)
    assert "Lex Lawyer is on duty today, 9am to 5pm: 01632 960000." in shown(cast.iris)


def test_on_a_saturday_the_next_lawyer_is_named(cast):
    assign(cast, cast.leah, day=date(2025, 3, 10))
    said = shown(cast.iris, date(2025, 3, 8))
    assert "Nobody is on duty today. Leah Lawyer is on duty on Monday 10 March 2025" in said


def test_with_an_empty_rota_the_number_remains(cast):
    assert "Call Cafcass Legal on 01632 960000." in shown(cast.iris)


@pytest.mark.parametrize("name", ["gwen", "lena", "sol", "tess", "dora", "hugo", "cass"])
def test_those_who_may_not_refer_are_shown_nothing(cast, name):
    assign(cast)
    assert shown(getattr(cast, name)) == ""


# --- Pages ------------------------------------------------------------------------------------------------------


def test_the_rota_shows_six_weeks_of_working_days_with_bank_holidays_by_name(cast, browse, it_is):
    it_is("2025-04-07")
    said = browse(cast.lex).get(reverse("rota")).content.decode()
    for part in (
        "Monday 7 April 2025 (today)",
        "Good Friday: nobody is on duty",
        "Easter Monday",
        "Monday 19 May 2025",
    ):
        assert part in said
    assert "Saturday 12 April 2025" not in said
    assert "Tuesday 20 May 2025" not in said


def test_leah_puts_lex_on_a_day_and_takes_him_off(cast, browse):
    leah, page = browse(cast.leah), reverse("rota_day", args=["2025-03-04"])
    leah.post(page, {"lawyer": cast.lex.pk})
    assert rota.on_duty(date(2025, 3, 4)) == cast.lex
    assert "Lex Lawyer is down for this day" in leah.get(page).content.decode()
    leah.post(page, {"lawyer": "nobody"})
    assert rota.on_duty(date(2025, 3, 4)) is None


@pytest.mark.parametrize(
    "day", ["2025-03-08", "2025-02-28", "2025-04-18", "2030-01-02", "9999-12-31", "soon"]
)
def test_an_address_of_no_day_of_duty_is_not_there(cast, browse, day):
    assert browse(cast.lex).get(reverse("rota_day", args=[day])).status_code == 404


def test_the_rota_is_filled_by_weekday(cast, browse):
    assign(cast, cast.leah)
    typed = {
        "lawyer": cast.lex.pk, "weekdays": ["0", "2"], "first_day": "3", "first_month": "3", "first_year": "2025",
        "last_day": "14", "last_month": "3", "last_year": "2025",
    }  # fmt: skip
    said = browse(cast.lex).post(reverse("rota_fill"), typed, follow=True).content.decode()
    assert "Lex Lawyer is on duty on 3 days. Somebody else keeps Monday 3 March 2025." in said
    assert DutyDay.objects.filter(lawyer=cast.lex).count() == 3


def test_a_pattern_refused_says_so_beside_its_field_and_keeps_what_was_typed(cast, browse):
    typed = {
        "lawyer": cast.lex.pk, "weekdays": ["0"], "first_day": "7", "first_month": "3", "first_year": "2025",
        "last_day": "6", "last_month": "3", "last_year": "2025",
    }  # fmt: skip
    said = browse(cast.lex).post(reverse("rota_fill"), typed).content.decode()
    assert "The last day must not be before the first." in said
    assert 'value="7"' in said


@pytest.mark.parametrize("name", OUTSIDE)
def test_the_rota_is_not_there_for_anybody_else(cast, browse, name):
    person = browse(getattr(cast, name))
    for page in (reverse("rota"), reverse("rota_fill"), reverse("rota_day", args=["2025-03-04"])):
        assert person.get(page).status_code == 404
        assert person.post(page, {"lawyer": cast.lex.pk}).status_code == 404
    assert not DutyDay.objects.exists()
