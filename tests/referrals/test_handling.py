"""Cafcass receives a referral, allocates it, hands it on, enquires and ends it; every clock follows."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.roles import PersonRole
from cases import nudges
from cases.actions import correct
from cases.appointments import appoint
from cases.models import Case, Event, Miss, Notice
from cases.refusal import NotYours, Refusal
from referrals import handling, while_open
from referrals.handling.receiving import involved_before
from referrals.models import ChildInvolvement, CourtPermission, Enquiry, LimitationDate, Referral, RightsMet
from tests.cases.steps import happened, owed, the
from tests.referrals.steps import FULL_DECISION, allocated, case_of, decided, now, received, referred

pytestmark = pytest.mark.django_db
# Monday 3 March 2025. Two weeks later is Monday 17 March, six weeks later Monday 14 April.
SUBMITTED = date(2025, 3, 3)


def refused(act, *words, kind=Refusal):
    """The act is refused with a sentence that holds these words, and writes no fact."""
    facts = Event.objects.count()
    with pytest.raises(kind) as refusal:
        act()
    for word in words:
        assert word in str(refusal.value)
    assert Event.objects.count() == facts


def latest(referral, happening):
    return referral.case.events.standing().filter(happening=happening).latest("pk")


# --- Receiving ----------------------------------------------------------------------------------------------------


def test_receiving_on_a_later_day_moves_the_same_day_acts_to_that_day(cast, today):
    referral = referred(cast, on="2025-02-28")
    assert the(referral.case, "REF-9").due_on == date(2025, 2, 28)
    referral = handling.receive(referral, by=cast.lex, on=SUBMITTED)
    assert (referral.state, referral.received_on) == ("received", SUBMITTED)
    standing = owed(referral.case, "REF-9", moved=False).get()
    assert (standing.due_on, standing.owing, standing.owner) == (SUBMITTED, cast.cafcass_legal, None)


def test_a_draft_cannot_be_received(cast, today):
    referral = referred(cast, on="2025-03-03")
    correct(latest(referral, "referral_submitted"), by=cast.iris, reason="Sent by mistake")  # back to a draft
    refused(
        lambda: handling.receive(now(referral), by=cast.lex, on=SUBMITTED), "has not been submitted", "PN 3.4"
    )


def test_a_referral_cannot_have_been_received_before_it_was_submitted(cast, today):
    referral = referred(cast, on="2025-03-03")
    refused(
        lambda: handling.receive(referral, by=cast.lex, on=date(2025, 2, 28)),
        "before Referral 1 was submitted",
    )


def test_a_referral_is_not_received_in_the_future(cast, today):
    referral = referred(cast, on="2025-03-03")
    refused(lambda: handling.receive(referral, by=cast.lex, on=date(2025, 3, 4)), "is in the future")


def test_a_referral_is_received_once(cast, today):
    referral = received(cast, on="2025-03-03")
    refused(
        lambda: handling.receive(referral, by=cast.leah, on=SUBMITTED),
        "Lex Lawyer has already recorded the receipt of Referral 1, on Monday 3 March 2025",
    )


def test_a_button_pressed_twice_receives_once_and_says_nothing(cast, today):
    referral = referred(cast, on="2025-03-03")
    sent = "7f1c0f0e-6f0b-4d0c-9a55-0d2c8a0b7b11"
    handling.receive(referral, by=cast.lex, on=SUBMITTED, submission=sent)
    handling.receive(referral, by=cast.lex, on=SUBMITTED, submission=sent)
    assert referral.case.events.filter(happening="referral_received").count() == 1


@pytest.mark.parametrize("who", ["iris", "mona", "gwen", "cass", "hugo", "lena", "chas", "stranger"])
def test_only_cafcass_legal_receives_and_allocates(cast, today, who):
    person = getattr(cast, who)
    referral = referred(cast, on="2025-03-03")
    refused(lambda: handling.receive(referral, by=person, on=SUBMITTED), "Cafcass Legal", kind=NotYours)
    referral = handling.receive(referral, by=cast.lex, on=SUBMITTED)
    refused(
        lambda: handling.allocate(
            referral, by=person, on=SUBMITTED, route="local_manager", officer=cast.gareth
        ),
        "Cafcass Legal", "PN 3.5, 3.6", kind=NotYours,
    )  # fmt: skip


# --- Allocating ---------------------------------------------------------------------------------------------------


def test_allocating_meets_the_same_day_act_and_gives_the_officer_the_two_weeks(cast, today):
    referral = allocated(cast, on="2025-03-03")
    case = referral.case
    assert (referral.state, referral.officer, referral.office) == ("allocated", cast.gareth, cast.cafcass)
    assert the(case, "REF-9").met_on == SUBMITTED
    report = the(case, "REF-12")
    assert (report.due_on, report.owing, report.owner) == (date(2025, 3, 17), cast.cafcass, cast.gareth)
    progress = the(case, "REF-21")
    assert (progress.due_on, progress.owner) == (date(2025, 3, 17), cast.gareth)


def test_before_the_allocation_the_report_is_cafcass_legals_to_owe(cast, today):
    case = received(cast, on="2025-03-03").case
    for duty in ("REF-12", "REF-21", "REF-10"):
        assert (the(case, duty).owing, the(case, duty).owner) == (cast.cafcass_legal, None)


def test_the_high_court_teams_officer_and_team_owe_what_is_allocated_to_them(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.hugo)
    report = the(referral.case, "REF-12")
    assert (referral.route, report.owing, report.owner) == ("high_court_team", cast.cafcass_legal, cast.hugo)


def test_the_officer_sees_the_case_from_the_allocation_on(cast, today):
    referral = received(cast, on="2025-03-03")
    assert not Case.objects.visible_to(cast.hugo).exists()
    handling.allocate(referral, by=cast.lex, on=SUBMITTED, route="high_court_team", officer=cast.hugo)
    assert list(Case.objects.visible_to(cast.hugo)) == [referral.case]
    assert list(Referral.objects.visible_to(cast.hugo)) == [referral]


def test_correcting_the_allocation_moves_the_state_back_and_takes_the_access_away(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.hugo)
    correct(latest(referral, "referral_allocated"), by=cast.lex, reason="The wrong officer")
    referral = now(referral)
    assert (referral.state, referral.officer, referral.office) == ("received", None, None)
    assert not Case.objects.visible_to(cast.hugo).exists()
    report = the(referral.case, "REF-12")
    assert (report.owing, report.owner) == (cast.cafcass_legal, None)


def test_a_referral_is_received_before_it_is_allocated(cast, today):
    referral = referred(cast, on="2025-03-03")
    refused(
        lambda: handling.allocate(referral, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gwen),
        "receipt of Referral 1 has not been recorded", "PN 3.6",
    )  # fmt: skip


def test_a_referral_is_allocated_once_and_then_handed_on(cast, today):
    referral = allocated(cast, on="2025-03-03")
    refused(
        lambda: handling.allocate(referral, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gwen),
        "allocated to Gareth Guardian on Monday 3 March 2025", "hand it on",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("route", "who"), [("local_manager", "hugo"), ("local_manager", "iris"), ("high_court_team", "gwen")]
)
def test_the_officer_suits_the_route(cast, today, route, who):
    referral = received(cast, on="2025-03-03")
    officer = getattr(cast, who)
    refused(
        lambda: handling.allocate(referral, by=cast.lex, on=SUBMITTED, route=route, officer=officer),
        f"{officer.name} cannot be allocated by that route",
    )


def test_those_who_were_the_childrens_guardian_are_suggested(cast, today):
    referral = received(cast, on="2025-03-03")
    appoint(
        cast.gwen, PersonRole.GUARDIAN, children=[cast.amber], on=date(2025, 2, 10), by=cast.cass,
        case=case_of(referral),
    )  # fmt: skip
    assert list(involved_before(referral)) == [cast.gwen]


def test_a_local_manager_hands_it_on_to_somebody_of_the_office(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.cass)
    referral = handling.hand_on(referral, by=cast.cass, on=SUBMITTED, officer=cast.gwen)
    assert (referral.state, referral.officer, referral.allocated_on) == ("allocated", cast.gwen, SUBMITTED)
    assert the(referral.case, "REF-12").owner == cast.gwen


def test_a_local_manager_cannot_pass_it_to_another_office(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.cass)
    refused(
        lambda: handling.hand_on(referral, by=cast.cass, on=SUBMITTED, officer=cast.hugo),
        "not in your office",
    )


def test_an_officer_does_not_hand_it_on_alone(cast, today):
    referral = allocated(cast, on="2025-03-03")
    refused(
        lambda: handling.hand_on(referral, by=cast.gareth, on=SUBMITTED, officer=cast.gwen), "manager",
        kind=NotYours,
    )  # fmt: skip


def test_handing_on_takes_the_first_officers_access_away_and_keeps_the_enquiries(cast, today):
    referral = allocated(cast, on="2025-03-03", officer=cast.hugo)
    handling.enquire(
        referral, by=cast.hugo, on=SUBMITTED, source="iro", note="Rang the IRO.", permission="not_needed"
    )
    referral = handling.hand_on(now(referral), by=cast.leah, on=SUBMITTED, officer=cast.gwen)
    assert (referral.state, referral.officer, referral.route) == ("enquiries", cast.gwen, "local_manager")
    assert not Case.objects.visible_to(cast.hugo).exists()


# --- Working papers -----------------------------------------------------------------------------------------------


def test_the_first_enquiry_moves_the_referral_to_enquiries(cast, today):
    referral = allocated(cast, on="2025-03-03")
    referral = handling.enquire(
        referral,
        by=cast.gareth,
        on=SUBMITTED,
        source="papers",
        note="Read the file.",
        permission="not_needed",
    )
    assert referral.state == "enquiries"


def test_the_same_enquiry_sent_twice_is_one(cast, today):
    referral = allocated(cast, on="2025-03-03")
    for _ in range(2):
        handling.enquire(
            referral, by=cast.gareth, on=SUBMITTED, source="iro", note="Rang.", permission="not_needed"
        )
    assert Enquiry.objects.count() == 1


def test_enquiries_begin_with_an_officer_and_not_in_the_future(cast, today):
    referral = received(cast, on="2025-03-03")
    entry = {"by": cast.lex, "source": "papers", "note": "Read.", "permission": "not_needed"}
    refused(lambda: handling.enquire(referral, on=SUBMITTED, **entry), "not been allocated", "PN 3.6")
    handling.allocate(referral, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gareth)
    refused(lambda: handling.enquire(referral, on=date(2025, 3, 4), **entry), "in the future")
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("who", ["iris", "mona", "sol", "lena", "chas", "gwen", "hugo", "stranger"])
def test_nobody_but_the_officer_the_manager_and_cafcass_legal_handles(cast, today, who):
    referral, person = allocated(cast, on="2025-03-03"), getattr(cast, who)
    acts = [
        lambda: handling.enquire(
            referral, by=person, on=SUBMITTED, source="iro", note="x", permission="not_needed"
        ),
        lambda: handling.keep_decision(referral, by=person, wishes="x"),
        lambda: handling.involve_child(
            referral, by=person, on=SUBMITTED, child=cast.amber, way="met", note="x"
        ),
        lambda: handling.record_permission(referral, by=person, papers="x", asked_on=SUBMITTED),
        lambda: handling.delay_letter_sent(referral, by=person, on=SUBMITTED, reason="x"),
        lambda: handling.decision_report_sent(referral, by=person, on=SUBMITTED),
        lambda: handling.progress_report_sent(referral, by=person, on=SUBMITTED),
        lambda: handling.final_report_sent(referral, by=person, on=SUBMITTED),
        lambda: handling.start_proceedings(referral, by=person, on=SUBMITTED),
        lambda: handling.settle(referral, by=person, on=SUBMITTED),
        lambda: handling.withdraw(referral, by=person, on=SUBMITTED, reason="x"),
    ]
    for act in acts:
        refused(act, "officer", kind=NotYours)


@pytest.mark.parametrize("who", ["gareth", "cass", "lex"])
def test_officer_manager_and_lawyer_may_each_involve_the_child(cast, today, who):
    referral = allocated(cast, on="2025-03-03")
    handling.involve_child(
        referral, by=getattr(cast, who), on=SUBMITTED, child=cast.amber, way="met", note="At school."
    )
    assert ChildInvolvement.objects.get().child == cast.amber


def test_a_child_who_was_not_referred_is_not_involved(cast, today):
    referral = allocated(cast, on="2025-03-03")
    refused(
        lambda: handling.involve_child(
            referral, by=cast.gareth, on=SUBMITTED, child=cast.blake, way="met", note="x"
        ),
        "a child this referral is about",
    )


def test_only_a_lawyer_enters_a_limitation_date(cast, today):
    referral = allocated(cast, on="2025-03-03")
    entry = {"claim": "Judicial review of the placement", "last_day": date(2025, 5, 20)}
    refused(lambda: handling.enter_limitation(referral, by=cast.gareth, **entry), "lawyer", kind=NotYours)
    handling.enter_limitation(referral, by=cast.lex, **entry)
    assert LimitationDate.objects.get().last_day == date(2025, 5, 20)


def test_the_courts_permission_is_given_after_it_was_asked_for(cast, today):
    referral = allocated(cast, on="2025-03-03")
    handling.record_permission(referral, by=cast.gareth, papers="Expert report", asked_on=SUBMITTED)
    permission = CourtPermission.objects.get()
    refused(lambda: handling.permission_given(permission, by=cast.gareth, on=date(2025, 3, 2)), "before that")
    handling.permission_given(permission, by=cast.gareth, on=SUBMITTED)
    refused(lambda: handling.permission_given(permission, by=cast.lex, on=SUBMITTED), "already given")


# --- Letters that have gone ---------------------------------------------------------------------------------------


def test_telling_la_legal_meets_its_day_and_is_done_once(cast, today):
    referral = received(cast, on="2025-03-03")
    handling.la_legal_notified(referral, by=cast.lex, on=SUBMITTED, particulars={"letter": "abc"})
    assert the(referral.case, "REF-10").met_on == SUBMITTED
    refused(
        lambda: handling.la_legal_notified(referral, by=cast.leah, on=SUBMITTED),
        "already told of Referral 1, on Monday 3 March 2025",
    )


def test_a_delay_letter_in_time_excuses_the_report_and_no_miss_is_written(cast, it_is):
    it_is("2025-03-17")
    referral = allocated(cast, on="2025-03-03")
    handling.delay_letter_sent(referral, by=cast.gareth, on=date(2025, 3, 17), reason="An expert is ill")
    it_is("2025-03-24")
    happened(case_of(referral), "contact", "2025-03-24", between="guardian_iro", purpose="significant_change")
    report = the(referral.case, "REF-12")
    assert (report.state, report.excused) == ("excused", True)
    assert not Miss.objects.filter(case=referral.case, duty="REF-12").exists()
    handling.keep_decision(referral, by=cast.gareth, **FULL_DECISION)
    handling.decision_report_sent(referral, by=cast.gareth, on=date(2025, 3, 24))
    assert the(referral.case, "REF-12").met_on == date(2025, 3, 24)
    assert not Miss.objects.filter(case=referral.case, duty="REF-12").exists()


def test_a_delay_letter_after_the_two_weeks_excuses_nothing_and_the_miss_stays(cast, it_is):
    it_is("2025-03-03")
    referral = allocated(cast, on="2025-03-03")
    it_is("2025-03-18")
    handling.delay_letter_sent(referral, by=cast.gareth, on=date(2025, 3, 18), reason="An expert is ill")
    handling.keep_decision(referral, by=cast.gareth, **FULL_DECISION)
    handling.decision_report_sent(referral, by=cast.gareth, on=date(2025, 3, 18))
    miss = Miss.objects.get(case=referral.case, duty="REF-12")
    assert (miss.due_on, miss.annulled_at) == (date(2025, 3, 17), None)
    assert the(referral.case, "REF-12").met_on == date(2025, 3, 18)


def test_a_delay_letter_gives_reasons_and_goes_before_the_report(cast, it_is):
    it_is("2025-03-10")
    referral = allocated(cast, on="2025-03-03")
    refused(
        lambda: handling.delay_letter_sent(referral, by=cast.gareth, on=date(2025, 3, 10), reason=" "),
        "reasons for the delay",
    )
    handling.keep_decision(referral, by=cast.gareth, **FULL_DECISION)
    handling.decision_report_sent(referral, by=cast.gareth, on=date(2025, 3, 10))
    refused(
        lambda: handling.delay_letter_sent(referral, by=cast.gareth, on=date(2025, 3, 10), reason="Late"),
        "went on Monday 10 March 2025",
    )


def test_a_progress_report_opens_the_next_two_weeks_on(cast, it_is):
    it_is("2025-03-14")
    referral = allocated(cast, on="2025-03-03")
    handling.progress_report_sent(referral, by=cast.gareth, on=date(2025, 3, 14))
    dues = sorted(owed(referral.case, "REF-21").values_list("due_on", "state"))
    assert dues == [(date(2025, 3, 17), "met"), (date(2025, 3, 28), "open")]


def test_a_final_report_waits_for_the_decision(cast, today):
    referral = allocated(cast, on="2025-03-03")
    refused(
        lambda: handling.final_report_sent(referral, by=cast.gareth, on=SUBMITTED), "has not been decided yet"
    )


# --- After the decision -------------------------------------------------------------------------------------------


def test_from_the_decision_to_the_final_report(cast, it_is):
    it_is("2025-06-02")
    referral = decided(cast, on="2025-03-03", decided_on="2025-03-14")
    claim = the(referral.case, "REF-16")
    assert (claim.due_on, claim.owing, claim.owner) == (date(2025, 4, 14), cast.cafcass, cast.gareth)
    referral = handling.start_proceedings(referral, by=cast.gareth, on=date(2025, 4, 14))
    assert (referral.state, the(referral.case, "REF-16").met_on) == ("proceedings", date(2025, 4, 14))
    referral = handling.settle(referral, by=cast.gareth, on=date(2025, 4, 22))
    report = the(referral.case, "REF-17")
    # Six weeks from Tuesday 22 April 2025 is Tuesday 3 June 2025.
    assert (referral.state, report.due_on, report.owner) == ("settled", date(2025, 6, 3), cast.gareth)
    referral = handling.final_report_sent(referral, by=cast.gareth, on=date(2025, 6, 2))
    assert (referral.state, referral.ended_on) == ("concluded", date(2025, 6, 2))
    assert the(referral.case, "REF-17").met_on == date(2025, 6, 2)


def test_the_six_weeks_count_from_receipt_and_not_from_submission(cast, it_is):
    it_is("2025-03-14")
    referral = referred(cast, on="2025-02-28")
    handling.receive(referral, by=cast.lex, on=SUBMITTED)
    handling.allocate(referral, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gareth)
    handling.keep_decision(referral, by=cast.gareth, **FULL_DECISION)
    handling.decision_report_sent(referral, by=cast.gareth, on=date(2025, 3, 14))
    assert the(referral.case, "REF-16").due_on == date(2025, 4, 14)
    assert the(referral.case, "REF-12").due_on == date(2025, 3, 14)


def test_nothing_is_settled_or_started_before_the_decision(cast, today):
    referral = allocated(cast, on="2025-03-03")
    for act in (handling.settle, handling.judgment, handling.start_proceedings):
        refused(lambda act=act: act(referral, by=cast.gareth, on=SUBMITTED), "has not been decided yet")


def test_proceedings_are_not_started_when_the_decision_was_another(cast, it_is):
    it_is("2025-03-14")
    referral = decided(cast, on="2025-03-03", decided_on="2025-03-14", action="negotiation")
    refused(
        lambda: handling.start_proceedings(referral, by=cast.gareth, on=date(2025, 3, 14)),
        "negotiation or mediation", "further decision report",
    )  # fmt: skip


def test_negotiation_that_fails_is_decided_again_and_then_sued(cast, it_is):
    it_is("2025-03-24")
    referral = decided(cast, on="2025-03-03", decided_on="2025-03-14", action="negotiation")
    handling.keep_decision(referral, by=cast.gareth, action="proceedings")
    handling.decision_report_sent(referral, by=cast.gareth, on=date(2025, 3, 24))
    referral = handling.start_proceedings(now(referral), by=cast.gareth, on=date(2025, 3, 24))
    assert referral.state == "proceedings"


def test_no_court_has_judged_what_was_never_brought(cast, it_is):
    it_is("2025-03-14")
    referral = decided(cast, on="2025-03-03", decided_on="2025-03-14")
    refused(lambda: handling.judgment(referral, by=cast.gareth, on=date(2025, 3, 14)), "no court has judged")


def test_a_step_is_not_dated_before_the_one_it_follows(cast, it_is):
    it_is("2025-03-20")
    referral = decided(cast, on="2025-03-03", decided_on="2025-03-14")
    refused(
        lambda: handling.start_proceedings(referral, by=cast.gareth, on=date(2025, 3, 13)),
        "before the last step of the referral, on Friday 14 March 2025",
    )


def test_what_ends_with_the_decision_takes_nothing_more(cast, it_is):
    it_is("2025-03-14")
    referral = decided(cast, on="2025-03-03", decided_on="2025-03-14", action="official_solicitor")
    assert (referral.state, referral.ended_on) == ("concluded", date(2025, 3, 14))
    acts = [
        lambda: handling.settle(referral, by=cast.lex, on=date(2025, 3, 14)),
        lambda: handling.withdraw(referral, by=cast.lex, on=date(2025, 3, 14), reason="x"),
        lambda: handling.progress_report_sent(referral, by=cast.lex, on=date(2025, 3, 14)),
        lambda: handling.receive(referral, by=cast.lex, on=date(2025, 3, 14)),
        lambda: handling.keep_decision(referral, by=cast.lex, wishes="x"),
        lambda: handling.enquire(
            referral, by=cast.lex, on=date(2025, 3, 14), source="iro", note="x", permission="not_needed"
        ),
    ]
    for act in acts:
        refused(act, "was concluded on Friday 14 March 2025")


def test_la_legal_can_still_be_told_of_a_referral_that_ended(cast, it_is):
    it_is("2025-03-14")
    referral = decided(cast, on="2025-03-03", decided_on="2025-03-14", action="no_action")
    handling.la_legal_notified(referral, by=cast.lex, on=date(2025, 3, 14))
    assert the(referral.case, "REF-10").met_on == date(2025, 3, 14)


# --- Withdrawing --------------------------------------------------------------------------------------------------


def test_withdrawing_ends_every_clock_with_the_reason(cast, it_is):
    it_is("2025-03-10")
    referral = allocated(cast, on="2025-03-03", missing=[("Care plan", "2025-03-20")])
    referral = handling.withdraw(referral, by=cast.gareth, on=date(2025, 3, 10), reason="A worker is named")
    assert (referral.state, referral.ended_on) == ("withdrawn", date(2025, 3, 10))
    for duty in ("REF-7", "REF-12", "REF-21"):
        assert the(referral.case, duty).state == "not_required"
    refused(
        lambda: handling.withdraw(referral, by=cast.gareth, on=date(2025, 3, 10), reason="x"),
        "was withdrawn on Monday 10 March 2025",
    )


def test_a_withdrawal_has_a_reason(cast, today):
    referral = allocated(cast, on="2025-03-03")
    refused(lambda: handling.withdraw(referral, by=cast.lex, on=SUBMITTED, reason=" "), "Give the reasons")


def _rights_met(cast, referral):
    return RightsMet.objects.create(
        referral=referral,
        on=SUBMITTED,
        change="A social worker visits weekly.",
        by=cast.iris,
        at=timezone.now(),
    )


def test_rights_met_is_decided_by_withdrawing(cast, it_is):
    it_is("2025-03-10")
    referral = allocated(cast, on="2025-03-03")
    change = _rights_met(cast, referral)
    referral = handling.decide_rights_met(
        change, by=cast.gareth, on=date(2025, 3, 10), is_withdrawn=True, reasons="The visits are kept."
    )
    change.refresh_from_db()
    assert (referral.state, change.is_withdrawn, change.decided_by) == ("withdrawn", True, cast.gareth)
    assert latest(referral, "referral_withdrawn").details["reason"] == "The visits are kept."
    refused(
        lambda: handling.decide_rights_met(
            change, by=cast.lex, on=date(2025, 3, 10), is_withdrawn=False, reasons="x"
        ),
        "Gareth Guardian already decided to withdraw the referral",
    )


def test_rights_met_may_go_on_with_reasons_and_the_iro_is_told(cast, it_is):
    it_is("2025-03-10")
    referral = allocated(cast, on="2025-03-03")
    change = _rights_met(cast, referral)
    Notice.objects.all().delete()
    how = {"by": cast.lex, "on": date(2025, 3, 10), "is_withdrawn": False}
    refused(lambda: handling.decide_rights_met(change, reasons="", **how), "Give the reasons")
    referral = handling.decide_rights_met(change, reasons="Only one visit was made.", **how)
    assert referral.state == "allocated"
    assert [notice.recipient for notice in Notice.objects.filter(kind="referral")] == [cast.iris]


@pytest.mark.parametrize("who", ["iris", "mona", "gwen", "hugo", "lena"])
def test_the_iro_does_not_decide_that_the_referral_ends(cast, today, who):
    change = _rights_met(cast, allocated(cast, on="2025-03-03"))
    refused(
        lambda: handling.decide_rights_met(
            change, by=getattr(cast, who), on=SUBMITTED, is_withdrawn=True, reasons="x"
        ),
        "officer", kind=NotYours,
    )  # fmt: skip


# --- Notices ------------------------------------------------------------------------------------------------------


def told_of(case):
    return {notice.recipient.name for notice in Notice.objects.filter(case=case, kind="referral")}


def test_the_officer_the_offices_manager_and_the_iro_are_told_of_the_allocation(cast, today):
    referral = received(cast, on="2025-03-03")
    Notice.objects.all().delete()
    handling.allocate(referral, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gareth)
    assert told_of(referral.case) == {"Gareth Guardian", "Cass Chief", "Iris Reviewer"}


def test_a_promised_paper_that_comes_is_said_to_the_lawyers_and_the_officer(cast, today):
    referral = allocated(cast, on="2025-03-03")
    referral.papers.create(
        position=1, item="Chronology", checklist=1, answer="to_follow", promised_on=date(2025, 3, 10)
    )
    Notice.objects.all().delete()
    while_open.provide(referral, "Chronology", by=cast.iris, on=SUBMITTED)
    assert told_of(referral.case) == {"Gareth Guardian", "Lex Lawyer", "Leah Lawyer"}


def test_the_teams_officer_is_not_reminded_of_what_the_lawyers_owe(cast, today):
    allocated(cast, on="2025-03-03", officer=cast.hugo)
    nudges.remind(today=SUBMITTED)
    reminded = Notice.objects.filter(kind="today", deadline__duty="REF-10")
    assert {notice.recipient for notice in reminded} == {cast.lex, cast.leah}


def test_nobody_is_told_in_an_agency_off_the_system(cast, today):
    cast.northmoor.is_on_system = False
    cast.northmoor.save()
    referral = received(cast, on="2025-03-03")
    assert told_of(referral.case) == set()


def test_a_notice_says_nothing_of_the_child(cast, today):
    referral = allocated(cast, on="2025-03-03")
    assert all("Amber" not in notice.about for notice in Notice.objects.filter(case=referral.case))
