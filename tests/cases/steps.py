"""Given: small steps that bring a story to where a test begins. All of them go through the product's verbs."""

from contextlib import contextmanager
from datetime import date, datetime

import time_machine

from cases.actions import record
from cases.models import Case, Deadline, Miss
from cases.opening import open_case
from cases.specifications import specification_of
from protocol.fields import FieldType
from tests.told import LONDON

# A Monday with no bank holiday in the five weeks after it.
TODAY = "2025-03-03"


@contextmanager
def days():
    """Gives what sets the day, and the time of day where it matters; time stands still until it is set again."""
    travelling = []

    def set_to(day, at="12:00"):
        while travelling:
            travelling.pop().stop()
        moment = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=LONDON)
        travelling.append(time_machine.travel(moment, tick=False))
        travelling[-1].start()
        return moment

    try:
        yield set_to
    finally:
        while travelling:
            travelling.pop().stop()


def day(written):
    return date.fromisoformat(written) if isinstance(written, str) else written


def opened(cast, *children, on, entering="proceedings_issued", by=None):
    """A case of Northmoor's with Cafcass Greyhills, opened by its first fact."""
    return open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=list(children or [cast.amber]),
        entering=entering, on=day(on), by=by or cast.lena,
    )  # fmt: skip


def happened(
    subject, happening, on, *, by=None, children=None, particulars=None, note="", how=None, **details
):
    """A fact recorded; without `by` it is the system's own, whom nobody asks for permission."""
    dates = {f.name for f in specification_of(happening).fields if f.type is FieldType.DATE}
    details = {name: day(value) if name in dates else value for name, value in details.items()}
    return record(
        subject, happening, on=day(on), by=by, children=children, details=details, particulars=particulars,
        note=note, **(how or {}),
    )  # fmt: skip


def again(case):
    """The case as it is stored now. A protected stage is read anew, never refreshed in place."""
    return Case.objects.get(pk=case.pk)


def owed(case, duty=None, **where):
    found = Deadline.objects.filter(case=case, **where)
    return found.filter(duty=duty) if duty else found


def the(case, duty, **where):
    return owed(case, duty, **where).get()


def misses(**where):
    return Miss.objects.filter(**where).order_by("due_on", "pk")


AS_STORED = (
    "duty", "child__name", "subject", "opened_on", "due_on", "act_by", "state", "met_on", "closed_on", "moved",
    "excused", "short_notice", "is_missed", "owed_by", "owner__name",
)  # fmt: skip


def as_stored(case):
    """Everything that is stored of a case's deadlines and misses, without the numbers of rows."""
    deadlines = sorted(map(str, owed(case).values_list(*AS_STORED)))
    standing = misses(case=case, annulled_at=None)
    missed = sorted(map(str, standing.values_list("duty", "child__name", "subject", "due_on")))
    return again(case).stage, deadlines, missed
