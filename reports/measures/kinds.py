"""Ways to tell deadlines apart by a rule: how pressing, how late, what stands behind the limit, whose move it is.

Each is a condition of the database by name. The same conditions count a board and fill the list behind a number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, CharField, Q, Value, When

from cases import overdue
from cases.access import IRO_ROLES
from cases.models import Deadline
from protocol.vocabulary import Force, Role
from protocol.working_days import ENGLAND
from reports.conformance.outcomes import EXCUSED, MET, MISSED, TO_COME, where
from reports.conformance.outcomes import LATE as LATE_MET

State = Deadline.State
# No source says when lateness becomes critical, so this is ours and the page says so: more than two working weeks,
# the time the Protocol gives for everything a guardian hands over (GPP Completion).
CRITICAL_AFTER = 10
# As far as the daily summary looks ahead (`cases.nudges.digest`).
SOON = timedelta(days=7)
# Working days late; a breach older than the last is older than a school term.
AGES = (5, 10, 20, 60)


@dataclass(frozen=True)
class Kinds:
    """Names that exclude one another, each with its words and its condition on a day."""

    words: dict[str, str]
    conditions: Callable[[date], dict[str, Q]]

    def q(self, name, today):
        return self.conditions(today)[name]

    def value(self, today):
        """The name each row goes by, to group by."""
        whens = [When(condition, then=Value(name)) for name, condition in self.conditions(today).items()]
        return Case(*whens, default=Value(""), output_field=CharField())

    def read(self, text):
        if text not in self.words:
            raise ValueError(text)
        return text


def later_by_more_than(days, today):
    """What is due before this day is late by more than so many working days."""
    return ENGLAND.subtract(ENGLAND.on_or_before(today), days)


# --- How pressing -----------------------------------------------------------------------------------------------


def _bands(today):
    critical, still = later_by_more_than(CRITICAL_AFTER, today), Q(state=State.OPEN)
    late = overdue.where(today)
    return {
        "critical": late & Q(due_on__lt=critical),
        "overdue": late & Q(due_on__gte=critical),
        "soon": still & Q(due_on__gte=today, due_on__lte=today + SOON),
        "later": still & Q(due_on__gt=today + SOON),
        "undated": still & Q(due_on=None),
    }


BANDS = Kinds(
    {
        "critical": "Critically overdue",
        "overdue": "Overdue",
        "soon": "Due soon",
        "later": "Not due yet",
        "undated": "Awaiting a date",
    },
    _bands,
)
MEANT = {
    "critical": f"Late by more than {CRITICAL_AFTER} working days. No source sets this bound: it is ours.",
    "overdue": f"Late by up to {CRITICAL_AFTER} working days. Overdue begins at midnight after the day it was due.",
    "soon": "Due today or in the seven days after, as far as the daily summary looks ahead.",
    "later": "Due after that.",
    "undated": "Waits for a date, such as a hearing that is not yet listed.",
}
LATE = ("critical", "overdue")


# What still has to be done, early or late.
STATES = Kinds({"open": "Still to be done"}, lambda today: {"open": Q(state=State.OPEN)})

# --- How late ---------------------------------------------------------------------------------------------------


def _ages(today):
    late = overdue.where(today)
    bounds = [today, *(later_by_more_than(days, today) for days in AGES)]
    found = {
        f"to_{days}": late & Q(due_on__lt=newer, due_on__gte=older)
        for days, newer, older in zip(AGES, bounds[:-1], bounds[1:], strict=True)
    }
    return found | {"older": late & Q(due_on__lt=bounds[-1])}


def _age_words():
    words, before = {}, 0
    for days in AGES:
        words[f"to_{days}"] = (
            f"{before + 1} to {days} working days" if before else f"Up to {days} working days"
        )
        before = days
    return words | {"older": f"More than {before} working days"}


AGE = Kinds(_age_words(), _ages)

# --- What stands behind the limit -------------------------------------------------------------------------------

APART = [force.value for force in Force if not force.breach]


def _limits(today):
    courts = Q(owed_by=Role.COURT)
    return {
        "sources": ~courts & ~Q(force__in=APART),
        "ours": ~courts & Q(force__in=APART),
        "court": courts,
    }


LIMITS = Kinds(
    {
        "sources": "Limits of the sources",
        "ours": "Our own targets and withdrawn limits",
        "court": "The court’s 26 weeks",
    },
    _limits,
)

# --- Whose move it is -------------------------------------------------------------------------------------------

MOVERS = {
    "iro_service": ("The IRO service", tuple(role.value for role in Role if role in IRO_ROLES)),
    "la_legal": ("LA legal", (Role.LA_LEGAL.value,)),
    "social_work": (
        "Social work and its managers",
        tuple(
            role.value
            for role in (
                Role.LOCAL_AUTHORITY, Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE,
                Role.MANAGER_ADDRESSED,
            )
        ),
    ),
    "cafcass": ("Cafcass", (Role.GUARDIAN.value, Role.CAFCASS.value)),
    "cafcass_legal": ("Cafcass Legal", (Role.CAFCASS_LEGAL.value,)),
    "court": ("The court", (Role.COURT.value,)),
}  # fmt: skip
MOVE = Kinds(
    {name: words for name, (words, _) in MOVERS.items()},
    lambda today: {name: Q(owed_by__in=roles) for name, (_, roles) in MOVERS.items()},
)

# --- What came of it --------------------------------------------------------------------------------------------


def _outcomes(today):
    """Of what fell due: done in time, late (done late, or still not done), explained by a delay letter, or to come.

    The same reading as conformance has, with both ways of being late in one.
    """
    return {
        "in_time": where(MET, today),
        "late": where(LATE_MET, today) | where(MISSED, today),
        "excused": where(EXCUSED, today),
        "running": where(TO_COME, today),
    }


OUTCOMES = Kinds(
    {"in_time": "In time", "late": "Late", "excused": "Delay explained", "running": "Not due yet"}, _outcomes
)

# --- Papers on their way (CMH-10) -------------------------------------------------------------------------------

FIVE = 5


def _days_since(today):
    """The working day a paper received is on: day 0 is the day it came, day 5 the last in time (GPP Pre-CMH)."""
    came = [later_by_more_than(day, today) for day in range(FIVE + 1)]
    still, found = Q(state=State.OPEN), {}
    found["0"] = still & Q(opened_on__gte=came[0])
    for day in range(1, FIVE + 1):
        found[str(day)] = still & Q(opened_on__gte=came[day], opened_on__lt=came[day - 1])
    return found | {"over": still & Q(opened_on__lt=came[FIVE])}


DAY_OF_FIVE = Kinds(
    {
        "0": "The day it came",
        **{str(day): f"Day {day} of {FIVE}" for day in range(1, FIVE + 1)},
        "over": f"Past day {FIVE}",
    },
    _days_since,
)
