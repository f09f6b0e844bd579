"""The catalogue is complete: every duty of the brief is there, dated or shown somewhere, and cited."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from protocol.duties import CATALOGUE, by_stage
from protocol.duty import act
from protocol.happenings import PLACE_IN_THE_DAY, SPECIFICATIONS, Happening
from protocol.records import RECORDS, Record
from protocol.vocabulary import Force, Kind, Part, Place, Role

EXAMPLES = Path("protocol/examples")
LAST_NUMBER = {"PRE": 10, "CMH": 18, "IRH": 22, "END": 11, "DIS": 6, "REV": 6, "REF": 30, "GOV": 5}
DUTIES = pytest.mark.parametrize("duty", CATALOGUE.values(), ids=list(CATALOGUE))


def test_every_duty_of_the_protocol_is_in_the_catalogue_and_no_other():
    expected = [f"{prefix}-{n}" for prefix, last in LAST_NUMBER.items() for n in range(1, last + 1)]
    assert list(CATALOGUE) == expected


def test_the_parts_hold_all_duties_between_them():
    assert sum(len(by_stage(part)) for part in Part) == len(CATALOGUE)


@DUTIES
def test_a_duty_reads_as_one_sentence_with_its_clause(duty):
    assert duty.sentence.startswith(("The ", "Everyone ", "Cafcass Legal ", "LA legal "))
    assert duty.sentence.endswith((".", ".)"))
    assert "  " not in duty.sentence
    assert " ." not in duty.sentence
    assert duty.sources
    assert isinstance(duty.source_force, Force)


@DUTIES
def test_an_undated_duty_shows_itself_somewhere(duty):
    assert duty.is_dated or duty.shown


@DUTIES
def test_a_form_or_clock_that_shows_a_duty_exists(duty):
    if duty.shown and duty.shown.place is Place.FORM:
        assert duty.shown.where in [*Record, *Happening]
    if duty.shown and duty.shown.place is Place.CLOCK:
        assert CATALOGUE[duty.shown.where].is_dated


def test_every_dated_duty_can_be_met_and_has_an_example():
    expected = set()
    for path in EXAMPLES.glob("*.toml"):
        expected |= {entry["duty"] for entry in tomllib.loads(path.read_text())["expect"]}
    dated = {duty.id for duty in CATALOGUE.values() if duty.is_dated}
    assert dated - expected == set()
    assert all(CATALOGUE[id].met_by for id in dated)


def test_a_may_or_standing_duty_is_never_dated():
    assert [d.id for d in CATALOGUE.values() if d.is_dated and d.kind in (Kind.MAY, Kind.STANDING)] == []


def test_only_the_two_local_variations_are_off_unless_switched_on():
    assert [duty.id for duty in CATALOGUE.values() if duty.variation] == ["IRH-6", "IRH-7"]


def test_a_misspelt_happening_or_field_fails_at_once():
    with pytest.raises(AttributeError):
        act(Happening.IRO_ALOCATED)
    with pytest.raises(TypeError, match="has no field porpoise"):
        act(Happening.CONTACT, porpoise="before_review")


def test_what_rests_only_on_the_withdrawn_agreement_is_never_a_breach():
    withdrawn = [duty.id for duty in CATALOGUE.values() if duty.is_withdrawn]
    assert "PRE-8" in withdrawn
    assert "IRH-16" not in withdrawn
    assert not any(CATALOGUE[id].force.breach for id in withdrawn)


def test_lateness_against_our_own_target_is_not_called_a_breach():
    assert CATALOGUE["CMH-3"].force is Force.OUR_TARGET
    assert CATALOGUE["CMH-2"].force.breach


def test_each_happening_says_in_english_what_it_is_and_who_records_it():
    for happening, specification in SPECIFICATIONS.items():
        assert specification.name == happening
        assert specification.help.endswith(".")
        assert specification.done_by
        assert set(specification.done_by) <= set(Role)


def test_each_record_captures_a_duty_that_says_so_itself():
    for record, specification in RECORDS.items():
        for id in specification.captures:
            assert CATALOGUE[id].shown.where == record


def test_a_child_leaving_and_a_withdrawal_are_played_last_in_the_day():
    last = max(PLACE_IN_THE_DAY.values())
    assert PLACE_IN_THE_DAY[Happening.CHILD_LEFT] == last
    assert PLACE_IN_THE_DAY[Happening.PROCEEDINGS_WITHDRAWN] == last
    assert PLACE_IN_THE_DAY[Happening.SETTLED] == PLACE_IN_THE_DAY[Happening.JUDGMENT_GIVEN]
