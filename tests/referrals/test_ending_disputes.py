"""How a dispute ends, what a correction moves back, and the days it took."""

from datetime import date

import pytest

from cases.actions import correct
from cases.models import Deadline
from cases.refusal import NotYours
from referrals import disputefile, disputes
from tests.cases.steps import day, happened, the
from tests.referrals.dispute_steps import (
    a_case,
    answered,
    climbed,
    now,
    nudged,
    raised,
    told,
    unchanged,
)

pytestmark = pytest.mark.usefixtures("today")


# --- Ending --------------------------------------------------------------------------------------------------


def test_resolved_it_says_what_changed_for_the_child(cast, case, formal):
    dispute = disputes.resolve(formal, by=cast.iris, on=day("2025-02-24"), changed_for_child="Therapy began.")
    assert (dispute.state, dispute.ended_on, dispute.changed_for_child) == (
        "resolved",
        date(2025, 2, 24),
        "Therapy began.",
    )
    assert the(case, "DIS-1").met_on == date(2025, 2, 24)
    assert "Therapy began." in told(case, "dispute_resolved").get().note


def test_it_is_not_resolved_without_saying_what_changed(cast, case, formal):
    nothing = lambda: disputes.resolve(formal, by=cast.iris, on=day("2025-02-24"), changed_for_child=" ")  # noqa: E731
    assert unchanged(case, nothing, "Say what changed for the child").field == "changed_for_child"


def test_withdrawn_with_a_reason_nothing_more_is_owed(cast, case, formal):
    disputes.withdraw(formal, by=cast.iris, on=day("2025-02-12"), reason="She moved home.")
    assert now(formal).state == "withdrawn"
    assert the(case, "DIS-1").state == the(case, "DIS-2").state == "not_required"
    no_reason = lambda: disputes.withdraw(formal, by=cast.iris, on=day("2025-02-12"), reason="")  # noqa: E731
    unchanged(case, no_reason, "Say why you withdraw it")


def test_unresolved_in_proceedings_the_guardian_is_told_and_a_separate_report_considered(cast, case, formal):
    disputes.leave_unresolved(formal, by=cast.iris, on=day("2025-02-26"))
    assert {the(case, duty).due_on for duty in ("IRH-12", "IRH-13")} == {date(2025, 2, 27)}
    assert nudged("guardian") == set()
    disputes.tell_guardian(formal, by=cast.iris, on=day("2025-02-26"))
    disputes.decide_separate_report(
        formal, by=cast.iris, on=day("2025-02-27"), decision="Yes: the court must know."
    )
    assert {the(case, duty).state for duty in ("IRH-12", "IRH-13")} == {"met"}


def test_unresolved_before_proceedings_the_cafcass_manager_is_considered(cast):
    case = a_case(cast, entering="entered_pre_proceedings")
    dispute = raised(cast, case, formal=True)
    disputes.leave_unresolved(dispute, by=cast.iris, on=day("2025-02-26"))
    disputes.decide_cafcass_notification(
        dispute, by=cast.iris, on=day("2025-02-27"), decision="Told by telephone."
    )
    assert the(case, "PRE-4").met_on == date(2025, 2, 27)


def test_what_follows_an_unresolved_end_waits_for_it(cast, case, formal):
    unchanged(
        case,
        lambda: disputes.tell_guardian(formal, by=cast.iris, on=day("2025-02-26")),
        "has not ended unresolved",
    )


def test_an_unresolved_dispute_may_be_resolved_after_all(cast, case, formal):
    disputes.leave_unresolved(formal, by=cast.iris, on=day("2025-02-26"))
    dispute = disputes.resolve(formal, by=cast.iris, on=day("2025-02-28"), changed_for_child="Therapy began.")
    assert (dispute.state, dispute.ended_on) == ("resolved", date(2025, 2, 28))


def test_la_legal_tells_the_court_before_the_hearing(cast, case, formal):
    happened(case, "hearing_listed", "2025-02-12", hearing="cmh", date="2025-03-04")
    disputes.tell_court(formal, by=cast.lena, on=day("2025-02-20"))
    assert the(case, "IRH-8").met_on == date(2025, 2, 20)
    with pytest.raises(NotYours):
        disputes.tell_court(formal, by=cast.tess, on=day("2025-02-20"))


# --- Corrections and the gauge -------------------------------------------------------------------------------


def test_a_step_struck_out_takes_the_dispute_back_down(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    correct(told(case, "dispute_escalated").get(), by=cast.iris, reason="Not sent")
    assert (now(dispute).rung, now(dispute).addressed_to) == ("Team manager", cast.tess)
    assert not Deadline.objects.filter(case=case, owner=cast.serena).exists()


def test_a_resolution_struck_out_opens_it_again(cast, case, formal):
    disputes.resolve(formal, by=cast.iris, on=day("2025-02-24"), changed_for_child="Therapy began.")
    correct(told(case, "dispute_resolved").get(), by=cast.iris, reason="It did not")
    assert (now(formal).state, now(formal).ended_on) == ("formal", None)
    assert climbed(cast, formal, "Service manager", "2025-02-26").rung == "Service manager"


def test_a_dispute_struck_out_altogether_takes_nothing_more(cast, case, formal):
    correct(told(case, "dispute_raised").get(), by=cast.iris, reason="Wrong case")
    unchanged(
        case, lambda: climbed(cast, formal, "Service manager", "2025-02-20"), "struck out of the chronology"
    )


def test_a_manager_cannot_strike_a_dispute_out(cast, case, formal):
    with pytest.raises(NotYours):
        correct(told(case, "dispute_raised").get(), by=cast.tess, reason="Unfair")


@pytest.mark.parametrize("who", ["sol", "tess", "serena", "hal", "lena"])
def test_nobody_whom_it_challenges_strikes_out_what_another_said(cast, case, formal, who):
    """Tess answers and the IRO manager does not endorse; Hal mediates; no colleague of theirs undoes that."""
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    answered(cast, dispute, "2025-02-19", by=cast.dora)
    disputes.endorse(dispute, by=cast.mona, on=day("2025-02-20"), endorsed=False, view="Too soon.")
    for name in ("dispute_answered", "escalation_endorsement"):
        event = told(case, name).get()
        with pytest.raises(NotYours):
            correct(event, by=getattr(cast, who), reason="It hurts")


def test_an_answer_is_corrected_by_whoever_gave_it_and_by_the_iros_side(cast, case, formal):
    answered(cast, formal, "2025-02-12", by=cast.tess)
    correct(told(case, "dispute_answered").get(), by=cast.tess, reason="Sent too early")
    answered(cast, formal, "2025-02-13", by=cast.tess)
    correct(told(case, "dispute_answered").last(), by=cast.mona, reason="It was about another child")
    assert not told(case, "dispute_answered").filter(correction=None).exists()


def test_the_gauge_counts_working_days_as_one_counts_them_by_hand(cast, it_is):
    """Formal on Thursday 10 April 2025; Good Friday is the 18th, Easter Monday the 21st, and 5 May a bank holiday.

    After the 10th: 11, 14, 15, 16, 17, 22, 23, 24, 25 April (9), 28, 29, 30 April, 1, 2 May (14), 6, 7, 8, 9 (18).
    """
    it_is("2025-05-09")
    case = a_case(cast)
    dispute = raised(cast, case, "2025-04-10", formal=True)
    answered(cast, dispute, "2025-04-17")
    climbed(cast, dispute, "Service manager", "2025-04-22")
    dispute = now(dispute)
    whole = disputefile.gauge(dispute, today=date(2025, 5, 9))
    assert (whole.used, whole.left, whole.over, whole.due_on) == (18, 2, 0, date(2025, 5, 13))
    assert whole.words == "18 of 20 working days used, 2 left"
    steps = disputefile.steps_of(dispute)
    first, second = disputefile.gauges(dispute, steps, today=date(2025, 5, 9))
    assert (first.used, first.words) == (5, "5 of 5 working days used")
    assert (second.used, second.over, second.due_on) == (12, 7, date(2025, 4, 29))
    assert second.words == "12 of 5 working days used, 7 over"


def test_the_gauge_stands_still_when_the_dispute_has_ended(cast, case, formal):
    disputes.resolve(formal, by=cast.iris, on=day("2025-02-14"), changed_for_child="Therapy began.")
    gauge = disputefile.gauge(now(formal), today=date(2025, 3, 3))
    assert (gauge.used, gauge.words) == (4, "4 of 20 working days used")
