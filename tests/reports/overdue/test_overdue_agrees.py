"""Overdue is one thing: a thousand deadlines, five dates, and every place that says which of them are late.

At each moment the number and the very rows are asked of every place (`places`) and held against what
`expected` works out by itself: open, and due before today in London. A place that asked for the day by Greenwich,
or had a meaning of its own, is found: the other tests plant such places one after the other.
"""

import re
from datetime import UTC, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases import clock, notices
from cases.models import Deadline, Notice
from tests.cast import assemble
from tests.in_full import IN_FULL
from tests.reports.overdue import expected
from tests.reports.overdue.held_against import PLACES, disagreements, few
from tests.reports.overdue.story import SUMMED_UP, a_story, day_of, moment
from tests.told import fresh, told_once

MOMENTS = {
    "an ordinary Monday": "2026-03-02T12:00+00:00",
    "the night the clocks go forward": "2026-03-29T00:30+00:00",
    "the first midnight of summer time": "2026-03-29T23:30+00:00",
    "a minute before midnight": "2026-06-15T22:59+00:00",
    "a minute after midnight": "2026-06-15T23:01+00:00",
    "the night the clocks go back": "2026-10-24T23:30+00:00",
    "before the first midnight of winter time": "2026-10-25T23:30+00:00",
}
# In these nights the day by Greenwich is the day in London: the pages that cost most are not asked again.
BESIDE = ("the night the clocks go forward", "before the first midnight of winter time")
SLOW = (
    "the board of the IRO service", "its tiles", "the board of Cafcass", "the board of LA legal",
    "every deadline of a case", "where a case stands", "every deadline as CSV", "My work as CSV",
)  # fmt: skip


@pytest.fixture(scope="module")
def the_thousand(django_db_setup, django_db_blocker):
    with told_once(django_db_blocker, lambda: a_story(assemble()), on="2026-02-20") as story:
        yield story


@pytest.fixture
def story(the_thousand, db):
    return fresh(the_thousand)


@pytest.fixture
def at():
    """Sets the moment, and gives its day in London."""
    travelling = []

    def set_to(words):
        while travelling:
            travelling.pop().stop()
        now = moment(MOMENTS[words])
        travelling.append(time_machine.travel(now, tick=False))
        travelling[-1].start()
        return day_of(now)

    yield set_to
    while travelling:
        travelling.pop().stop()


# --- At each moment ---------------------------------------------------------------------------------------------


def the_clock_ticks(story, today):
    """It finds what is missed, and each person is told of theirs; the numbers of the notices that wait to be sent."""
    told = {name: expected.told_now(story, name, today) for name in story.people}
    story.missed |= set(expected.late(today))
    for name, rows in told.items():
        story.told[name] = story.told.get(name, set()) | rows
    return told, clock.tick()


def wrongly_told(story, told, batches):
    """The e-mails go: to whom too much or too little is said to be overdue."""
    mail.outbox.clear()
    for batch in batches:
        notices.send(batch)
    sent = {person.email: set() for person in story.people.values()}
    for message in mail.outbox:
        notice = Notice.objects.get(pk=re.search(r"notice-(\d+)@", message.extra_headers["Message-ID"])[1])
        if notice.kind == Notice.Kind.OVERDUE:
            sent[message.to[0]].add(notice.deadline_id)
    said = {name: sent[person.email] for name, person in story.people.items()}
    return {
        name: f"{few(said[name] - rows)} too many, {few(rows - said[name])} missing"
        for name, rows in (told | dict.fromkeys(SUMMED_UP, frozenset())).items()
        if said[name] != rows
    }


def some_are_done(story, today):
    """Every seventh that is late is done, late: the places forget it together."""
    done = [pk for pk, row in sorted(expected.late(today).items()) if pk != story.left_behind][::7]
    Deadline.objects.filter(pk__in=done).update(state="met", met_on=today)


def test_every_place_agrees_on_what_is_overdue_whatever_the_hour(story, at):
    numbers = {}
    for turn, words in enumerate(MOMENTS):
        today = at(words)
        some_are_done(story, today)
        assert wrongly_told(story, *the_clock_ticks(story, today)) == {}, f"e-mails, {words}"
        asked = PLACES if words not in BESIDE or IN_FULL else [place for place in PLACES if place not in SLOW]
        assert disagreements(story, today, asked, turn=turn) == {}, words
        numbers[words] = len(expected.late(today))
    assert numbers["a minute after midnight"] != numbers["a minute before midnight"]
    assert min(numbers.values()) > 30


# --- A disagreement is found ------------------------------------------------------------------------------------

# Where each place reads what day it is.
READS_THE_DAY = {
    "My work": "cases.views.work",
    "the board of the IRO service": "reports.views.boards",
    "the list of cases": "cases.views.work",
    "every deadline of a case": "cases.views.case",
    "where a case stands": "cases.views.case",
    "conformance": "reports.views.conformance",
    "the annual report": "reports.annual.figures",
    "every deadline as CSV": "reports.exports.file",
    "the calendar": "reports.views.feed",
    "the daily summary": "cases.notices",
    "the inbox": "cases.inbox",
}


class Greenwich:
    """Django's clock, except that the day is Greenwich's: a minute after midnight in summer it is still yesterday."""

    @staticmethod
    def localdate(value=None):
        return (value or timezone.now()).astimezone(UTC).date()

    def __getattr__(self, name):
        return getattr(timezone, name)


def test_a_place_that_asks_for_the_day_by_greenwich_is_found(story, at, monkeypatch):
    today = at("a minute after midnight")
    since_midnight = Notice.objects.filter(kind="overdue", deadline__due_on=today - timedelta(days=1))
    with monkeypatch.context() as planted, transaction.atomic():
        planted.setattr("cases.clock.timezone", Greenwich())
        clock.tick()
        assert not since_midnight.exists(), "Greenwich would tell of them an hour later"
        transaction.set_rollback(True)
    the_clock_ticks(story, today)
    assert since_midnight.exists()
    for place, module in READS_THE_DAY.items():
        with monkeypatch.context() as planted:
            planted.setattr(f"{module}.timezone", Greenwich())
            assert {found for found, _ in disagreements(story, today, [place])} == {place}


def test_a_place_with_a_meaning_of_its_own_is_found(story, at, monkeypatch):
    """Due today taken for late; a restriction forgotten; what a delay letter explained counted as if it were open."""
    today = at("an ordinary Monday")
    own = {
        "the projection": ("cases.overdue.where", lambda today: Q(state="open", due_on__lte=today)),
        "My work as CSV": ("cases.overdue.is_overdue", lambda state, due_on, today: bool(due_on and due_on <= today)),
        "conformance": ("cases.access.DeadlineQuerySet.visible_to", lambda rows, user: rows.all()),
        "the list of cases": ("cases.overdue.where", lambda today: Q(state__in=["open", "excused"], due_on__lt=today)),
    }  # fmt: skip
    for place, (where, meaning) in own.items():
        assert disagreements(story, today, [place]) == {}
        with monkeypatch.context() as planted:
            planted.setattr(where, meaning)
            assert {found for found, _ in disagreements(story, today, [place])} == {place}
