from django.db import migrations

# Searching names with misspellings and by part of a word; PostgreSQL alone has trigrams.
BEFORE = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
INDEX = "CREATE INDEX IF NOT EXISTS children_by_name ON cases_child USING gin (upper(name) gin_trgm_ops)"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BEFORE)
        schema_editor.execute(INDEX)


def take_away(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS children_by_name")


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_inbox'),
    ]

    operations = [migrations.RunPython(add, take_away)]
