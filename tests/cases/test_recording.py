"""`record` and `correct`: what is written, and what is refused with which sentence."""

import uuid
from datetime import date

import pytest

from cases.actions import correct, record
from cases.models import Event
from cases.refusal import NotYours, Refusal, Stale
from tests.cases.steps import TODAY, again, day, happened, opened, the
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def case(cast):
    return opened(cast, cast.amber, cast.blake, on="2025-02-03")


@chapter(on=TODAY)
def sent(cast, case):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-10", by=cast.lena)
    return event


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


def test_a_fact_already_struck_out_is_not_struck_out_again(cast, sent):
    correct(sent, by=cast.lena, reason="Wrong case")
    with pytest.raises(Stale, match="already corrected"):
        correct(sent, by=cast.lena, reason="Wrong case")


def test_a_correction_sent_twice_is_one_correction(cast, sent):
    submission = uuid.uuid4()
    first = correct(sent, by=cast.lena, reason="Wrong case", submission=submission)
    second = correct(sent, by=cast.lena, reason="Wrong case", submission=submission)
    assert [e.pk for e in first] == [e.pk for e in second]


def test_a_correction_without_a_reason_is_refused(cast, sent):
    with pytest.raises(Refusal) as refusal:
        correct(sent, by=cast.lena, reason="  ")
    assert refusal.value.field == "reason"
