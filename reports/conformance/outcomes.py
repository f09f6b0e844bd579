"""What became of deadlines that fell due in a span of days: one reading of the projection, counted by duty.

*Missed* is what is open and due before today, or was missed and then overtaken: a breach is never erased. A delay
that was explained in time is *excused*, whenever it was met (REF-13).
"""

from dataclasses import dataclass, field
from statistics import median

from django.db.models import F, Q

from cases import overdue
from cases.models import Deadline
from protocol.duties import CATALOGUE
from protocol.vocabulary import Force
from protocol.working_days import ENGLAND

MET, LATE, MISSED, EXCUSED, TO_COME = "met", "met_late", "missed", "excused", "to_come"
RESULTS = {
    MET: "Met in time",
    LATE: "Met late",
    MISSED: "Missed, never done",
    EXCUSED: "Delay explained",
    TO_COME: "Not yet due",
}
_LATE_MET = Q(state=Deadline.State.MET, met_on__gt=F("due_on"))
_MISSED_AND_GONE = Q(state=Deadline.State.NOT_REQUIRED, is_missed=True)


@dataclass
class Conformance:
    """One duty over the span."""

    duty: object
    force: Force
    counts: dict = field(default_factory=lambda: dict.fromkeys(RESULTS, 0))
    days_late: list = field(default_factory=list)

    @property
    def fell_due(self):
        """Those of which it is known what became of them; a day still to come tells nothing yet."""
        return sum(number for result, number in self.counts.items() if result != TO_COME)

    @property
    def share_met(self):
        """Of those that were not excused, in whole per cent; None where there are none."""
        counted = self.fell_due - self.counts[EXCUSED]
        return round(100 * self.counts[MET] / counted) if counted else None

    @property
    def median_late(self):
        return median(self.days_late) if self.days_late else None

    @property
    def worst_late(self):
        return max(self.days_late, default=None)


def where(result, today):
    """Which deadlines have this result, as a condition: the list behind each number."""
    return {
        MET: Q(state=Deadline.State.MET, met_on__lte=F("due_on")),
        LATE: _LATE_MET & Q(excused=False),
        MISSED: overdue.where(today) | _MISSED_AND_GONE,
        EXCUSED: Q(state=Deadline.State.EXCUSED) | (_LATE_MET & Q(excused=True)),
        TO_COME: Q(state=Deadline.State.OPEN, due_on__gte=today),
    }[result]


def by_duty(deadlines, *, today):
    """Each duty that fell due, in the order of the catalogue."""
    found = {}
    read = deadlines.order_by().values_list(
        "duty", "force", "state", "due_on", "met_on", "closed_on", "excused", "is_missed"
    )
    for duty, force, state, due_on, met_on, closed_on, excused, is_missed in read.iterator(5000):
        result = _result(state, due_on, met_on, excused, is_missed, today)
        if result is None:
            continue
        one = found.get((duty, force)) or found.setdefault(
            (duty, force), Conformance(CATALOGUE[duty], Force(force))
        )
        one.counts[result] += 1
        if result in (LATE, MISSED):
            until = met_on or closed_on or today
            one.days_late.append(ENGLAND.working_days_between(due_on, max(until, due_on)))
    order = list(CATALOGUE)
    return sorted(found.values(), key=lambda one: order.index(one.duty.id))


def _result(state, due_on, met_on, excused, is_missed, today):
    """The same as `where`, of one row already read."""
    if state == Deadline.State.MET:
        if met_on <= due_on:
            return MET
        return EXCUSED if excused else LATE
    if state == Deadline.State.OPEN:
        return MISSED if overdue.is_overdue(state, due_on, today) else TO_COME
    if state == Deadline.State.EXCUSED:
        return EXCUSED
    return MISSED if is_missed else None
