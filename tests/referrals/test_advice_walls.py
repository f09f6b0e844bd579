"""What stands in an advice note is found nowhere outside Cafcass Legal; once shared, only with the officer.

Marker words are planted in everything a note can hold. Everybody opens every address before and after: what
they are answered must be the same, to the letter and to the number of questions the database is asked.
"""

from contextlib import ExitStack
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import transaction

from cases import clock, notices
from letters import papers
from referrals.dispute_raising import raise_dispute
from tests.access import quickly
from tests.cast import assemble
from tests.in_full import IN_FULL
from tests.journeys import stories
from tests.referrals import walls
from tests.referrals.advice_steps import allocated
from tests.referrals.marked_notes import (
    IN_THE_NOTE,
    NOT_SHARED,
    NOTE,
    REASON,
    SOUGHT,
    WORDS,
    hold_back,
    share,
    take,
)
from tests.referrals.referring_steps import submitted
from tests.told import fresh, told_once

LONDON = ZoneInfo("Europe/London")
TODAY = "2025-12-10"


class Calendar:
    """The days of the story, on which the clock is awake; time stands still within each."""

    def __init__(self, passing):
        self.passing = passing

    def turns_to(self, day):
        self.passing.close()
        moment = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=LONDON)
        self.passing.enter_context(time_machine.travel(moment, tick=False))
        clock.tick()


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    with quickly.no_pdf_drawn(), told_once(django_db_blocker, _tell, on=TODAY, at="09:00") as whole:
        yield whole


def _tell():
    """Coral is disputed about, and referred with every answer and paper; Hugo is the officer.

    The letter's PDF is made already: whoever opened it first would otherwise change its page.
    """
    cast = assemble()
    with ExitStack() as passing:
        story = stories.tell(cast, Calendar(passing))
    papers.make([story.letter.pk])
    _a_dispute(cast, story.corals)
    made = submitted(cast, story.corals, cast.coral)
    return SimpleNamespace(cast=cast, story=story, referral=allocated(made, cast.hugo, on=TODAY))


def _a_dispute(cast, case):
    raise_dispute(
        case, by=cast.iris, on=date(2025, 12, 10), children=[cast.coral], theme="contact", impact="She is sad.",
        concern="Time with her sister has not begun.", sought="That it begins.",
    )  # fmt: skip


@pytest.fixture
def whole(told, db, it_is):
    it_is(TODAY, at="09:00")
    return fresh(told)


@pytest.fixture
def cast(whole):
    return whole.cast


@pytest.fixture
def story(whole):
    return whole.story


@pytest.fixture
def referral(whole):
    return whole.referral


@pytest.fixture
def _quickly():
    with quickly.doors_left_out(), quickly.no_pdf_drawn(), quickly.no_news():
        yield


def _rounds(cast, people, urls):
    """In full everybody opens everything. Else the IRO and the officer do, and of the others each address one in ten,
    in turn; all search."""
    near = {cast.iris.pk, cast.hugo.pk}

    def opens(person, turn):
        return IN_FULL or (person and person.pk in near) or turn % 10 == 0

    for number, person in enumerate(people):
        theirs = [url for place, url in enumerate(urls) if opens(person, number + place)]
        yield person, [*theirs, *walls.searches(SOUGHT)]


@pytest.mark.usefixtures("_quickly")
def test_everybody_outside_is_answered_the_same_before_a_note_is_taken_and_after(cast, story, referral):
    """But the officer once it is shared, on the page that is for it. The lawyers find every word everywhere.

    Told backwards: all that is stored but the line's own is the same, so what may differ are the answers for which
    the line's tables were asked. These are compared, and of all others one in ten; in full every one.
    """
    people, urls = walls.everybody(cast), sorted(walls.addresses(cast, story, referral, NOTE))
    outside, kept = walls.outsiders(people), walls.stored()
    rounds = list(_rounds(cast, outside, urls))
    with transaction.atomic():
        take(cast)
        hold_back(cast, referral)
        share(cast, referral)
        assert walls.stored() == kept
        after = walls.walk(rounds)
        _everybody_opens_something(after, outside)
        _cafcass_legal_finds_every_word(cast, referral)
        transaction.set_rollback(True)
    before = walls.walk(_once_more(rounds, after, others=10))
    _the_officer_alone_is_told(referral, before, after)
    take(cast)
    hold_back(cast, referral)
    assert walls.stored() == kept
    _nobody_is_told(before, walls.walk(_once_more(rounds, after)))


def _once_more(rounds, seen, others=None):
    """The rounds once more, as far as the line was asked, and one in so many of the other answers; in full all."""
    for number, (person, places) in enumerate(rounds):
        asked = [
            place for turn, place in enumerate(places, number)
            if IN_FULL or seen[walls.named(person), place].asks_the_line or (others and turn % others == 0)
        ]  # fmt: skip
        if asked:
            yield person, asked


def _everybody_opens_something(seen, people):
    """A crawl of refusals would prove nothing."""
    for person in filter(None, people):
        opened = [place for place, found in seen.items() if place[0] == person.name and found.status == 200]
        assert len(opened) >= 8 if IN_FULL else opened, f"{person.name} could open only {opened}"
    assert len([found for found in seen.values() if found.status == 200]) > 150


def _nobody_is_told(before, after):
    assert after
    assert walls.changed({place: before[place] for place in after}, after) == []
    assert walls.leaks(_unsearched(after), WORDS) == []
    assert not {seen.status for seen in after.values()} & {500}


def _the_officer_alone_is_told(referral, before, after):
    his = f"/referrals/{referral.key}/advice/"
    assert len(before) > 80
    assert after["Hugo Highcourt", his].asks_the_line
    assert set(walls.changed(before, after)) <= {
        ("Hugo Highcourt", his),
        ("Hugo Highcourt", his[:-7]),
    }
    assert set(walls.leaks(_unsearched(after), IN_THE_NOTE)) == {("Hugo Highcourt", his)}
    assert walls.leaks(_unsearched(after), [REASON]) == []
    assert after["Hugo Highcourt", his].text.count("Marrowstone") == 1
    assert not {seen.status for seen in after.values()} & {500}


def _cafcass_legal_finds_every_word(cast, referral):
    """Otherwise the crawl would open nothing, find nothing anywhere, and not know the tables of the line."""
    own = [f"/advice/{NOTE}/", f"/advice/{NOT_SHARED}/", "/advice/", f"/referrals/{referral.key}/advice/"]
    seen = walls.crawl([cast.leah], own)
    assert all(found.asks_the_line for found in seen.values())
    for word in WORDS:
        assert walls.leaks(seen, [word]), word


def _unsearched(seen):
    """A search says again what was searched for; what it finds is compared."""
    return {place: found for place, found in seen.items() if " " not in place[1]}


def test_no_mail_is_sent_for_a_note_its_sharing_or_its_holding_back(cast, story, referral, it_is):
    _everything_due_is_sent()
    mail.outbox.clear()
    take(cast)
    hold_back(cast, referral)
    share(cast, referral)
    _everything_due_is_sent()
    assert mail.outbox == []
    it_is("2025-12-11", at="07:30")
    _everything_due_is_sent()
    assert mail.outbox, "The next morning brings its reminders, and these are read too."
    said = "".join(f"{letter.subject}{letter.body}" for letter in mail.outbox)
    assert not [word for word in WORDS if word in said]


def _everything_due_is_sent():
    for batch in clock.tick():
        notices.send(batch)
