"""No tampering with the audit trail stays hidden, and a verifier with a fault would let one pass."""

import pytest
from django.db import connection

from accounts import audit
from accounts.audit import anchors, chain, journal, verify
from tests.accounts.audit.steps import found, superuser, undone
from tests.accounts.audit.tampering import TAMPERINGS

pytestmark = pytest.mark.django_db


def test_a_trail_nobody_touched_is_whole(trail):
    assert not found()
    audit.seal()
    assert not found()


def test_there_are_at_least_thirty_tamperings():
    assert len(TAMPERINGS) >= 30


@pytest.mark.parametrize("name", TAMPERINGS)
def test_no_tampering_by_a_superuser_stays_hidden_neither_at_once_nor_once_the_clock_seals_on(trail, name):
    deed, position = TAMPERINGS[name]
    with undone():
        with superuser() as cursor:
            deed(cursor, trail)
        findings = found()
        assert findings
        assert min((f.position for f in findings if f.position), default=None) == position
        audit.seal()
        assert found()


@pytest.mark.parametrize("is_left_off", [True, False])
def test_a_trigger_left_off_or_made_harmless_is_missed(trail, is_left_off):
    with undone():
        with connection.cursor() as cursor:
            _disarm(cursor)
            if not is_left_off:
                _arm_harmlessly(cursor)
        assert [finding for finding in found() if "trigger" in finding.sentence]


def _disarm(cursor):
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_is_append_only")
    else:
        cursor.execute("DROP TRIGGER audit_entry_never_goes")


def _arm_harmlessly(cursor):
    if connection.vendor == "postgresql":
        cursor.execute("ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_is_append_only")
        cursor.execute("""
            CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RETURN NULL; END $$
        """)
    else:
        cursor.execute(
            "CREATE TRIGGER audit_entry_never_goes BEFORE DELETE ON audit_entry BEGIN SELECT 1; END"
        )


def test_a_trigger_that_lets_entries_vanish_is_found(trail):
    with undone():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("CREATE RULE quietly AS ON INSERT TO audit_record DO INSTEAD NOTHING")
            else:
                cursor.execute(
                    "CREATE TRIGGER quietly AFTER INSERT ON audit_record BEGIN SELECT RAISE(IGNORE); END"
                )
        assert ["quietly" in finding.sentence for finding in found()] == [True]


# --- Tests of the tests: a verifier with a fault lets a tampering pass -----------------------------------


@pytest.mark.parametrize(
    ("fault", "lets_pass"),
    [
        ("_anchors", "all rewritten without an entry"),
        ("_anchors", "the tail cut off"),
        ("_links", "a hash overwritten"),
        ("_journal", "an entry gone before it was sealed"),
        ("_unsealed", "an entry forged"),
    ],
)
def test_without_one_of_its_checks_the_verifier_misses_what_that_is_for(trail, monkeypatch, fault, lets_pass):
    monkeypatch.setattr(verify, fault, lambda *_: ())
    for path in journal.files() if fault == "_anchors" else ():
        path.unlink()  # a week later, when the notes of these entries are gone
    with undone():
        with superuser() as cursor:
            TAMPERINGS[lets_pass][0](cursor, trail)
        assert not found()


def test_a_hash_that_forgets_the_entry_would_let_a_name_be_changed(trail, monkeypatch):
    monkeypatch.setattr(chain, "is_ours", lambda mark, content: True)
    monkeypatch.setattr(chain, "SIGNED", tuple(name for name in chain.SIGNED if name != "name"))
    with undone():
        with superuser() as cursor:
            cursor.execute("DELETE FROM audit_seal")
        anchors.file().unlink()
        audit.seal()
        with superuser() as cursor:
            TAMPERINGS["another name"][0](cursor, trail)
        assert not found()
