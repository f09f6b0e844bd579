"""What Cafcass writes down for itself while it enquires, and the letters that go from it."""

from datetime import date

import pytest

from cases.models import Miss
from cases.refusal import NotYours
from referrals import handling
from referrals.models import ChildInvolvement, CourtPermission, Enquiry, LimitationDate
from tests.cases.steps import TODAY, happened, owed, the
from tests.chapters import chapter
from tests.referrals.steps import (
    FULL_DECISION,
    SUBMITTED,
    allocated,
    case_of,
    received,
    refused,
)

pytestmark = pytest.mark.django_db


@chapter(on=TODAY)
def referral(cast):
    """Amber is referred, and it is with Gareth."""
    return allocated(cast, on=TODAY)


@chapter(on=TODAY)
def waiting(cast, referral):
    """Blake’s referral is received and with nobody yet."""
    return received(cast, cast.blake, on=TODAY)


# --- Working papers ------------------------------------------------------------------------------------------


def test_the_first_enquiry_moves_the_referral_to_enquiries(cast, referral, today):
    referral = handling.enquire(
        referral,
        by=cast.gareth,
        on=SUBMITTED,
        source="papers",
        note="Read the file.",
        permission="not_needed",
    )
    assert referral.state == "enquiries"


def test_the_same_enquiry_sent_twice_is_one(cast, referral, today):
    for _ in range(2):
        handling.enquire(
            referral, by=cast.gareth, on=SUBMITTED, source="iro", note="Rang.", permission="not_needed"
        )
    assert Enquiry.objects.count() == 1


def test_enquiries_begin_with_an_officer_and_not_in_the_future(cast, waiting, today):
    entry = {"by": cast.lex, "source": "papers", "note": "Read.", "permission": "not_needed"}
    refused(lambda: handling.enquire(waiting, on=SUBMITTED, **entry), "not been allocated", "PN 3.6")
    handling.allocate(waiting, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gareth)
    refused(lambda: handling.enquire(waiting, on=date(2025, 3, 4), **entry), "in the future")
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("who", ["iris", "mona", "sol", "lena", "chas", "gwen", "hugo", "stranger"])
def test_nobody_but_the_officer_the_manager_and_cafcass_legal_handles(cast, referral, today, who):
    person = getattr(cast, who)
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
def test_officer_manager_and_lawyer_may_each_involve_the_child(cast, referral, today, who):
    handling.involve_child(
        referral, by=getattr(cast, who), on=SUBMITTED, child=cast.amber, way="met", note="At school."
    )
    assert ChildInvolvement.objects.get().child == cast.amber


def test_a_child_who_was_not_referred_is_not_involved(cast, referral, today):
    refused(
        lambda: handling.involve_child(
            referral, by=cast.gareth, on=SUBMITTED, child=cast.coral, way="met", note="x"
        ),
        "a child this referral is about",
    )


def test_only_a_lawyer_enters_a_limitation_date(cast, referral, today):
    entry = {"claim": "Judicial review of the placement", "last_day": date(2025, 5, 20)}
    refused(lambda: handling.enter_limitation(referral, by=cast.gareth, **entry), "lawyer", kind=NotYours)
    handling.enter_limitation(referral, by=cast.lex, **entry)
    assert LimitationDate.objects.get().last_day == date(2025, 5, 20)


def test_the_courts_permission_is_given_after_it_was_asked_for(cast, referral, today):
    handling.record_permission(referral, by=cast.gareth, papers="Expert report", asked_on=SUBMITTED)
    permission = CourtPermission.objects.get()
    refused(lambda: handling.permission_given(permission, by=cast.gareth, on=date(2025, 3, 2)), "before that")
    handling.permission_given(permission, by=cast.gareth, on=SUBMITTED)
    refused(lambda: handling.permission_given(permission, by=cast.lex, on=SUBMITTED), "already given")


# --- Letters that have gone ----------------------------------------------------------------------------------


def test_telling_la_legal_meets_its_day_and_is_done_once(cast, waiting, today):
    handling.la_legal_notified(waiting, by=cast.lex, on=SUBMITTED, particulars={"letter": "abc"})
    assert the(waiting.case, "REF-10").met_on == SUBMITTED
    refused(
        lambda: handling.la_legal_notified(waiting, by=cast.leah, on=SUBMITTED),
        "already told of Referral 1, on Monday 3 March 2025",
    )


def test_a_delay_letter_in_time_excuses_the_report_and_no_miss_is_written(cast, referral, it_is):
    it_is("2025-03-17")
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


def test_a_delay_letter_after_the_two_weeks_excuses_nothing_and_the_miss_stays(cast, referral, it_is):
    it_is("2025-03-18")
    handling.delay_letter_sent(referral, by=cast.gareth, on=date(2025, 3, 18), reason="An expert is ill")
    handling.keep_decision(referral, by=cast.gareth, **FULL_DECISION)
    handling.decision_report_sent(referral, by=cast.gareth, on=date(2025, 3, 18))
    miss = Miss.objects.get(case=referral.case, duty="REF-12")
    assert (miss.due_on, miss.annulled_at) == (date(2025, 3, 17), None)
    assert the(referral.case, "REF-12").met_on == date(2025, 3, 18)


def test_a_delay_letter_gives_reasons_and_goes_before_the_report(cast, referral, it_is):
    it_is("2025-03-10")
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


def test_a_progress_report_opens_the_next_two_weeks_on(cast, referral, it_is):
    it_is("2025-03-14")
    handling.progress_report_sent(referral, by=cast.gareth, on=date(2025, 3, 14))
    dues = sorted(owed(referral.case, "REF-21").values_list("due_on", "state"))
    assert dues == [(date(2025, 3, 17), "met"), (date(2025, 3, 28), "open")]


def test_a_final_report_waits_for_the_decision(cast, referral, today):
    refused(
        lambda: handling.final_report_sent(referral, by=cast.gareth, on=SUBMITTED), "has not been decided yet"
    )
