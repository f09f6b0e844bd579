"""An IRO begins a draft, answers the screening, writes and promises papers."""

from datetime import date

import pytest

from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Case
from cases.refusal import NotYours, Refusal, Stale
from referrals import checklist, readiness, referring
from referrals.models import Checklist, Referral
from referrals.screening import Outcome
from tests.cases.steps import TODAY, day, happened, the
from tests.chapters import chapter
from tests.referrals.referring_steps import (
    again,
    begun,
    papers_answered,
    ready,
    reviewed,
    screened,
    submitted,
    written,
)

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def case(cast):
    return reviewed(cast)


@chapter(on=TODAY)
def draft(cast, case):
    """Begun by Iris about Amber, with nothing in it yet."""
    return begun(cast, case)


# --- Begin ---------------------------------------------------------------------------------------------------


def test_only_an_iro_begins_a_referral(cast, case):
    for person in (cast.mona, cast.sol, cast.gwen, cast.lena, cast.lex):
        with pytest.raises(NotYours, match="Only an IRO can refer"):
            referring.begin(case, by=person, children=[cast.amber])
    assert not Referral.objects.exists()


def test_the_children_are_of_the_case(cast, case):
    with pytest.raises(Refusal, match="is not in this case"):
        referring.begin(case, by=cast.iris, children=[cast.amber, cast.coral])
    with pytest.raises(Refusal, match="at least one child"):
        referring.begin(case, by=cast.iris, children=[])


def test_each_referral_of_a_case_has_a_name_of_its_own_and_its_edition_of_the_practice_note(cast, case):
    first = begun(cast, case)
    second = begun(cast, case)
    assert [first.ref, second.ref] == ["Referral 1", "Referral 2"]
    assert "December 2017" in first.edition
    assert "25B(3)" in first.basis


def test_a_draft_shows_to_the_iro_service_alone(cast, case, draft):
    for person in (cast.iris, cast.mona):
        assert draft in Referral.objects.visible_to(person)
    happened(case, "guardian_allocated", "2025-02-04", children=[cast.amber])
    for person in (cast.lena, cast.hal, cast.chas, cast.lex, cast.cass, cast.stranger):
        assert draft not in Referral.objects.visible_to(person)
    assert not Case.objects.visible_to(cast.lex).exists()


def test_a_looked_after_child_in_no_open_case_can_be_referred(cast, today):
    appoint(cast.iris, PersonRole.IRO, children=[cast.amber], on=day("2025-02-03"), by=cast.mona)
    with pytest.raises(Refusal, match="Choose the Cafcass office"):
        referring.begin_without_case([cast.amber], by=cast.iris)
    assert not Case.objects.exists()
    draft = referring.begin_without_case([cast.amber], by=cast.iris, cafcass_office=cast.cafcass)
    screened(draft, cast.iris)
    written(draft, cast.iris)
    papers_answered(draft, cast.iris)
    sent = referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    assert the(sent.case, "REF-12").due_on == date(2025, 3, 17)
    assert sent in Referral.objects.visible_to(cast.lex)


def test_a_child_in_an_open_case_is_referred_there(cast, case):
    with pytest.raises(Refusal, match="already in case"):
        referring.begin_without_case([cast.amber], by=cast.iris, cafcass_office=cast.cafcass)
    with pytest.raises(NotYours):
        referring.begin_without_case([cast.coral], by=cast.sol, cafcass_office=cast.cafcass)


def test_a_referral_may_follow_once_the_case_is_closed(cast, case):
    happened(case, "proceedings_concluded", "2025-02-24", outcome="care_order", remains_looked_after=True)
    happened(case, "case_closed", "2025-02-28", reason="Ended.")
    assert submitted(cast, case).state == "submitted"


# --- Screening -----------------------------------------------------------------------------------------------


def test_an_answer_is_kept_with_its_reason_and_may_be_changed(cast, draft):
    referring.answer(draft, "adult_willing", by=cast.iris, answer="no", because="The grandmother is too ill.")
    referring.answer(draft, "adult_willing", by=cast.iris, answer="yes", because="An aunt came forward.")
    kept = draft.screening.answers.get()
    assert (kept.answer, kept.because, kept.by) == ("yes", "An aunt came forward.", cast.iris)


def test_who_was_considered_is_asked_whatever_the_answer(cast, draft):
    with pytest.raises(Refusal, match="who was considered"):
        referring.answer(draft, "adult_willing", by=cast.iris, answer="no")


def test_a_screening_is_kept_once_every_question_is_answered(cast, draft):
    referring.answer(draft, "looked_after", by=cast.iris, answer="looked_after")
    with pytest.raises(Refusal, match="What has been tried"):
        referring.finish_screening(draft, by=cast.iris)
    assert screened(draft, cast.iris).screening.outcome == Outcome.REFER


def test_an_answer_changed_later_asks_to_look_again_at_where_the_screening_points(cast, draft):
    draft = screened(draft, cast.iris)
    referring.answer(draft, "time_for_process", by=cast.iris, answer="yes")
    assert again(draft).screening.finished_at is None
    assert "screening points" in readiness.lacking(again(draft))[0].sentence
    referring.finish_screening(draft, by=cast.iris)
    assert again(draft).screening.outcome == Outcome.TIME_FOR_DISPUTE_PROCESS


def test_an_iro_may_refer_against_the_screening_with_a_reason(cast, case):
    draft = ready(cast, case)
    referring.answer(draft, "time_for_process", by=cast.iris, answer="yes")
    referring.finish_screening(draft, by=cast.iris)
    with pytest.raises(Refusal, match="You may refer all the same: say why"):
        referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    assert again(draft).is_draft
    referring.finish_screening(draft, by=cast.iris, against_because="She will be moved before it ends.")
    assert referring.submit(draft, by=cast.iris, on=day("2025-03-03")).state == "submitted"


def test_the_day_the_court_was_asked_is_kept_for_the_official_solicitor(cast, draft):
    screened(draft, cast.iris, compensation="yes")
    with pytest.raises(Refusal, match="today or in the past"):
        referring.finish_screening(draft, by=cast.iris, permission_asked_on=day("2025-03-04"))
    referring.finish_screening(draft, by=cast.iris, permission_asked_on=day("2025-03-03"))
    assert again(draft).screening.permission_asked_on == date(2025, 3, 3)


# --- Writing and papers --------------------------------------------------------------------------------------


def test_what_two_people_write_at_once_is_not_lost(cast, draft):
    referring.write(draft, by=cast.ivor, seen_version=draft.version, concern="Ivor’s words.")
    with pytest.raises(Stale, match="Nothing you typed is lost"):
        referring.write(draft, by=cast.iris, seen_version=draft.version, concern="Iris’s words.")
    assert again(draft).concern == "Ivor’s words."


def test_what_is_written_counts_as_enclosed(cast, draft):
    draft = written(draft, cast.iris, other_agencies="School nurse, 01632 960111.")
    enclosed = draft.papers.filter(answer="enclosed").values_list("item", flat=True)
    assert set(enclosed) == {checklist.ACCOUNT, checklist.WISHES, checklist.AGENCIES}


def test_a_promise_is_for_today_or_later(cast, draft):
    with pytest.raises(Refusal, match="Sunday 2 March 2025 has passed"):
        papers_answered(draft, cast.iris, chronology=-1)
    assert not again(draft).papers.exclude(answer="").exists()
    papers_answered(draft, cast.iris, chronology=0)
    assert draft.papers.get(item="Chronology").promised_on == date(2025, 3, 3)


def test_a_paper_left_out_has_a_reason(cast, draft):
    paper = draft.papers.first()
    with pytest.raises(Refusal, match="say why it is not applicable"):
        referring.promise(draft, {paper.pk: ("not_applicable", None, " ")}, by=cast.iris, seen_version=1)


def test_a_referral_keeps_the_list_it_was_begun_with(cast, case, draft):
    made = checklist.new_version([{"item": "A new paper", "hint": ""}], by=cast.lex, seen_number=1)
    assert made.number == 2
    assert draft.papers.count() == len(checklist.SHIPPED)
    assert [paper.item for paper in begun(cast, case).papers.all()] == ["A new paper"]


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([], "name at least one"),
        (["x" * 71], "70 letters or fewer"),
        (["Chronology", "chronology"], "named twice"),
    ],
)
def test_a_list_that_cannot_be_is_refused(cast, items, sentence):
    with pytest.raises(Refusal, match=sentence):
        checklist.new_version([{"item": item, "hint": ""} for item in items], by=cast.lex, seen_number=1)
    assert not Checklist.objects.filter(number=2).exists()


def test_only_cafcass_legal_changes_the_list_and_not_over_another_lawyers_version(cast):
    one = [{"item": "One", "hint": ""}]
    with pytest.raises(NotYours):
        checklist.new_version(one, by=cast.iris, seen_number=1)
    checklist.new_version(one, by=cast.lex, seen_number=1)
    with pytest.raises(Stale):
        checklist.new_version([{"item": "Two", "hint": ""}], by=cast.leah, seen_number=1)


def test_every_shipped_name_fits_a_deadline():
    assert all(0 < len(item) <= checklist.LONGEST for item, _ in checklist.SHIPPED)
