"""What midnight does, and every minute after it. The rows decide; being woken twice changes nothing."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from cases import breaches, nudges
from cases.models import Case, Heartbeat, Notice

# A worker that dies with notices in hand leaves them claimed: after this they are anybody's again.
LEASE = timedelta(minutes=5)
LATE_AFTER = timedelta(minutes=10)
# After an hour it is no longer slow but stopped.
STOPPED_AFTER = timedelta(hours=1)
RUNS, LATE, STOPPED = "runs", "late", "stopped"
BATCH = 100
DIGEST_HOUR = 7


def tick(*, now=None):
    """Settle misses, write nudges, and return the ids of notices to send, in batches."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    missed = breaches.settle(today=today)
    nudges.remind(today=today)
    if timezone.localtime(now).hour >= DIGEST_HOUR:
        nudges.digest(today=today)
    beat("clock", changed=missed, now=now)
    return _batches(now)


def beat(name, *, changed, now=None):
    """Leave word that the clock ran, and what it changed."""
    Heartbeat.objects.update_or_create(
        name=name, defaults={"beat_at": now or timezone.now(), "changed": changed}
    )


def is_late(heartbeat, *, now=None):
    """Whether the clock has been silent for longer than a working service ever is."""
    return heartbeat is None or (now or timezone.now()) - heartbeat.beat_at > LATE_AFTER


def state_of(heartbeat, *, now=None):
    """Whether it runs, is late (amber) or has stopped (red)."""
    if not is_late(heartbeat, now=now):
        return RUNS
    silent = heartbeat is None or (now or timezone.now()) - heartbeat.beat_at > STOPPED_AFTER
    return STOPPED if silent else LATE


def stale_cases():
    """Cases whose deadlines a new agreement may have changed, in batches of ids."""
    ids = list(Case.objects.filter(is_stale=True).order_by("pk").values_list("pk", flat=True)[: BATCH * 50])
    return _in_batches(ids)


def unsent(now):
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    return Notice.objects.filter(free, sent_at=None, inbox_only=False).order_by("pk")


def _batches(now):
    ids = list(unsent(now).values_list("pk", flat=True)[: BATCH * 50])
    return _in_batches(ids)


def _in_batches(ids):
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
