"""Several lawyers at the advice line in the same moment: only a real database can show it."""

import pytest

from referrals import advice, advice_trail, sharing
from referrals.models import AdviceNote, AdviceTrace, Disclosure
from tests.at_once import at_once
from tests.cast import assemble
from tests.referrals.advice_steps import a_call, allocated, referred

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _a_day(it_is):
    it_is("2025-03-03")


@pytest.fixture
def cast(transactional_db):
    return assemble()


def test_calls_written_down_at_once_are_chained_one_after_the_other(cast):
    at_once(lambda: a_call(cast))
    assert list(AdviceTrace.objects.values_list("position", flat=True)) == [1, 2, 3, 4]
    assert advice_trail.verify() == ""


def test_readers_wait_for_one_another_at_the_chain_and_nobody_is_lost(cast):
    note = a_call(cast)
    at_once(lambda: advice.read(note.pk, by=cast.leah))
    assert AdviceTrace.objects.filter(what="read").count() == 4
    assert advice_trail.verify() == ""


def test_a_button_pressed_several_times_at_once_takes_and_shares_once(cast):
    once = "5f0c2a52-3c1b-4a67-9c1e-0d5b8b3f7a11"
    at_once(lambda: a_call(cast, submission=once))
    note = AdviceNote.objects.get()
    referral = allocated(referred(cast), cast.hugo)
    at_once(lambda: sharing.share(referral, note, by=cast.lex))
    assert Disclosure.objects.count() == 1
    assert sorted(AdviceTrace.objects.values_list("what", flat=True)) == ["shared", "taken"]
