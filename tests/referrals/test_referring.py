"""The IRO's verbs: a draft, its screening, its papers, the referral itself and what follows from it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.roles import PersonRole
from cases import timeline
from cases.appointments import appoint
from cases.models import Case, Deadline, Event, Notice
from cases.refusal import NotYours, Refusal, Stale
from referrals import checklist, readiness, referring, while_open
from referrals.models import Checklist, Referral, ReferralPaper, RightsMet
from referrals.screening import Outcome
from tests.cases.steps import day, happened, owed, the
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
CARE_PLAN = "Care plan: the present one, and the one filed at court"


@pytest.fixture
def case(cast, today):
    return reviewed(cast)


# --- Begin ------------------------------------------------------------------------------------------------------


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


def test_a_draft_shows_to_the_iro_service_alone(cast, case):
    draft = begun(cast, case)
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


# --- Screening --------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_with_its_reason_and_may_be_changed(cast, case):
    draft = begun(cast, case)
    referring.answer(draft, "adult_willing", by=cast.iris, answer="no", because="The grandmother is too ill.")
    referring.answer(draft, "adult_willing", by=cast.iris, answer="yes", because="An aunt came forward.")
    kept = draft.screening.answers.get()
    assert (kept.answer, kept.because, kept.by) == ("yes", "An aunt came forward.", cast.iris)


def test_who_was_considered_is_asked_whatever_the_answer(cast, case):
    with pytest.raises(Refusal, match="who was considered"):
        referring.answer(begun(cast, case), "adult_willing", by=cast.iris, answer="no")


def test_a_screening_is_kept_once_every_question_is_answered(cast, case):
    draft = begun(cast, case)
    referring.answer(draft, "looked_after", by=cast.iris, answer="looked_after")
    with pytest.raises(Refusal, match="What has been tried"):
        referring.finish_screening(draft, by=cast.iris)
    assert screened(draft, cast.iris).screening.outcome == Outcome.REFER


def test_an_answer_changed_later_asks_to_look_again_at_where_the_screening_points(cast, case):
    draft = screened(begun(cast, case), cast.iris)
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


def test_the_day_the_court_was_asked_is_kept_for_the_official_solicitor(cast, case):
    draft = begun(cast, case)
    screened(draft, cast.iris, compensation="yes")
    with pytest.raises(Refusal, match="today or in the past"):
        referring.finish_screening(draft, by=cast.iris, permission_asked_on=day("2025-03-04"))
    referring.finish_screening(draft, by=cast.iris, permission_asked_on=day("2025-03-03"))
    assert again(draft).screening.permission_asked_on == date(2025, 3, 3)


# --- Writing and papers -----------------------------------------------------------------------------------------


def test_what_two_people_write_at_once_is_not_lost(cast, case):
    draft = begun(cast, case)
    referring.write(draft, by=cast.ivor, seen_version=draft.version, concern="Ivor’s words.")
    with pytest.raises(Stale, match="Nothing you typed is lost"):
        referring.write(draft, by=cast.iris, seen_version=draft.version, concern="Iris’s words.")
    assert again(draft).concern == "Ivor’s words."


def test_what_is_written_counts_as_enclosed(cast, case):
    draft = written(begun(cast, case), cast.iris, other_agencies="School nurse, 01632 960111.")
    enclosed = draft.papers.filter(answer="enclosed").values_list("item", flat=True)
    assert set(enclosed) == {checklist.ACCOUNT, checklist.WISHES, checklist.AGENCIES}


def test_a_promise_is_for_today_or_later(cast, case):
    draft = begun(cast, case)
    with pytest.raises(Refusal, match="Sunday 2 March 2025 has passed"):
        papers_answered(draft, cast.iris, chronology=-1)
    assert not again(draft).papers.exclude(answer="").exists()
    papers_answered(draft, cast.iris, chronology=0)
    assert draft.papers.get(item="Chronology").promised_on == date(2025, 3, 3)


def test_a_paper_left_out_has_a_reason(cast, case):
    draft = begun(cast, case)
    paper = draft.papers.first()
    with pytest.raises(Refusal, match="say why it is not applicable"):
        referring.promise(draft, {paper.pk: ("not_applicable", None, " ")}, by=cast.iris, seen_version=1)


def test_a_referral_keeps_the_list_it_was_begun_with(cast, case):
    draft = begun(cast, case)
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


# --- Submit -----------------------------------------------------------------------------------------------------


def test_a_referral_over_promised_papers_opens_its_clocks(cast, case):
    """Each date as SCENARIOS.md has it: same day twice, the promise, two weeks for the report and for progress."""
    referral = submitted(cast, case, chronology=10)
    assert (referral.state, referral.submitted_on, referral.received_on) == (
        "submitted", date(2025, 3, 3), date(2025, 3, 3),
    )  # fmt: skip
    assert the(case, "REF-9").due_on == date(2025, 3, 3)
    assert the(case, "REF-10").due_on == date(2025, 3, 3)
    assert the(case, "REF-12").due_on == date(2025, 3, 17)
    assert the(case, "REF-21").due_on == date(2025, 3, 17)
    promised = the(case, "REF-7")
    assert (promised.subject, promised.due_on, promised.owner) == ("Chronology", date(2025, 3, 13), cast.iris)


def test_missing_papers_never_block_only_a_missing_date_does(cast, case):
    draft = begun(cast, case)
    screened(draft, cast.iris)
    written(draft, cast.iris)
    with pytest.raises(Refusal, match="need not be here yet, but give the date"):
        referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    every = {paper.item.split()[0].lower(): 7 for paper in draft.papers.all()}
    papers_answered(draft, cast.iris, **every)
    assert referring.submit(draft, by=cast.iris, on=day("2025-03-03")).state == "submitted"
    assert owed(case, "REF-7").count() == len(checklist.SHIPPED)


def test_a_promise_that_passed_while_the_draft_lay_asks_for_a_new_date(cast, case, it_is):
    draft = ready(cast, case, chronology=2)
    it_is("2025-03-06")
    with pytest.raises(Refusal, match="Wednesday 5 March 2025, has passed"):
        referring.submit(draft, by=cast.iris, on=day("2025-03-06"))
    assert again(draft).is_draft
    assert not Deadline.objects.filter(case=case, duty__startswith="REF").exists()


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("concern", "what the concern is"),
        ("why_failing", "why local resolution is failing"),
        ("wishes", "wishes and feelings, or say why the child cannot"),
        ("wishes_on_court", "view of court proceedings"),
    ],
)
def test_the_account_and_the_childs_wishes_go_with_it(cast, case, left_out, sentence):
    draft = ready(cast, case)
    written(draft, cast.iris, **{left_out: ""})
    with pytest.raises(Refusal, match=sentence):
        referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    assert again(draft).is_draft


def test_an_urgent_referral_says_why(cast, case):
    draft = ready(cast, case)
    written(draft, cast.iris, is_urgent=True)
    with pytest.raises(Refusal, match="why the referral is urgent"):
        referring.submit(draft, by=cast.iris, on=day("2025-03-03"))


def test_submitting_twice_says_so_and_sends_nothing_twice(cast, case):
    referral = submitted(cast, case)
    with pytest.raises(Refusal, match="was submitted on Monday 3 March 2025"):
        referring.submit(referral, by=cast.iris, on=day("2025-03-03"))
    assert Event.objects.filter(happening="referral_submitted").count() == 1


def test_a_button_pressed_twice_submits_once(cast, case):
    draft, press = ready(cast, case), uuid4()
    for _ in range(2):
        assert (
            referring.submit(draft, by=cast.iris, on=day("2025-03-03"), submission=press).state == "submitted"
        )
    assert Event.objects.filter(happening="referral_submitted").count() == 1


def test_nobody_but_an_iro_submits(cast, case):
    draft = ready(cast, case)
    for person in (cast.mona, cast.sol, cast.gwen, cast.lex, cast.stranger):
        with pytest.raises(NotYours, match="Only an IRO can refer"):
            referring.submit(draft, by=person, on=day("2025-03-03"))
    assert again(draft).is_draft


def test_a_day_still_to_come_is_refused(cast, case):
    draft = ready(cast, case)
    with pytest.raises(Refusal, match="in the future"):
        referring.submit(draft, by=cast.iris, on=day("2025-03-04"))
    assert again(draft).is_draft


def test_whether_another_person_could_act_stands_on_the_chronology(cast, case):
    submitted(cast, case)
    asked = Event.objects.get(happening="independent_person")
    assert (asked.child, asked.details["found"]) == (cast.amber, False)


def test_what_was_sent_does_not_change_any_more(cast, case):
    referral = submitted(cast, case)
    for verb in (
        lambda: written(referral, cast.iris),
        lambda: referring.answer(referral, "plan", by=cast.iris, answer="no"),
        lambda: referring.discard(referral, by=cast.iris),
    ):
        with pytest.raises(Refusal, match="sent once"):
            verb()


def test_cafcass_legals_lawyers_are_told(cast, case):
    submitted(cast, case)
    told = Notice.objects.filter(kind=Notice.Kind.REFERRAL)
    assert {notice.recipient for notice in told} == {cast.lex, cast.leah}


def test_nobody_is_reminded_in_an_agency_off_the_system(cast, case):
    cast.cafcass_legal.is_on_system = False
    cast.cafcass_legal.save()
    submitted(cast, case)
    assert not Notice.objects.filter(kind=Notice.Kind.REFERRAL).exists()


def test_a_draft_may_go_and_leaves_nothing(cast, case):
    referring.discard(ready(cast, case), by=cast.iris)
    assert not Referral.objects.exists()
    assert not ReferralPaper.objects.exists()


def test_a_referral_struck_out_is_a_draft_again_and_stays(cast, case):
    from cases.actions import correct

    referral = submitted(cast, case)
    correct(
        Event.objects.get(happening="referral_submitted"), by=cast.iris, reason="Sent for the wrong child."
    )
    assert again(referral).is_draft
    with pytest.raises(Refusal, match="it stays"):
        referring.discard(referral, by=cast.iris)


# --- Siblings ---------------------------------------------------------------------------------------------------


def test_two_of_three_siblings_referred_together_have_one_set_of_clocks(cast, today):
    case = reviewed(cast, cast.amber, cast.blake, cast.coral)
    submitted(cast, case, cast.amber, cast.coral, chronology=10)
    for duty in ("REF-7", "REF-9", "REF-10", "REF-12", "REF-21"):
        assert owed(case, duty).count() == 1, duty
    told = Event.objects.filter(happening="referral_submitted")
    assert {event.child for event in told} == {cast.amber, cast.coral}
    happened(case, "referral_allocated", "2025-03-03", referral="Referral 1", to="high_court_team")
    assert the(case, "REF-9").state == "met"


def test_the_chronology_names_the_siblings_referred_and_the_papers_promised(cast, today):
    case = reviewed(cast, cast.amber, cast.blake, cast.coral)
    submitted(cast, case, cast.amber, cast.coral, chronology=10)
    entries = [entry for entry in timeline.chronology_of(case) if entry.title == "Referral submitted"]
    assert {entry.children for entry in entries} == {"Amber Example", "Coral Example"}
    assert "Chronology by Thursday 13 March 2025" in entries[0].text


# --- While it is open -------------------------------------------------------------------------------------------


def test_a_promised_paper_is_provided_once(cast, case, it_is):
    referral = submitted(cast, case, chronology=10)
    it_is("2025-03-10")
    while_open.provide(referral, "Chronology", by=cast.iris, on=day("2025-03-10"))
    assert the(case, "REF-7").state == "met"
    assert while_open.awaited(referral) == []
    with pytest.raises(Refusal, match="already provided, on Monday 10 March 2025"):
        while_open.provide(referral, "Chronology", by=cast.iris, on=day("2025-03-10"))


def test_what_was_not_promised_cannot_be_provided(cast, case):
    referral = submitted(cast, case, chronology=10)
    with pytest.raises(Refusal, match="was not promised"):
        while_open.provide(referral, CARE_PLAN, by=cast.iris, on=day("2025-03-03"))
    with pytest.raises(NotYours):
        while_open.provide(referral, "Chronology", by=cast.sol, on=day("2025-03-03"))
    with pytest.raises(Refusal, match="cannot have been before"):
        while_open.provide(referral, "Chronology", by=cast.iris, on=day("2025-03-02"))
    assert the(case, "REF-7").state == "open"


def test_an_iro_tells_cafcass_that_rights_are_met_and_cafcass_decides(cast, case):
    referral = submitted(cast, case)
    told = while_open.report_rights_met(
        referral, by=cast.iris, on=day("2025-03-03"), change="The sisters met on Saturday."
    )
    assert told.is_withdrawn is None
    assert again(referral).state == "submitted"
    assert Event.objects.filter(happening="rights_now_met", case=case).count() == 1
    with pytest.raises(Refusal, match="already told"):
        while_open.report_rights_met(referral, by=cast.iris, on=day("2025-03-03"), change="Again.")
    assert RightsMet.objects.count() == 1


def test_rights_met_is_the_iros_to_say_of_a_referral_that_runs(cast, case):
    draft = begun(cast, case)
    with pytest.raises(Refusal, match="not been submitted"):
        while_open.report_rights_met(draft, by=cast.iris, on=day("2025-03-03"), change="All is well.")
    referral = submitted(cast, case)
    with pytest.raises(NotYours):
        while_open.report_rights_met(referral, by=cast.sol, on=day("2025-03-03"), change="All is well.")
    happened(case, "referral_withdrawn", "2025-03-03", referral=referral.ref, reason="Rights are met.")
    with pytest.raises(Refusal, match="ended on Monday 3 March 2025"):
        while_open.report_rights_met(referral, by=cast.iris, on=day("2025-03-03"), change="All is well.")
    assert not RightsMet.objects.exists()


def test_the_family_is_kept_informed(cast, case):
    referral = submitted(cast, case)
    while_open.keep_informed(
        referral, by=cast.iris, on=day("2025-03-03"), note="Told Amber; she still wants to go on."
    )
    kept = Event.objects.get(happening="family_informed")
    assert kept.details["referral"] == referral.ref
    with pytest.raises(NotYours):
        while_open.keep_informed(referral, by=cast.lex, on=day("2025-03-03"), note="Told them.")


def test_two_referrals_may_promise_the_same_paper(cast, case):
    first = submitted(cast, case, chronology=10)
    second = submitted(cast, case, chronology=20)
    while_open.provide(second, "Chronology", by=cast.iris, on=day("2025-03-03"))
    assert [paper.item for paper in while_open.awaited(first)] == ["Chronology"]
    states = dict(owed(case, "REF-7").values_list("due_on", "state"))
    assert states == {
        date(2025, 3, 3) + timedelta(days=10): "open",
        date(2025, 3, 3) + timedelta(days=20): "met",
    }
