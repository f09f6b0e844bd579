"""Append-only, said by the database itself: it refuses to change, delete or truncate what the trail holds.

A later migration that alters one of these tables ends with `put_in_place`: SQLite makes an altered table anew,
without its triggers. `verify_audit` misses them when they are gone.
"""

from accounts.audit.models import APPEND_ONLY

# What tells a row of each table from every other, beside SQLite's own row number.
UNIQUE = {
    "audit_entry": "ref = NEW.ref",
    "audit_record": "(entry_id, kind, key) = (NEW.entry_id, NEW.kind, NEW.key)",
    "audit_seal": "position = NEW.position OR entry_id = NEW.entry_id",
}
REFUSAL = "The audit trail is only ever added to"


def statements(vendor):
    return _postgres() if vendor == "postgresql" else _sqlite()


def removals(vendor):
    """For the migration backwards, and for tests that empty their database."""
    on = " ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {name}{on.format(table=table)}" for table, name in names(vendor)]


def names(vendor):
    """Every trigger there should be, by table."""
    kinds = (
        ("is_append_only",)
        if vendor == "postgresql"
        else ("never_changes", "never_goes", "is_never_replaced")
    )
    return [(table, f"{table}_{kind}") for table in APPEND_ONLY for kind in kinds]


def put_in_place(apps, editor):
    for statement in statements(editor.connection.vendor):
        editor.execute(statement)


def take_away(apps, editor):
    for statement in removals(editor.connection.vendor):
        editor.execute(statement)


def _postgres():
    yield f"""
        CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
    """
    for table, name in names("postgresql"):
        yield f"""
            CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()
        """
        # Not even for a session that pretends to be a replica.
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"


def _sqlite():
    for table in APPEND_ONLY:
        for name, deed in (("never_changes", "UPDATE"), ("never_goes", "DELETE")):
            yield f"""
                CREATE TRIGGER {table}_{name} BEFORE {deed} ON {table}
                BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
            """
        # INSERT OR REPLACE deletes without asking the trigger for deletions.
        yield f"""
            CREATE TRIGGER {table}_is_never_replaced BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid OR {UNIQUE[table]})
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """  # noqa: S608 (names of our own)


def amiss(connection):
    """What is not as the migration left it, in sentences: a trigger gone, switched off or rewritten, or one more."""
    with connection.cursor() as cursor:
        found = _found_postgres(cursor) if connection.vendor == "postgresql" else _found_sqlite(cursor)
    for table, name in names(connection.vendor):
        said = found.pop((table, name), None)
        if said is None:
            yield f"The trigger {name} on {table} is gone or switched off"
        elif REFUSAL not in said:
            yield f"The trigger {name} on {table} no longer refuses anything"
    for table, name in found:
        yield f"There is a trigger or rule {name} on {table} that this service did not make"


def _found_postgres(cursor):
    """Ours only where they fire always and before everything; rules rewrite statements, so they count as well."""
    cursor.execute(
        """
        SELECT c.relname, t.tgname, CASE WHEN t.tgenabled = 'A' AND t.tgtype = 58 AND t.tgqual IS NULL
               THEN p.prosrc ELSE '' END
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE NOT t.tgisinternal AND c.relname = ANY(%s) AND c.relnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT tablename, rulename, '' FROM pg_rules WHERE tablename = ANY(%s) AND schemaname = current_schema()
        """,
        [list(APPEND_ONLY), list(APPEND_ONLY)],
    )
    return {(table, name): source for table, name, source in cursor.fetchall()}


def _found_sqlite(cursor):
    cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
    expected = {name: " ".join(sql.split()) for sql in _sqlite() for name in [sql.split()[2]]}
    return {
        (table, name): sql if " ".join(sql.split()) == expected.get(name) else ""
        for table, name, sql in cursor.fetchall()
        if table in APPEND_ONLY
    }
