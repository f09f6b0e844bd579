"""When a note is to be shared: REF-27 read off the rule layer, by playing what is told of nobody's case.

The calls are facts only in the play: none is ever stored on a case, where it would be seen.
"""

from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from cases import projection, worklist
from protocol.deadlines import Fact, Malformed, Refused
from protocol.happenings import Happening

DUTY = "REF-27"
DAY = timedelta(days=1)


class Clock(NamedTuple):
    """When one note was to be shared, and how that stands, in words."""

    due_on: object
    lateness: str
    citations: str
    force: str


class Pressing(NamedTuple):
    due_on: object
    lateness: str


def clock(referral, suggested, *, today):
    """The deadline of one note; none before the allocation, for a note held back, or where nothing is owed."""
    is_held_back = suggested.withheld and not suggested.shared
    if referral.allocated_on is None or is_held_back:
        return None
    try:
        outcome = projection.play_case(referral.case, extra=_told(referral, suggested))
    except (Refused, Malformed):
        return None
    owed = [one for one in outcome.deadlines if one.duty.id == DUTY and one.subject == referral.ref]
    return _in_words(max(owed, key=lambda one: one.opened_on), today) if owed else None


def pressing(referral, owed, *, today):
    """The earliest date among notes that wait to be shared."""
    clocks = filter(None, (clock(referral, one, today=today) for one in owed))
    first = min(clocks, key=lambda one: one.due_on, default=None)
    return Pressing(first.due_on, first.lateness) if first else None


def _told(referral, suggested):
    """The call and each sharing. A call after the allocation is owed from its own day, as if allocated then."""
    about = {"referral": referral.ref}
    called, since = suggested.note.on, _since(referral)
    facts = [Fact(Happening.ADVICE_SOUGHT, called)]
    if called > referral.allocated_on:
        facts.append(Fact(Happening.REFERRAL_ALLOCATED, called, details={**about, "to": referral.route}))
    before = (min(_day(row.at), since - DAY) for row in suggested.shared_before)
    shared_on = [day for day in before if day >= referral.allocated_on]
    if suggested.shared:
        shared_on.append(max(_day(suggested.shared.at), called, since))
    return facts + [Fact(Happening.ADVICE_DISCLOSED, day, details=about) for day in shared_on]


def _since(referral):
    """The day from which the present officer has had it: what an officer before was given is not theirs."""
    since, holder = referral.allocated_on, None
    told = referral.case.events.standing().filter(
        happening=Happening.REFERRAL_ALLOCATED, details__referral=referral.ref
    )
    for event in told.order_by("on", "pk"):
        if event.particulars.get("person", holder) != holder:
            since, holder = event.on, event.particulars["person"]
    return since


def _day(moment):
    return timezone.localdate(moment)


def _in_words(deadline, today):
    values = {
        "due_on": deadline.due_on,
        "met_on": deadline.met_on,
        "state": "met" if deadline.met_on else "open",
        "moved": False,
    }
    late = worklist.lateness(values, today)
    return Clock(
        deadline.due_on,
        late or ("Shared in time" if deadline.met_on else ""),
        "; ".join(worklist.cited(deadline.duty)),
        worklist.force_words(deadline.duty.force),
    )
