"""Verifying the audit trail: what is amiss with seals, anchors, keys and dates, and what the command says of it."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts import audit
from accounts.audit import anchors, verify
from tests.accounts.audit.steps import found, superuser, undone
from tests.accounts.audit.tampering import TAMPERINGS

pytestmark = pytest.mark.django_db


def test_an_entry_nobody_seals_is_found(trail):
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert ["unsealed" in finding.sentence for finding in found()] == [True]


def test_seals_nobody_anchors_are_found(trail, monkeypatch):
    monkeypatch.setattr(anchors, "append", lambda *_, **how: None)
    audit.seal()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert ["Nothing after link 12 is anchored" in f.sentence for f in found()] == [True]


def test_anchors_that_are_gone_or_written_over_are_found(trail):
    file = anchors.file()
    kept = file.read_text()
    file.write_text(kept.replace("8 ", "eight ", 1))
    assert ["tampered" in finding.sentence for finding in found()] == [True]
    file.unlink()
    assert ["no anchors" in finding.sentence for finding in found()] == [True]


def test_a_copy_of_the_anchors_kept_elsewhere_can_be_asked(trail, tmp_path):
    elsewhere = tmp_path / "copy.txt"
    elsewhere.write_text(anchors.file().read_text())
    with undone():
        with superuser() as cursor:
            TAMPERINGS["all rewritten without an entry"][0](cursor, trail)
        anchors.file().unlink()
        anchors.keep_up()
        assert not [f for f in found() if "anchored" in f.sentence]
        assert [f for f in verify.findings(elsewhere) if "not the one anchored" in f.sentence]


def test_entries_marked_with_a_former_key_are_still_ours_as_long_as_it_is_listed(trail, settings):
    settings.AUDIT_KEYS = ["a new key", *settings.AUDIT_KEYS]
    audit.changed(None, "thing.done", ("child", "AAA"))
    assert not found()
    settings.AUDIT_KEYS = settings.AUDIT_KEYS[:1]
    assert len({finding.position for finding in found() if "mark" in finding.sentence}) == 13


def test_what_is_not_even_a_date_is_a_finding_and_no_crash(trail):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps rubbish out of a date by itself")
    with undone():
        with superuser() as cursor:
            cursor.execute("UPDATE audit_entry SET at = '2025-99-99 99:99' WHERE id = %s", [trail.ids[2]])
        assert "cannot be read" in found()[0].sentence


def test_the_command_names_the_first_broken_link(trail):
    with undone():
        with superuser() as cursor:
            TAMPERINGS["another name"][0](cursor, trail)
            TAMPERINGS["a hash overwritten"][0](cursor, trail)
        with pytest.raises(CommandError, match="Link 2 is the first that is broken"):
            call_command("verify_audit", stdout=StringIO())
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert "The audit trail is whole: 14 entries, 12 of them sealed." in said.getvalue()
