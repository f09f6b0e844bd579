"""Worked examples cover every dated duty of a dispute and of a referral: kept, missed, and every deadline named."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from protocol.duties import CATALOGUE
from protocol.scenario import outcome_of
from protocol.scenario_file import read
from protocol.vocabulary import Part, Status

FILES = sorted(Path("protocol/examples").glob("*.toml"))
DATED = [
    duty.id for duty in CATALOGUE.values() if duty.is_dated and duty.part in (Part.DISPUTES, Part.REFERRAL)
]
# Whatever a withdrawal or an early end can still make unnecessary has an example in which it does.
FALLS_AWAY = ("DIS-1", "DIS-2", "IRH-8", "REF-7", "REF-12", "REF-16", "REF-17", "REF-21")


@pytest.fixture(scope="module")
def statuses():
    """How each duty comes out somewhere in the examples."""
    found = defaultdict(set)
    for path in FILES:
        for expected in read(path).expectations:
            found[expected["duty"]].add(expected.get("status"))
    return found


@pytest.mark.parametrize("duty", DATED)
def test_a_dated_duty_has_an_example_kept_in_time_and_one_that_is_late(duty, statuses):
    assert Status.MET in statuses[duty]
    assert statuses[duty] & {Status.OVERDUE, Status.MET_LATE}


@pytest.mark.parametrize("duty", FALLS_AWAY)
def test_what_can_fall_away_does_so_in_an_example(duty, statuses):
    assert Status.NOT_REQUIRED in statuses[duty]


def test_a_delay_letter_excuses_a_report_in_an_example(statuses):
    assert Status.EXCUSED in statuses["REF-12"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_leaves_out_no_deadline_of_a_dispute_or_referral_duty_it_is_about(path):
    """So that "REF-27 is owed once" also says that the other referral owes none."""
    scenario = read(path)
    said = Counter(expected["duty"] for expected in scenario.expectations)
    owed = Counter(deadline.duty.id for deadline in outcome_of(scenario, scenario.as_of).deadlines)
    about = [duty for duty in said if duty in DATED]
    assert {duty: said[duty] for duty in about} == {duty: owed[duty] for duty in about}
