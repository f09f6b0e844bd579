"""The audit trail: what an entry says, that nothing happens without one, and that no tampering stays hidden."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.audit import anchors, chain, journal, verify
from accounts.audit.models import AuditEntry, AuditRecord, AuditSeal
from accounts.models import User
from accounts.origin import Origin
from tests.accounts.tampering import TAMPERINGS, superuser, undone
from tests.cast import assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return assemble()


@pytest.fixture(autouse=True)
def _own_anchors(settings, tmp_path):
    settings.AUDIT_ANCHORS = tmp_path / "anchors"


@pytest.fixture
def iris(cast):
    person = User.objects.select_related("organisation").get(pk=cast.iris.pk)
    person.origin = Origin("198.51.100.7", "0123456789abcdef")
    return person


@dataclass
class Trail:
    """Twelve entries sealed four by four, and two that wait."""

    other: User
    ids: list = field(default_factory=list)
    waiting: list = field(default_factory=list)


@pytest.fixture
def trail(cast, iris, django_capture_on_commit_callbacks):
    def write(number):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            audit.changed(iris, "thing.done", ("child", f"KEY{number}"), why="because it was asked")
        return AuditEntry.objects.latest("pk").pk

    trail = Trail(cast.mona)
    for number in range(12):
        trail.ids.append(write(number))
        if number % 4 == 3:
            audit.seal()
    trail.waiting = [write(12), write(13)]
    return trail


def found():
    return list(verify.findings())


# --- What an entry says ---------------------------------------------------------------------------------


def test_an_entry_says_who_as_what_from_where_what_and_about_which_records(cast, iris):
    audit.changed(iris, "thing.done", ("child", "AAA"), ("case", "BBB"), why="asked")
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.name, entry.role) == (cast.iris, "Iris Reviewer", "iro")
    assert (entry.organisation, entry.organisation_name) == (cast.northmoor, "Northmoor Council (invented)")
    assert (entry.address, entry.request_id) == ("198.51.100.7", "0123456789abcdef")
    assert (entry.act, entry.verb, entry.why) == ("changed", "thing.done", "asked")
    assert set(entry.records.values_list("kind", "key")) == {("child", "AAA"), ("case", "BBB")}


def test_the_role_and_the_organisation_stay_those_of_that_day(cast, iris):
    audit.changed(iris, "thing.done", ("child", "AAA"))
    User.objects.filter(pk=cast.iris.pk).update(role="iro_manager", name="Iris Promoted")
    entry = AuditEntry.objects.get()
    assert (entry.name, entry.role) == ("Iris Reviewer", "iro")


def test_the_clock_is_nobody_from_nowhere():
    audit.changed(None, "thing.done", ("child", "AAA"))
    entry = AuditEntry.objects.get()
    assert (entry.who, entry.name, entry.role, entry.address) == (None, "", "", None)


def test_a_verb_made_of_verbs_leaves_one_entry_in_the_outermost_ones_words(iris):
    with audit.act(iris, "outer") as act:
        audit.changed(None, "inner", ("child", "AAA"))
        audit.changed(iris, "inner", ("child", "BBB"))
        act.touched(("case", "CCC"))
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.name) == ("outer", "Iris Reviewer")
    assert set(entry.records.values_list("key", flat=True)) == {"AAA", "BBB", "CCC"}


def test_an_act_that_changed_nothing_leaves_no_entry_nor_does_one_that_failed(iris):
    with audit.act(iris, "pressed twice"):
        pass
    with suppress(RuntimeError), audit.act(iris, "failed") as act:
        act.touched(("child", "AAA"))
        raise RuntimeError
    audit.changed(iris, "afterwards", ("child", "AAA"))
    assert AuditEntry.objects.get().verb == "afterwards"


# --- In the same transaction ----------------------------------------------------------------------------


def test_an_entry_goes_with_what_it_witnesses_when_that_is_taken_back(iris):
    with undone():
        audit.changed(iris, "thing.done", ("child", "AAA"))
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_nothing_is_written(iris):
    with pytest.raises(transaction.TransactionManagementError):
        audit.changed(iris, "thing.done", ("child", "AAA"))
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_noted_outside_at_once_and_what_is_not_is_not(iris):
    with undone():
        audit.changed(iris, "taken back", ("child", "AAA"))
    with transaction.atomic():
        audit.changed(iris, "thing.done", ("child", "AAA"))
    assert list(journal.noted()) == [(entry.pk, entry.mark) for entry in AuditEntry.objects.all()]


# --- Append-only ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "deed",
    [
        lambda: AuditEntry.objects.update(name="Somebody Else"),
        lambda: AuditSeal.objects.update(hash="0" * 64),
        lambda: AuditRecord.objects.update(key="OTHER"),
        lambda: AuditSeal.objects.filter(position=12)._raw_delete("default"),
        lambda: AuditRecord.objects.all()._raw_delete("default"),
        lambda: AuditEntry.objects.all()._raw_delete("default"),
        lambda: AuditEntry.objects.latest("pk").save(),
    ],
)
def test_the_database_refuses_to_change_or_delete_what_the_trail_holds(trail, deed):
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        deed()
    assert not found()


@pytest.mark.needs_postgres
@pytest.mark.parametrize("table", ["audit_entry", "audit_record", "audit_seal"])
def test_postgresql_refuses_to_truncate_the_trail(trail, table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")


def test_sqlite_refuses_to_replace_an_entry(trail):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="only ever added to"):
        cursor.execute(
            "INSERT OR REPLACE INTO audit_seal SELECT position, 'f', sealed_at, entry_id FROM audit_seal"
        )


def test_the_grants_let_the_role_add_and_read_and_nothing_else():
    said = StringIO()
    call_command("audit_grants", "application", stdout=said)
    assert "GRANT SELECT, INSERT ON audit_entry, audit_record, audit_seal TO application" in said.getvalue()
    assert "REVOKE ALL" in said.getvalue().splitlines()[0]
    assert not {"UPDATE", "DELETE", "TRUNCATE"} & set(said.getvalue().split())


def test_a_role_is_a_name_and_never_a_statement():
    with pytest.raises(CommandError, match="The role is a name"):
        call_command("audit_grants", "application; DROP TABLE audit_entry")


@pytest.mark.needs_postgres
@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit_entry SET name = 'x'",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_record",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_is_append_only ON audit_entry",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_role_cannot_alter_the_trail_even_without_triggers(trail, deed):
    with connection.cursor() as cursor, undone():
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        call_command("audit_grants", "application", apply=True, stdout=StringIO())
        cursor.execute("SET LOCAL ROLE application")
        cursor.execute("SELECT COUNT(*) FROM audit_entry")
        assert cursor.fetchone() == (14,)
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            cursor.execute(deed)


# --- Sealing --------------------------------------------------------------------------------------------


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


# --- Tampering ------------------------------------------------------------------------------------------


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


# --- A change without an entry is no change -------------------------------------------------------------


def test_when_the_entry_cannot_be_written_nothing_is(cast, monkeypatch):
    from cases.children import change

    def full(*_):
        raise DatabaseError("disk full")

    monkeypatch.setattr(chain, "mark_of", full)
    with pytest.raises(DatabaseError, match="disk full"):
        change(cast.amber, name="Another Name", born=cast.amber.born, sex="F", by=cast.lena)
    cast.amber.refresh_from_db()
    assert cast.amber.name == "Amber Example"


def test_of_a_reason_that_is_too_long_for_an_entry_its_beginning_is_kept(cast):
    """PostgreSQL would refuse the entry, and with it what was done for that reason."""
    audit.changed(cast.iris, "thing.done", ("child", "AAA"), why="because " * 60)
    [why] = AuditEntry.objects.filter(verb="thing.done").values_list("why", flat=True)
    assert len(why) == 200
    assert why.endswith("…")
