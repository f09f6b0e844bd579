"""Sealing: entries become links of one chain, and what it came to is kept outside the database."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import audit
from accounts.audit import anchors, journal
from accounts.audit.models import AuditSeal
from tests.accounts.audit.steps import superuser

pytestmark = pytest.mark.django_db


def test_entries_are_sealed_in_order_without_a_gap_and_once(trail):
    assert list(AuditSeal.objects.values_list("position", "entry")) == list(enumerate(trail.ids, start=1))
    assert audit.seal() == 2
    assert audit.seal() == 0
    assert AuditSeal.objects.count() == 14


def test_an_entry_whose_transaction_was_long_is_sealed_after_later_ones(trail):
    with superuser() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE position > 8")
        cursor.execute("UPDATE audit_seal SET entry_id = %s WHERE position = 8", [trail.ids[11]])
        cursor.execute("DELETE FROM audit_seal WHERE position < 8")
    audit.seal()
    assert set(AuditSeal.objects.values_list("entry", flat=True)) == {*trail.ids, *trail.waiting}


def test_each_sealing_leaves_one_line_outside_and_nothing_to_seal_leaves_none(trail):
    assert [anchor.position for anchor in anchors.read(anchors.file())] == [4, 8, 12]
    audit.seal()
    audit.seal()
    written = list(anchors.read(anchors.file()))
    assert [anchor.position for anchor in written] == [4, 8, 12, 14]
    assert written[-1].hash == AuditSeal.objects.get(position=14).hash


def test_the_first_anchor_of_a_day_goes_out_by_e_mail(settings, iris, mailoutbox):
    settings.AUDIT_ANCHOR_EMAIL = "auditor@example.org"
    for moment in ("2025-03-03T12:00Z", "2025-03-03T12:01Z", "2025-03-04T12:00Z"):
        with time_machine.travel(moment, tick=False):
            audit.changed(iris, "thing.done", ("child", "AAA"))
            audit.seal()
    assert [mail.body[:2] for mail in mailoutbox] == ["1 ", "3 "]


def test_notes_outside_go_when_the_chain_has_held_their_entries_for_a_week(trail):
    assert len(journal.files()) == 1
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        audit.seal()
        assert len(journal.files()) == 1
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        audit.seal()
        assert not journal.files()
