"""A followed view: its digest and its alert, once for each person and with that person's eyes."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from cases import inbox, notices, preferences, restricting
from cases.actions import correct
from cases.appointments import appoint
from cases.clock import unsent
from cases.models import Case, Deadline, Notice
from cases.refusal import NotYours
from reports import tasks
from reports.finding import following, looking, views_kept
from reports.models import Following, SavedView, Sighting
from tests.cases.steps import day, happened, opened

PAPERS = "state=open&duty=CMH-10"
MONDAY = "2025-03-03"


@pytest.fixture
def case(cast, it_is):
    """Amber's, with one paper that LA legal has still to forward; no notice of the case waits."""
    it_is(MONDAY)
    case = opened(cast, cast.amber, on=MONDAY)
    appoint(cast.iris, "iro", children=[cast.amber], on=day(MONDAY), by=cast.mona)
    paper(case, "Plan")
    Notice.objects.all().delete()
    return case


@pytest.fixture
def view(cast, case):
    return views_kept.keep("About Amber’s papers", PAPERS, by=cast.mona, is_shared=True)


def paper(case, name):
    [event] = happened(
        case, "document_received", timezone.localdate(), document=name, kind="Interim care plan"
    )
    return event


def forwarded(case, name):
    [event] = happened(case, "document_sent_to_iro", timezone.localdate(), document=name)
    return event


def follow(view, *people, digest="", is_alerted=True):
    for person in people:
        following.choose(view, by=person, digest=digest, is_alerted=is_alerted)


def ticks(it_is, on=MONDAY, at="12:00"):
    """The clock wakes at a time of day, as often as it likes; how many notices it left."""
    it_is(on, at)
    before = told().count()
    for _ in range(2):
        looking.let_go()
        for ids in looking.batches(looking.to_look_at(timezone.now())):
            looking.look(ids)
        for ids in looking.batches(looking.to_sum_up(timezone.now())):
            looking.sum_up(ids)
    return told().count() - before


def told():
    return Notice.objects.filter(kind__in=["view", "gain"])


def sent():
    """What goes out by e-mail now."""
    mail.outbox.clear()
    notices.send(unsent(timezone.now()).filter(kind__in=["view", "gain"]).values_list("pk", flat=True))
    return mail.outbox


def words(person):
    return [line.words for line in inbox.of(person) if "“" in line.words or "saved view" in line.words]


# --- Alerts -----------------------------------------------------------------------------------------------------


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


# --- Digests ----------------------------------------------------------------------------------------------------


def days_told(it_is, first, last):
    found, on = [], date.fromisoformat(first)
    while on <= date.fromisoformat(last):
        found += [on.isoformat()] * ticks(it_is, on=on.isoformat(), at="06:10")
        on += timedelta(days=1)
    return found


def test_a_daily_digest_comes_on_working_days_alone_and_an_earlier_one_gives_way(cast, case, view, it_is):
    follow(view, cast.mona, digest="daily", is_alerted=False)
    assert ticks(it_is, at="23:00") == 0, "It begins on the day after"
    assert ticks(it_is, on="2025-03-04", at="05:59") == 0
    assert ticks(it_is, on="2025-03-04", at="06:10") == 1
    assert len(sent()) == 1
    assert ticks(it_is, on="2025-03-05", at="06:10") == 0, "one more, and one that gave way"
    assert words(cast.mona) == ["“About Amber’s papers”: digest of Wednesday 5 March 2025"]
    [kept] = told()
    inbox.acknowledge(kept, by=cast.mona)
    assert days_told(it_is, "2025-03-06", "2025-03-11") == [
        "2025-03-06",
        "2025-03-07",
        "2025-03-10",
        "2025-03-11",
    ]


def test_a_weekly_digest_comes_once_a_week_also_when_the_clock_was_out(cast, case, view, it_is):
    follow(view, cast.mona, digest="weekly", is_alerted=False)
    assert days_told(it_is, "2025-03-04", "2025-03-11") == ["2025-03-10"]
    told().delete()
    assert days_told(it_is, "2025-03-19", "2025-03-25") == ["2025-03-19", "2025-03-24"], (
        "out on Monday and Tuesday"
    )
    told().delete()
    assert days_told(it_is, "2025-04-21", "2025-04-25") == ["2025-04-22"], "after Easter Monday"


def test_an_empty_digest_is_not_sent_nor_made_up_for_later_that_day(cast, case, view, it_is):
    follow(view, cast.mona, digest="daily", is_alerted=False)
    forwarded(case, "Plan")
    assert ticks(it_is, on="2025-03-04", at="06:10") == 0
    paper(case, "Timetable")
    assert ticks(it_is, on="2025-03-04", at="15:00") == 0
    assert ticks(it_is, on="2025-03-05", at="06:10") == 1


# --- The clock --------------------------------------------------------------------------------------------------


def test_the_clock_wakes_workers_for_followed_views(cast, case, view, it_is, monkeypatch):
    follow(view, cast.mona, digest="daily")
    it_is("2025-03-04", "06:10")
    woken = []
    monkeypatch.setattr(tasks.look_at_views, "delay", woken.append)
    monkeypatch.setattr(tasks.sum_up_views, "delay", woken.append)
    tasks.keep_up()
    mine = [Following.objects.get().pk]
    assert woken == [mine, mine]
    tasks.look_at_views(mine)
    tasks.sum_up_views(mine)
    tasks.keep_up()
    assert woken == [mine, mine], "Nothing is left to do"
    assert told().count() == 1


def test_a_worker_that_dies_in_the_middle_loses_nothing_and_doubles_nothing(
    cast, case, view, it_is, monkeypatch
):
    follow(view, cast.mona)
    paper(case, "Timetable")
    it_is(MONDAY, "12:10")
    ids = [Following.objects.get().pk]

    with monkeypatch.context() as patched:
        patched.setattr(looking, "GONE", "SELECT no_such_thing")
        with pytest.raises(Exception, match="no_such_thing"):
            looking.look(ids)
    assert not told().exists()
    assert looking.look(ids) == 1
    assert looking.look(ids) == 0


def test_a_batch_costs_as_many_queries_however_much_its_views_hold(cast, case, view, it_is):
    follow(view, cast.mona)
    it_is(MONDAY, "12:10")
    with CaptureQueriesContext(connection) as few:
        looking.look([Following.objects.get().pk])
    follow(view, cast.hal, cast.serena, cast.dora)
    for number in range(6):
        paper(case, f"Paper {number}")
    it_is(MONDAY, "12:20")
    with CaptureQueriesContext(connection) as many:
        looking.look(list(Following.objects.values_list("pk", flat=True)))
    assert len(many) == len(few)
    assert told().count() == 4
    assert Sighting.objects.count() == 4 * 7


# --- Pages ------------------------------------------------------------------------------------------------------


def test_it_is_chosen_on_the_view_shown_in_the_inbox_and_stopped_among_the_notices(
    cast, case, view, browse, it_is, new
):
    hal = browse(cast.hal)
    page = reverse("saved_view", args=[view.pk])
    assert page in hal.get(reverse("find")).content.decode()
    assert "Open the list: 1 deadline" in hal.get(page).content.decode()
    new()
    chosen = {"digest": "weekly", "is_alerted": "on"}
    for entries in (1, 0):
        assert hal.post(page, chosen).status_code == 302
        assert [entry.verb for entry, _ in new()] == ["view.followed"] * entries
    paper(case, "Timetable")
    new()
    ticks(it_is, at="12:10")
    assert f'<a class="govuk-link" href="{page}">' in hal.get(reverse("inbox")).content.decode()
    new()
    shown = hal.get(page).content.decode()
    assert "What it gained last" in shown
    [(_, records)] = new()
    assert ("case", case.key) in records
    gained = Deadline.objects.get(duty="CMH-10", subject__contains="Timetable")
    assert f"{reverse('board_deadline', args=[gained.pk])}?state=open&amp;duty=CMH-10" in shown
    settings = hal.get(reverse("inbox_settings")).content.decode()
    assert "Each week, on its first working day" in settings
    stop = reverse("view_stop", args=[view.pk])
    assert stop in settings
    new()
    for entries in (1, 0):
        assert hal.post(stop).status_code == 302
        assert [entry.verb for entry, _ in new()] == ["view.unfollowed"] * entries
    assert "stands here, with a button to stop it" in hal.get(reverse("inbox_settings")).content.decode()
    hal.post(page, {"digest": "", "is_alerted": ""})
    assert not Following.objects.exists()


def test_a_private_view_is_nobody_elses_to_follow(cast, case, view, browse):
    SavedView.objects.update(is_shared=False)
    for person in (cast.hal, cast.stranger, cast.iris):
        for url in (reverse("saved_view", args=[view.pk]), reverse("view_stop", args=[view.pk])):
            assert browse(person).post(url, {"digest": "daily"}).status_code == 404, person.name
    assert not Following.objects.exists()


def test_a_notice_of_a_view_that_was_forgotten_names_it_no_longer(cast, case, view, browse, it_is):
    follow(view, cast.hal)
    paper(case, "Timetable")
    ticks(it_is, at="12:10")
    views_kept.forget(view, by=cast.mona)
    assert words(cast.hal) == ["A saved view you can no longer open"]
    assert browse(cast.hal).get(reverse("inbox")).status_code == 200
