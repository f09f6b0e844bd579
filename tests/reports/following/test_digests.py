"""The digest of a followed view: on working days, once a day or a week, and none where there is nothing in it."""

from datetime import date, timedelta

from cases import inbox
from tests.reports.following.steps import follow, forwarded, paper, sent, ticks, told, words


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
