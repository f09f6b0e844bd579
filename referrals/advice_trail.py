"""The advice line's own audit: who took, read, looked for, shared or held back what, each entry sealed to the last.

It lies apart from every other record, and holds no word of a note. Each entry is written in the transaction of
what it tells of, one writer at a time.
"""

from datetime import UTC
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from referrals.models import AdviceChain, AdviceTrace

ONLY = 1
TAKEN, ADDED_TO, READ, LISTED, SEARCHED = "taken", "added to", "read", "listed", "searched"
SHARED, HELD_BACK = "shared", "held back"


def leave(what, *, by, note=None):
    """Add an entry to the chain."""
    with transaction.atomic():
        chain = _last_link()
        trace = AdviceTrace(
            position=chain.position + 1, note=note, what=what, by=by, at=timezone.now(), before=chain.seal
        )
        trace.seal = seal_of(trace)
        trace.save(force_insert=True)
        chain.position, chain.seal = trace.position, trace.seal
        chain.save()
        return trace


def _last_link():
    AdviceChain.objects.get_or_create(pk=ONLY)
    return AdviceChain.objects.select_for_update().get(pk=ONLY)


def seal_of(trace):
    """What an entry says and the seal before it, in one hash."""
    moment = trace.at.astimezone(UTC).isoformat()
    said = (trace.position, trace.what, trace.by_id, moment, trace.note_id, trace.before)
    return sha256("\n".join(map(str, said)).encode()).hexdigest()


def verify():
    """The first place where the chain does not hold, in a sentence; an empty one when all of it holds."""
    before, position = "", 0
    for trace in AdviceTrace.objects.order_by("position").iterator():
        position += 1
        if trace.position != position:
            return f"Entry {position} is missing."
        if trace.before != before:
            return f"Entry {position} does not follow the one before it."
        if trace.seal != seal_of(trace):
            return f"Entry {position} is not what was written."
        before = trace.seal
    return _check_end(position, before)


def _check_end(position, seal):
    chain = AdviceChain.objects.filter(pk=ONLY).first() or AdviceChain()
    if chain.position > position:
        return f"Entry {position + 1} is missing."
    return "" if chain.seal == seal else f"Entry {position} is not the last that was written."
