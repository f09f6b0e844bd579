"""The pages of a referral that was sent: who reads what of it, and what is done while it is open."""

import re
from html import unescape

import pytest
from django.urls import reverse

from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Event
from referrals import referring, while_open
from referrals.models import Referral
from tests.cases.steps import TODAY, day, happened, the
from tests.chapters import chapter
from tests.referrals.pages import read
from tests.referrals.referring_page_steps import MARKED, SENT, at
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
def referral(cast, case):
    """Amber is referred on Monday 3 March 2025; what Iris wrote is marked, the chronology follows in ten days."""
    draft = ready(cast, case, chronology=10)
    written(draft, cast.iris, **MARKED)
    return referring.submit(again(draft), by=cast.iris, on=day(TODAY))


# --- Who sees what ---------------------------------------------------------------------------------------------


def test_submitting_twice_leads_to_the_referral_with_a_sentence(cast, referral, browse):
    page = browse(cast.iris)
    assert page.post(at("referral_submit", referral), SENT).url == at("referral", referral)
    assert "has already been submitted" in read(page.get(at("referral", referral)))
    assert Event.objects.filter(happening="referral_submitted").count() == 1


def test_once_submitted_the_authority_sees_its_state_and_not_the_account(cast, referral, browse):
    for person in (cast.lena, cast.hal, cast.chas, cast.dora):
        shown = read(browse(person).get(at("referral", referral)))
        assert "Marigold" not in shown
        assert "Court orders in force" not in shown
        assert "Submitted Now" in shown
        assert "Chronology to follow by Thursday 13 March 2025" in shown
        assert "REF-12" in shown


def test_once_submitted_the_iro_service_and_cafcass_legal_read_the_account(cast, referral, browse):
    for person in (cast.iris, cast.mona, cast.lex):
        shown = read(browse(person).get(at("referral", referral)))
        assert "Marigold concern." in shown
        assert "Court orders in force" in shown
    assert browse(cast.stranger).get(at("referral", referral)).status_code == 404


def test_the_officer_reads_the_account_from_the_allocation_on(cast, case, referral, browse):
    assert browse(cast.hugo).get(at("referral", referral)).status_code == 404
    happened(
        case, "referral_allocated", "2025-03-03", referral=referral.ref, to="high_court_team",
        particulars={"person": cast.hugo.pk, "name": cast.hugo.name, "office": cast.cafcass_legal.pk},
    )  # fmt: skip
    shown = read(browse(cast.hugo).get(at("referral", referral)))
    assert MARKED["concern"] in shown
    assert "Hugo Highcourt, Cafcass Legal (invented) (High Court Team)" in shown


def test_the_chronology_tells_of_a_referral_and_nothing_of_its_account(cast, case, referral, browse):
    shown = read(browse(cast.lena).get(reverse("chronology", args=[case.key])))
    assert "Referral submitted" in shown
    assert "Marigold" not in shown


def test_no_child_is_named_in_an_address(referral):
    assert "Amber" not in at("referral", referral)


def test_a_child_in_no_open_case_is_referred_from_its_own_page(cast, browse):
    appoint(cast.iris, PersonRole.IRO, children=[cast.blake], on=day("2025-02-03"), by=cast.mona)
    page, address = browse(cast.iris), reverse("referral_for_child", args=[cast.blake.key])
    assert address in page.get(reverse("child", args=[cast.blake.key])).content.decode()
    assert "Blake Example is in no open case." in read(page.get(address))
    assert "Choose the Cafcass office." in read(page.post(address, {}))
    begun_at = page.post(address, {"cafcass_office": cast.cafcass.pk}).url
    draft = Referral.objects.get(children=cast.blake)
    assert begun_at == at("referral", draft)
    assert page.get(address).url == reverse("referral_begin", args=[draft.case.key])
    for person in (cast.mona, cast.sol, cast.lex, cast.stranger):
        assert browse(person).get(address).status_code == 404


# --- While it is open ------------------------------------------------------------------------------------------


def test_a_deadlines_button_leads_to_the_promised_paper(cast, case, referral, browse):
    page = browse(cast.iris)
    shown = unescape(page.get(reverse("case", args=[case.key])).content.decode())
    asked = re.search(r'href="(/cases/[^"]*/missing_document_provided/[^"]*)"', shown).group(1)
    address = page.get(asked).url
    assert address == at("referral_provide", referral) + "?item=Chronology"
    page.post(address, SENT | {"item": "Chronology"})
    assert the(case, "REF-7").state == "met"
    assert page.get(address).url == at("referral", referral)


def test_an_iro_reports_that_rights_are_met(cast, referral, browse):
    page = browse(cast.iris)
    assert at("referral_now_met", referral) in page.get(at("referral", referral)).content.decode()
    page.post(at("referral_now_met", referral), SENT | {"change": "The sisters met."})
    shown = read(page.get(at("referral", referral)))
    assert "The sisters met." in shown
    assert "Cafcass has not decided yet" in shown
    refused = page.post(at("referral_now_met", referral), SENT | {"change": "Again."})
    assert "already told" in read(refused)
    for person in (cast.lena, cast.lex, cast.stranger):
        assert browse(person).get(at("referral_now_met", referral)).status_code == 404


def test_child_and_family_are_kept_informed(cast, referral, browse):
    page = browse(cast.iris)
    page.post(at("referral_informed", referral), SENT | {"note": "Told Amber over tea."})
    assert "Told Amber over tea." in read(page.get(at("referral", referral)))
    assert browse(cast.lena).get(at("referral_informed", referral)).status_code == 404


@pytest.mark.parametrize(
    ("happenings", "steps"),
    [
        ([], "Submitted Now"),
        ([("referral_received", {})], "Received, awaiting allocation Now"),
        (
            [
                ("referral_allocated", {"to": "high_court_team"}),
                ("decision_report_sent", {"action": "no_action"}),
            ],
            "Concluded Now",
        ),
        ([("referral_withdrawn", {"reason": "Rights are met."})], "Withdrawn Now"),
    ],
)
def test_the_line_says_where_it_stands(cast, case, referral, browse, happenings, steps):
    for happening, details in happenings:
        happened(case, happening, "2025-03-03", referral=referral.ref, **details)
    assert steps in read(browse(cast.iris).get(at("referral", referral)))


def test_a_paper_provided_shows_its_day(cast, referral, browse):
    while_open.provide(referral, "Chronology", by=cast.mona, on=day("2025-03-03"))
    shown = read(browse(cast.lena).get(at("referral", referral)))
    assert "Chronology to follow by Thursday 13 March 2025 Monday 3 March 2025" in shown
