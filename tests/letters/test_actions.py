"""What becomes of a letter, and what it makes true, through its verbs."""

from datetime import date
from hashlib import sha256

import pytest

from accounts.models import Organisation
from cases.actions import record
from cases.models import Deadline, Matter, Notice
from cases.refusal import NotYours, Refusal, Stale
from letters import actions, papers, tasks
from letters.kinds import LetterKind
from letters.models import Letter, LetterState, Paper
from protocol.happenings import Happening
from tests.letters.chapters import CONCLUDED

pytestmark = pytest.mark.usefixtures("drawn_once")
TODAY = date(2025, 12, 10)
CARE = {"outcome": "care_order"}


def states(case, duty):
    return set(Deadline.objects.filter(case=case, duty=duty).values_list("state", flat=True))


def happenings(case):
    return list(case.events.standing().values_list("happening", flat=True))


# --- Appendix 1 ---------------------------------------------------------------------------------------------


def test_sending_appendix_1_meets_cmh_4_and_asks_for_an_acknowledgement(case, appendix_1_sent):
    assert states(case, "CMH-4") == {"met"}
    assert states(case, "CMH-5") == {"open"}


def test_business_support_may_prepare_and_post_the_letter_but_not_approve_it(cast, case):
    from accounts.models import User

    support = User.objects.create_user(
        "bo@example.org", None, name="Bo Support", organisation=cast.cafcass, role="cafcass_business_support"
    )
    letter = actions.draft(case, LetterKind.APPENDIX_1, by=support)
    with pytest.raises(NotYours):
        actions.approve(letter, by=support, seen_version=letter.version)
    letter = actions.approve(letter, by=cast.gwen, seen_version=letter.version)
    assert actions.send(letter, on=TODAY, by=support).signatory == cast.gwen


def test_acknowledging_names_the_iro_and_allocates_them(cast, case, write):
    letter = actions.send(
        write(case, LetterKind.APPENDIX_1, by=cast.gwen), on=date(2025, 12, 8), by=cast.gwen
    )
    answered = actions.acknowledge(letter, on=TODAY, by=cast.mona, iro=cast.iris)
    assert answered.state == LetterState.ACKNOWLEDGED
    assert answered.iro_named == "Iris Reviewer"
    assert cast.amber.appointments.get(role="iro").person == cast.iris
    assert states(case, "CMH-5") == {"met"}
    assert states(case, "CMH-3") == {"met"}


def test_acknowledging_does_not_change_who_the_iro_is(cast, with_iro, appendix_1_sent):
    with pytest.raises(Refusal, match="Ivor Reviewer is not the IRO of these children"):
        actions.acknowledge(appendix_1_sent, on=TODAY, by=cast.mona, iro=cast.ivor)
    assert Letter.objects.get(pk=appendix_1_sent.pk).state == LetterState.SENT


def test_acknowledged_twice_is_a_sentence_and_one_record(cast, with_iro, appendix_1_sent):
    actions.acknowledge(appendix_1_sent, on=TODAY, by=cast.mona, iro=cast.iris)
    with pytest.raises(Refusal, match="already acknowledged this letter, on Wednesday 10 December 2025"):
        actions.acknowledge(appendix_1_sent, on=TODAY, by=cast.iris, iro=cast.iris)
    assert happenings(with_iro).count("appendix_1_acknowledged") == 1


def test_the_wrong_side_cannot_acknowledge(cast, with_iro, appendix_1_sent):
    with pytest.raises(NotYours):
        actions.acknowledge(appendix_1_sent, on=TODAY, by=cast.gwen, iro=cast.iris)


def test_an_iro_service_off_the_system_is_answered_for_with_how_it_is_known(cast, case, write):
    Organisation.objects.filter(pk=cast.northmoor.pk).update(is_on_system=False)
    letter = actions.send(write(case, LetterKind.APPENDIX_1, by=cast.gwen), on=TODAY, by=cast.gwen)
    assert not Notice.objects.filter(kind="letter").exists()
    actions.acknowledge(letter, on=TODAY, by=cast.gwen, named="Pat Paper", how_known="Letter of 9 December")
    event = case.events.get(happening="appendix_1_acknowledged")
    assert (event.on_behalf_of, event.how_known) == (cast.northmoor, "Letter of 9 December")
    assert event.particulars["name"] == "Pat Paper"


# --- Appendix 2 ---------------------------------------------------------------------------------------------


def test_sending_the_handover_records_what_it_says(concluded, handover_sent):
    assert states(concluded, "END-3") == {"met"}
    assert states(concluded, "END-1") == {"met"}
    assert states(concluded, "END-2") == {"met"}
    assert states(concluded, "END-5") == {"open"}
    assert concluded.events.get(happening="final_care_plan_provided").on == date(2025, 12, 5)
    assert concluded.events.get(happening="documents_confirmed").on == date(2025, 12, 9)
    assert concluded.events.get(happening="oversight_agreed").on == date(2025, 12, 8)


def test_what_is_already_on_the_chronology_is_not_recorded_again(cast, concluded, handover):
    record(concluded, Happening.FINAL_CARE_PLAN_PROVIDED, on=date(2025, 12, 5), by=cast.gwen)
    actions.send(handover, on=TODAY, by=cast.gwen)
    assert happenings(concluded).count("final_care_plan_provided") == 1


def test_each_matter_stands_at_the_next_review_of_each_child_it_is_about(cast, handover_sent):
    assert Matter.objects.filter(child=cast.amber, closed_on=None).count() == 2
    assert Matter.objects.get(child=cast.blake).text.startswith("Speech and language")
    assert {matter.raised_by.happening for matter in Matter.objects.all()} == {"appendix_2_sent"}


def test_a_handover_with_no_outcome_is_not_approved(cast, handover_begun):
    seen = handover_begun.version
    letter = actions.edit(handover_begun, {"outcome": ""}, by=cast.gwen, seen_version=seen)
    with pytest.raises(Refusal, match="Say what the court decided"):
        actions.approve(letter, by=cast.gwen, seen_version=letter.version)


def test_there_is_no_handover_before_proceedings_conclude(cast, with_iro):
    with pytest.raises(Refusal, match="when proceedings have concluded"):
        actions.draft(with_iro, LetterKind.APPENDIX_2, by=cast.gwen)


def test_the_draft_knows_what_the_chronology_already_says(cast, concluded):
    record(concluded, Happening.FINAL_CARE_PLAN_PROVIDED, on=date(2025, 12, 8), by=cast.gwen)
    letter = actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen)
    assert letter.answers == {"outcome": "Care order", "final_plan_provided_on": "2025-12-08"}


def test_only_the_reviewing_side_scores_and_a_low_score_says_why(cast, handover_sent):
    with pytest.raises(NotYours):
        actions.score(handover_sent, 5, by=cast.gwen)
    with pytest.raises(Refusal, match="Say what was missing"):
        actions.score(handover_sent, 2, by=cast.iris)
    assert actions.score(handover_sent, 2, by=cast.iris, reason="No dates in it.").usefulness == 2
    assert actions.score(handover_sent, 4, by=cast.iris).usefulness_reason == ""


# --- The child, and the notice ------------------------------------------------------------------------------


def test_a_child_has_one_letter_whose_reading_level_may_change_until_it_goes(cast, concluded):
    first = actions.draft(concluded, LetterKind.TO_THE_CHILD_YOUNGER, by=cast.gwen, children=[cast.amber])
    again = actions.draft(concluded, LetterKind.TO_THE_CHILD_OLDER, by=cast.gwen, children=[cast.amber])
    assert first == again
    answers = {"what_was_decided": "The judge decided that you will stay with Auntie."}
    letter = actions.edit(
        first, answers, by=cast.gwen, seen_version=first.version, kind=LetterKind.TO_THE_CHILD_OLDER
    )
    letter = actions.approve(letter, by=cast.gwen, seen_version=letter.version)
    letter = actions.agree(letter, by=cast.cass)
    letter = actions.send(letter, on=TODAY, by=cast.gwen)
    assert "What you can ask for" in letter.page
    assert Deadline.objects.get(duty="END-4", child=cast.amber).state == "met"
    assert Deadline.objects.get(duty="END-4", child=cast.blake).state == "open"


def test_the_notice_to_cafcass_meets_cmh_3(cast, with_iro, write):
    letter = write(with_iro, LetterKind.IRO_NAMED, by=cast.mona)
    actions.send(letter, on=TODAY, by=cast.mona)
    assert states(with_iro, "CMH-3") == {"met"}


# --- Once, and not behind anybody's back --------------------------------------------------------------------


def test_a_letter_is_sent_once(cast, concluded, handover, handover_sent):
    with pytest.raises(Refusal, match="Gwen Guardian sent this letter on Wednesday 10 December 2025"):
        actions.send(handover, on=TODAY, by=cast.gwen)
    assert happenings(concluded).count("appendix_2_sent") == 1


def test_a_letter_that_has_gone_is_not_begun_again_unless_a_further_one_is_meant(
    cast, concluded, handover_sent
):
    with pytest.raises(Refusal, match="It is not sent twice"):
        actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen)
    further = actions.draft(concluded, LetterKind.APPENDIX_2, by=cast.gwen, again=True)
    assert further.pk != handover_sent.pk


def test_an_unapproved_letter_does_not_go(cast, handover_begun):
    with pytest.raises(Refusal, match="has not been approved"):
        actions.send(handover_begun, on=TODAY, by=cast.gwen)


def test_two_people_with_one_form_do_not_overwrite_each_other(cast, handover_begun):
    letter = handover_begun
    actions.edit(letter, {"outcome": "Care orders"}, by=cast.cass, seen_version=letter.version)
    with pytest.raises(Stale, match="Cass Chief changed this letter while you were writing"):
        actions.edit(letter, {"outcome": "Something else"}, by=cast.gwen, seen_version=letter.version)
    assert Letter.objects.get(pk=letter.pk).answers["outcome"] == "Care orders"


def test_a_change_after_approval_asks_for_approval_again(cast, handover):
    changed = actions.edit(handover, {"outcome": "Other"}, by=cast.gwen, seen_version=handover.version)
    assert changed.state == LetterState.DRAFT


def test_a_refused_fact_leaves_nothing_half_saved(cast, concluded, write):
    answers = {"outcome": "Care orders.", "final_plan_provided_on": date(2026, 1, 5)}
    letter = write(concluded, LetterKind.APPENDIX_2, answers, by=cast.gwen)
    with pytest.raises(Refusal, match="future"):
        actions.send(letter, on=TODAY, by=cast.gwen)
    assert Letter.objects.get(pk=letter.pk).state == LetterState.APPROVED
    assert "appendix_2_sent" not in happenings(concluded)
    assert not Matter.objects.exists()


def test_what_was_sent_is_frozen_whatever_happens_to_the_case_or_the_wording(cast, handover_sent):
    paper = papers.paper_of(handover_sent)
    cast.gwen.name = "Gwen Married"
    cast.gwen.save()
    after = Letter.objects.get(pk=handover_sent.pk)
    assert "Gwen Guardian" in after.page
    assert after.kept_contents.concluded_on == CONCLUDED
    assert after.page_sha256 == sha256(after.page.encode()).hexdigest()
    assert after.wording.startswith("National wording ")
    again = papers.paper_of(after)
    assert (bytes(again.pdf), again.sha256) == (bytes(paper.pdf), sha256(bytes(paper.pdf)).hexdigest())


# --- Printed and told -------------------------------------------------------------------------------------


def test_printing_twice_keeps_one_paper(handover_sent):
    assert papers.make([handover_sent.pk]) == 1
    assert papers.make([handover_sent.pk]) == 0
    papers._print(handover_sent)
    assert Paper.objects.count() == 1


def test_one_letter_that_cannot_be_printed_does_not_hold_up_the_others(handover_sent, monkeypatch):
    with monkeypatch.context() as jammed:
        jammed.setattr(papers, "as_pdf", lambda page: 1 / 0)
        assert papers.make([handover_sent.pk]) == 0
    assert papers.make([handover_sent.pk]) == 1


def test_a_broker_that_is_away_loses_nothing(cast, handover, monkeypatch, django_capture_on_commit_callbacks):
    def away(*args, **how):
        raise ConnectionError

    with monkeypatch.context() as cut_off, django_capture_on_commit_callbacks(execute=True):
        cut_off.setattr("celery.app.base.Celery.send_task", away)
        actions.send(handover, on=TODAY, by=cast.gwen)
    monkeypatch.setattr(tasks.make_papers, "delay", tasks.make_papers)
    tasks.keep_up()
    assert Paper.objects.count() == 1


def test_the_reader_is_told_once_and_the_telling_names_no_child(cast, handover_sent):
    notice = Notice.objects.get(kind="letter")
    assert notice.recipient == cast.iris
    assert "Amber" not in notice.about
