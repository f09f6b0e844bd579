"""How long a child's record is kept, and why: a date with its reason, or the reason why there is none yet.

A looked-after child's record until the seventy-fifth birthday (Care Planning, Placement and Case Review (England)
Regulations 2010 reg 50(1)(a)). A child's who was never looked after by the authority's own schedule, which the
settings hold: by default until the twenty-fifth birthday, six years from coming of age (Limitation Act 1980 ss 2, 5
and 28) and one for a claim that is on its way; and never less than six years after the last thing that happened.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.roles import PersonRole
from cases.models import Appointment, CaseChild, Child, Event, PeriodOfCare
from protocol.vocabulary import Stage

LOOKED_AFTER = 75
REGULATION = "Care Planning, Placement and Case Review (England) Regulations 2010 reg 50(1)(a)"


@dataclass(frozen=True)
class Kept:
    """Until when a record is kept and by which rule; no date while something is still going on."""

    child: Child
    until: date | None
    ground: str

    def is_over(self, today):
        return self.until is not None and self.until < today

    @property
    def over_on(self):
        return self.until + timedelta(days=1) if self.until else None


def kept(child):
    """How long this child's record is kept."""
    [one] = _with_what_decides(Child.objects.filter(pk=child.pk))
    return _kept(one)


def due(children, *, today=None):
    """Those of these children whose records need not be kept any longer, the longest over first."""
    today = today or timezone.localdate()
    old_enough = Q(born__lte=_years_before(today, min(LOOKED_AFTER, settings.RETENTION_OTHERS_AGE)))
    found = map(_kept, _with_what_decides(children.filter(old_enough)))
    return sorted((one for one in found if one.is_over(today)), key=lambda one: (one.until, one.child.pk))


def _with_what_decides(children):
    """Whether ever, and still, looked after; whether a case is open; when something last happened.

    Only a looked-after child has an IRO: whoever had one counts as looked after, though no period was ever recorded.
    """
    iros = Appointment.objects.filter(
        child=OuterRef("pk"), role__in=(PersonRole.IRO, PersonRole.VOLUNTARY_IRO)
    )
    care = PeriodOfCare.objects.filter(child=OuterRef("pk"))
    open_cases = CaseChild.objects.filter(child=OuterRef("pk"), left_on=None).exclude(
        case__stage=Stage.CLOSED
    )
    theirs = Event.objects.filter(Q(child=OuterRef("pk")) | Q(case__members__child=OuterRef("pk")))
    last = theirs.order_by("-on").values("on")[:1]
    return children.annotate(
        was_looked_after=Exists(care) | Exists(iros),
        is_looked_after=Exists(care.filter(ended_on=None)),
        has_open_case=Exists(open_cases),
        last_event_on=Subquery(last),
    )


def _kept(child):
    if child.is_looked_after:
        return Kept(child, None, "The child is looked after.")
    if child.has_open_case:
        return Kept(child, None, "A case of the child’s is open.")
    if child.was_looked_after:
        until = birthday(child.born, LOOKED_AFTER) - timedelta(days=1)
        return Kept(child, until, f"Looked after: kept until the {LOOKED_AFTER}th birthday ({REGULATION}).")
    return _kept_by_schedule(child)


def _kept_by_schedule(child):
    age, years = settings.RETENTION_OTHERS_AGE, settings.RETENTION_OTHERS_YEARS
    by_age = birthday(child.born, age)
    by_event = birthday(child.last_event_on, years) if child.last_event_on else by_age
    if by_event > by_age:
        said = f"kept for {years} years after the last thing that happened"
    else:
        said = f"kept until the {age}th birthday"
    ground = f"Never looked after: {said} (the authority’s own schedule; Limitation Act 1980 ss 2, 5 and 28)."
    return Kept(child, max(by_age, by_event) - timedelta(days=1), ground)


def birthday(born, years):
    """The anniversary; of 29 February on 1 March where the year has none."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _years_before(today, years):
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)
