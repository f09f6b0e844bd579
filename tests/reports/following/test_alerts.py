"""The alert of a followed view: what it gained is told once to each person, with that person's eyes."""

import pytest
from django.urls import reverse

from accounts.models import Organisation, User
from cases import preferences, restricting
from cases.actions import correct
from cases.models import Case
from cases.refusal import NotYours
from reports.finding import following, views_kept
from reports.models import SavedView, Sighting
from tests.cases.steps import opened
from tests.reports.following.steps import MONDAY, PAPERS, follow, forwarded, paper, sent, ticks, told, words


def test_what_a_view_already_held_is_no_news_and_what_comes_is_told_once_to_each_who_follows(
    cast, case, view, it_is
):
    follow(view, cast.mona, cast.hal)
    assert ticks(it_is, at="12:10") == 0
    paper(case, "Timetable")
    paper(case, "Report")
    assert ticks(it_is, at="12:15") == 2
    for at in ("12:20", "13:00"):
        assert ticks(it_is, at=at) == 0
    for person in (cast.mona, cast.hal):
        assert words(person) == ["“About Amber’s papers” has gained 2 deadlines"]
    assert not words(cast.serena), "nobody who does not follow it"


def test_a_row_that_comes_back_is_news_again_only_if_it_was_away_when_the_clock_looked(
    cast, case, view, it_is
):
    follow(view, cast.mona)
    correct(forwarded(case, "Plan"), by=cast.lena, reason="Another paper")
    assert ticks(it_is, at="12:10") == 0, "It left and came back unseen"
    away = forwarded(case, "Plan")
    assert ticks(it_is, at="12:20") == 0
    correct(away, by=cast.lena, reason="Another paper")
    assert ticks(it_is, at="12:30") == 1


def test_a_view_that_asks_something_else_now_begins_anew(cast, case, view, it_is):
    follow(view, cast.mona)
    views_kept.keep(view.name, "state=open", by=cast.mona, is_shared=True)
    assert ticks(it_is, at="12:10") == 0
    paper(case, "Report")
    assert ticks(it_is, at="12:20") == 1


def test_an_alert_that_was_switched_off_and_on_again_begins_with_what_is_there_now(cast, case, view, it_is):
    follow(view, cast.mona, digest="daily")
    follow(view, cast.mona, digest="daily", is_alerted=False)
    assert not Sighting.objects.exists()
    paper(case, "Report")
    follow(view, cast.mona, digest="daily")
    assert ticks(it_is, at="12:10") == 0
    following.stop(view, by=cast.mona)
    paper(case, "Timetable")
    assert ticks(it_is, at="12:20") == 0


def test_nobody_is_told_of_what_they_may_not_open(cast, case, view, it_is):
    follow(view, cast.mona, cast.hal)
    other = opened(cast, cast.blake, on=MONDAY)
    restricting.restrict(other, by=cast.mona, reason="Close.", readers=[cast.iris, cast.hal])
    paper(other, "Plan")
    assert ticks(it_is, at="12:10") == 1
    assert not words(cast.mona)
    assert words(cast.hal) == ["“About Amber’s papers” has gained 1 deadline"]


def test_a_case_restricted_since_is_in_no_e_mail_and_the_rest_is(cast, case, view, it_is):
    follow(view, cast.mona)
    other = opened(cast, cast.blake, on=MONDAY)
    paper(other, "Plan")
    assert ticks(it_is, at="12:10") == 1
    restricting.restrict(other, by=cast.mona, reason="Close.", readers=[cast.iris, cast.hal])
    assert not sent()
    assert not told().exists(), "Nothing of it is left to be told"
    third = opened(cast, cast.coral, on=MONDAY)
    paper(third, "Plan")
    ticks(it_is, at="12:20")
    [message] = sent()
    assert third.key in message.body
    assert other.key not in message.body
    page = reverse("saved_view", args=[view.pk])
    assert message.body.count(page) == 1


def test_no_name_of_a_child_or_of_a_view_stands_in_an_e_mail(cast, case, view, it_is):
    follow(view, cast.mona, digest="daily")
    paper(case, "Timetable")
    ticks(it_is, on="2025-03-04", at="06:30")
    digest, alert = sorted(sent(), key=lambda message: len(message.subject))
    assert "holds 2 deadlines today, 0 overdue" in digest.body
    assert "has gained 1 deadline, 0 overdue" in alert.body
    for message in (digest, alert):
        assert f"Among them: {case.key}." in message.body
        assert "Amber" not in message.subject + message.body
        assert "/notices/settings/" in message.body


def test_it_is_told_by_e_mail_as_each_person_prefers(cast, case, view, it_is):
    people = {"at_once": cast.mona, "daily": cast.hal, "weekly": cast.serena, "overdue": cast.dora}
    for wanted, person in people.items():
        preferences.choose(wanted, by=person)
    follow(view, *people.values(), digest="daily")
    paper(case, "Timetable")
    ticks(it_is, on="2025-03-04", at="06:30")
    assert [message.to for message in sent()] == [[cast.mona.email]] * 2
    assert not sent()
    for person in people.values():
        assert len(words(person)) == 2, person.name
    assert preferences.kept_back(cast.hal) == 2, "The summary of seven o’clock says so"


@pytest.mark.parametrize(
    "why", ["left", "another part", "unshared", "forgotten", "stopped", "off the system"]
)
def test_whoever_left_or_lost_access_is_told_nothing_and_begins_anew(cast, case, view, it_is, why):
    follow(view, cast.hal, digest="daily")
    paper(case, "Timetable")
    ticks(it_is, at="12:10")
    hals = User.objects.filter(pk=cast.hal.pk)
    if why == "left":
        hals.update(is_active=False)
    elif why == "another part":
        hals.update(role="iro")
    elif why == "unshared":
        SavedView.objects.update(is_shared=False)
    elif why == "forgotten":
        views_kept.forget(view, by=cast.mona)
    elif why == "stopped":
        following.stop(view, by=cast.hal)
    else:
        Organisation.objects.filter(pk=cast.northmoor.pk).update(is_on_system=False)
    assert not sent(), "not even what was found before"
    assert ticks(it_is, on="2025-03-04", at="06:30") == 0
    hals.update(is_active=True, role="head_of_service")
    SavedView.objects.update(is_shared=True)
    Organisation.objects.update(is_on_system=True)
    paper(case, "Report")
    assert ticks(it_is, on="2025-03-04", at="06:40") in (0, 1), "at most the digest of the day"
    assert not told().filter(kind="gain").exists()


def test_an_office_follows_with_its_own_eyes_and_nobody_follows_what_is_not_shared_with_them(
    cast, case, it_is
):
    mine = views_kept.keep("Ours", PAPERS, by=cast.cass)
    for person in (cast.mona, cast.iris):
        with pytest.raises(NotYours):
            follow(mine, person)
    follow(mine, cast.cass)
    elsewhere = opened(cast, cast.blake, on=MONDAY)
    other = Organisation.objects.create(name="Cafcass Elsewhere (invented)", kind=cast.cafcass.kind)
    Case.objects.filter(pk=elsewhere.pk).update(cafcass_office=other)
    paper(elsewhere, "Plan")
    assert ticks(it_is, at="12:10") == 0
    paper(case, "Timetable")
    assert ticks(it_is, at="12:20") == 1
