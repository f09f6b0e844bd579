"""Once a referral is made, every note on the child goes to the officer on the case: a row each (REF-27, PN 3.2)."""

from datetime import date

import pytest
from django.utils import timezone

from cases.models import Deadline, Event
from cases.refusal import NotYours, Refusal
from referrals import advice_clock, sharing
from referrals.models import AdviceTrace, Disclosure, Withholding
from tests.cases.steps import happened
from tests.referrals.advice_chapters import note, referral
from tests.referrals.advice_steps import (
    CERTAIN,
    a_call,
    again,
    allocated,
    clocks,
    hold_back,
    referred,
    stands,
)

__all__ = ["note", "referral"]
pytestmark = pytest.mark.usefixtures("today")


# --- Sharing ----------------------------------------------------------------------------------------------------


def test_a_note_is_shared_with_the_officer_by_a_row_of_its_own(cast, referral, note):
    sharing.share(referral, note, by=cast.lex)
    row = Disclosure.objects.get()
    assert (row.note, row.referral, row.to, row.by) == (note, referral, cast.hugo, cast.lex)
    assert row.at == timezone.now()
    assert stands(referral) == [(CERTAIN, True, False)]
    assert AdviceTrace.objects.last().what == "shared"


def test_shared_twice_there_is_one_row_and_one_trace(cast, referral, note):
    assert sharing.share(referral, note, by=cast.lex) == sharing.share(referral, note, by=cast.leah)
    assert Disclosure.objects.count() == 1
    assert AdviceTrace.objects.filter(what="shared").count() == 1


def test_nothing_is_shared_once_the_referral_is_over(cast, referral, note):
    happened(referral.case, "referral_withdrawn", "2025-03-03", referral=referral.ref, reason="Visits began.")
    with pytest.raises(Refusal, match="This referral is over"):
        sharing.share(again(referral), note, by=cast.lex)
    assert sharing.outstanding(again(referral)) == []


@pytest.mark.parametrize("name", ["iris", "mona", "lena", "hugo", "cass", "gwen", "hal"])
def test_nobody_else_shares_or_holds_back(cast, referral, note, name):
    for verb in (sharing.share, hold_back):
        with pytest.raises(NotYours):
            verb(referral, note, by=getattr(cast, name))
    assert not Disclosure.objects.exists()
    assert not Withholding.objects.exists()


# --- Holding back -----------------------------------------------------------------------------------------------


def test_a_note_is_held_back_with_a_reason_and_can_be_shared_after_all(cast, referral, note):
    hold_back(referral, note, by=cast.lex)
    assert stands(referral) == [(CERTAIN, False, True)]
    assert sharing.outstanding(referral) == []
    sharing.share(referral, note, by=cast.leah)
    assert stands(referral) == [(CERTAIN, True, True)]
    assert [trace.what for trace in AdviceTrace.objects.all()] == ["taken", "held back", "shared"]


def test_held_back_twice_there_is_one_row(cast, referral, note):
    assert hold_back(referral, note, by=cast.lex) == hold_back(referral, note, by=cast.leah)
    assert Withholding.objects.count() == 1


def test_without_a_reason_nothing_is_held_back(cast, referral, note):
    with pytest.raises(Refusal, match="Say why"):
        hold_back(referral, note, by=cast.lex, reason="  ")
    assert not Withholding.objects.exists()


def test_what_was_shared_cannot_be_held_back(cast, referral, note):
    sharing.share(referral, note, by=cast.lex)
    with pytest.raises(Refusal, match="was shared with Hugo Highcourt on Monday 3 March 2025"):
        hold_back(referral, note, by=cast.lex)
    assert not Withholding.objects.exists()


# --- Owed again -------------------------------------------------------------------------------------------------


def test_a_later_call_on_the_child_is_owed_too(cast, referral, note, it_is):
    sharing.share(referral, note, by=cast.lex)
    assert sharing.outstanding(referral) == []
    it_is("2025-03-10")
    later = a_call(cast)
    assert [one.note for one in sharing.outstanding(referral)] == [later]


def test_a_new_officer_is_owed_what_the_one_before_was_given(cast, referral, note, it_is):
    sharing.share(referral, note, by=cast.lex)
    it_is("2025-03-10")
    referral = allocated(referral, cast.gareth, on="2025-03-10")
    (owed,) = sharing.outstanding(referral)
    assert owed.note == note
    assert [row.to for row in owed.shared_before] == [cast.hugo]
    sharing.share(referral, note, by=cast.lex)
    assert sharing.outstanding(referral) == []
    assert {row.to for row in Disclosure.objects.all()} == {cast.hugo, cast.gareth}


def test_the_board_counts_several_referrals_in_a_few_queries(cast, referral, django_assert_max_num_queries):
    other = allocated(referred(cast, cast.coral), cast.hugo)
    with django_assert_max_num_queries(5):
        counted = sharing.outstanding_for(cast.lex, [referral, other])
    assert counted == {referral.pk: 1, other.pk: 0}


@pytest.mark.parametrize("name", ["iris", "mona", "lena", "hugo", "cass", "gwen"])
def test_the_board_counts_nothing_for_anybody_else(cast, referral, name, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert sharing.outstanding_for(getattr(cast, name), [referral]) == {}


# --- The clock --------------------------------------------------------------------------------------------------


def test_a_note_is_due_on_the_day_of_the_allocation(cast, referral, note):
    assert clocks(referral, "2025-03-03") == [(date(2025, 3, 3), "Today")]
    assert clocks(referral, "2025-03-05") == [(date(2025, 3, 3), "Late by 2 working days")]
    sharing.share(referral, note, by=cast.lex)
    assert clocks(referral, "2025-03-05") == [(date(2025, 3, 3), "Shared in time")]


def test_shared_late_it_stays_late(cast, referral, note, it_is):
    it_is("2025-03-06")
    sharing.share(referral, note, by=cast.lex)
    assert clocks(referral, "2025-03-20") == [(date(2025, 3, 3), "Met late by 3 working days")]


def test_a_later_call_is_due_on_its_own_day(cast, referral, note, it_is):
    sharing.share(referral, note, by=cast.lex)
    it_is("2025-03-10")
    a_call(cast)
    assert sorted(clocks(referral, "2025-03-11")) == [
        (date(2025, 3, 3), "Shared in time"),
        (date(2025, 3, 10), "Late by 1 working day"),
    ]


def test_for_a_new_officer_the_clock_begins_again(cast, referral, note, it_is):
    sharing.share(referral, note, by=cast.lex)
    it_is("2025-03-10")
    referral = allocated(referral, cast.gareth, on="2025-03-10")
    assert clocks(referral, "2025-03-12") == [(date(2025, 3, 10), "Late by 2 working days")]
    it_is("2025-03-11")
    sharing.share(referral, note, by=cast.lex)
    assert clocks(referral, "2025-03-12") == [(date(2025, 3, 10), "Met late by 1 working day")]


def test_handed_on_the_same_day_the_first_sharing_does_not_count_for_the_second_officer(cast, referral, note):
    sharing.share(referral, note, by=cast.lex)
    referral = allocated(referral, cast.gareth)
    assert clocks(referral, "2025-03-04") == [(date(2025, 3, 3), "Late by 1 working day")]


def test_a_note_held_back_has_no_clock(cast, referral, note):
    hold_back(referral, note, by=cast.lex)
    assert clocks(referral, "2025-03-20") == [None]


def test_the_clock_cites_its_clause_and_says_that_the_day_is_our_own(cast, referral, note):
    (found,) = sharing.notes_on(referral)
    clock = advice_clock.clock(referral, found, today=date(2025, 3, 3))
    assert clock.citations == "REF-27; PN 3.2; GPP"
    assert clock.force == "Our own target, not in a source"


def test_nothing_of_it_is_stored_on_the_case(cast, referral, note):
    sharing.share(referral, note, by=cast.lex)
    advice_clock.clock(referral, sharing.notes_on(referral)[0], today=date(2025, 3, 3))
    assert not Deadline.objects.filter(duty="REF-27").exists()
    assert not Event.objects.filter(happening__startswith="advice").exists()
