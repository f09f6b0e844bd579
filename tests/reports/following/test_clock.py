"""The clock wakes workers for followed views: none of them loses or doubles anything, or asks more for more rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports import tasks
from reports.finding import looking
from reports.models import Following, Sighting
from tests.reports.following.steps import MONDAY, follow, paper, told


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
