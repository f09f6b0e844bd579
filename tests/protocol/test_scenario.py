"""The two commands: exit codes, the JSON, and expectations that each take one deadline."""

from __future__ import annotations

import json

import pytest

from protocol.scenario import DIFFERENT, MALFORMED, PLAYED, duties_json, play_file, unmatched

ISSUED = """
as_of = 2026-04-14
[[children]]
name = "A"
born = 2020-02-29
[[events]]
on = 2026-04-02
event = "proceedings_issued"
"""


@pytest.fixture
def run(tmp_path):
    """Write a file, play it, and give back the exit code with what was said and complained."""

    def run(written, name="case.toml", **how):
        path = tmp_path / name
        path.write_text(written, encoding="utf-8")
        said, complained = [], []
        return play_file(path, say=said.append, complain=complained.append, **how), said, complained

    return run


def test_the_json_is_one_object_with_every_key(run):
    code, [said], _ = run(ISSUED, as_json=True)
    told = json.loads(said)
    assert code == PLAYED
    assert (told["stage"], told["as_of"]) == ("pre_cmh", "2026-04-14")
    assert told["deadlines"][1] == {
        "duty": "CMH-2", "child": "A", "subject": None, "owed_by": "iro_service", "kind": "must",
        "opened_on": "2026-04-02", "due_on": "2026-04-13", "act_by": "2026-04-13", "provisional": False,
        "moved": False, "short_notice": False, "status": "overdue", "met_on": None,
        "source": ["EV Care Proceedings"],
    }  # fmt: skip


def test_a_json_file_of_the_same_shape_plays_too(run):
    tables = {
        "as_of": "2026-04-14",
        "children": [{"name": "A", "born": "2020-02-29"}],
        "events": [{"on": "2026-04-02T23:30:00+00:00", "event": "proceedings_issued"}],
    }
    _, [said], _ = run(json.dumps(tables), name="case.json", as_json=True)
    # Half past eleven at night by Greenwich is already the next day in London in April.
    assert json.loads(said)["deadlines"][0]["opened_on"] == "2026-04-03"


def test_another_day_can_be_asked_about(run):
    _, [said], _ = run(ISSUED, as_json=True, as_of="2026-04-13")
    assert {entry["duty"]: entry["status"] for entry in json.loads(said)["deadlines"]}["CMH-2"] == "open"


def test_a_difference_is_told_and_exits_1(run):
    code, said, _ = run(ISSUED + '[[expect]]\nduty = "CMH-2"\ndue_on = 2026-04-10\n', check=True)
    assert code == DIFFERENT
    assert said == ["expected duty CMH-2, due_on 2026-04-10; found due_on 2026-04-13"]


def test_an_empty_due_date_means_awaiting_one(run):
    awaiting = ISSUED + '[[events]]\non = 2026-04-02\nevent = "guardian_allocated"\n'
    code, said, _ = run(awaiting + '[[expect]]\nduty = "CMH-7"\ndue_on = ""\n', check=True)
    assert (code, said) == (PLAYED, [])


@pytest.mark.parametrize(
    ("added", "names"),
    [
        ('[[events]]\non = 2026-04-02\nevent = "prom"\n', "events entry 2"),
        ('[[events]]\non = 2026-04-02T10:00:00\nevent = "iro_allocated"\n', "without an offset"),
        ('[[expect]]\nduty = "CMH-2"\ncolour = "red"\n', "expect entry 1"),
        ('[[expect]]\nduty = "CMH-2"\nstatus = "lost"\n', "expect entry 1"),
        ("[agreement]\nfrom = 2026-01-01\ntighter = { CMH-2 = 9 }\n", "agreement"),
        ('[[children]]\nname = "A"\nborn = 2020-02-29\n', "two are called"),
        ('[[events]]\non = 2026-04-01\nevent = "guardian_withdrew"\n', "events entry 2"),
    ],
)
def test_what_is_malformed_is_named_in_one_line_and_exits_2(run, added, names):
    code, _, [line] = run(ISSUED + added, check=True)
    assert code == MALFORMED
    assert "case.toml" in line
    assert names in line


def test_a_loosely_worded_expectation_never_takes_what_a_precise_one_needs():
    entries = [{"duty": "A", "due_on": 1}, {"duty": "A", "due_on": 2}]
    loose, precise = {"duty": "A"}, {"duty": "A", "due_on": 1}
    assert unmatched([loose, precise], entries) == []
    assert unmatched([precise, precise], entries) == [precise]


def test_the_catalogue_is_told_with_what_a_reader_needs():
    duties = {duty["id"]: duty for duty in duties_json()}
    assert duties["END-3"]["source"] == ["GPP", "A2", "EV Final Care Planning"]
    assert duties["CMH-3"]["target"] is True
    assert duties["CMH-2"]["target"] is False
    assert duties["PRE-8"]["withdrawn"] is True
