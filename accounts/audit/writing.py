"""Leaving an entry: always inside the transaction of what it witnesses, or not at all."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from accounts.audit import chain, journal
from accounts.audit.models import AuditEntry, AuditRecord
from accounts.origin import Origin

Act = AuditEntry.Act
# The act that is going on, so that a verb made of other verbs leaves one entry and not one for each.
_going_on = ContextVar("audited_act", default=None)


@dataclass
class Doing:
    """An act while it goes on: what it has touched so far."""

    records: set = field(default_factory=set)
    is_done: bool = False

    def touched(self, *records):
        """Something was changed; without this an act leaves no entry, since nothing was done."""
        self.records.update(records)
        self.is_done = True


@contextmanager
def act(by, verb, *, why=""):
    """One entry for a verb, and for all the verbs it is made of. Said in the outermost one's words."""
    if (outer := _going_on.get()) is not None:
        yield outer
        return
    doing = Doing()
    token = _going_on.set(doing)
    try:
        yield doing
    finally:
        _going_on.reset(token)
    if doing.is_done:
        _write(by, Act.CHANGED, verb, doing.records, why)


def changed(by, verb, *records, why=""):
    """These records were changed. `by` is a request, a person, or None for the clock."""
    with act(by, verb, why=why) as doing:
        doing.touched(*records)


def read(request, *records, why=""):
    """A page or paper about these records was shown, named by its address's name."""
    _write(request, Act.READ, request.resolver_match.view_name, records, why)


def listed(request, records, why=""):
    """A list or the answer to a search was shown: one entry with all that stood in it, even if nothing did."""
    _write(request, Act.LISTED, request.resolver_match.view_name, records, why)


def exported(request, *records, why):
    """These records left the service as a file, for this purpose."""
    _write(request, Act.EXPORTED, request.resolver_match.view_name, records, why)


def _beginning(why):
    """As much of a long reason as an entry holds; the whole of it stands in the row of what was done."""
    longest = AuditEntry._meta.get_field("why").max_length
    return why if len(why) <= longest else f"{why[: longest - 1]}…"


def _write(by, act, verb, records, why):
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An audit entry is written in the transaction of what it witnesses, and none is open."
        )
    records = {(kind, str(key)) for kind, key in records}
    entry = AuditEntry(at=timezone.now(), act=act, verb=verb, why=_beginning(why), **_who(by))
    entry.mark = chain.mark_of(chain.content_of(entry, records))
    entry.save(force_insert=True)
    AuditRecord.objects.bulk_create(AuditRecord(entry=entry, kind=kind, key=key) for kind, key in records)
    transaction.on_commit(partial(journal.note, entry), robust=True)


def _who(by):
    """Who it is, as what, for whom, and from where; the clock is nobody from nowhere."""
    person = getattr(by, "user", by)
    origin = getattr(by, "origin", None) or getattr(person, "origin", None) or Origin()
    came = {"address": origin.address, "request_id": origin.request_id}
    if person is None or not person.is_authenticated:
        return came
    return came | {
        "who_id": person.pk,
        "name": person.name,
        "role": person.role,
        "organisation_id": person.organisation_id,
        "organisation_name": person.organisation.name,
    }
