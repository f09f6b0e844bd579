"""Where the answers point, from the practice note's own text (PN 3.1, 3.4, 4.1–4.4, Annex)."""

from itertools import combinations

import pytest

from referrals.questions import ORDER, QUESTIONS, after, before, first_unanswered
from referrals.screening import Outcome, leading, outcomes, remarks
from tests.referrals.referring_steps import FOR

# One answer for each exclusion, in the order in which they lead.
EXCLUDED = [
    ({"looked_after": "neither"}, Outcome.NOT_LOOKED_AFTER),
    ({"compensation": "yes"}, Outcome.OFFICIAL_SOLICITOR),
    ({"child_can_act": "yes"}, Outcome.CHILD_CAN_INSTRUCT),
    ({"adult_willing": "yes"}, Outcome.ADULT_WILLING),
    ({"children_act": "yes"}, Outcome.CHILDREN_ACT_APPLICATION),
    ({"time_for_process": "yes"}, Outcome.TIME_FOR_DISPUTE_PROCESS),
]


def test_nothing_speaks_against_it_refer():
    assert [advice.outcome for advice in outcomes(FOR)] == [Outcome.REFER]


def test_a_child_placed_by_a_voluntary_organisation_that_appointed_the_iro_can_be_referred():
    assert leading(FOR | {"looked_after": "placed"}) == Outcome.REFER


@pytest.mark.parametrize(("answers", "outcome"), EXCLUDED)
def test_each_exclusion_by_itself_leads_to_its_outcome(answers, outcome):
    assert [advice.outcome for advice in outcomes(FOR | answers)] == [outcome]


@pytest.mark.parametrize("question", ["compensation", "more_fitting", "injury", "negligence", "incapacity"])
def test_every_case_of_the_official_solicitors_is_sent_there(question):
    found = outcomes(FOR | {question: "yes"})
    assert [advice.outcome for advice in found] == [Outcome.OFFICIAL_SOLICITOR]
    assert "ask the court for its permission to disclose papers" in found[0].what_to_do


@pytest.mark.parametrize(("first", "second"), list(combinations(EXCLUDED, 2)))
def test_when_two_apply_both_are_shown_the_leading_one_first(first, second):
    found = outcomes(FOR | first[0] | second[0])
    assert [advice.outcome for advice in found] == [first[1], second[1]]


def test_when_all_apply_all_are_shown():
    answers = FOR | {name: answer for given, _ in EXCLUDED for name, answer in given.items()}
    assert [advice.outcome for advice in outcomes(answers)] == [outcome for _, outcome in EXCLUDED]


def test_what_is_not_clear_excludes_nothing_but_is_worth_a_discussion():
    answers = FOR | {"child_can_act": "unsure", "children_act": "unsure"}
    assert leading(answers) == Outcome.REFER
    assert any("PN 4.4" in said and "child able to act" in said for said in remarks(answers))


def test_no_example_alike_excludes_nothing_because_the_list_is_not_exhaustive():
    answers = FOR | {"plan": "no"}
    assert leading(answers) == Outcome.REFER
    assert any("not exhaustive" in said for said in remarks(answers))
    assert not any("not exhaustive" in said for said in remarks(FOR))


def test_an_unused_dispute_process_is_said_and_forbids_nothing():
    answers = FOR | {"tried": "not_yet"}
    assert leading(answers) == Outcome.REFER
    assert any("last resort" in said for said in remarks(answers))


def test_every_outcome_says_what_to_do_and_its_clause():
    for answers, _ in [({}, None), *EXCLUDED]:
        for advice in outcomes(FOR | answers):
            assert advice.what_to_do
            assert "PN" in advice.clause


def test_the_questions_come_in_order_standing_first_then_exclusions_then_the_examples():
    assert ORDER[:3] == ("looked_after", "tried", "impact")
    assert set(FOR) == set(ORDER)
    assert before("looked_after") is None
    assert after("looked_after").name == "tried"
    assert after(ORDER[-1]) is None
    assert first_unanswered({"looked_after": "placed"}).name == "tried"
    assert first_unanswered(FOR) is None


def test_every_question_names_its_clause():
    assert all("PN" in question.clause for question in QUESTIONS)
