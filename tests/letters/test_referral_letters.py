"""The letters of a referral: who writes them, what they say and make true, who may read them, when one begins itself."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Deadline
from cases.refusal import NotYours, Refusal
from letters import actions, clock, gather, referral_drafting
from letters.kinds import LetterKind
from letters.models import Letter
from referrals import handling
from tests.letters import referral_steps as steps
from tests.letters.reading import plain, words
from tests.letters.referral_steps import at
from tests.referrals.steps import now

K = LetterKind
TODAY = date(2025, 12, 10)


def owed(referral, duty):
    return Deadline.objects.get(case=referral.case_id, duty=duty, subject=referral.ref)


# --- What they make true -----------------------------------------------------------------------------------------


def test_cafcass_legal_tells_la_legal_and_ref_10_is_met(cast, referral):
    letter = steps.sent(referral, K.LA_LEGAL_NOTICE, by=cast.lex, on=date(2025, 12, 1))
    assert owed(referral, "REF-10").state == "met"
    assert letter.sender == cast.cafcass_legal
    said = plain(letter.page)
    assert "about 1 child" in said
    assert "received the referral on 1 December 2025" in said
    assert "passed to Gareth Guardian, Cafcass Greyhills (invented)" in said
    assert [r.person for r in letter.recipients.all()] == [cast.lena]


def test_la_legal_is_told_once(cast, referral):
    steps.sent(referral, K.LA_LEGAL_NOTICE, by=cast.lex, on=TODAY)
    with pytest.raises(Refusal, match="LA legal was told of Referral 1 on Wednesday 10 December 2025"):
        referral_drafting.draft(referral, K.LA_LEGAL_NOTICE, by=cast.lex)


def test_the_decision_report_says_what_was_decided_and_meets_ref_12(cast, referral):
    handling.enquire(
        referral, by=cast.gareth, on=date(2025, 12, 4), source="iro", note="A long talk.", permission="not_needed"
    )  # fmt: skip
    steps.decide(now(referral), not_done="No claim for damages: that is for the Official Solicitor.")
    letter = steps.sent(now(referral), K.DECISION_REPORT, by=cast.gareth, on=TODAY)
    assert owed(referral, "REF-12").state == "met"
    assert now(referral).state == "decided"
    said = plain(letter.page)
    for element in (
        "Iris Reviewer, Independent Reviewing Officer (IRO), referred", "on 1 December 2025", "The IRO: 4 December 2025",
        "Nobody visits.", "No visit has been made for four months.", "The authority will not name a social worker.",
        "She wants to see her brother.", "Who acts: Cafcass", "Judicial review or a human-rights claim",
        "I consulted my manager on 8 December 2025", "I consulted Cafcass Legal on 9 December 2025",
        "Nothing short of a claim is left.", "No claim for damages", "starts proceedings by Monday 12 January 2026",
        "the next by Wednesday 24 December 2025", "The IRO rings on Friday.", "Gareth Guardian", "Officer of the Service",
    ):  # fmt: skip
        assert element in said, element
    assert "A long talk" not in said, "what people told the officer stays in the file"


def test_a_report_whose_decision_is_not_written_down_cannot_be_approved(cast, referral):
    letter = referral_drafting.draft(referral, K.DECISION_REPORT, by=cast.gareth)
    with pytest.raises(Refusal, match="has not been written down yet"):
        actions.approve(letter, by=cast.gareth, seen_version=letter.version)


def test_it_asks_whether_manager_and_lawyer_were_consulted(cast, referral, as_):
    steps.decide(referral, manager_consulted_on=None, legal_consulted_on=None)
    letter = referral_drafting.draft(referral, K.DECISION_REPORT, by=cast.gareth)
    checked = words(as_(cast.gareth).get(at("referral_letter_check", letter)))
    assert (
        "The officer’s manager has not been consulted, or the day is not written down (PN 3.14)." in checked
    )
    assert "Cafcass Legal has not been consulted" in checked
    assert "Continue anyway: approve this letter" in checked


def test_a_decision_changed_after_the_report_was_approved_asks_for_approval_again(
    cast, referral, as_, time_machine
):
    steps.decide(referral)
    letter = steps.ready(referral, K.DECISION_REPORT, by=cast.gareth)
    time_machine.move_to("2025-12-10 11:00:00+00:00", tick=False)
    steps.decide(now(referral), reasons="There is another way after all.")
    with pytest.raises(Refusal, match="changed the decision after this report was approved"):
        actions.send(letter, on=TODAY, by=cast.gareth)
    page = as_(cast.gareth)
    assert page.get(at("referral_letter_send", letter)).url == at("referral_letter_check", letter)
    assert "Read it and approve it again" in words(page.get(at("referral_letter_check", letter)))
    again = steps.seconded(actions.approve(letter, by=cast.gareth, seen_version=letter.version))
    assert "There is another way after all." in actions.send(again, on=TODAY, by=cast.gareth).page


def test_a_note_on_progress_restarts_its_two_weeks(cast, referral):
    letter = steps.sent(referral, K.PROGRESS_NOTE, by=cast.gareth, on=TODAY)
    open_now = Deadline.objects.still_open().get(case=referral.case_id, duty="REF-21")
    assert open_now.due_on == date(2025, 12, 24)
    assert "What has been done since 1 December 2025 I met the director." in plain(letter.page)
    assert "another note by 24 December 2025" in plain(letter.page)


def test_the_final_report_ends_the_referral_and_its_officer_can_still_read_it(cast, referral, as_):
    steps.decide(referral, action="negotiation", more_resolution="yes")
    steps.sent(now(referral), K.DECISION_REPORT, by=cast.gareth, on=date(2025, 12, 8))
    handling.settle(now(referral), by=cast.gareth, on=date(2025, 12, 9), note="A visit every month.")
    begun = referral_drafting.draft(now(referral), K.FINAL_REPORT, by=cast.gareth)
    assert begun.answers == {"settlement": "A visit every month."}
    letter = steps.sent(now(referral), K.FINAL_REPORT, by=cast.gareth, on=TODAY)
    assert now(referral).state == "concluded"
    assert owed(referral, "REF-17").state == "met"
    said = plain(letter.page)
    assert "Settlement: 9 December 2025" in said
    assert "Delay Papers came late. Recommendations Look at the visits in June." in said
    page = as_(cast.gareth)
    assert page.get(reverse("case", args=[referral.case.key])).status_code == 404
    assert page.get(at("referral_letter", letter)).status_code == 200
    assert "Final report on a referral" in words(page.get(reverse("referral_letters", args=[referral.key])))


def test_a_final_report_before_the_decision_is_refused(cast, referral):
    with pytest.raises(Refusal, match="not decided yet: the decision report goes first"):
        referral_drafting.draft(referral, K.FINAL_REPORT, by=cast.gareth)


# --- The delay letter ---------------------------------------------------------------------------------------------


def test_a_delay_letter_in_time_excuses_the_report(referral, delay_sent):
    assert owed(referral, "REF-12").excused
    said = plain(delay_sent.page)
    assert "That would be by 15 December 2025" in said
    assert "The care plan has not reached us." in said
    assert "by Monday 22 December 2025" in said
    told = referral.case.events.get(happening="delay_letter_sent")
    assert told.details["reason"] == "The care plan has not reached us."
    assert told.particulars["letter"] == delay_sent.key


def test_a_delay_letter_after_the_two_weeks_excuses_nothing(cast, referral, time_machine):
    time_machine.move_to("2025-12-16 10:00:00+00:00", tick=False)
    steps.sent(referral, K.DELAY_LETTER, by=cast.gareth, on=date(2025, 12, 16))
    assert not owed(referral, "REF-12").excused


def test_a_delay_letter_without_its_reasons_cannot_be_approved(cast, delay_begun):
    with pytest.raises(Refusal, match="Give the reasons for the delay"):
        actions.approve(delay_begun, by=cast.gareth, seen_version=delay_begun.version)


def test_a_delay_letter_after_the_report_is_refused(cast, referral):
    steps.decide(referral)
    steps.sent(referral, K.DECISION_REPORT, by=cast.gareth, on=TODAY)
    with pytest.raises(Refusal, match="no delay left to explain"):
        referral_drafting.draft(now(referral), K.DELAY_LETTER, by=cast.gareth)


def begun():
    return Letter.objects.filter(kind=K.DELAY_LETTER, created_by=None).count()


@pytest.mark.parametrize(
    ("day", "letters"),
    [("2025-12-10", 0), ("2025-12-11", 1), ("2025-12-15", 1), ("2025-12-22", 1)],
    ids=["five days before", "four days before", "on the day", "after a week's outage"],
)
def test_the_clock_begins_a_delay_letter_four_days_before_the_two_weeks_end(
    cast, referral, time_machine, day, letters
):
    time_machine.move_to(f"{day} 03:00:00+00:00", tick=False)
    clock.begin_owed()
    clock.begin_owed()
    assert begun() == letters


@pytest.mark.parametrize("kind", [K.DECISION_REPORT, K.DELAY_LETTER])
def test_the_clock_begins_none_where_somebody_has_begun(cast, referral, time_machine, kind):
    referral_drafting.draft(referral, kind, by=cast.gareth)
    time_machine.move_to("2025-12-12 03:00:00+00:00", tick=False)
    clock.begin_owed()
    assert begun() == 0


def test_the_clock_begins_none_where_the_report_has_gone_or_nobody_can_sign(cast, time_machine):
    from tests.referrals import steps as told

    gone = told.decided(cast, on="2025-12-01", decided_on="2025-12-09")
    waiting = told.received(cast, cast.coral, on="2025-12-01")
    time_machine.move_to("2025-12-12 03:00:00+00:00", tick=False)
    clock.begin_owed()
    assert not Letter.objects.filter(referral__in=[gone, waiting]).exists()


# --- Who may write and read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["gwen", "iris", "mona", "lena", "stranger", "hugo"])
def test_nobody_but_those_who_handle_it_writes_a_referrals_letter(cast, referral, who):
    with pytest.raises(NotYours):
        referral_drafting.draft(referral, K.DELAY_LETTER, by=getattr(cast, who))


def test_the_officer_does_not_write_cafcass_legals_notice(cast, referral):
    with pytest.raises(NotYours, match="Cafcass Legal writes this notice"):
        referral_drafting.draft(referral, K.LA_LEGAL_NOTICE, by=cast.gareth)


@pytest.mark.parametrize("who", ["gareth", "cass", "lex"])
def test_the_officer_the_manager_or_cafcass_legal_approves(cast, referral, who):
    letter = referral_drafting.draft(referral, K.PROGRESS_NOTE, by=cast.gareth)
    letter = actions.edit(letter, steps.WORDS[K.PROGRESS_NOTE], by=cast.gareth, seen_version=letter.version)
    approver = getattr(cast, who)
    assert actions.approve(letter, by=approver, seen_version=letter.version).approved_by == approver


def test_a_letter_of_the_high_court_team_goes_out_from_cafcass_legal(cast):
    referral = steps.allocated(cast, officer=cast.hugo)
    letter = referral_drafting.draft(referral, K.DELAY_LETTER, by=cast.hugo)
    assert letter.sender == cast.cafcass_legal
    assert gather.contents_of(letter, dated=TODAY).signed_by == "Hugo Highcourt"


READERS = {
    "draft": {"gareth", "cass", "lex", "leah"},
    "sent": {"gareth", "cass", "lex", "leah", "iris", "mona", "dora", "chas", "sol", "tess"},
}


@pytest.mark.parametrize("state", ["draft", "sent"])
def test_a_referrals_letter_is_read_by_those_it_is_for(cast, delay_ready, state):
    letter = delay_ready
    if state == "sent":
        letter = actions.send(letter, on=TODAY, by=cast.gareth)
    everybody = [name for name, who in vars(cast).items() if hasattr(who, "role")]
    readers = {
        name for name in everybody if Letter.objects.visible_to(getattr(cast, name)).filter(pk=letter.pk).exists()
    }  # fmt: skip
    assert readers == READERS[state]


def test_whoever_sees_the_case_but_is_no_recipient_finds_nothing(cast, referral, delay_sent, as_):
    letter, page = delay_sent, as_(cast.lena)
    assert page.get(at("referral_letter", letter)).status_code == 404
    assert page.get(at("referral_letter_pdf", letter)).status_code == 404
    assert "No letter of this referral has come to you" in words(
        page.get(reverse("referral_letters", args=[referral.key]))
    )
    assert letter.key not in page.get(reverse("case_letters", args=[referral.case.key])).content.decode()


def test_which_letters_one_may_read_is_one_question(cast, referral, delay_sent, django_assert_num_queries):
    steps.sent(referral, K.PROGRESS_NOTE, by=cast.gareth, on=TODAY)
    with django_assert_num_queries(1):
        assert len(Letter.objects.visible_to(cast.dora)) == 2


@pytest.mark.parametrize("reader", ["iris", "mona", "gareth", "cass", "dora"])
def test_which_letters_one_may_read_joins_no_table(cast, reader):
    """PostgreSQL takes ten times as long to plan it, on every page of a letter, where one is joined."""
    question = Letter.objects.visible_to(getattr(cast, reader)).query
    assert [table for table, uses in question.alias_refcount.items() if uses] == ["letters_letter"]


def test_a_letter_of_a_referral_has_no_page_among_the_cases_own(cast, referral, delay_sent, as_):
    letter, page = delay_sent, as_(cast.dora)
    assert page.get(reverse("letter", args=[referral.case.key, letter.key])).status_code == 404
    assert (
        at("referral_letter", letter)
        in page.get(reverse("case_letters", args=[referral.case.key])).content.decode()
    )


@pytest.mark.parametrize("name", ["edit", "recipients", "check", "send"])
def test_recipients_do_not_open_what_its_author_works_on(cast, delay_sent, as_, name):
    assert as_(cast.iris).get(at(f"referral_letter_{name}", delay_sent)).status_code == 404
    assert as_(cast.gareth).get(at(f"referral_letter_{name}", delay_sent)).status_code == 302
