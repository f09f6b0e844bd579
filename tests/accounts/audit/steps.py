"""Given: a database that refuses nothing, and that forgets what was done to it. Then: what the verifier finds."""

from contextlib import contextmanager

from django.db import connection, transaction

from accounts.audit import triggers, verify

FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, conname FROM pg_constraint
    WHERE contype = 'f' AND conrelid IN ('audit_entry'::regclass, 'audit_record'::regclass, 'audit_seal'::regclass)
"""


@contextmanager
def superuser():
    """A cursor to which the database refuses nothing; afterwards the triggers are back as if nothing had been."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(FOREIGN_KEYS)
            for table, name in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for statement in triggers.removals(connection.vendor):
            cursor.execute(statement)
        yield cursor
        for statement in triggers.statements(connection.vendor):
            cursor.execute(statement)


@contextmanager
def undone():
    """Whatever happens here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def found():
    """What the verifier says of the trail."""
    return list(verify.findings())
