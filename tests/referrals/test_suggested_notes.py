"""Which notes are suggested for a referral that is with no officer yet, however the caller spelt the child (REF-27)."""

from datetime import date

import pytest

from cases.refusal import Refusal
from referrals import sharing
from referrals.models import Disclosure
from tests.cases.steps import TODAY
from tests.chapters import chapter
from tests.referrals.advice_steps import CERTAIN, a_call, allocated, clocks, hold_back, referred, stands

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def referral(cast):
    """Amber is referred; nobody has called about her."""
    return referred(cast)


@chapter(on=TODAY)
def siblings(cast, referral):
    """So are Blake and Coral."""
    return referred(cast, cast.blake, cast.coral)


# --- Which notes ------------------------------------------------------------------------------------------------


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
def test_a_note_is_suggested_however_the_caller_spelt_the_child(cast, referral, said, because):
    a_call(cast, **said)
    assert [row[0] for row in stands(referral)] == [because]


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
def test_a_note_on_somebody_else_is_not_suggested(cast, referral, said):
    a_call(cast, **said)
    assert stands(referral) == []


def test_a_note_on_any_of_the_siblings_referred_is_suggested(cast, siblings):
    a_call(cast, child_name=cast.coral.name, child_born=cast.coral.born)
    assert stands(siblings) == [(CERTAIN, False, False)]


# --- Before there is an officer ---------------------------------------------------------------------------------


def test_nothing_is_shared_before_the_allocation(cast, referral):
    note = a_call(cast, on=date(2025, 2, 25))
    for verb in (sharing.share, hold_back):
        with pytest.raises(Refusal, match="has not been allocated to an officer"):
            verb(referral, note, by=cast.lex)
    assert not Disclosure.objects.exists()
    assert sharing.outstanding(referral) == []


def test_a_note_perhaps_on_the_child_is_shown_and_not_counted_as_owed(cast, referral):
    a_call(cast, child_name="Ambar Exampel", child_born=None)
    referral = allocated(referral, cast.hugo)
    assert sharing.outstanding(referral) == []
    assert sharing.for_page(referral, cast.lex).to_look_at == 1


def test_an_allocation_on_a_saturday_is_counted_to_the_monday(cast, referral, it_is):
    a_call(cast)
    it_is("2025-03-08")
    referral = allocated(referral, cast.hugo, on="2025-03-08")
    assert clocks(referral, "2025-03-08") == [(date(2025, 3, 10), "")]
