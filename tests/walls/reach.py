"""As the web and the workers do: a role in the database, within the reach of whoever asks or of nobody."""

from contextlib import contextmanager

from django.db import connection
from django.test import Client

from config.walls import policies
from config.walls.entering import entered


@contextmanager
def serving():
    """As the web process does: with its role, which owns nothing and is no superuser."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE protocol_web")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET ROLE")


@contextmanager
def asking(person):
    """One request of one person; nobody where it is None."""
    with serving(), entered(person):
        yield


@contextmanager
def working():
    """As the clock and the workers do: with their role, which reaches every row, and nobody's reach."""
    with entered(None), connection.cursor() as cursor:
        cursor.execute("SET ROLE protocol_work")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET ROLE")


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def guarded():
    """The tables that are not open to everybody."""
    return [model for model in policies.protected() if model._meta.label_lower not in policies.OPEN]
