"""The pages on which Cafcass Legal receives and allocates a referral, and its officer’s manager hands it on."""

import pytest

from referrals import handling
from referrals.models import Decision
from tests.cases.steps import TODAY
from tests.chapters import chapter
from tests.referrals.handling_page_steps import typed, url, words
from tests.referrals.steps import SUBMITTED, allocated, now, referred

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def referral(cast):
    """Amber’s, of Monday 3 March 2025, is with Gareth."""
    return allocated(cast, cast.amber, on=TODAY)


@chapter(on=TODAY)
def submitted(cast, referral):
    """Coral’s is just submitted."""
    return referred(cast, cast.coral, on=TODAY)


def test_a_lawyer_receives_and_allocates_on_two_pages(cast, submitted, browse):
    lawyer = browse(cast.lex)
    answer = lawyer.post(url(submitted, "receive"), typed())
    assert answer.url == f"/referrals/{submitted.key}/"
    page = lawyer.get(url(submitted, "allocate"))
    assert "Gareth Guardian" in words(page)
    lawyer.post(
        url(submitted, "allocate"),
        typed(route="local_manager", local_officer=str(cast.gareth.pk), team_officer=""),
    )
    assert (now(submitted).state, now(submitted).officer) == ("allocated", cast.gareth)


def test_a_receipt_before_the_submission_is_refused_beside_the_day(cast, submitted, browse):
    answer = browse(cast.lex).post(url(submitted, "receive"), typed(on_day="1"))
    assert answer.status_code == 200
    assert "Saturday 1 March 2025 is before Referral 1 was submitted" in words(answer)
    assert 'value="1"' in words(answer)
    assert now(submitted).state == "submitted"


def test_the_same_button_pressed_twice_receives_once(cast, submitted, browse):
    lawyer = browse(cast.lex)
    sent = typed()
    assert [lawyer.post(url(submitted, "receive"), sent).status_code for _ in range(2)] == [302, 302]
    assert submitted.case.events.filter(happening="referral_received").count() == 1


def test_an_allocation_to_nobody_is_refused(cast, submitted, browse):
    referral = handling.receive(submitted, by=cast.lex, on=SUBMITTED)
    answer = browse(cast.lex).post(url(referral, "allocate"), typed(route="high_court_team"))
    assert "Choose the person it is allocated to" in words(answer)
    assert now(referral).state == "received"


def test_allocating_what_was_not_received_says_what_to_do(cast, submitted, browse):
    answer = browse(cast.lex).post(
        url(submitted, "allocate"), typed(route="high_court_team", team_officer=str(cast.hugo.pk))
    )
    assert "Record it first" in words(answer)
    assert now(submitted).state == "submitted"


def test_a_manager_hands_on_within_the_office_alone(cast, submitted, browse):
    referral = handling.receive(submitted, by=cast.lex, on=SUBMITTED)
    to = {"route": "local_manager", "officer": cast.cass}
    referral = handling.allocate(referral, by=cast.lex, on=SUBMITTED, **to)
    manager = browse(cast.cass)
    page = words(manager.get(url(referral, "hand-on")))
    assert "Gwen Guardian" in page
    assert "Hugo Highcourt" not in page
    manager.post(url(referral, "hand-on"), typed(officer=str(cast.gwen.pk)))
    assert now(referral).officer == cast.gwen


def test_an_officer_does_not_find_the_page_to_hand_it_on(cast, referral, browse):
    assert browse(cast.gareth).get(url(referral, "hand-on")).status_code == 404


def test_deciding_before_the_allocation_is_refused_and_nothing_is_kept(cast, submitted, browse):
    referral = handling.receive(submitted, by=cast.lex, on=SUBMITTED)
    answer = browse(cast.lex).post(url(referral, "decision"), {"version": "0", "wishes": "A visit"})
    assert "has not been allocated yet" in words(answer)
    assert not Decision.objects.exists()
