"""What is Southmere's is numbered from far on, so that one of its numbers is known wherever it turns up."""

from django.apps import apps
from django.db import connection

FAR = 7_000_000


def from_far_on():
    """What is made from here on is numbered from far on."""
    for meta in _numbered():
        _counts_from(meta, FAR)


def from_the_beginning():
    """A sequence of PostgreSQL's goes on counting from far on, though the story it counted was taken back."""
    for meta in _numbered() if connection.vendor == "postgresql" else ():
        last = meta.model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
        _counts_from(meta, (last or 0) + 1)


def _numbered():
    return [
        model._meta for model in apps.get_models(include_auto_created=True)
        if model._meta.pk.get_internal_type() in ("BigAutoField", "AutoField") and model._meta.managed
    ]  # fmt: skip


def _counts_from(meta, number):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = [f'"{meta.db_table}"', meta.pk.column, number]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", sequence)
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [meta.db_table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [meta.db_table, number])
