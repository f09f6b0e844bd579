"""The chain that remembers who took, read and looked for a note of the advice line, and shows what was tampered with."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from referrals import advice_trail
from referrals.models import AdviceChain, AdviceTrace
from tests.cases.steps import opened
from tests.referrals.advice_steps import a_call, trail

pytestmark = pytest.mark.usefixtures("today")


def test_every_look_is_in_the_chain_and_the_chain_holds_no_text(cast, browse):
    note = a_call(cast)
    leah = browse(cast.leah)
    leah.get("/advice/")
    leah.get(reverse("advice_note", args=[note.pk]))
    assert trail() == [
        ("taken", "Lex Lawyer", note.pk),
        ("listed", "Leah Lawyer", None),
        ("read", "Leah Lawyer", note.pk),
    ]
    assert [trace.position for trace in AdviceTrace.objects.all()] == [1, 2, 3]
    assert advice_trail.verify() == ""


def test_what_is_undone_leaves_no_trace(cast):
    with transaction.atomic():
        a_call(cast)
        transaction.set_rollback(True)
    assert not AdviceTrace.objects.exists()
    a_call(cast)
    assert advice_trail.verify() == ""


@pytest.fixture
def three_links(cast):
    for _ in range(3):
        a_call(cast)


def test_a_changed_entry_is_named(cast, three_links):
    AdviceTrace.objects.filter(position=2).update(by=cast.leah)
    assert advice_trail.verify() == "Entry 2 is not what was written."


def test_a_removed_entry_is_named_wherever_it_stood(three_links):
    AdviceTrace.objects.filter(position=3).delete()
    assert advice_trail.verify() == "Entry 3 is missing."
    AdviceTrace.objects.filter(position=1).delete()
    assert advice_trail.verify() == "Entry 1 is missing."


def test_an_entry_sealed_anew_no_longer_carries_the_next(cast, three_links):
    forged = AdviceTrace.objects.get(position=2)
    forged.by = cast.leah
    forged.seal = advice_trail.seal_of(forged)
    forged.save()
    assert advice_trail.verify() == "Entry 3 does not follow the one before it."


def test_an_entry_put_in_without_the_chain_is_named(cast, three_links):
    last = AdviceTrace.objects.get(position=3)
    forged = AdviceTrace(position=4, what="read", by=cast.lex, at=last.at, before=last.seal)
    forged.seal = advice_trail.seal_of(forged)
    forged.save()
    assert advice_trail.verify() == "Entry 4 is not the last that was written."


def test_the_whole_chain_taken_away_is_missed(three_links):
    AdviceTrace.objects.all().delete()
    assert advice_trail.verify() == "Entry 1 is missing."


def test_the_command_says_whether_the_chain_holds(three_links, capsys):
    call_command("verify_advice")
    assert "All 3 entries hold." in capsys.readouterr().out
    AdviceTrace.objects.filter(position=1).update(what="read")
    with pytest.raises(SystemExit):
        call_command("verify_advice")
    assert "Entry 1 is not what was written." in capsys.readouterr().out


def test_there_is_one_last_link_however_much_is_written(three_links):
    assert AdviceChain.objects.get().position == 3


def test_a_case_opened_meanwhile_leaves_the_chain_alone(cast):
    opened(cast, cast.amber, on="2025-02-03")
    assert not AdviceTrace.objects.exists()
