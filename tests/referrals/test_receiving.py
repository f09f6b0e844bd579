"""Cafcass Legal receives a referral and allocates it; the clocks go to whoever has it."""

from datetime import date

import pytest

from accounts.roles import PersonRole
from cases.actions import correct
from cases.appointments import appoint
from cases.models import Case
from cases.refusal import NotYours
from referrals import handling
from referrals.handling.receiving import involved_before
from referrals.models import Referral
from tests.cases.steps import owed, the
from tests.referrals.steps import (
    SUBMITTED,
    allocated,
    case_of,
    latest,
    now,
    received,
    referred,
    refused,
)

pytestmark = pytest.mark.django_db


# --- Receiving -----------------------------------------------------------------------------------------------


def test_receiving_on_a_later_day_moves_the_same_day_acts_to_that_day(cast, today):
    referral = referred(cast, on="2025-02-28")
    assert the(referral.case, "REF-9").due_on == date(2025, 2, 28)
    referral = handling.receive(referral, by=cast.lex, on=SUBMITTED)
    assert (referral.state, referral.received_on) == ("received", SUBMITTED)
    standing = owed(referral.case, "REF-9", moved=False).get()
    assert (standing.due_on, standing.owing, standing.owner) == (SUBMITTED, cast.cafcass_legal, None)


def test_a_draft_cannot_be_received(cast, today):
    referral = referred(cast, on="2025-03-03")
    correct(latest(referral, "referral_submitted"), by=cast.iris, reason="Sent by mistake")  # back to a draft
    refused(
        lambda: handling.receive(now(referral), by=cast.lex, on=SUBMITTED), "has not been submitted", "PN 3.4"
    )


def test_a_referral_cannot_have_been_received_before_it_was_submitted(cast, today):
    referral = referred(cast, on="2025-03-03")
    refused(
        lambda: handling.receive(referral, by=cast.lex, on=date(2025, 2, 28)),
        "before Referral 1 was submitted",
    )


def test_a_referral_is_not_received_in_the_future(cast, today):
    referral = referred(cast, on="2025-03-03")
    refused(lambda: handling.receive(referral, by=cast.lex, on=date(2025, 3, 4)), "is in the future")


def test_a_referral_is_received_once(cast, today):
    referral = received(cast, on="2025-03-03")
    refused(
        lambda: handling.receive(referral, by=cast.leah, on=SUBMITTED),
        "Lex Lawyer has already recorded the receipt of Referral 1, on Monday 3 March 2025",
    )


def test_a_button_pressed_twice_receives_once_and_says_nothing(cast, today):
    referral = referred(cast, on="2025-03-03")
    sent = "7f1c0f0e-6f0b-4d0c-9a55-0d2c8a0b7b11"
    handling.receive(referral, by=cast.lex, on=SUBMITTED, submission=sent)
    handling.receive(referral, by=cast.lex, on=SUBMITTED, submission=sent)
    assert referral.case.events.filter(happening="referral_received").count() == 1


@pytest.mark.parametrize("who", ["iris", "mona", "gwen", "cass", "hugo", "lena", "chas", "stranger"])
def test_only_cafcass_legal_receives_and_allocates(cast, today, who):
    person = getattr(cast, who)
    referral = referred(cast, on="2025-03-03")
    refused(lambda: handling.receive(referral, by=person, on=SUBMITTED), "Cafcass Legal", kind=NotYours)
    referral = handling.receive(referral, by=cast.lex, on=SUBMITTED)
    refused(
        lambda: handling.allocate(
            referral, by=person, on=SUBMITTED, route="local_manager", officer=cast.gareth
        ),
        "Cafcass Legal", "PN 3.5, 3.6", kind=NotYours,
    )  # fmt: skip


# --- Allocating ----------------------------------------------------------------------------------------------


def test_allocating_meets_the_same_day_act_and_gives_the_officer_the_two_weeks(cast, today):
    referral = allocated(cast, on="2025-03-03")
    case = referral.case
    assert (referral.state, referral.officer, referral.office) == ("allocated", cast.gareth, cast.cafcass)
    assert the(case, "REF-9").met_on == SUBMITTED
    report = the(case, "REF-12")
    assert (report.due_on, report.owing, report.owner) == (date(2025, 3, 17), cast.cafcass, cast.gareth)
    progress = the(case, "REF-21")
    assert (progress.due_on, progress.owner) == (date(2025, 3, 17), cast.gareth)


def test_before_the_allocation_the_report_is_cafcass_legals_to_owe(cast, today):
    case = received(cast, on="2025-03-03").case
    for duty in ("REF-12", "REF-21", "REF-10"):
        assert (the(case, duty).owing, the(case, duty).owner) == (cast.cafcass_legal, None)


def test_the_high_court_teams_officer_and_team_owe_what_is_allocated_to_them(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.hugo)
    report = the(referral.case, "REF-12")
    assert (referral.route, report.owing, report.owner) == ("high_court_team", cast.cafcass_legal, cast.hugo)


def test_the_officer_sees_the_case_from_the_allocation_on(cast, today):
    referral = received(cast, on="2025-03-03")
    assert not Case.objects.visible_to(cast.hugo).exists()
    handling.allocate(referral, by=cast.lex, on=SUBMITTED, route="high_court_team", officer=cast.hugo)
    assert list(Case.objects.visible_to(cast.hugo)) == [referral.case]
    assert list(Referral.objects.visible_to(cast.hugo)) == [referral]


def test_correcting_the_allocation_moves_the_state_back_and_takes_the_access_away(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.hugo)
    correct(latest(referral, "referral_allocated"), by=cast.lex, reason="The wrong officer")
    referral = now(referral)
    assert (referral.state, referral.officer, referral.office) == ("received", None, None)
    assert not Case.objects.visible_to(cast.hugo).exists()
    report = the(referral.case, "REF-12")
    assert (report.owing, report.owner) == (cast.cafcass_legal, None)


def test_a_referral_is_received_before_it_is_allocated(cast, today):
    referral = referred(cast, on="2025-03-03")
    refused(
        lambda: handling.allocate(referral, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gwen),
        "receipt of Referral 1 has not been recorded", "PN 3.6",
    )  # fmt: skip


def test_a_referral_is_allocated_once_and_then_handed_on(cast, today):
    referral = allocated(cast, on="2025-03-03")
    refused(
        lambda: handling.allocate(referral, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gwen),
        "allocated to Gareth Guardian on Monday 3 March 2025", "hand it on",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("route", "who"), [("local_manager", "hugo"), ("local_manager", "iris"), ("high_court_team", "gwen")]
)
def test_the_officer_suits_the_route(cast, today, route, who):
    referral = received(cast, on="2025-03-03")
    officer = getattr(cast, who)
    refused(
        lambda: handling.allocate(referral, by=cast.lex, on=SUBMITTED, route=route, officer=officer),
        f"{officer.name} cannot be allocated by that route",
    )


def test_those_who_were_the_childrens_guardian_are_suggested(cast, today):
    referral = received(cast, on="2025-03-03")
    appoint(
        cast.gwen, PersonRole.GUARDIAN, children=[cast.amber], on=date(2025, 2, 10), by=cast.cass,
        case=case_of(referral),
    )  # fmt: skip
    assert list(involved_before(referral)) == [cast.gwen]


def test_a_local_manager_hands_it_on_to_somebody_of_the_office(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.cass)
    referral = handling.hand_on(referral, by=cast.cass, on=SUBMITTED, officer=cast.gwen)
    assert (referral.state, referral.officer, referral.allocated_on) == ("allocated", cast.gwen, SUBMITTED)
    assert the(referral.case, "REF-12").owner == cast.gwen


def test_a_local_manager_cannot_pass_it_to_another_office(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.cass)
    refused(
        lambda: handling.hand_on(referral, by=cast.cass, on=SUBMITTED, officer=cast.hugo),
        "not in your office",
    )


def test_an_officer_does_not_hand_it_on_alone(cast, today):
    referral = allocated(cast, on="2025-03-03")
    refused(
        lambda: handling.hand_on(referral, by=cast.gareth, on=SUBMITTED, officer=cast.gwen), "manager",
        kind=NotYours,
    )  # fmt: skip


def test_handing_on_takes_the_first_officers_access_away_and_keeps_the_enquiries(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.hugo)
    handling.enquire(
        referral, by=cast.hugo, on=SUBMITTED, source="iro", note="Rang the IRO.", permission="not_needed"
    )
    referral = handling.hand_on(now(referral), by=cast.leah, on=SUBMITTED, officer=cast.gwen)
    assert (referral.state, referral.officer, referral.route) == ("enquiries", cast.gwen, "local_manager")
    assert not Case.objects.visible_to(cast.hugo).exists()
