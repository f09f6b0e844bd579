"""What stands in an advice note is found nowhere outside Cafcass Legal; once shared, only with the officer.

Marker words are planted in everything a note can hold. Everybody opens every address before and after: what
they are answered must be the same, to the letter and to the number of questions the database is asked.
"""

import logging
import os
from datetime import date
from uuid import UUID

import pytest
from django.core import mail

from cases import clock, context, notices
from letters import papers
from referrals import advice, rota, sharing
from referrals.dispute_raising import raise_dispute
from referrals.models import AdviceNote
from tests.access import quickly
from tests.journeys import stories
from tests.referrals import walls
from tests.referrals.advice_steps import a_call, allocated, referred
from tests.referrals.referring_steps import submitted

MARKERS = {
    "caller": "Quillfeather", "child_name": "Coral Example Wrenlock", "matter": "Marrowstone", "guidance": "Tindersby",
    "done_about_it": "Osierbrook", "told": "Hazelmere",
}  # fmt: skip
ADDED, REASON = "Larkvale", "Brackendown"
WORDS = ("Quillfeather", "Wrenlock", "Marrowstone", "Tindersby", "Osierbrook", "Hazelmere", ADDED, REASON)
IN_THE_NOTE = WORDS[:-1]
NOTE = UUID("5f0c2a52-3c1b-4a67-9c1e-0d5b8b3f7a11")
NOT_SHARED = UUID("0b9c8d7e-6f5a-4b3c-8d2e-1f0a9b8c7d6e")
SOUGHT = ("Wrenlock", "Marrowstone")
TODAY = "2025-12-10"
IN_FULL = os.environ.get("TEST_IN_FULL") == "1"


class Calendar:
    """The days of the story, on which the clock is awake; time stands still within each."""

    def __init__(self, it_is):
        self.it_is = it_is

    def turns_to(self, day, at="09:00"):
        self.it_is(day, at)
        clock.tick()


@pytest.fixture
def story(cast, it_is):
    return stories.tell(cast, Calendar(it_is))


@pytest.fixture
def referral(cast, story):
    """Coral is disputed about, and referred with every answer and paper; Hugo is the officer.

    The letter's PDF is made already: whoever opened it first would otherwise change its page.
    """
    papers.make([story.letter.pk])
    _a_dispute(cast, story.corals)
    made = submitted(cast, story.corals, cast.coral)
    return allocated(made, cast.hugo, on=TODAY)


@pytest.fixture
def near(cast, it_is):
    """A referral of Coral's and nothing else, for what needs no crawl of every address."""
    it_is(TODAY)
    return allocated(referred(cast, cast.coral, on=TODAY), cast.hugo, on=TODAY)


def _a_dispute(cast, case):
    raise_dispute(
        case, by=cast.iris, on=date(2025, 12, 10), children=[cast.coral], theme="contact", impact="She is sad.",
        concern="Time with her sister has not begun.", sought="That it begins.",
    )  # fmt: skip


def take(cast):
    """Two notes on Coral with every field marked; one of them held back, and added to."""
    for key in (NOTE, NOT_SHARED):
        a_call(
            cast,
            **MARKERS,
            submission=key,
            child_born=cast.coral.born,
            overriding_concern=True,
            asked_to_act=True,
        )
        advice.add_to(AdviceNote.objects.get(pk=key), ADDED, by=cast.lex)


def hold_back(cast, referral):
    sharing.hold_back(referral, AdviceNote.objects.get(pk=NOT_SHARED), by=cast.lex, reason=REASON)


def share(cast, referral):
    sharing.share(referral, AdviceNote.objects.get(pk=NOTE), by=cast.lex)


@pytest.fixture
def _quickly():
    with quickly.doors_left_out(), quickly.no_pdf_drawn(), quickly.no_news():
        yield


def _opens(cast):
    """In full everybody opens everything. Else the IRO and the officer do, and of the others each address one in ten,
    in turn: before a note is taken and after, the same."""
    near = {cast.iris.pk, cast.hugo.pk}
    return lambda person, turn: IN_FULL or (person and person.pk in near) or turn % 10 == 0


@pytest.mark.usefixtures("_quickly")
def test_everybody_outside_is_answered_the_same_before_a_note_is_taken_and_after(cast, story, referral):
    """And once it is shared all but the officer, on the page that is for it. The lawyers find every word everywhere."""
    people, urls = walls.everybody(cast), sorted(walls.addresses(cast, story, referral, NOTE))
    outside, opens = walls.outsiders(people), _opens(cast)
    before, kept = walls.crawl(outside, urls, SOUGHT, opens), walls.stored()
    _everybody_opens_something(before, outside)
    take(cast)
    hold_back(cast, referral)
    assert walls.stored() == kept
    _nobody_is_told(before, walls.crawl(outside if IN_FULL else [cast.hugo, None], urls, SOUGHT, opens))
    share(cast, referral)
    assert walls.stored() == kept
    _the_officer_alone_is_told(referral, before, walls.crawl(outside, urls, SOUGHT, opens))
    _cafcass_legal_finds_every_word(cast, referral)


def _everybody_opens_something(seen, people):
    """A crawl of refusals would prove nothing."""
    for person in filter(None, people):
        opened = [place for place, found in seen.items() if place[0] == person.name and found.status == 200]
        assert len(opened) >= 8 if IN_FULL else opened, f"{person.name} could open only {opened}"
    assert len([found for found in seen.values() if found.status == 200]) > 150


def _nobody_is_told(before, after):
    """Of those whose turn it is in both: whoever stands at another place of a shorter list is sent elsewhere."""
    same = {place: found for place, found in after.items() if place in before}
    assert len(same) > 100
    assert walls.changed({place: before[place] for place in same}, same) == []
    assert walls.leaks(_unsearched(after), WORDS) == []
    assert not {seen.status for seen in after.values()} & {500}


def _the_officer_alone_is_told(referral, before, after):
    his = f"/referrals/{referral.key}/advice/"
    assert set(walls.changed(before, after)) <= {
        ("Hugo Highcourt", his),
        ("Hugo Highcourt", his[:-7]),
    }
    assert set(walls.leaks(_unsearched(after), IN_THE_NOTE)) == {("Hugo Highcourt", his)}
    assert walls.leaks(_unsearched(after), [REASON]) == []
    assert after["Hugo Highcourt", his].text.count("Marrowstone") == 1
    assert not {seen.status for seen in after.values()} & {500}


def _cafcass_legal_finds_every_word(cast, referral):
    """Otherwise the crawl would open nothing, and find nothing anywhere."""
    own = [f"/advice/{NOTE}/", f"/advice/{NOT_SHARED}/", "/advice/", f"/referrals/{referral.key}/advice/"]
    seen = walls.crawl([cast.leah], own)
    for word in WORDS:
        assert walls.leaks(seen, [word]), word


def _unsearched(seen):
    """A search says again what was searched for; what it finds is compared."""
    return {place: found for place, found in seen.items() if " " not in place[1]}


def _said_by(leak, monkeypatch):
    """A leak planted in what every page shows."""
    said = context._heartbeat

    def leaking():
        return {**said(), "words": leak()}

    monkeypatch.setattr(context, "_heartbeat", leaking)


def _crawled_before_and_after(cast, referral):
    page = [f"/cases/{referral.case.key}/"]
    before = walls.crawl([cast.iris], page)
    take(cast)
    return before, walls.crawl([cast.iris], page)


def test_a_planted_word_is_caught(cast, near, monkeypatch):
    _said_by(lambda: " ".join(note.matter for note in AdviceNote.objects.all()), monkeypatch)
    before, after = _crawled_before_and_after(cast, near)
    place = [("Iris Reviewer", f"/cases/{near.case.key}/")]
    assert sorted(set(walls.leaks(after, WORDS))) == place
    assert walls.changed(before, after) == place


def test_a_planted_count_is_caught(cast, near, monkeypatch):
    _said_by(lambda: f"{AdviceNote.objects.count()} things", monkeypatch)
    before, after = _crawled_before_and_after(cast, near)
    assert len(walls.changed(before, after)) == 1


def test_a_planted_question_to_the_database_is_caught(cast, near, monkeypatch):
    _said_by(
        lambda: "" if not AdviceNote.objects.exists() else str(AdviceNote.objects.count())[:0], monkeypatch
    )
    before, after = _crawled_before_and_after(cast, near)
    assert len(walls.changed(before, after)) == 1


def test_a_planted_row_is_caught(cast, near):
    kept = walls.stored()
    take(cast)
    near.case.events.filter(pk=near.case.events.latest("pk").pk).update(note="Marrowstone")
    assert walls.stored() != kept


def test_every_address_of_the_line_answers_like_one_that_is_not_there(cast, near):
    take(cast)
    line = ["/advice/", "/advice/new/", f"/advice/{NOTE}/", "/rota/", "/rota/fill/", "/rota/2025-12-11/"]
    line += [f"/referrals/{near.key}/advice/{NOTE}/share/", f"/referrals/{near.key}/advice/find/"]
    for person in _signed_in(cast):
        seen = walls.crawl([person], ["/nothing/is/here/", *line])
        nothing = seen.pop((person.name, "/nothing/is/here/"))
        assert nothing.status == 404
        answers = {(found.status, _without_place(found.text)) for found in seen.values()}
        assert answers == {(404, _without_place(nothing.text))}, person.name


def _signed_in(cast):
    return filter(None, walls.outsiders(walls.everybody(cast)))


def _without_place(text):
    """The navigation marks the part of the product one is in, by the address alone."""
    return text.replace(' aria-current="page"', "")


def test_a_key_that_exists_and_one_that_does_not_are_answered_alike(cast, near):
    take(cast)
    urls = [f"/advice/{NOTE}/", "/advice/11111111-2222-4333-8444-555555555555/"]
    for person in _signed_in(cast):
        real, invented = walls.crawl([person], urls).values()
        assert real == invented


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


def test_no_log_holds_a_word_of_it(cast, near, browse, caplog):
    with caplog.at_level(logging.INFO):
        logging.getLogger("django.request").warning("The log is read.")
        take(cast)
        lex = browse(cast.lex)
        for address in ("/advice/", f"/referrals/{near.key}/advice/find/"):
            lex.post(address, {"words": "Marrowstone"}, follow=True)
        lex.get(f"/advice/{NOTE}/")
        lex.post("/advice/new/", {"matter": "Marrowstone", "overriding_concern": "yes"})
        lex.post(f"/referrals/{near.key}/advice/{NOT_SHARED}/hold-back/", {"reason": REASON})
        lex.post(f"/referrals/{near.key}/advice/{NOTE}/share/")
        for person in (cast.iris, cast.hugo, cast.lex):
            browse(person).get(f"/advice/{NOTE}/")
            browse(person).get(f"/referrals/{near.key}/advice/")
    assert "The log is read." in caplog.text
    assert f"/advice/{NOTE}/" in caplog.text
    assert not [word for word in WORDS if word in caplog.text]


def test_the_searched_words_stand_in_no_address(cast, near, browse):
    for address in ("/advice/", f"/referrals/{near.key}/advice/find/"):
        assert "Marrowstone" not in browse(cast.lex).post(address, {"words": "Marrowstone"}).url


def test_the_duty_rota_betrays_no_call(cast, it_is):
    today = it_is("2025-12-10").date()
    before = rota.shown_to(cast.iris, today)
    take(cast)
    assert rota.shown_to(cast.iris, today) == before
