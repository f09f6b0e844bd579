"""Before anything has happened each board says what would stand on it; silence of the clock is said in words."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Heartbeat

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today(it_is):
    return it_is("2025-03-03").date()


def words(page):
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


SAID = {
    "mona": {
        "/boards/iro-service/": (
            "Nothing fell due in these months",
            "No dispute is running. One appears here when an IRO raises it.",
            "No child is in care proceedings.",
            "No child in proceedings is past 26 weeks.",
            "A child appears here four weeks before the final hearing.",
            "Nothing open is counted here.",
        ),
        "/boards/deadlines/?band=critical": (
            "0 deadlines",
            "A deadline appears here the moment a fact opens one",
        ),
        "/boards/children/?group=no_letter": (
            "No child is counted here",
            "no Appendix 2 letter has come (END-3)",
        ),
        "/boards/children/?weeks=to_34": ("A child in proceedings appears here while",),
        "/boards/disputes/": ("No dispute is running here", "A dispute appears here when an IRO raises it"),
        "/boards/between/": ("No shared case yet", "side by side, quarter by quarter"),
        "/boards/clock/": ("Never yet", "Stopped: nobody is reminded"),
    },
    "cass": {
        "/boards/cafcass/": (
            "Nothing fell due",
            "No IRO has scored a handover letter",
            "scores it 1 or 2 of 5",
        ),
        "/boards/letters/": ("No letter was found unhelpful",),
    },
    "lena": {
        "/boards/la-legal/": (
            "Every court document received has been forwarded",
            "The court knows of every matter in dispute resolution",
        ),
    },
}


@pytest.mark.parametrize("reader", SAID)
def test_an_empty_board_says_what_would_stand_there(cast, browse, reader):
    client = browse(getattr(cast, reader))
    for address, sentences in SAID[reader].items():
        said = words(client.get(address))
        for sentence in sentences:
            assert sentence in said, (address, sentence)


def test_one_is_taken_to_ones_own_board(cast, browse):
    for reader, board in (
        ("mona", "iro-service"),
        ("hal", "iro-service"),
        ("cass", "cafcass"),
        ("lena", "la-legal"),
    ):
        assert browse(getattr(cast, reader)).get("/boards/")["Location"] == f"/boards/{board}/"
    for reader in ("iris", "gwen", "sol", "lex"):
        assert browse(getattr(cast, reader)).get("/boards/").status_code == 404


def test_the_clock_is_late_in_amber_words_and_stopped_in_red_ones(cast, browse):
    client, beat = (
        browse(cast.mona),
        Heartbeat.objects.create(name="clock", beat_at=timezone.now(), changed=3),
    )
    for minutes, said, is_amber, is_red in (
        (1, "It runs", False, False), (11, "Late: it should have run by now", True, False),
        (61, "Stopped: nobody is reminded and no miss is written down", False, True),
    ):  # fmt: skip
        beat.beat_at = timezone.now() - timedelta(minutes=minutes)
        beat.save()
        page = client.get("/boards/clock/")
        assert said in words(page)
        assert "3 deadlines newly missed" in words(page)
        assert ("app-heartbeat--amber" in page.content.decode()) is is_amber
        assert ("app-heartbeat--late" in page.content.decode()) is (is_amber or is_red)


def test_a_picture_says_in_words_what_it_shows(cast, browse):
    """The sentence and the table say it all; the picture is one image to whoever hears the page read out."""
    from tests.cases.steps import happened, opened

    case = opened(cast, cast.amber, on="2025-01-06")
    happened(case, "document_received", "2025-01-06", document="Plan", kind="Interim care plan")
    page = browse(cast.mona).get("/boards/iro-service/").content.decode()
    assert re.search(r'<svg[^>]*role="img"[^>]*aria-labelledby="trend-title trend-words"', page)
    assert re.search(r'<desc id="trend-words">0% came in time in January 2025', page)
    assert "What fell due in the last twelve months, and what came of it" in page
    assert "style=" not in page
