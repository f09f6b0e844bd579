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
    allocate,
    case_of,
    latest,
    now,
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


def test_a_draft_cannot_be_received(cast, just_sent, today):
    correct(latest(just_sent, "referral_submitted"), by=cast.iris, reason="Sent by mistake")
    refused(
        lambda: handling.receive(now(just_sent), by=cast.lex, on=SUBMITTED),
        "has not been submitted", "PN 3.4",
    )  # fmt: skip


def test_a_referral_cannot_have_been_received_before_it_was_submitted(cast, just_sent, today):
    refused(
        lambda: handling.receive(just_sent, by=cast.lex, on=date(2025, 2, 28)),
        "before Referral 1 was submitted",
    )


def test_a_referral_is_not_received_in_the_future(cast, just_sent, today):
    refused(lambda: handling.receive(just_sent, by=cast.lex, on=date(2025, 3, 4)), "is in the future")


def test_a_referral_is_received_once(cast, taken_in, today):
    refused(
        lambda: handling.receive(taken_in, by=cast.leah, on=SUBMITTED),
        "Lex Lawyer has already recorded the receipt of Referral 1, on Monday 3 March 2025",
    )


def test_a_button_pressed_twice_receives_once_and_says_nothing(cast, just_sent, today):
    sent = "7f1c0f0e-6f0b-4d0c-9a55-0d2c8a0b7b11"
    handling.receive(just_sent, by=cast.lex, on=SUBMITTED, submission=sent)
    handling.receive(just_sent, by=cast.lex, on=SUBMITTED, submission=sent)
    assert just_sent.case.events.filter(happening="referral_received").count() == 1


OTHERS = pytest.mark.parametrize("who", ["iris", "mona", "gwen", "cass", "hugo", "lena", "chas", "stranger"])


@OTHERS
def test_only_cafcass_legal_receives(cast, just_sent, today, who):
    person = getattr(cast, who)
    refused(lambda: handling.receive(just_sent, by=person, on=SUBMITTED), "Cafcass Legal", kind=NotYours)


@OTHERS
def test_only_cafcass_legal_allocates(cast, taken_in, today, who):
    how = {"on": SUBMITTED, "route": "local_manager", "officer": cast.gareth}
    refused(
        lambda: handling.allocate(taken_in, by=getattr(cast, who), **how),
        "Cafcass Legal", "PN 3.5, 3.6", kind=NotYours,
    )  # fmt: skip


# --- Allocating ----------------------------------------------------------------------------------------------


def test_allocating_meets_the_same_day_act_and_gives_the_officer_the_two_weeks(cast, with_gareth, today):
    case = with_gareth.case
    assert with_gareth.state == "allocated"
    assert (with_gareth.officer, with_gareth.office) == (cast.gareth, cast.cafcass)
    assert the(case, "REF-9").met_on == SUBMITTED
    report = the(case, "REF-12")
    assert (report.due_on, report.owing, report.owner) == (date(2025, 3, 17), cast.cafcass, cast.gareth)
    progress = the(case, "REF-21")
    assert (progress.due_on, progress.owner) == (date(2025, 3, 17), cast.gareth)


def test_before_the_allocation_the_report_is_cafcass_legals_to_owe(cast, taken_in, today):
    case = taken_in.case
    for duty in ("REF-12", "REF-21", "REF-10"):
        assert (the(case, duty).owing, the(case, duty).owner) == (cast.cafcass_legal, None)


def test_the_high_court_teams_officer_and_team_owe_what_is_allocated_to_them(cast, with_hugo, today):
    report = the(with_hugo.case, "REF-12")
    assert (with_hugo.route, report.owing, report.owner) == ("high_court_team", cast.cafcass_legal, cast.hugo)


def test_the_officer_sees_the_case_from_the_allocation_on(cast, taken_in, today):
    assert not Case.objects.visible_to(cast.hugo).exists()
    handling.allocate(taken_in, by=cast.lex, on=SUBMITTED, route="high_court_team", officer=cast.hugo)
    assert list(Case.objects.visible_to(cast.hugo)) == [taken_in.case]
    assert list(Referral.objects.visible_to(cast.hugo)) == [taken_in]


def test_correcting_the_allocation_moves_the_state_back_and_takes_the_access_away(cast, with_hugo, today):
    correct(latest(with_hugo, "referral_allocated"), by=cast.lex, reason="The wrong officer")
    referral = now(with_hugo)
    assert (referral.state, referral.officer, referral.office) == ("received", None, None)
    assert not Case.objects.visible_to(cast.hugo).exists()
    report = the(referral.case, "REF-12")
    assert (report.owing, report.owner) == (cast.cafcass_legal, None)


def test_a_referral_is_received_before_it_is_allocated(cast, just_sent, today):
    refused(
        lambda: handling.allocate(just_sent, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gwen),
        "receipt of Referral 1 has not been recorded", "PN 3.6",
    )  # fmt: skip


def test_a_referral_is_allocated_once_and_then_handed_on(cast, with_gareth, today):
    refused(
        lambda: handling.allocate(with_gareth, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gwen),
        "allocated to Gareth Guardian on Monday 3 March 2025", "hand it on",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("route", "who"), [("local_manager", "hugo"), ("local_manager", "iris"), ("high_court_team", "gwen")]
)
def test_the_officer_suits_the_route(cast, taken_in, today, route, who):
    officer = getattr(cast, who)
    refused(
        lambda: handling.allocate(taken_in, by=cast.lex, on=SUBMITTED, route=route, officer=officer),
        f"{officer.name} cannot be allocated by that route",
    )


def test_those_who_were_the_childrens_guardian_are_suggested(cast, taken_in, today):
    appoint(
        cast.gwen, PersonRole.GUARDIAN, children=[cast.amber], on=date(2025, 2, 10), by=cast.cass,
        case=case_of(taken_in),
    )  # fmt: skip
    assert list(involved_before(taken_in)) == [cast.gwen]


def test_a_local_manager_hands_it_on_to_somebody_of_the_office(cast, taken_in, today):
    referral = allocate(cast, taken_in, cast.cass, on="2025-03-03")
    referral = handling.hand_on(referral, by=cast.cass, on=SUBMITTED, officer=cast.gwen)
    assert (referral.state, referral.officer, referral.allocated_on) == ("allocated", cast.gwen, SUBMITTED)
    assert the(referral.case, "REF-12").owner == cast.gwen


def test_a_local_manager_cannot_pass_it_to_another_office(cast, taken_in, today):
    referral = allocate(cast, taken_in, cast.cass, on="2025-03-03")
    refused(
        lambda: handling.hand_on(referral, by=cast.cass, on=SUBMITTED, officer=cast.hugo),
        "not in your office",
    )


def test_an_officer_does_not_hand_it_on_alone(cast, with_gareth, today):
    refused(
        lambda: handling.hand_on(with_gareth, by=cast.gareth, on=SUBMITTED, officer=cast.gwen), "manager",
        kind=NotYours,
    )  # fmt: skip


def test_handing_on_takes_the_first_officers_access_away_and_keeps_the_enquiries(cast, with_hugo, today):
    handling.enquire(
        with_hugo, by=cast.hugo, on=SUBMITTED, source="iro", note="Rang the IRO.", permission="not_needed"
    )
    referral = handling.hand_on(now(with_hugo), by=cast.leah, on=SUBMITTED, officer=cast.gwen)
    assert (referral.state, referral.officer, referral.route) == ("enquiries", cast.gwen, "local_manager")
    assert not Case.objects.visible_to(cast.hugo).exists()
