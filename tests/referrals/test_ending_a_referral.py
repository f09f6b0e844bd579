"""After the decision: proceedings, a settlement, a judgment, and the end."""

from datetime import date

import pytest

from referrals import handling
from tests.cases.steps import the
from tests.referrals.steps import (
    SUBMITTED,
    allocate,
    decide,
    now,
    referred,
    refused,
)

pytestmark = pytest.mark.django_db


def test_from_the_decision_to_the_final_report(cast, with_gareth, it_is):
    it_is("2025-06-02")
    referral = decide(with_gareth, "2025-03-14")
    claim = the(referral.case, "REF-16")
    assert (claim.due_on, claim.owing, claim.owner) == (date(2025, 4, 14), cast.cafcass, cast.gareth)
    referral = handling.start_proceedings(referral, by=cast.gareth, on=date(2025, 4, 14))
    assert (referral.state, the(referral.case, "REF-16").met_on) == ("proceedings", date(2025, 4, 14))
    referral = handling.settle(referral, by=cast.gareth, on=date(2025, 4, 22))
    report = the(referral.case, "REF-17")
    # Six weeks from Tuesday 22 April 2025 is Tuesday 3 June 2025.
    assert (referral.state, report.due_on, report.owner) == ("settled", date(2025, 6, 3), cast.gareth)
    referral = handling.final_report_sent(referral, by=cast.gareth, on=date(2025, 6, 2))
    assert (referral.state, referral.ended_on) == ("concluded", date(2025, 6, 2))
    assert the(referral.case, "REF-17").met_on == date(2025, 6, 2)


def test_the_six_weeks_count_from_receipt_and_not_from_submission(cast, it_is):
    it_is("2025-03-14")
    referral = referred(cast, on="2025-02-28")
    handling.receive(referral, by=cast.lex, on=SUBMITTED)
    decide(allocate(cast, referral, cast.gareth, on="2025-03-03"), "2025-03-14")
    assert the(referral.case, "REF-16").due_on == date(2025, 4, 14)
    assert the(referral.case, "REF-12").due_on == date(2025, 3, 14)


def test_nothing_is_settled_or_started_before_the_decision(cast, with_gareth, today):
    for act in (handling.settle, handling.judgment, handling.start_proceedings):
        refused(lambda act=act: act(with_gareth, by=cast.gareth, on=SUBMITTED), "has not been decided yet")


def test_proceedings_are_not_started_when_the_decision_was_another(cast, with_gareth, it_is):
    it_is("2025-03-14")
    referral = decide(with_gareth, "2025-03-14", action="negotiation")
    refused(
        lambda: handling.start_proceedings(referral, by=cast.gareth, on=date(2025, 3, 14)),
        "negotiation or mediation", "further decision report",
    )  # fmt: skip


def test_negotiation_that_fails_is_decided_again_and_then_sued(cast, with_gareth, it_is):
    it_is("2025-03-24")
    referral = decide(with_gareth, "2025-03-14", action="negotiation")
    handling.keep_decision(referral, by=cast.gareth, action="proceedings")
    handling.decision_report_sent(referral, by=cast.gareth, on=date(2025, 3, 24))
    referral = handling.start_proceedings(now(referral), by=cast.gareth, on=date(2025, 3, 24))
    assert referral.state == "proceedings"


def test_no_court_has_judged_what_was_never_brought(cast, with_gareth, it_is):
    it_is("2025-03-14")
    referral = decide(with_gareth, "2025-03-14")
    refused(lambda: handling.judgment(referral, by=cast.gareth, on=date(2025, 3, 14)), "no court has judged")


def test_a_step_is_not_dated_before_the_one_it_follows(cast, with_gareth, it_is):
    it_is("2025-03-20")
    referral = decide(with_gareth, "2025-03-14")
    refused(
        lambda: handling.start_proceedings(referral, by=cast.gareth, on=date(2025, 3, 13)),
        "before the last step of the referral, on Friday 14 March 2025",
    )


def test_what_ends_with_the_decision_takes_nothing_more(cast, with_gareth, it_is):
    it_is("2025-03-14")
    referral = decide(with_gareth, "2025-03-14", action="official_solicitor")
    assert (referral.state, referral.ended_on) == ("concluded", date(2025, 3, 14))
    acts = [
        lambda: handling.settle(referral, by=cast.lex, on=date(2025, 3, 14)),
        lambda: handling.withdraw(referral, by=cast.lex, on=date(2025, 3, 14), reason="x"),
        lambda: handling.progress_report_sent(referral, by=cast.lex, on=date(2025, 3, 14)),
        lambda: handling.receive(referral, by=cast.lex, on=date(2025, 3, 14)),
        lambda: handling.keep_decision(referral, by=cast.lex, wishes="x"),
        lambda: handling.enquire(
            referral, by=cast.lex, on=date(2025, 3, 14), source="iro", note="x", permission="not_needed"
        ),
    ]
    for act in acts:
        refused(act, "was concluded on Friday 14 March 2025")


def test_la_legal_can_still_be_told_of_a_referral_that_ended(cast, with_gareth, it_is):
    it_is("2025-03-14")
    referral = decide(with_gareth, "2025-03-14", action="no_action")
    handling.la_legal_notified(referral, by=cast.lex, on=date(2025, 3, 14))
    assert the(referral.case, "REF-10").met_on == date(2025, 3, 14)
