"""What is recorded of siblings, of children who join and leave, and when a case ends."""

from datetime import date

import pytest

from cases.actions import correct
from cases.appointments import appoint
from cases.models import Case, CaseChild, Event
from cases.refusal import Refusal
from tests.cases.steps import TODAY, again, day, happened, opened, owed, the
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def case(cast):
    return opened(cast, cast.amber, cast.blake, on="2025-02-03")


# --- Siblings -------------------------------------------------------------------------------------------


def test_what_concerns_all_siblings_is_one_line_of_the_chronology(case):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-04")
    assert event.child is None
    assert set(owed(case, "CMH-1").values_list("state", flat=True)) == {"met"}


def test_naming_every_sibling_is_the_same_as_naming_none(cast, case):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-04", children=[cast.amber, cast.blake])
    assert event.child is None


def test_what_concerns_some_siblings_is_a_line_for_each_and_meets_only_theirs(cast):
    case = opened(cast, cast.amber, cast.blake, cast.coral, on="2025-02-03")
    events = happened(case, "legal_paperwork_sent", "2025-02-04", children=[cast.amber, cast.coral])
    assert sorted(event.child.name for event in events) == ["Amber Example", "Coral Example"]
    assert the(case, "CMH-1", child=cast.blake).state == "open"
    assert the(case, "CMH-1", child=cast.coral).state == "met"


def test_care_recorded_on_a_case_is_each_childs_own_and_shows_in_every_case(cast, case):
    events = happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    assert {(event.child.name, event.case) for event in events} == {
        ("Amber Example", None),
        ("Blake Example", None),
    }
    assert cast.amber.deadline_set.get(duty="REV-1").case is None
    assert cast.amber.periods.get().legal_status == "C1 interim care order"


def test_a_change_of_legal_status_recorded_on_a_case_reaches_the_childs_period_of_care(cast, case):
    happened(case, "became_looked_after", "2025-02-03", legal_status="V2 section 20")
    happened(
        case, "legal_status_changed", "2025-02-10", children=[cast.amber], legal_status="C2 full care order"
    )
    assert cast.amber.periods.get().legal_status == "C2 full care order"
    assert cast.blake.periods.get().legal_status == "V2 section 20"
    assert cast.amber.deadline_set.get(duty="REV-1").opened_on == date(2025, 2, 3)


def test_a_review_held_twice_over_for_siblings_moves_each_childs_clock(cast, case):
    happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    happened(
        case,
        "review_held",
        "2025-02-20",
        review="2025-02-20",
        significant_issues=False,
        children=[cast.amber],
    )
    assert cast.amber.deadline_set.get(duty="REV-2").due_on == date(2025, 5, 20)
    assert not cast.blake.deadline_set.filter(duty="REV-2").exists()


# --- Joining, leaving, withdrawing ----------------------------------------------------------------------


@chapter(on=TODAY)
def added(cast, case):
    """Coral joins her siblings."""
    [event] = happened(case, "child_added", "2025-02-17", children=[cast.coral], born=cast.coral.born)
    return event


def test_a_child_added_is_in_the_case_and_owed_for_from_that_day(cast, case, added):
    assert CaseChild.objects.filter(case=case, child=cast.coral, left_on=None).exists()
    assert the(case, "CMH-2", child=cast.coral).due_on == date(2025, 2, 24)
    assert the(case, "CMH-8", child=cast.coral).due_on == date(2025, 2, 18)


def test_striking_out_the_adding_takes_the_child_out_as_if_never_there(cast, case):
    before = owed(case).count()
    [event] = happened(case, "child_added", "2025-02-17", children=[cast.coral], born=cast.coral.born)
    correct(event, by=cast.lena, reason="Another family’s child")
    assert not CaseChild.objects.filter(case=case, child=cast.coral).exists()
    assert owed(case).count() == before


def test_what_was_recorded_of_the_added_child_is_struck_out_first(cast, case, added):
    """The sentence is for people: it says the child's name, not the number of a row."""
    happened(case, "iro_told_of_added_child", "2025-02-18", children=[cast.coral])
    with pytest.raises(Refusal, match="Coral Example") as refusal:
        correct(added, by=cast.lena, reason="Another family’s child")
    assert f'"{cast.coral.pk}"' not in str(refusal.value)
    assert CaseChild.objects.filter(case=case, child=cast.coral).exists()


def test_a_child_added_with_a_corrected_date_stays_in_the_case(cast, case, added):
    correct(added, by=cast.lena, reason="A week later", replacement={"on": date(2025, 2, 24)})
    assert the(case, "CMH-2", child=cast.coral).due_on == date(2025, 3, 3)


def test_a_child_who_left_is_marked_so_and_owed_for_no_longer(cast, case):
    happened(case, "child_left", "2025-02-05", children=[cast.blake])
    assert CaseChild.objects.get(case=case, child=cast.blake).left_on == date(2025, 2, 5)
    assert the(case, "CMH-2", child=cast.blake).state == "not_required"
    assert the(case, "CMH-2", child=cast.amber).state == "open"


@chapter(on=TODAY)
def withdrawn(cast, case):
    """The proceedings have concluded, and Gwen, who was the guardian, withdraws."""
    appoint(
        cast.gwen,
        "guardian",
        children=[cast.amber, cast.blake],
        on=day("2025-02-04"),
        by=cast.cass,
        case=case,
    )
    happened(case, "hearing_held", "2025-02-11", hearing="cmh")
    happened(case, "proceedings_concluded", "2025-02-18", outcome="care_order")
    [event] = happened(case, "guardian_withdrew", "2025-02-24", by=cast.gwen)
    return event


def test_when_the_guardian_withdraws_the_appointments_end_that_day(cast, case, withdrawn):
    assert {a.until_on for a in case.appointments.all()} == {date(2025, 2, 24)}
    assert again(case).stage == "post_proceedings"
    assert not Case.objects.visible_to(cast.gwen).exists()


def test_a_withdrawal_recorded_by_mistake_gives_the_guardian_back(cast, case, withdrawn):
    correct(withdrawn, by=cast.cass, reason="The guardian stays until the appeal")
    assert {a.until_on for a in case.appointments.all()} == {None}
    assert again(case).stage == "completion"
    assert Case.objects.visible_to(cast.gwen).exists()


def test_a_withdrawal_given_another_date_ends_the_appointments_on_that_date(cast, case, withdrawn):
    correct(withdrawn, by=cast.cass, reason="A day later", replacement={"on": date(2025, 2, 25)})
    assert {a.until_on for a in case.appointments.all()} == {date(2025, 2, 25)}


def test_a_corrected_fact_stays_in_the_chronology_and_counts_no_more(cast, case):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-04", by=cast.lena)
    [struck] = correct(event, by=cast.lena, reason="It was another case’s bundle")
    assert Event.objects.filter(pk=event.pk).exists()
    assert (struck.corrects, struck.note, struck.recorded_by) == (
        event,
        "It was another case’s bundle",
        cast.lena,
    )
    assert the(case, "CMH-1", child=cast.amber).state == "open"


def test_a_fact_that_others_rest_on_cannot_be_struck_out(cast, case):
    issued = case.events.get(happening="proceedings_issued")
    happened(case, "hearing_held", "2025-02-11", hearing="cmh")
    with pytest.raises(Refusal, match="the case has not started"):
        correct(issued, by=cast.lena, reason="Typed on the wrong case")
    assert again(case).stage == "up_to_irh"
