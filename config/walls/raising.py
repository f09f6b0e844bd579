"""Puts the wall up, or up again: run by the role that owns the tables, after every migration. Idempotent."""

from pathlib import Path

from accounts.audit.grants import grants
from config.walls.policies import policies, protected

REACH = Path(__file__).with_name("reach.sql")
WALL = """
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    DROP POLICY IF EXISTS within_reach ON {table};
    DROP POLICY IF EXISTS at_work ON {table};
    CREATE POLICY within_reach ON {table} TO {web} USING ({condition}) WITH CHECK ({condition});
    CREATE POLICY at_work ON {table} TO {work}, CURRENT_USER USING (true) WITH CHECK (true);
"""
DOORS = """
    GRANT USAGE ON SCHEMA public TO {web}, {work};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {web}, {work};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {web}, {work};
    REVOKE ALL ON FUNCTION {functions} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION {functions} TO {web}, {work};
"""
# Those that look with the owner's eyes.
FUNCTIONS = "protocol_enter(bigint, timestamptz), protocol_emergency(text), protocol_confidential(bigint)"
# What happened is put right by a further fact, and a miss is annulled: both go only with the whole of a child's record,
# which the worker disposes of.
WRITTEN_ONCE = """
    REVOKE UPDATE, DELETE ON cases_event FROM {web};
    REVOKE UPDATE ON cases_event FROM {work};
    REVOKE DELETE ON cases_miss FROM {web};
"""
TIED = """
    DO $$ BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}') THEN
        ALTER TABLE {table} ADD CONSTRAINT {name} {definition};
      END IF;
    END $$;
"""


def raise_walls(cursor, *, web, work):
    """Around every table with anything of a child in it. `web` serves people; `work` is the clock and commands."""
    cursor.execute(REACH.read_text())
    cursor.execute((DOORS + WRITTEN_ONCE).format(web=web, work=work, functions=FUNCTIONS))
    for statement in (*grants(web), *grants(work)):
        cursor.execute(statement)
    for table, condition in policies().items():
        cursor.execute(WALL.format(table=table, condition=condition, web=web, work=work))
    for tie in ties():
        cursor.execute(TIED.format(**tie))


def ties():
    """Composite keys: a row's authority is that of the case, child or letter it hangs on, or it is no row."""
    owned = [model for model in protected() if _has_authority(model)]
    for model in owned:
        table, key = model._meta.db_table, model._meta.pk.column
        yield {"table": table, "name": f"{table}_of_authority", "definition": f"UNIQUE ({key}, authority_id)"}
    for model in owned:
        for field in model._meta.concrete_fields:
            parent = field.related_model if field.is_relation else None
            if parent in owned and parent is not model:
                yield _tie(model, field, parent)


def _has_authority(model):
    """Whose a row is: a column that is never empty. A call's authority is only who called."""
    field = next((f for f in model._meta.concrete_fields if f.name == "authority"), None)
    return field is not None and not field.null


def _tie(model, field, parent):
    table, key = model._meta.db_table, parent._meta.pk.column
    return {
        "table": table,
        "name": f"{table}_{field.column}_same_authority",
        "definition": f"FOREIGN KEY ({field.column}, authority_id) REFERENCES {parent._meta.db_table} ({key}, authority_id) "
        "DEFERRABLE INITIALLY DEFERRED",
    }
