"""Two at once: requests do not wait for one another's entries, and however many seal, there is one chain."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction

from accounts import audit
from accounts.audit import sealing, verify
from accounts.audit.models import AuditEntry, AuditSeal

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db(transaction=True)]


def write(verb):
    with transaction.atomic():
        audit.changed(None, verb, ("child", "AAA"))


def at_the_same_time(*deeds):
    """Each in a thread and a connection of its own; whatever one of them raises is raised here."""
    raised = []

    def run(deed):
        try:
            deed()
        except Exception as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not [thread for thread in threads if thread.is_alive()]
    if raised:
        raise raised[0]


def test_a_request_that_takes_long_keeps_no_other_from_leaving_its_entry():
    with transaction.atomic():
        audit.changed(None, "slow", ("child", "AAA"))
        at_the_same_time(lambda: write("quick"))
        assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"slow", "quick"}


def test_what_was_still_open_when_later_entries_were_sealed_is_sealed_after_them():
    with transaction.atomic():
        audit.changed(None, "slow", ("child", "AAA"))
        at_the_same_time(lambda: write("quick"), audit.seal)
        at_the_same_time(audit.seal)
    audit.seal()
    assert list(AuditSeal.objects.values_list("entry__verb", flat=True)) == ["quick", "slow"]
    assert AuditEntry.objects.order_by("pk").first().verb == "slow"
    assert not list(verify.findings())


def test_many_who_seal_at_once_make_one_chain(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 3)
    for number in range(20):
        write(f"thing.{number}")
    at_the_same_time(*[audit.seal] * 6)
    audit.seal()
    assert list(AuditSeal.objects.values_list("position", flat=True)) == list(range(1, 21))
    assert not list(verify.findings())


def test_while_one_seals_another_goes_home_and_does_not_wait():
    write("thing.done")
    with held():
        assert audit.seal() == 0
    assert audit.seal() == 1


@contextmanager
def held():
    """Somebody else has the sealer's lock."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [sealing.LOCK])
            yield
            # Not left to the closing: a server lets go of it only some time after that.
            cursor.execute("SELECT pg_advisory_unlock(%s)", [sealing.LOCK])
    finally:
        other.close()
