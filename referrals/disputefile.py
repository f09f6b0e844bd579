"""A dispute read off its case's chronology: its steps, the answers to them, and the working days they took."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from cases.models.event import STRUCK_OUT
from protocol.happenings import PLACE_IN_THE_DAY, Happening
from protocol.records import Record
from protocol.working_days import ENGLAND
from referrals.ladders import WHOLE, is_endorsed_above

BEGINNINGS = (Happening.DISPUTE_RAISED, Record.GOOD_PRACTICE_NOTED)
STEPS = (Happening.DISPUTE_RAISED, Happening.DISPUTE_MADE_FORMAL, Happening.DISPUTE_ESCALATED)
ANSWERS = (Happening.DISPUTE_ANSWERED, Record.GOOD_PRACTICE_ANSWERED)


@dataclass
class Climbed:
    """One step that was taken: whom it addressed, the days given, what came of it."""

    event: object
    rung: str
    role: str
    name: str
    days: int | None
    bypassed: list
    reason: str
    until: date | None = None
    answers: list = field(default_factory=list)
    endorsement: object = None
    mediation: object = None

    @property
    def on(self):
        return self.event.on

    @property
    def due_on(self):
        return ENGLAND.add(self.on, self.days) if self.days else None

    @property
    def needs_endorsement(self):
        """Above team manager; a step the IRO manager takes is endorsed by being taken (DIS-4)."""
        by = self.event.recorded_by
        return is_endorsed_above(self.role) and not (by and by.role == "iro_manager")

    @property
    def awaits_endorsement(self):
        return self.needs_endorsement and self.endorsement is None

    @property
    def awaits_mediation(self):
        """The IRO manager did not endorse it: the head of service mediates (DIS-5)."""
        refused = self.endorsement is not None and not self.endorsement.details["endorsed"]
        return refused and self.mediation is None


@dataclass(frozen=True)
class Gauge:
    """Working days used of those allowed, in numbers and in words."""

    name: str
    used: int
    allowed: int | None
    due_on: date | None = None
    is_running: bool = False
    who: str = ""

    @property
    def over(self):
        return max(0, self.used - self.allowed) if self.allowed else 0

    @property
    def left(self):
        return max(0, self.allowed - self.used) if self.allowed else 0

    @property
    def drawn(self):
        """What fits the drawing: the words say by how much it is over."""
        return min(self.used, self.allowed) if self.allowed else 0

    @property
    def words(self):
        if not self.allowed:
            return f"{_days(self.used)}, outside the clock"
        used = f"{self.used} of {_days(self.allowed)} used"
        if self.over:
            return f"{used}, {self.over} over"
        return f"{used}, {self.left} left" if self.is_running else used


def _days(number):
    return f"{number} working day{'' if number == 1 else 's'}"


def told(dispute):
    """Everything the chronology says of a dispute, struck entries and all."""
    events = dispute.case.events.filter(details__dispute=dispute.ref).exclude(happening=STRUCK_OUT)
    return events.select_related("recorded_by", "child", "on_behalf_of", "correction__recorded_by")


def standing(dispute, *happenings):
    """The entries of some kinds that nobody has corrected, in the order in which they are played."""
    events = told(dispute).filter(happening__in=happenings, correction=None)
    places = {str(happening): place for happening, place in PLACE_IN_THE_DAY.items()}
    return sorted(events, key=lambda event: (event.on, places.get(event.happening, 99), event.pk))


def beginning(dispute):
    """The entry that raised it, or None when that was struck out as a mistake."""
    return next(iter(standing(dispute, *BEGINNINGS)), None)


def begun_in(case):
    """The names of a case's disputes and alerts whose beginning nobody has struck out."""
    begun = case.events.filter(happening__in=BEGINNINGS, correction=None)
    return set(begun.values_list("details__dispute", flat=True))


def steps_of(dispute):
    """The rungs climbed, lowest first, each with its answers and what the IRO manager thought of it."""
    events = standing(dispute, *STEPS)
    steps = [_climbed(event) for event in events]
    for step, later in pairwise(steps):
        step.until = later.on
    if steps and dispute.ended_on:
        steps[-1].until = dispute.ended_on
    for answer in standing(dispute, *ANSWERS):
        _give(steps, answer)
    _judge(steps, standing(dispute, Record.ESCALATION_ENDORSEMENT), "endorsement")
    _judge(steps, standing(dispute, Record.MEDIATION), "mediation")
    return steps


def _climbed(event):
    said = event.particulars
    return Climbed(
        event=event,
        rung=said.get("rung") or event.details.get("to", ""),
        role=said.get("role_asked", "team_manager"),
        name=said.get("name", ""),
        days=event.details.get("days"),
        bypassed=said.get("bypassed", []),
        reason=said.get("reason", ""),
    )


def _give(steps, answer):
    """An answer answers the rung the dispute stood on that day."""
    reached = [step for step in steps if step.on <= answer.on]
    if reached:
        reached[-1].answers.append(answer)


def _judge(steps, records, name):
    by_rung = {record.particulars.get("rung"): record for record in records}
    for step in steps:
        setattr(step, name, by_rung.get(step.rung))


def gauge(dispute, *, today):
    """Days used of the twenty, counted from the formal start to the end or to today; None while informal."""
    if dispute.formal_on is None:
        return None
    until = dispute.ended_on or today
    return Gauge(
        "The whole dispute",
        ENGLAND.working_days_between(dispute.formal_on, until),
        WHOLE,
        ENGLAND.add(dispute.formal_on, WHOLE),
        dispute.is_running,
    )


def gauges(dispute, steps, *, today):
    """Days used at each rung: until it answered, until the next step was taken, or to today."""
    return [_gauge_of(dispute, step, today) for step in steps]


def _gauge_of(dispute, step, today):
    answered = step.answers[0].on if step.answers else None
    until = min([day for day in (answered, step.until) if day], default=today)
    return Gauge(
        step.rung,
        ENGLAND.working_days_between(step.on, until),
        step.days,
        step.due_on,
        dispute.is_running and answered is None and step.until is None,
        step.name,
    )
