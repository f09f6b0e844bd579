"""The audit trail is only ever added to: its triggers and the grants of its role refuse everything else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.audit.models import AuditEntry, AuditRecord, AuditSeal
from tests.accounts.audit.steps import found, undone

pytestmark = pytest.mark.django_db


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
