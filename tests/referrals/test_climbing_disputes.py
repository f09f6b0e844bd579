"""A dispute climbs the ladder and is answered on each rung."""

from datetime import date

import pytest

from cases.models import Deadline
from cases.refusal import NotYours, Refusal
from referrals import disputefile, disputes
from tests.cases.steps import day, the
from tests.referrals.dispute_steps import (
    answered,
    climbed,
    now,
    nudged,
    raised,
    rung,
    told,
    unchanged,
)

pytestmark = pytest.mark.usefixtures("today")


# --- Climbing ------------------------------------------------------------------------------------------------


def test_made_formal_the_twenty_days_count_from_that_day_and_not_from_the_first_word(cast, case):
    dispute = disputes.make_formal(raised(cast, case), by=cast.iris, on=day("2025-02-17"))
    assert (dispute.state, dispute.formal_on) == ("formal", date(2025, 2, 17))
    assert the(case, "DIS-1").due_on == date(2025, 3, 17)
    assert the(case, "DIS-2").due_on == date(2025, 2, 24)


def test_each_higher_rung_opens_its_own_answer_for_its_own_manager(cast, case, formal):
    climbed(cast, formal, "Service manager", "2025-02-18")
    dispute = climbed(cast, formal, "Head of service", "2025-02-26")
    assert (dispute.rung, dispute.addressed_to) == ("Head of service", cast.hal)
    rows = Deadline.objects.filter(case=case, duty="DIS-2").order_by("opened_on")
    assert [(row.owner, row.due_on) for row in rows] == [
        (cast.tess, date(2025, 2, 17)),
        (cast.serena, date(2025, 2, 25)),
        (cast.hal, date(2025, 3, 4)),
    ]
    assert nudged("step") == {"tess", "serena", "hal"}


def test_an_unanswered_rung_stays_late_after_the_dispute_has_climbed_past_it(cast, case, formal):
    climbed(cast, formal, "Service manager", "2025-02-18")
    assert the(case, "DIS-2", owner=cast.tess).is_missed


def test_a_rung_is_passed_over_with_a_reason_only(cast, case, formal):
    act = {"to": rung(cast, "Director"), "by": cast.iris, "on": day("2025-02-18")}
    refusal = unchanged(
        case, lambda: disputes.escalate(formal, **act), "passes over Service manager and Head of service"
    )
    assert refusal.field == "bypass_reason"
    dispute = disputes.escalate(formal, bypass_reason="Both are away.", **act)
    assert dispute.addressed_to == cast.dora
    assert disputefile.steps_of(dispute)[-1].bypassed == ["Service manager", "Head of service"]


def test_it_never_climbs_down(cast, case, formal):
    climbed(cast, formal, "Service manager", "2025-02-18")
    down = lambda: climbed(cast, formal, "Team manager", "2025-02-20")  # noqa: E731
    unchanged(case, down, "is not above “Service manager”")
    unchanged(case, lambda: climbed(cast, formal, "Service manager", "2025-02-20"), "is not above")


def test_an_informal_concern_is_made_formal_before_it_climbs(cast, case):
    dispute = raised(cast, case)
    unchanged(case, lambda: climbed(cast, dispute, "Service manager", "2025-02-18"), "still informal")
    disputes.make_formal(dispute, by=cast.iris, on=day("2025-02-17"))
    again = lambda: disputes.make_formal(dispute, by=cast.iris, on=day("2025-02-18"))  # noqa: E731
    unchanged(case, again, "stands at “Formal dispute”")


@pytest.mark.parametrize(
    ("on", "words"),
    [("2025-02-09", "before Dispute 1 was raised"), ("2025-03-04", "in the future")],
)
def test_no_step_before_it_was_raised_and_none_in_the_future(cast, case, formal, on, words):
    unchanged(case, lambda: climbed(cast, formal, "Service manager", on), words)


def test_no_step_before_the_one_below_it(cast, case, formal):
    climbed(cast, formal, "Service manager", "2025-02-20")
    unchanged(
        case,
        lambda: climbed(cast, formal, "Director", "2025-02-19", bypass_reason="Haste"),
        "before the dispute reached",
    )


def test_a_step_on_the_day_of_an_answer_waits_for_the_next_day_so_that_the_answer_is_not_taken_for_its_own(
    cast, case, formal
):
    answered(cast, formal, "2025-02-14")
    unchanged(
        case, lambda: climbed(cast, formal, "Service manager", "2025-02-14"), "answered on this same day"
    )
    climbed(cast, formal, "Service manager", "2025-02-17")
    assert the(case, "DIS-2", owner=cast.tess).met_on == date(2025, 2, 14)


@pytest.mark.parametrize("end", ["resolve", "leave_unresolved", "withdraw"])
def test_a_closed_dispute_is_not_climbed_and_not_answered(cast, case, formal, end):
    how = {
        "leave_unresolved": {},
        "resolve": {"changed_for_child": "Therapy began."},
        "withdraw": {"reason": "Moved."},
    }
    getattr(disputes, end)(formal, by=cast.iris, on=day("2025-02-19"), **how[end])
    unchanged(case, lambda: climbed(cast, formal, "Service manager", "2025-02-20"), "cannot be taken further")
    with pytest.raises(Refusal):
        answered(cast, formal, "2025-02-20")


# --- Answering -----------------------------------------------------------------------------------------------


def test_an_answer_in_time_meets_the_deadline_and_nudges_the_iro(cast, case, formal):
    answered(cast, formal, "2025-02-17")
    assert the(case, "DIS-2").met_on == date(2025, 2, 17)
    assert nudged("answer") == {"iris"}
    assert now(formal).state == "formal"


def test_another_manager_of_the_authority_may_answer(cast, case, formal):
    answered(cast, formal, "2025-02-14", by=cast.hal)
    assert the(case, "DIS-2").met_on == date(2025, 2, 14)


def test_the_iro_writes_down_an_answer_given_by_word_of_mouth(cast, case, formal):
    disputes.answer(
        formal,
        by=cast.iris,
        on=day("2025-02-13"),
        text="No.",
        accepts="no",
        given_by="Tess Team, by telephone",
    )
    [event] = told(case, "dispute_answered")
    assert (event.recorded_by, event.particulars["name"]) == (cast.iris, "Tess Team, by telephone")


@pytest.mark.parametrize("who", ["sol", "lena", "gwen", "cass", "lex", "stranger"])
def test_nobody_else_answers(cast, case, formal, who):
    with pytest.raises(NotYours):
        answered(cast, formal, "2025-02-14", by=getattr(cast, who))
    assert not told(case, "dispute_answered").exists()


def test_an_empty_answer_answers_nothing(cast, case, formal):
    assert (
        unchanged(case, lambda: answered(cast, formal, "2025-02-14", text=" "), "Write the answer").field
        == "text"
    )
    unclear = lambda: answered(cast, formal, "2025-02-14", accepts="")  # noqa: E731
    assert unchanged(case, unclear, "accepts what is asked").field == "accepts"


def test_an_answer_before_the_dispute_was_raised_is_refused(cast, case, formal):
    unchanged(case, lambda: answered(cast, formal, "2025-02-07"), "before Dispute 1 was raised")
