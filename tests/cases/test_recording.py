"""`record` and `correct`: what is written, and what is refused with which sentence."""

import uuid
from datetime import date

import pytest

from cases.actions import correct, record
from cases.appointments import appoint
from cases.models import Case, CaseChild, Event
from cases.refusal import NotYours, Refusal, Stale
from tests.cases.steps import again, day, happened, opened, owed, the

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(cast):
    return opened(cast, cast.amber, cast.blake, on="2025-02-03")


def refused(*how, **more):
    """The sentence with which recording this is refused; nothing may have been written."""
    before = Event.objects.count()
    with pytest.raises(Refusal) as refusal:
        happened(*how, **more)
    assert Event.objects.count() == before
    return refusal.value


# --- What may not be recorded ---------------------------------------------------------------------------


def test_a_move_the_stages_do_not_know_is_refused_with_its_clause(case):
    sentence = str(refused(case, "guardian_withdrew", "2025-02-10"))
    assert 'the case is at "Issue to the CMH"' in sentence
    assert "withdraws after the proceedings concluded for every child (GPP Completion)" in sentence
    assert again(case).stage == "pre_cmh"


def test_a_fact_dated_before_the_one_it_needs_is_refused(case):
    assert "the case has not started" in str(refused(case, "hearing_held", "2025-01-31", hearing="cmh"))


def test_a_future_date_is_refused_beside_its_field(case):
    refusal = refused(case, "legal_paperwork_sent", "2025-03-04")
    assert refusal.field == "on"
    assert str(refusal).startswith("Tuesday 4 March 2025 is in the future.")


def test_a_date_before_the_childs_birth_is_refused_by_name(case):
    refusal = refused(case, "legal_paperwork_sent", "2021-09-13")
    assert refusal.field == "on"
    assert "before Blake Example was born (Tuesday 14 September 2021)" in str(refusal)


def test_what_happened_before_a_later_child_was_born_can_still_be_typed(cast, case):
    """A baby who joins the proceedings does not stand in the way of what came before the baby."""
    cast.coral.born = date(2025, 2, 20)
    cast.coral.save()
    happened(case, "child_added", "2025-02-21", children=[cast.coral], born="2025-02-20")
    happened(case, "legal_paperwork_sent", "2025-02-05")
    assert the(case, "CMH-1", child=cast.amber).met_on == date(2025, 2, 5)


def test_a_child_of_another_case_is_refused_by_name(cast, case):
    refusal = refused(case, "iro_allocated", "2025-02-10", children=[cast.coral])
    assert (refusal.field, str(refusal)) == ("children", "Coral Example is not in this case.")


@pytest.mark.parametrize(
    ("happening", "details", "field"),
    [
        ("hearing_listed", {"hearing": "cmh"}, "date"),
        ("hearing_listed", {"date": "2025-03-20"}, "hearing"),
        ("hearing_listed", {"hearing": "tea", "date": "2025-03-20"}, "hearing"),
        ("document_received", {"document": "Timetable"}, "kind"),
        ("contact", {"between": "guardian_iro", "purpose": ""}, "purpose"),
        ("meeting_held", {"kind": "other", "significant_issues": "perhaps"}, "significant_issues"),
    ],
)
def test_a_missing_or_misshapen_answer_is_refused_beside_its_field(case, happening, details, field):
    assert refused(case, happening, "2025-02-10", **details).field == field


def test_a_fact_that_needs_a_child_is_refused_without_one(case):
    assert refused(case, "child_left", "2025-02-10").field == "children"
    assert case.members.filter(left_on=None).count() == 2


def test_a_call_to_the_advice_line_is_never_written_on_a_case(cast, case):
    assert "confidential" in str(refused(case, "advice_sought", "2025-02-10", by=cast.iris))


def test_what_refers_to_a_document_nobody_received_is_refused(case):
    sentence = str(refused(case, "document_sent_to_iro", "2025-02-10", document="Timetable"))
    assert "Court document received" in sentence
    assert "Timetable" in sentence


def test_one_fact_that_cannot_be_saves_nothing_of_it(cast, case):
    version = again(case).version
    refused(case, "guardian_withdrew", "2025-02-10")
    assert again(case).version == version


# --- Whose fact it is -----------------------------------------------------------------------------------


def test_a_guardian_does_not_record_what_the_authority_does(cast, case):
    with pytest.raises(NotYours, match="is recorded by LA legal"):
        record(case, "legal_paperwork_sent", on=day("2025-02-10"), by=cast.gwen)


def test_la_legal_does_not_record_what_the_guardian_does(cast, case):
    with pytest.raises(NotYours, match="children's guardian"):
        record(case, "appendix_1_sent", on=day("2025-02-10"), by=cast.lena)


def test_colleagues_record_for_one_another(cast, case):
    happened(case, "legal_paperwork_sent", "2025-02-10", by=cast.iris)
    assert the(case, "CMH-1", child=cast.amber).state == "met"


def test_for_an_agency_off_the_system_the_other_side_records_and_says_how_it_knows(cast, case):
    cast.cafcass.is_on_system = False
    cast.cafcass.save()
    how = {"on_behalf_of": cast.cafcass, "how_known": "The guardian rang"}
    [event] = happened(again(case), "appendix_1_sent", "2025-02-10", by=cast.iris, how=how)
    assert (event.on_behalf_of, event.how_known) == (cast.cafcass, "The guardian rang")
    assert event.recorded_by == cast.iris


def test_a_guardian_does_not_correct_what_the_authority_recorded_of_a_childs_care(cast, case):
    [event] = happened(cast.amber, "became_looked_after", "2025-02-04", legal_status="C1 interim care order")
    with pytest.raises(NotYours):
        correct(event, by=cast.gwen, reason="I think otherwise")


def test_a_guardian_does_not_record_a_childs_care_either(cast, case):
    with pytest.raises(NotYours):
        happened(cast.amber, "became_looked_after", "2025-02-04", by=cast.gwen, legal_status="C1")


@pytest.mark.parametrize("role", ["administrator", "cafcass_legal"])
def test_neither_an_administrator_nor_cafcass_legal_counts_as_the_authority(cast, case, role):
    """They see no case; the door for facts does not rely on that."""
    cast.lena.role = role
    with pytest.raises(NotYours):
        happened(case, "legal_paperwork_sent", "2025-02-10", by=cast.lena)


# --- Pressed twice, and somebody else meanwhile ---------------------------------------------------------


def test_the_same_submission_sent_twice_is_one_fact(case):
    how = {"submission": uuid.uuid4()}
    first = happened(case, "legal_paperwork_sent", "2025-02-10", how=how)
    second = happened(case, "legal_paperwork_sent", "2025-02-10", how=how)
    assert [e.pk for e in first] == [e.pk for e in second]
    assert case.events.filter(happening="legal_paperwork_sent").count() == 1


def test_a_care_fact_for_two_children_sent_twice_is_one_fact_for_each(cast, case):
    how = {"submission": uuid.uuid4()}
    for _ in range(2):
        events = happened(case, "became_looked_after", "2025-02-04", how=how, legal_status="V2 section 20")
        assert len(events) == 2
    assert Event.objects.filter(happening="became_looked_after").count() == 2


def test_a_form_filled_in_against_an_older_case_says_who_recorded_something_meanwhile(cast, case):
    seen = again(case).version
    happened(case, "legal_paperwork_sent", "2025-02-10", by=cast.lena)
    with pytest.raises(Stale, match="Lena Legal recorded something on this case"):
        happened(case, "decision_to_issue", "2025-02-01", by=cast.tess, how={"seen_version": seen})


def test_it_names_the_right_person_also_when_the_news_is_of_a_childs_care(cast, case):
    happened(case, "legal_paperwork_sent", "2025-02-10", by=cast.lena)
    seen = again(case).version
    happened(cast.amber, "became_looked_after", "2025-02-04", by=cast.sol, legal_status="V2 section 20")
    with pytest.raises(Stale, match="Sol Worker recorded something on this case"):
        happened(case, "decision_to_issue", "2025-02-01", by=cast.tess, how={"seen_version": seen})


def test_a_fact_already_struck_out_is_not_struck_out_again(cast, case):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-10", by=cast.lena)
    correct(event, by=cast.lena, reason="Wrong case")
    with pytest.raises(Stale, match="already corrected"):
        correct(event, by=cast.lena, reason="Wrong case")


def test_a_correction_sent_twice_is_one_correction(cast, case):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-10", by=cast.lena)
    submission = uuid.uuid4()
    first = correct(event, by=cast.lena, reason="Wrong case", submission=submission)
    second = correct(event, by=cast.lena, reason="Wrong case", submission=submission)
    assert [e.pk for e in first] == [e.pk for e in second]


def test_a_correction_without_a_reason_is_refused(cast, case):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-10", by=cast.lena)
    with pytest.raises(Refusal) as refusal:
        correct(event, by=cast.lena, reason="  ")
    assert refusal.value.field == "reason"


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


def test_a_child_added_is_in_the_case_and_owed_for_from_that_day(cast, case):
    happened(case, "child_added", "2025-02-17", children=[cast.coral], born=cast.coral.born)
    assert CaseChild.objects.filter(case=case, child=cast.coral, left_on=None).exists()
    assert the(case, "CMH-2", child=cast.coral).due_on == date(2025, 2, 24)
    assert the(case, "CMH-8", child=cast.coral).due_on == date(2025, 2, 18)


def test_striking_out_the_adding_takes_the_child_out_as_if_never_there(cast, case):
    before = owed(case).count()
    [event] = happened(case, "child_added", "2025-02-17", children=[cast.coral], born=cast.coral.born)
    correct(event, by=cast.lena, reason="Another family’s child")
    assert not CaseChild.objects.filter(case=case, child=cast.coral).exists()
    assert owed(case).count() == before


def test_what_was_recorded_of_the_added_child_is_struck_out_first(cast, case):
    """The sentence is for people: it says the child's name, not the number of a row."""
    [event] = happened(case, "child_added", "2025-02-17", children=[cast.coral], born=cast.coral.born)
    happened(case, "iro_told_of_added_child", "2025-02-18", children=[cast.coral])
    with pytest.raises(Refusal, match="Coral Example") as refusal:
        correct(event, by=cast.lena, reason="Another family’s child")
    assert f'"{cast.coral.pk}"' not in str(refusal.value)
    assert CaseChild.objects.filter(case=case, child=cast.coral).exists()


def test_a_child_added_with_a_corrected_date_stays_in_the_case(cast, case):
    [event] = happened(case, "child_added", "2025-02-17", children=[cast.coral], born=cast.coral.born)
    correct(event, by=cast.lena, reason="A week later", replacement={"on": date(2025, 2, 24)})
    assert the(case, "CMH-2", child=cast.coral).due_on == date(2025, 3, 3)


def test_a_child_who_left_is_marked_so_and_owed_for_no_longer(cast, case):
    happened(case, "child_left", "2025-02-05", children=[cast.blake])
    assert CaseChild.objects.get(case=case, child=cast.blake).left_on == date(2025, 2, 5)
    assert the(case, "CMH-2", child=cast.blake).state == "not_required"
    assert the(case, "CMH-2", child=cast.amber).state == "open"


def concluded(cast, case):
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


def test_when_the_guardian_withdraws_the_appointments_end_that_day(cast, case):
    concluded(cast, case)
    happened(case, "guardian_withdrew", "2025-02-24", by=cast.gwen)
    assert {a.until_on for a in case.appointments.all()} == {date(2025, 2, 24)}
    assert again(case).stage == "post_proceedings"
    assert not Case.objects.visible_to(cast.gwen).exists()


def test_a_withdrawal_recorded_by_mistake_gives_the_guardian_back(cast, case):
    concluded(cast, case)
    [event] = happened(case, "guardian_withdrew", "2025-02-24", by=cast.gwen)
    correct(event, by=cast.cass, reason="The guardian stays until the appeal")
    assert {a.until_on for a in case.appointments.all()} == {None}
    assert again(case).stage == "completion"
    assert Case.objects.visible_to(cast.gwen).exists()


def test_a_withdrawal_given_another_date_ends_the_appointments_on_that_date(cast, case):
    concluded(cast, case)
    [event] = happened(case, "guardian_withdrew", "2025-02-24", by=cast.gwen)
    correct(event, by=cast.cass, reason="A day later", replacement={"on": date(2025, 2, 25)})
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
