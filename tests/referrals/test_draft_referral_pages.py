"""A referral that is written and not yet sent: whose pages it has, and who sends it."""

import pytest
from django.urls import reverse

from accounts.roles import PersonRole
from cases.appointments import appoint
from referrals import questions, referring
from tests.access import quickly
from tests.cases.steps import TODAY, day
from tests.chapters import chapter
from tests.referrals.pages import read
from tests.referrals.referring_page_steps import MARKED, PARTS_OF_A_DRAFT, SENT, at
from tests.referrals.referring_steps import (
    again,
    ready,
    reviewed,
    written,
)

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def case(cast):
    return reviewed(cast)


@chapter(on=TODAY)
def draft(cast, case):
    """Amber’s referral lacks nothing; what Iris wrote in it is marked."""
    draft = ready(cast, case)
    written(draft, cast.iris, **MARKED)
    return again(draft)


def others(cast):
    return (
        cast.sol,
        cast.tess,
        cast.lena,
        cast.hal,
        cast.chas,
        cast.gwen,
        cast.cass,
        cast.lex,
        cast.hugo,
        cast.stranger,
    )


# --- Who sees what ---------------------------------------------------------------------------------------------


def test_a_draft_is_not_there_for_anybody_outside_the_iro_service(cast, case, draft, browse):
    for person in others(cast):
        page = browse(person)
        with quickly.pages_not_drawn():
            for name in ("referral", *PARTS_OF_A_DRAFT):
                assert page.get(at(name, draft)).status_code == 404, (person, name)
        listed = page.get(reverse("case_referrals", args=[case.key]))
        assert "Referral 1" not in listed.content.decode()


def test_the_iro_manager_reads_a_draft_and_writes_nothing(cast, draft, browse):
    page = browse(cast.mona)
    shown = read(page.get(at("referral", draft)))
    assert "Marigold concern." in shown
    assert questions.QUESTIONS[0].title in shown
    for name in PARTS_OF_A_DRAFT:
        assert page.get(at(name, draft)).status_code == 404
        assert page.post(at(name, draft), SENT).status_code == 404
    assert again(draft).is_draft


# --- Who sends it ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("pages_not_drawn")
def test_nobody_but_an_iro_opens_the_address_that_submits(cast, case, draft, browse):
    for person in (*others(cast), cast.mona):
        page = browse(person)
        assert page.post(at("referral_submit", draft), SENT).status_code == 404
        assert page.post(reverse("referral_begin", args=[case.key])).status_code == 404
    assert again(draft).is_draft


def test_a_day_in_the_future_is_refused(cast, draft, browse):
    refused = browse(cast.iris).post(at("referral_submit", draft), SENT | {"on_day": 4})
    assert "must be today or in the past" in read(refused)
    assert again(draft).is_draft


def test_the_childs_social_worker_sees_where_it_stands_and_keeps_the_family_informed(cast, draft, browse):
    appoint(cast.sol, PersonRole.SOCIAL_WORKER, children=[cast.amber], on=day("2025-02-03"), by=cast.tess)
    page = browse(cast.sol)
    assert page.get(at("referral", draft)).status_code == 404
    referral = referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    shown = read(page.get(at("referral", referral)))
    assert "Submitted Now" in shown
    assert "Marigold" not in shown
    page.post(at("referral_informed", referral), SENT | {"note": "Told the grandmother."})
    assert "Told the grandmother." in read(page.get(at("referral", referral)))
    for name in ("referral_now_met", "referral_provide"):
        assert page.get(at(name, referral)).status_code == 404
