"""An empty or boilerplate handover is asked about, in plain words; a written one is left alone."""

from types import SimpleNamespace

import pytest

from letters.doubts import doubts_of, is_boilerplate

WRITTEN = {
    "outcome": "Care orders were made for both children.",
    "goodbye": "planned",
    "goodbye_visit_on": "2025-12-18",
    "final_plan_provided_on": "2025-12-05",
    "final_plan_discussed_on": "2025-12-08",
    "oversight": "Look at the school plan every month until both places are confirmed.",
    "matters": [
        {"text": "Speech therapy was promised by the end of January; ask for the date.", "child": ""}
    ],
}


def letter(**answers):
    return SimpleNamespace(kind="appendix_2", answers=WRITTEN | answers)


def fields(doubts):
    return [doubt.field for doubt in doubts]


def test_a_written_handover_raises_no_doubt():
    assert doubts_of(letter()) == []


def test_each_empty_answer_is_asked_about():
    empty = {name: [] if name == "matters" else "" for name in WRITTEN}
    assert fields(doubts_of(letter(**empty))) == [
        "outcome", "goodbye", "final_plan_provided_on", "final_plan_discussed_on", "oversight", "matters",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        "none.",
        "Nothing to add",
        "As discussed",
        "see care plan",
        "  TBC ",
        "No concerns!",
        "No issues",
    ],
)
def test_words_that_say_nothing_are_known(text):
    assert is_boilerplate(text)
    assert "matters" in fields(doubts_of(letter(matters=[{"text": text, "child": ""}])))


@pytest.mark.parametrize(
    "text",
    [
        "As agreed at court, contact with the paternal grandmother begins in January.",
        "No assessment of the maternal aunt was made; the court asked for one by March.",
        "See the expert’s second recommendation: no therapist has been found, chase by 9 January.",
    ],
)
def test_a_real_matter_that_begins_like_boilerplate_is_not_boilerplate(text):
    assert not is_boilerplate(text)


def test_a_matter_pasted_from_another_letter_is_asked_about():
    text = WRITTEN["matters"][0]["text"]
    doubts = doubts_of(letter(), said_before=frozenset({text.casefold()}))
    assert "word for word in another of your letters" in doubts[0].sentence


def test_no_other_letter_is_doubted():
    assert doubts_of(SimpleNamespace(kind="appendix_1", answers={})) == []
