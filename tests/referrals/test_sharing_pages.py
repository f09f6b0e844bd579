"""The pages on which notes are shared with the officer, held back and read (REF-27, PN 3.2)."""

from datetime import date
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from cases.actions import correct
from referrals import advice_trail, sharing
from referrals.models import AdviceTrace, Disclosure, Withholding
from tests.cases.steps import TODAY
from tests.chapters import chapter
from tests.referrals.advice_chapters import note, referral
from tests.referrals.advice_steps import a_call, allocated, referred

__all__ = ["note", "referral"]
pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def waiting(cast, referral):
    """Blake’s referral of the same day waits for an officer."""
    return referred(cast, cast.blake)


def a_call_about_blake(cast):
    return a_call(cast, child_name=cast.blake.name, child_born=cast.blake.born, on=date(2025, 2, 25))


def words(response):
    return " ".join(response.content.decode().split())


# --- Pages ------------------------------------------------------------------------------------------------------


def page(referral, name="referral_advice", *more):
    return reverse(name, args=[referral.key, *more])


def test_lex_shares_a_note_from_the_page(cast, referral, note, browse):
    lex = browse(cast.lex)
    before = words(lex.get(page(referral)))
    assert "Due Monday 3 March 2025. Today (REF-27; PN 3.2; GPP; Our own target, not in a source)" in before
    after = words(lex.post(page(referral, "referral_advice_share", note.pk), follow=True))
    assert "The note is shared with Hugo Highcourt." in after
    assert "Shared in time" in after


def test_before_the_allocation_the_page_says_why_nothing_can_be_shared(cast, waiting, browse):
    note, lex = a_call_about_blake(cast), browse(cast.lex)
    said = words(lex.get(page(waiting)))
    assert "allocate the referral first" in said
    assert 'data-prevent-double-click="true">Share' not in said
    refused = words(lex.post(page(waiting, "referral_advice_share", note.pk), follow=True))
    assert "Not done" in refused
    assert not Disclosure.objects.exists()


def test_a_link_opened_by_chance_shares_nothing(cast, referral, note, browse):
    assert browse(cast.lex).get(page(referral, "referral_advice_share", note.pk)).status_code == 404
    assert not Disclosure.objects.exists()


def test_lex_holds_a_note_back_with_a_reason(cast, referral, note, browse):
    lex, form = browse(cast.lex), page(referral, "referral_advice_hold_back", note.pk)
    assert "Say why this note is not shared" in words(lex.post(form, {"reason": ""}))
    said = words(lex.post(form, {"reason": "About a namesake."}, follow=True))
    assert "Held back by Lex Lawyer" in said
    assert "About a namesake." in said


def test_any_other_note_can_be_found_and_shared_by_hand(cast, referral, browse):
    nameless = a_call(cast, child_name="", child_born=None, matter="The quiet girl at Elm House.")
    lex, find = browse(cast.lex), page(referral, "referral_advice_find")
    moved = lex.post(find, {"words": "elm house"})
    assert moved.url == f"{find}?search=1"
    assert str(nameless.pk) in lex.get(moved.url).content.decode()
    said = words(lex.post(page(referral, "referral_advice_share", nameless.pk), follow=True))
    assert "Chosen by hand" in said


def test_the_officer_reads_what_was_shared_and_reading_leaves_a_trace(cast, referral, note, browse):
    secret = a_call(cast, matter="Kept to ourselves.")
    sharing.share(referral, note, by=cast.lex)
    said = words(browse(cast.hugo).get(page(referral)))
    assert "The authority will not fund therapy." in said
    assert "Shared with you by Lex Lawyer, Monday 3 March 2025, 12:00" in said
    assert "Kept to ourselves." not in said
    reads = AdviceTrace.objects.filter(what="read")
    assert [(trace.by, trace.note) for trace in reads] == [(cast.hugo, note)]
    assert secret not in [trace.note for trace in reads]
    assert advice_trail.verify() == ""


def test_before_anything_is_shared_the_officers_page_says_nothing_of_what_there_is(
    cast, referral, note, waiting, browse
):
    with_a_note = browse(cast.hugo).get(page(referral)).content
    other = allocated(waiting, cast.hugo)
    without = browse(cast.hugo).get(page(other)).content
    for key, ref in ((referral, b"Referral 1"), (other, b"Referral 1")):
        assert ref in with_a_note + without
        with_a_note, without = (text.replace(key.key.encode(), b"") for text in (with_a_note, without))
        with_a_note, without = (text.replace(key.case.key.encode(), b"") for text in (with_a_note, without))
    assert b"Nothing has been shared with you." in without
    assert _plain(with_a_note) == _plain(without)


def _plain(content):
    from tests.referrals.walls import without_chance

    return without_chance(content.decode())


@pytest.mark.usefixtures("pages_not_drawn")
@pytest.mark.parametrize("name", ["iris", "mona", "lena", "sol", "hal", "cass", "gwen", "gareth", "stranger"])
def test_for_everybody_else_no_page_of_it_is_there(cast, referral, note, browse, name):
    sharing.share(referral, note, by=cast.lex)
    person = browse(getattr(cast, name))
    for url in _pages(referral, note):
        assert person.get(url).status_code == 404, url
        answer = person.post(url, {"words": "therapy", "reason": "Mine"})
        assert answer.status_code in (404, 405), url  # a page that is only read takes nothing from anybody
    assert not Withholding.objects.exists()


def _pages(referral, note):
    of_a_note = ("referral_advice_share", "referral_advice_hold_back")
    yield from (page(referral), page(referral, "referral_advice_find"))
    yield from (page(referral, name, key) for name in of_a_note for key in (note.pk, uuid4()))


@pytest.mark.usefixtures("pages_not_drawn")
def test_the_officer_shares_and_holds_back_nothing(cast, referral, note, browse):
    hugo = browse(cast.hugo)
    for url in list(_pages(referral, note))[1:]:
        assert hugo.get(url).status_code == hugo.post(url, {"reason": "Mine"}).status_code == 404
    assert not Disclosure.objects.exists()


def test_an_officer_who_handed_the_case_on_reads_no_more(cast, referral, note, browse):
    sharing.share(referral, note, by=cast.lex)
    referral = allocated(referral, cast.gareth)
    assert browse(cast.hugo).get(page(referral)).status_code == 404
    assert "therapy" not in words(browse(cast.gareth).get(page(referral)))


def test_when_the_allocation_is_struck_out_nobody_but_cafcass_legal_reads_the_note(
    cast, referral, note, browse
):
    sharing.share(referral, note, by=cast.lex)
    event = referral.case.events.get(happening="referral_allocated")
    correct(event, by=None, reason="Allocated to the wrong officer.")
    assert browse(cast.hugo).get(page(referral)).status_code == 404
    assert browse(cast.lex).get(page(referral)).status_code == 200


# --- What the referral's own page says ----------------------------------------------------------------------------


def summary(referral, person):
    said = sharing.for_page(referral, person)
    return " ".join(render_to_string("referrals/advice/on_referral.html", {"advice": said}).split())


def test_cafcass_legal_sees_what_is_owed_and_by_when(cast, referral, note):
    assert "1 note on this child to share with the officer, due Monday 3 March 2025. Today" in summary(
        referral, cast.lex
    )


def test_before_the_allocation_cafcass_legal_sees_what_waits_without_a_day(cast, waiting):
    a_call_about_blake(cast)
    assert "1 note on this child to share with the officer (REF-27)." in summary(waiting, cast.lex)


def test_the_officer_sees_how_much_was_shared(cast, referral, note):
    assert "has shared no note with you" in summary(referral, cast.hugo)
    sharing.share(referral, note, by=cast.lex)
    assert "Cafcass Legal shared 1 note with you." in summary(referral, cast.hugo)


@pytest.mark.parametrize("name", ["iris", "mona", "lena", "hal", "cass", "gwen", "stranger"])
def test_everybody_else_is_told_nothing_and_no_query_is_made(
    cast, referral, note, name, django_assert_num_queries
):
    sharing.share(referral, note, by=cast.lex)
    with django_assert_num_queries(0):
        assert summary(referral, getattr(cast, name)) == ""
