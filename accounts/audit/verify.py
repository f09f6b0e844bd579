"""Whether the trail is whole. Reads everything, changes nothing, and says what is wrong with it."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from accounts.audit import anchors, chain, journal, triggers
from accounts.audit.models import AuditEntry, AuditSeal
from accounts.audit.sealing import records_of

CHUNK = 500
# The clock seals every minute; what is older than this and unsealed waits for nobody.
SEALED_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Finding:
    """Something wrong. `position` is the link of the chain it is about, where it is about one."""

    sentence: str
    position: int | None = None


def findings(anchor_file=None):
    """All that is wrong, check by check. An anchor file kept elsewhere may be given in place of our own."""
    for check in (
        _links,
        lambda: _anchors(anchor_file or anchors.file()),
        _unsealed,
        _twice,
        _journal,
        _triggers,
    ):
        try:
            yield from check()
        except (ValueError, TypeError, AttributeError, OverflowError) as garbled:
            # The tables hold what this service never writes, such as a date that is none.
            yield Finding(f"The trail cannot be read: {garbled}")


def _links():
    """Each link against the entry it seals and the link before; positions run on without a gap."""
    previous, expected = chain.FIRST, 1
    for seals in _chunks(AuditSeal.objects.order_by("position").iterator(CHUNK)):
        entries = AuditEntry.objects.in_bulk([seal.entry_id for seal in seals])
        records = records_of(entries.values())
        for seal in seals:
            if seal.position != expected:
                yield Finding(f"The chain jumps from link {expected - 1} to link {seal.position}", expected)
            entry, about = entries.get(seal.entry_id), records.get(seal.entry_id, ())
            yield from _link(seal, entry, about, previous)
            previous, expected = seal.hash, seal.position + 1


def _link(seal, entry, records, previous):
    if entry is None:
        yield Finding(f"Entry {seal.entry_id} is gone", seal.position)
        return
    content = chain.content_of(entry, records)
    link = chain.link_of(previous, seal.position, entry.pk, seal.sealed_at, content, entry.mark)
    if link != seal.hash:
        yield Finding(
            f"Entry {entry.pk}, its seal or its place was changed after it was sealed", seal.position
        )
    if not chain.is_ours(entry.mark, content):
        yield Finding(f"Entry {entry.pk} does not bear this service’s mark", seal.position)


def _anchors(path):
    """The chain against what was written outside the database."""
    last = AuditSeal.objects.order_by("-position").first()
    try:
        reached = 0
        for written in _chunks(anchors.read(path)):
            seals = AuditSeal.objects.in_bulk([anchor.position for anchor in written])
            for anchor in written:
                seal = seals.get(anchor.position)
                if seal is None:
                    yield Finding(
                        f"Link {anchor.position} was anchored on {anchor.at} and is gone", anchor.position
                    )
                elif seal.hash != anchor.hash:
                    yield Finding(
                        f"Link {anchor.position} is not the one anchored on {anchor.at}", anchor.position
                    )
                reached = max(reached, anchor.position)
    except FileNotFoundError:
        if last:
            yield Finding(f"There are seals but no anchors in {path}")
        return
    except anchors.Unreadable as fault:
        yield Finding(f"The anchors in {path} were tampered with: {fault}")
    if last and last.position > reached and last.sealed_at < timezone.now() - SEALED_WITHIN:
        yield Finding(f"Nothing after link {reached} is anchored in {path}", reached + 1)


def _unsealed():
    """What nobody sealed in time, and what was slipped in and not written by this service."""
    waiting = AuditEntry.objects.filter(seal=None)
    late = waiting.filter(at__lt=timezone.now() - SEALED_WITHIN)
    if count := late.count():
        yield Finding(
            f"{count} entries are older than ten minutes and unsealed, the first of them {late[0].pk}"
        )
    for entries in _chunks(waiting.order_by("pk").iterator(CHUNK)):
        records = records_of(entries)
        for entry in entries:
            if not chain.is_ours(entry.mark, chain.content_of(entry, records.get(entry.pk, ()))):
                yield Finding(f"Entry {entry.pk}, not sealed yet, does not bear this service’s mark")


def _twice():
    """A copy bears the mark of what it was copied from, and its number."""
    for copied in AuditEntry.objects.order_by().values("ref").annotate(times=Count("pk")).filter(times__gt=1):
        yield Finding(f"The entry {copied['ref']} stands in the trail {copied['times']} times")


def _journal():
    """What was committed this week against what is there."""
    for noted in _chunks(journal.noted()):
        marks = dict(AuditEntry.objects.filter(pk__in=dict(noted)).values_list("pk", "mark"))
        for number, mark in noted:
            if marks.get(number) != mark:
                yield Finding(
                    f"Entry {number} was written and is {'not the same' if number in marks else 'gone'}"
                )


def _triggers():
    yield from map(Finding, triggers.amiss(connection))


def _chunks(rows):
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
