"""What follows from the facts does not depend on when or in which order they were typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.deadlines import Refused, play
from protocol.scenario_file import read
from protocol.vocabulary import Stage, Status
from tests.protocol.casts import ADA, BEN, fact, of_duty, played, the
from tests.protocol.scenario_files import PLAYABLE

ISSUED = fact("proceedings_issued", "2025-04-08")
GUARDIAN = fact("guardian_allocated", "2025-04-09")
LISTED = fact("hearing_listed", "2025-04-10", hearing="cmh", date=date(2025, 5, 6))
MOVED = fact("hearing_moved", "2025-05-07", hearing="cmh", date=date(2025, 5, 16))
CONTACT = fact("contact", "2025-05-14", between="guardian_iro", purpose="first_contact")


def told(outcome, as_of=date(2026, 1, 1)):
    return outcome.stage, [deadline.as_dict(as_of) for deadline in outcome.deadlines]


@given(st.permutations([ISSUED, GUARDIAN, LISTED, MOVED, CONTACT]))
def test_the_order_in_which_facts_are_typed_changes_nothing(facts):
    assert told(played(*facts)) == told(played(ISSUED, GUARDIAN, LISTED, MOVED, CONTACT))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLAYABLE), st.randoms(use_true_random=False))
def test_an_example_comes_out_the_same_however_its_days_are_shuffled(path, random):
    scenario = read(path)
    days = sorted({fact.on for fact in scenario.facts})
    random.shuffle(days)
    shuffled = [fact for day in days for fact in scenario.facts if fact.on == day]
    how = {"agreements": scenario.agreements, "as_of": scenario.as_of}
    in_order = play(scenario.children, scenario.facts, **how)
    assert told(play(scenario.children, shuffled, **how)) == told(in_order)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLAYABLE))
def test_every_deadline_of_a_case_has_a_key_of_its_own(path):
    scenario = read(path)
    keys = [
        deadline.key for deadline in play(scenario.children, scenario.facts, as_of=scenario.as_of).deadlines
    ]
    assert len(keys) == len(set(keys))


def test_a_key_outlives_a_new_date_and_being_met():
    before = the(played(ISSUED, GUARDIAN, LISTED), "CMH-7").key
    moved_in_time = fact("hearing_moved", "2025-05-01", hearing="cmh", date=date(2025, 5, 16))
    assert the(played(ISSUED, GUARDIAN, LISTED, moved_in_time, CONTACT), "CMH-7").key == before


def test_a_breach_stays_beside_the_deadline_that_moved_on():
    breach, present = of_duty(played(ISSUED, GUARDIAN, LISTED, MOVED), "CMH-7")
    assert (breach.due_on, breach.moved, breach.status(date(2025, 5, 8))) == (
        date(2025, 5, 5),
        True,
        Status.OVERDUE,
    )
    assert (present.due_on, present.moved, present.status(date(2025, 5, 8))) == (
        date(2025, 5, 15),
        False,
        Status.OPEN,
    )


def test_facts_after_the_day_asked_about_do_not_count():
    assert the(played(ISSUED, GUARDIAN, LISTED, MOVED, as_of="2025-05-06"), "CMH-7").moved is False


def test_a_duty_before_a_hearing_awaits_a_date_until_the_hearing_is_listed():
    assert the(played(ISSUED, GUARDIAN), "CMH-7").status(date(2025, 6, 1)) is Status.AWAITING_DATE


def test_nothing_removes_a_breach_when_the_child_leaves():
    outcome = played(ISSUED, fact("child_left", "2025-06-02", "Ada"))
    assert the(outcome, "CMH-2").status(date(2025, 6, 3)) is Status.OVERDUE
    assert the(outcome, "IRH-16").status(date(2025, 6, 3)) is Status.NOT_REQUIRED


def test_the_case_completes_when_the_only_child_still_before_the_court_leaves():
    concluded = fact("proceedings_concluded", "2025-06-02", "Ada", outcome="care_order")
    left = fact("child_left", "2025-06-09", "Ben")
    assert played(ISSUED, concluded, children=(ADA, BEN)).stage is Stage.PRE_CMH
    assert played(ISSUED, concluded, left, children=(ADA, BEN)).stage is Stage.COMPLETION


def test_a_refused_fact_says_what_why_and_what_to_do_with_the_clause():
    with pytest.raises(
        Refused, match=r"Hearing moved.* no hearing .cmh. is listed .*\(GPP Pre-CMH\).*first"
    ) as refused:
        played(ISSUED, MOVED)
    assert refused.value.fact is MOVED


def test_a_stage_move_that_is_not_allowed_is_refused_with_the_clause():
    with pytest.raises(Refused, match=r"the case has not started\..*\(GPP Completion\)"):
        played(fact("guardian_withdrew", "2025-06-02"))


def test_what_a_screen_needs_comes_with_the_outcome():
    outcome = played(
        ISSUED, GUARDIAN, LISTED, MOVED, fact("became_looked_after", "2025-04-07", legal_status="C1")
    )
    [hearing] = outcome.hearings
    assert (hearing.type, hearing.date, hearing.state) == ("cmh", date(2025, 5, 16), "listed")
    assert [given for _, given in hearing.history] == [date(2025, 5, 6), date(2025, 5, 16)]
    assert outcome.looked_after == {"Ada": date(2025, 4, 7)}
    assert outcome.guardian is GUARDIAN
    assert [move.name for _, move in outcome.moves] == ["issue"]
