"""A referral is sent once, for one child or several, and followed while it is open."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from cases import timeline
from cases.actions import correct
from cases.models import Deadline, Event, Notice
from cases.refusal import NotYours, Refusal
from referrals import checklist, referring, while_open
from referrals.models import Referral, ReferralPaper, RightsMet
from tests.cases.steps import TODAY, day, happened, owed, the
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
CARE_PLAN = "Care plan: the present one, and the one filed at court"


@chapter(on=TODAY)
def case(cast):
    return reviewed(cast)


@chapter(on=TODAY)
def draft(cast, case):
    """Ready to be sent: screened, written, every paper enclosed."""
    return ready(cast, case)


@chapter(on=TODAY)
def sent(cast, draft):
    return referring.submit(draft, by=cast.iris, on=day(TODAY))


@chapter(on=TODAY)
def sent_with_a_promise(cast, draft):
    """All of it but the chronology, which is promised for Thursday 13 March 2025."""
    papers_answered(draft, cast.iris, chronology=10)
    return referring.submit(draft, by=cast.iris, on=day(TODAY))


@chapter(on=TODAY)
def siblings(cast):
    """A case of three, two of whom are referred together, the chronology promised for Thursday 13 March 2025."""
    case = reviewed(cast, cast.amber, cast.blake, cast.coral)
    submitted(cast, case, cast.amber, cast.coral, chronology=10)
    return case


# --- Submit --------------------------------------------------------------------------------------------------


def test_a_referral_over_promised_papers_opens_its_clocks(cast, case, sent_with_a_promise):
    """Each date as SCENARIOS.md has it: same day twice, the promise, two weeks for the report and for progress."""
    assert (sent_with_a_promise.state, sent_with_a_promise.submitted_on, sent_with_a_promise.received_on) == (
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


def test_a_promise_that_passed_while_the_draft_lay_asks_for_a_new_date(cast, case, draft, it_is):
    papers_answered(draft, cast.iris, chronology=2)
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
def test_the_account_and_the_childs_wishes_go_with_it(cast, draft, left_out, sentence):
    written(draft, cast.iris, **{left_out: ""})
    with pytest.raises(Refusal, match=sentence):
        referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    assert again(draft).is_draft


def test_an_urgent_referral_says_why(cast, draft):
    written(draft, cast.iris, is_urgent=True)
    with pytest.raises(Refusal, match="why the referral is urgent"):
        referring.submit(draft, by=cast.iris, on=day("2025-03-03"))


def test_submitting_twice_says_so_and_sends_nothing_twice(cast, sent):
    with pytest.raises(Refusal, match="was submitted on Monday 3 March 2025"):
        referring.submit(sent, by=cast.iris, on=day("2025-03-03"))
    assert Event.objects.filter(happening="referral_submitted").count() == 1


def test_a_button_pressed_twice_submits_once(cast, draft):
    press = uuid4()
    for _ in range(2):
        assert (
            referring.submit(draft, by=cast.iris, on=day("2025-03-03"), submission=press).state == "submitted"
        )
    assert Event.objects.filter(happening="referral_submitted").count() == 1


def test_nobody_but_an_iro_submits(cast, draft):
    for person in (cast.mona, cast.sol, cast.gwen, cast.lex, cast.stranger):
        with pytest.raises(NotYours, match="Only an IRO can refer"):
            referring.submit(draft, by=person, on=day("2025-03-03"))
    assert again(draft).is_draft


def test_a_day_still_to_come_is_refused(cast, draft):
    with pytest.raises(Refusal, match="in the future"):
        referring.submit(draft, by=cast.iris, on=day("2025-03-04"))
    assert again(draft).is_draft


def test_whether_another_person_could_act_stands_on_the_chronology(cast, sent):
    asked = Event.objects.get(happening="independent_person")
    assert (asked.child, asked.details["found"]) == (cast.amber, False)


def test_what_was_sent_does_not_change_any_more(cast, sent):
    for verb in (
        lambda: written(sent, cast.iris),
        lambda: referring.answer(sent, "plan", by=cast.iris, answer="no"),
        lambda: referring.discard(sent, by=cast.iris),
    ):
        with pytest.raises(Refusal, match="sent once"):
            verb()


def test_cafcass_legals_lawyers_are_told(cast, sent):
    told = Notice.objects.filter(kind=Notice.Kind.REFERRAL)
    assert {notice.recipient for notice in told} == {cast.lex, cast.leah}


def test_nobody_is_reminded_in_an_agency_off_the_system(cast, draft):
    cast.cafcass_legal.is_on_system = False
    cast.cafcass_legal.save()
    referring.submit(draft, by=cast.iris, on=day(TODAY))
    assert not Notice.objects.filter(kind=Notice.Kind.REFERRAL).exists()


def test_a_draft_may_go_and_leaves_nothing(cast, draft):
    referring.discard(draft, by=cast.iris)
    assert not Referral.objects.exists()
    assert not ReferralPaper.objects.exists()


def test_a_referral_struck_out_is_a_draft_again_and_stays(cast, sent):
    correct(
        Event.objects.get(happening="referral_submitted"), by=cast.iris, reason="Sent for the wrong child."
    )
    assert again(sent).is_draft
    with pytest.raises(Refusal, match="it stays"):
        referring.discard(sent, by=cast.iris)


# --- Siblings ------------------------------------------------------------------------------------------------


def test_two_of_three_siblings_referred_together_have_one_set_of_clocks(cast, siblings):
    for duty in ("REF-7", "REF-9", "REF-10", "REF-12", "REF-21"):
        assert owed(siblings, duty).count() == 1, duty
    told = Event.objects.filter(happening="referral_submitted")
    assert {event.child for event in told} == {cast.amber, cast.coral}
    happened(siblings, "referral_allocated", "2025-03-03", referral="Referral 1", to="high_court_team")
    assert the(siblings, "REF-9").state == "met"


def test_the_chronology_names_the_siblings_referred_and_the_papers_promised(siblings):
    entries = [
        entry
        for entry in timeline.chronology_of(siblings, may_correct=bool)
        if entry.title == "Referral submitted"
    ]
    assert {entry.children for entry in entries} == {"Amber Example", "Coral Example"}
    assert "Chronology by Thursday 13 March 2025" in entries[0].text


# --- While it is open ----------------------------------------------------------------------------------------


def test_a_promised_paper_is_provided_once(cast, case, sent_with_a_promise, it_is):
    it_is("2025-03-10")
    while_open.provide(sent_with_a_promise, "Chronology", by=cast.iris, on=day("2025-03-10"))
    assert the(case, "REF-7").state == "met"
    assert while_open.awaited(sent_with_a_promise) == []
    with pytest.raises(Refusal, match="already provided, on Monday 10 March 2025"):
        while_open.provide(sent_with_a_promise, "Chronology", by=cast.iris, on=day("2025-03-10"))


def test_what_was_not_promised_cannot_be_provided(cast, case, sent_with_a_promise):
    with pytest.raises(Refusal, match="was not promised"):
        while_open.provide(sent_with_a_promise, CARE_PLAN, by=cast.iris, on=day("2025-03-03"))
    with pytest.raises(NotYours):
        while_open.provide(sent_with_a_promise, "Chronology", by=cast.sol, on=day("2025-03-03"))
    with pytest.raises(Refusal, match="cannot have been before"):
        while_open.provide(sent_with_a_promise, "Chronology", by=cast.iris, on=day("2025-03-02"))
    assert the(case, "REF-7").state == "open"


def test_an_iro_tells_cafcass_that_rights_are_met_and_cafcass_decides(cast, case, sent):
    told = while_open.report_rights_met(
        sent, by=cast.iris, on=day("2025-03-03"), change="The sisters met on Saturday."
    )
    assert told.is_withdrawn is None
    assert again(sent).state == "submitted"
    assert Event.objects.filter(happening="rights_now_met", case=case).count() == 1
    with pytest.raises(Refusal, match="already told"):
        while_open.report_rights_met(sent, by=cast.iris, on=day("2025-03-03"), change="Again.")
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


def test_the_family_is_kept_informed(cast, sent):
    while_open.keep_informed(
        sent, by=cast.iris, on=day("2025-03-03"), note="Told Amber; she still wants to go on."
    )
    kept = Event.objects.get(happening="family_informed")
    assert kept.details["referral"] == sent.ref
    with pytest.raises(NotYours):
        while_open.keep_informed(sent, by=cast.lex, on=day("2025-03-03"), note="Told them.")


def test_two_referrals_may_promise_the_same_paper(cast, case, sent_with_a_promise):
    second = submitted(cast, case, chronology=20)
    while_open.provide(second, "Chronology", by=cast.iris, on=day("2025-03-03"))
    assert [paper.item for paper in while_open.awaited(sent_with_a_promise)] == ["Chronology"]
    states = dict(owed(case, "REF-7").values_list("due_on", "state"))
    assert states == {
        date(2025, 3, 3) + timedelta(days=10): "open",
        date(2025, 3, 3) + timedelta(days=20): "met",
    }
