"""The walls of the advice line tried on one page: what is planted is caught, and no address of it is there for others."""

import logging
from datetime import date
from types import SimpleNamespace

import pytest

from cases import context
from referrals import rota
from referrals.models import AdviceNote
from tests.access import quickly
from tests.cast import assemble
from tests.referrals import walls
from tests.referrals.advice_steps import allocated, referred
from tests.referrals.marked_notes import NOT_SHARED, NOTE, REASON, WORDS, take
from tests.told import fresh, told_once

TODAY = "2025-12-10"


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    with told_once(django_db_blocker, _tell, on=TODAY) as story:
        yield story


def _tell():
    """Coral is referred, which is Hugo’s, and there is somebody of every role everywhere."""
    cast = assemble()
    near = allocated(referred(cast, cast.coral, on=TODAY), cast.hugo, on=TODAY)
    return SimpleNamespace(cast=cast, near=near, people=walls.everybody(cast))


@pytest.fixture
def story(told, db, it_is):
    it_is(TODAY)
    return fresh(told)


@pytest.fixture
def cast(story):
    return story.cast


@pytest.fixture
def near(story):
    return story.near


@pytest.fixture
def signed_in(story):
    return list(filter(None, walls.outsiders(story.people)))


@pytest.fixture
def _quickly():
    with quickly.doors_left_out(), quickly.no_news():
        yield


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
    assert all(seen.asks_the_line for seen in after.values())


def test_a_planted_row_is_caught(cast, near):
    kept = walls.stored()
    take(cast)
    near.case.events.filter(pk=near.case.events.latest("pk").pk).update(note="Marrowstone")
    assert walls.stored() != kept


@pytest.mark.usefixtures("_quickly")
def test_every_address_of_the_line_answers_like_one_that_is_not_there(cast, near, signed_in):
    take(cast)
    line = ["/advice/", "/advice/new/", f"/advice/{NOTE}/", "/rota/", "/rota/fill/", "/rota/2025-12-11/"]
    line += [f"/referrals/{near.key}/advice/{NOTE}/share/", f"/referrals/{near.key}/advice/find/"]
    for person in signed_in:
        seen = walls.crawl([person], ["/nothing/is/here/", *line])
        nothing = seen.pop((person.name, "/nothing/is/here/"))
        assert nothing.status == 404
        answers = {(found.status, _without_place(found.text)) for found in seen.values()}
        assert answers == {(404, _without_place(nothing.text))}, person.name


def _without_place(text):
    """The navigation marks the part of the product one is in, by the address alone."""
    return text.replace(' aria-current="page"', "")


@pytest.mark.usefixtures("_quickly")
def test_a_key_that_exists_and_one_that_does_not_are_answered_alike(cast, near, signed_in):
    take(cast)
    urls = [f"/advice/{NOTE}/", "/advice/11111111-2222-4333-8444-555555555555/"]
    for person in signed_in:
        real, invented = walls.crawl([person], urls).values()
        assert real == invented


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


def test_the_duty_rota_betrays_no_call(cast):
    today = date.fromisoformat(TODAY)
    before = rota.shown_to(cast.iris, today)
    take(cast)
    assert rota.shown_to(cast.iris, today) == before
