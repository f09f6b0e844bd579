"""Whether the clock runs, in words: silence must not look like compliance."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cases import clock
from cases.models import Heartbeat

NAMES = {"clock": "Deadlines, misses and reminders"}


@dataclass(frozen=True)
class Beat:
    name: str
    beat_at: datetime
    changed: int
    words: str
    colour: str
    is_late: bool


def beats(now=None):
    """Each clock there is; one that has never run has no row, and says so."""
    now = now or timezone.now()
    known = {beat.name: beat for beat in Heartbeat.objects.order_by("name")}
    known.setdefault("clock", None)
    return [_beat(name, beat, now) for name, beat in sorted(known.items())]


def _beat(name, beat, now):
    state = clock.state_of(beat, now=now)
    words, colour = {
        clock.RUNS: ("It runs", "green"),
        clock.LATE: ("Late: it should have run by now", "yellow"),
        clock.STOPPED: ("Stopped: nobody is reminded and no miss is written down", "red"),
    }[state]
    return Beat(
        NAMES.get(name, name.capitalize()),
        beat.beat_at if beat else None,
        beat.changed if beat else 0,
        words,
        colour,
        state != clock.RUNS,
    )
