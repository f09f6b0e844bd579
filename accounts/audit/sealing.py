"""Joining entries to the chain, by one writer at a time, so that no request waits for another's lock.

An entry is written unsealed in its own transaction; the clock seals what has been committed, in order. An
entry whose transaction was long stands a little further on than its number: the order of the chain is the
order in which entries became known.
"""

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.audit import anchors, chain, journal
from accounts.audit.models import AuditEntry, AuditRecord, AuditSeal

BATCH = 500
# The number of the advisory lock, and nothing else.
LOCK = 6_271_954_103
# An open transaction holds numbers lower than those already sealed; more than these were never open at once.
LOOK_BACK = 10_000


def seal():
    """Seal what is committed and unsealed, then anchor the chain outside. Returns how many were sealed."""
    sealed = 0
    while done := _seal_some():
        sealed += done
    anchors.keep_up()
    journal.clear()
    return sealed


def _seal_some():
    with transaction.atomic():
        if not _is_alone():
            return 0
        entries = list(_unsealed()[:BATCH])
        AuditSeal.objects.bulk_create(_links(entries))
        return len(entries)


def _is_alone():
    """An advisory lock on PostgreSQL; on SQLite an immediate transaction is the lock. Positions are unique besides."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def _unsealed():
    newest = AuditSeal.objects.aggregate(Max("entry"))["entry__max"] or 0
    return AuditEntry.objects.filter(pk__gt=newest - LOOK_BACK, seal=None).order_by("pk")


def _links(entries):
    last = AuditSeal.objects.order_by("-position").first()
    position, previous = (last.position, last.hash) if last else (0, chain.FIRST)
    records = records_of(entries)
    for entry in entries:
        position, now = position + 1, timezone.now()
        content = chain.content_of(entry, records.get(entry.pk, ()))
        previous = chain.link_of(previous, position, entry.pk, now, content, entry.mark)
        yield AuditSeal(position=position, entry=entry, hash=previous, sealed_at=now)


def records_of(entries):
    """By entry, the records it is about."""
    found = {}
    about = AuditRecord.objects.filter(entry__in=[entry.pk for entry in entries])
    for entry, kind, key in about.values_list("entry", "kind", "key"):
        found.setdefault(entry, []).append((kind, key))
    return found
