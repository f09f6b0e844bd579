"""The decision record: kept as a draft, complete before the report goes, questioned where it does not hold together."""

from datetime import date

import pytest

from cases.actions import correct
from cases.models import Case
from cases.refusal import Refusal, Stale
from referrals import handling
from referrals.models import Decision
from tests.cases.steps import owed, the
from tests.referrals.steps import FULL_DECISION, decide, now

pytestmark = pytest.mark.django_db
SUBMITTED = date(2025, 3, 3)


def test_a_draft_may_be_as_empty_as_its_writer_likes(cast, with_gareth, today):
    kept = handling.keep_decision(with_gareth, by=cast.gareth, seen_version=0, wishes="She wants a visit.")
    assert (kept.version, kept.wishes, kept.action, now(with_gareth).state) == (
        1, "She wants a visit.", "", "allocated",
    )  # fmt: skip


def test_nothing_is_decided_before_the_allocation(cast, taken_in, today):
    with pytest.raises(Refusal, match=r"has not been allocated yet.*PN 3\.6"):
        handling.keep_decision(taken_in, by=cast.lex, **FULL_DECISION)
    with pytest.raises(Refusal, match=r"has not been allocated yet.*PN 3\.6"):
        handling.decision_report_sent(taken_in, by=cast.lex, on=SUBMITTED)
    assert not Decision.objects.exists()


def test_two_people_writing_are_told_of_each_other(cast, with_gareth, today):
    handling.keep_decision(with_gareth, by=cast.gareth, seen_version=0, wishes="Gareth’s words")
    with pytest.raises(Stale, match="Gareth Guardian changed this decision"):
        handling.keep_decision(with_gareth, by=cast.cass, seen_version=0, wishes="Cass’s words")
    assert Decision.objects.get().wishes == "Gareth’s words"


def test_a_button_pressed_twice_is_no_second_writer(cast, with_gareth, today):
    for _ in range(2):
        handling.keep_decision(with_gareth, by=cast.gareth, seen_version=0, wishes="Once")
    assert Decision.objects.get().wishes == "Once"


def test_nobody_was_consulted_tomorrow(cast, with_gareth, today):
    with pytest.raises(Refusal, match="Tuesday 4 March 2025 is in the future"):
        handling.keep_decision(with_gareth, by=cast.gareth, legal_consulted_on=date(2025, 3, 4))


@pytest.mark.parametrize(
    ("left_out", "clause"),
    [
        ("rights_compromised", "3.14a"), ("more_resolution", "3.14b"), ("other_proceedings", "3.14c"),
        ("court_claim", "3.14d"), ("wishes", "3.14e"), ("action", "3.14"), ("reasons", "3.21"),
        ("who_acts", "3.17"),
    ],
)  # fmt: skip
def test_the_report_waits_for_every_question(cast, with_gareth, today, left_out, clause):
    handling.keep_decision(with_gareth, by=cast.gareth, **{**FULL_DECISION, left_out: ""})
    (doubt,) = handling.decision_doubts(with_gareth)
    assert f"PN {clause}" in doubt
    with pytest.raises(Refusal) as refusal:
        handling.decision_report_sent(with_gareth, by=cast.gareth, on=SUBMITTED)
    assert str(refusal.value) == doubt
    assert now(with_gareth).state == "allocated"


def test_without_a_record_there_is_nothing_to_report(cast, with_gareth, today):
    with pytest.raises(Refusal, match="has not been written down yet"):
        handling.decision_report_sent(with_gareth, by=cast.gareth, on=SUBMITTED)


def test_nobody_need_act_where_nothing_is_done(cast, with_gareth, today):
    handling.keep_decision(
        with_gareth, by=cast.gareth, **{**FULL_DECISION, "action": "no_action", "who_acts": ""}
    )
    assert handling.decision_doubts(with_gareth) == []


def cautions(referral, **answers):
    consulted = {"manager_consulted_on": SUBMITTED, "legal_consulted_on": SUBMITTED}
    handling.keep_decision(referral, by=referral.officer, **{**FULL_DECISION, **consulted, **answers})
    return " ".join(handling.decision_cautions(referral))


def test_a_decision_that_holds_together_is_not_questioned(with_gareth, today):
    assert cautions(with_gareth) == ""


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"manager_consulted_on": None}, "manager has not been consulted"),
        ({"legal_consulted_on": None}, "Cafcass Legal has not been consulted"),
        ({"child_can_instruct": "yes"}, "The child is able and willing to instruct a lawyer"),
        ({"adult_willing": "yes"}, "An adult is able and willing"),
        ({"adult_willing": ""}, "answer both questions"),
        ({"who_acts": "child"}, "found unable or unwilling"),
        ({"who_acts": "other_adult"}, "none was found able and willing"),
        ({"court_claim": "no"}, "does not say that one is necessary"),
        ({"litigation_friend": ""}, "litigation friend"),
        ({"action": "other_proceedings"}, "says they would not help"),
        ({"action": "negotiation"}, "sees no way left"),
        ({"action": "no_action"}, "yet nothing is to be done"),
    ],
)
def test_what_does_not_hold_together_is_asked_about_and_never_forbidden(
    cast, with_gareth, today, answers, words
):
    assert words in cautions(with_gareth, **answers)
    assert handling.decision_doubts(with_gareth) == []
    assert handling.decision_report_sent(with_gareth, by=cast.gareth, on=SUBMITTED).decided_on == SUBMITTED


def test_the_report_meets_the_two_weeks_and_opens_the_six_weeks(cast, with_gareth, it_is):
    it_is("2025-03-17")
    referral = decide(with_gareth, "2025-03-17")
    assert (referral.state, referral.action) == ("decided", "proceedings")
    assert the(referral.case, "REF-12").met_on == date(2025, 3, 17)
    assert the(referral.case, "REF-16").due_on == date(2025, 4, 14)


@pytest.mark.parametrize("action", ["no_action", "other_proceedings", "official_solicitor"])
def test_a_decision_after_which_nothing_remains_ends_the_referral(cast, with_gareth, it_is, action):
    it_is("2025-03-14")
    referral = decide(with_gareth, "2025-03-14", action=action)
    assert (referral.state, referral.action, referral.ended_on) == ("concluded", action, date(2025, 3, 14))
    assert the(referral.case, "REF-21").state == "not_required"
    assert not owed(referral.case, "REF-16").exists()


@pytest.mark.parametrize("who", ["child", "other_adult"])
def test_where_somebody_else_sues_cafcass_is_done(cast, with_gareth, it_is, who):
    it_is("2025-03-14")
    referral = decide(with_gareth, "2025-03-14", who_acts=who)
    assert referral.state == "concluded"
    assert not owed(referral.case, "REF-16").exists()


def test_the_officer_no_longer_sees_the_case_once_the_referral_is_over(cast, with_hugo, it_is):
    it_is("2025-03-14")
    decide(with_hugo, "2025-03-14", action="no_action")
    assert not Case.objects.visible_to(cast.hugo).exists()
    assert Case.objects.visible_to(cast.lex).exists()


def test_correcting_the_decision_moves_the_state_back_and_opens_the_report_again(cast, with_hugo, it_is):
    it_is("2025-03-14")
    referral = decide(with_hugo, "2025-03-14", action="no_action")
    sent = referral.case.events.get(happening="decision_report_sent")
    correct(sent, by=cast.lex, reason="It was not posted")
    referral = now(referral)
    assert (referral.state, referral.action, referral.ended_on, referral.decided_on) == (
        "allocated",
        "",
        None,
        None,
    )
    assert the(referral.case, "REF-12").state == "open"
    assert Case.objects.visible_to(cast.hugo).exists()


def test_the_record_stays_as_it_was_once_proceedings_are_started(cast, with_gareth, it_is):
    it_is("2025-03-14")
    referral = decide(with_gareth, "2025-03-14")
    handling.start_proceedings(referral, by=cast.gareth, on=date(2025, 3, 14))
    with pytest.raises(Refusal, match="past its decision"):
        handling.keep_decision(referral, by=cast.gareth, reasons="Other reasons")
    with pytest.raises(Refusal, match="past its decision"):
        handling.decision_report_sent(referral, by=cast.gareth, on=date(2025, 3, 14))
