"""Once a referral is made, every note on the child goes to the officer on the case: a row each (REF-27, PN 3.2)."""

from datetime import date

import pytest
from django.utils import timezone

from cases.models import Deadline, Event
from cases.refusal import NotYours, Refusal
from referrals import advice_clock, sharing
from referrals.models import AdviceTrace, Disclosure, Withholding
from tests.cases.steps import happened
from tests.referrals.advice_steps import a_call, again, allocated, day, referred

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def note(cast):
    return a_call(cast, on=date(2025, 2, 25))


@pytest.fixture
def referral(cast, note):
    """Referred and allocated to Hugo on Monday 3 March 2025."""
    return allocated(referred(cast), cast.hugo)


def stands(referral):
    """Each note's standing: certain or not, shared, held back."""
    return [(one.because, bool(one.shared), bool(one.withheld)) for one in sharing.notes_on(referral)]


# --- Which notes ------------------------------------------------------------------------------------------------

CERTAIN = "Same name and date of birth"


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({}, CERTAIN),
        ({"child_name": "EXAMPLE,  amber"}, CERTAIN),
        ({"child_name": "Ámber Rose Example"}, CERTAIN),
        ({"child_name": "Amber and Blake Example"}, CERTAIN),
        ({"child_born": None}, "Same name, and no date of birth in the note"),
        ({"child_born": date(2018, 1, 1)}, "Same name, another date of birth"),
        ({"child_name": "Anna Other"}, "Same date of birth"),
        ({"child_name": ""}, "Same date of birth"),
        ({"child_name": "Amber", "child_born": None}, "Part of the child’s name"),
        ({"child_name": "Ambar Exampel", "child_born": None}, "A name spelt much like it"),
        ({"child_name": "Zebediah Example", "child_born": None}, "Same surname, same authority"),
    ],
)
def test_a_note_is_suggested_however_the_caller_spelt_the_child(cast, said, because):
    a_call(cast, **said)
    assert [row[0] for row in stands(referred(cast))] == [because]


@pytest.mark.parametrize(
    "said",
    [
        {"child_name": "Anna Other", "child_born": None},
        {"child_name": "", "child_born": None},
        {
            "child_name": "Zebediah Example",
            "child_born": None,
            "authority": None,
            "authority_name": "Elsewhere",
        },
    ],
)
def test_a_note_on_somebody_else_is_not_suggested(cast, said):
    a_call(cast, **said)
    assert stands(referred(cast)) == []


def test_a_note_on_any_of_the_siblings_referred_is_suggested(cast):
    a_call(cast, child_name=cast.blake.name, child_born=cast.blake.born)
    assert stands(referred(cast, cast.amber, cast.blake)) == [(CERTAIN, False, False)]


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


def test_nothing_is_shared_before_the_allocation(cast, note):
    referral = referred(cast)
    for verb in (sharing.share, _hold):
        with pytest.raises(Refusal, match="has not been allocated to an officer"):
            verb(referral, note, by=cast.lex)
    assert not Disclosure.objects.exists()
    assert sharing.outstanding(referral) == []


def _hold(referral, note, *, by, reason="It is about another child."):
    return sharing.hold_back(referral, note, by=by, reason=reason)


def test_nothing_is_shared_once_the_referral_is_over(cast, referral, note):
    happened(referral.case, "referral_withdrawn", "2025-03-03", referral=referral.ref, reason="Visits began.")
    with pytest.raises(Refusal, match="This referral is over"):
        sharing.share(again(referral), note, by=cast.lex)
    assert sharing.outstanding(again(referral)) == []


@pytest.mark.parametrize("name", ["iris", "mona", "lena", "hugo", "cass", "gwen", "hal"])
def test_nobody_else_shares_or_holds_back(cast, referral, note, name):
    for verb in (sharing.share, _hold):
        with pytest.raises(NotYours):
            verb(referral, note, by=getattr(cast, name))
    assert not Disclosure.objects.exists()
    assert not Withholding.objects.exists()


# --- Holding back -----------------------------------------------------------------------------------------------


def test_a_note_is_held_back_with_a_reason_and_can_be_shared_after_all(cast, referral, note):
    _hold(referral, note, by=cast.lex)
    assert stands(referral) == [(CERTAIN, False, True)]
    assert sharing.outstanding(referral) == []
    sharing.share(referral, note, by=cast.leah)
    assert stands(referral) == [(CERTAIN, True, True)]
    assert [trace.what for trace in AdviceTrace.objects.all()] == ["taken", "held back", "shared"]


def test_held_back_twice_there_is_one_row(cast, referral, note):
    assert _hold(referral, note, by=cast.lex) == _hold(referral, note, by=cast.leah)
    assert Withholding.objects.count() == 1


def test_without_a_reason_nothing_is_held_back(cast, referral, note):
    with pytest.raises(Refusal, match="Say why"):
        _hold(referral, note, by=cast.lex, reason="  ")
    assert not Withholding.objects.exists()


def test_what_was_shared_cannot_be_held_back(cast, referral, note):
    sharing.share(referral, note, by=cast.lex)
    with pytest.raises(Refusal, match="was shared with Hugo Highcourt on Monday 3 March 2025"):
        _hold(referral, note, by=cast.lex)
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


def test_a_note_perhaps_on_the_child_is_shown_and_not_counted_as_owed(cast):
    a_call(cast, child_name="Ambar Exampel", child_born=None)
    referral = allocated(referred(cast), cast.hugo)
    assert sharing.outstanding(referral) == []
    assert sharing.for_page(referral, cast.lex).to_look_at == 1


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


def clocks(referral, today):
    rows = [advice_clock.clock(referral, one, today=day(today)) for one in sharing.notes_on(referral)]
    return [row and (row.due_on, row.lateness) for row in rows]


def test_a_note_is_due_on_the_day_of_the_allocation(cast, referral, note):
    assert clocks(referral, "2025-03-03") == [(date(2025, 3, 3), "Today")]
    assert clocks(referral, "2025-03-05") == [(date(2025, 3, 3), "Late by 2 working days")]
    sharing.share(referral, note, by=cast.lex)
    assert clocks(referral, "2025-03-05") == [(date(2025, 3, 3), "Shared in time")]


def test_shared_late_it_stays_late(cast, referral, note, it_is):
    it_is("2025-03-06")
    sharing.share(referral, note, by=cast.lex)
    assert clocks(referral, "2025-03-20") == [(date(2025, 3, 3), "Met late by 3 working days")]


def test_an_allocation_on_a_saturday_is_counted_to_the_monday(cast, it_is):
    a_call(cast)
    referral = referred(cast)
    it_is("2025-03-08")
    referral = allocated(referral, cast.hugo, on="2025-03-08")
    assert clocks(referral, "2025-03-08") == [(date(2025, 3, 10), "")]


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
    _hold(referral, note, by=cast.lex)
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
