"""The duty rota: a lawyer of Cafcass Legal for every working day, 9 to 5 (PN 3.2, REF-1)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.roles import PersonRole
from cases.dates import weekday_date
from cases.refusal import NotYours, Refusal
from protocol.working_days import ENGLAND
from referrals.access import is_cafcass_legal, may_see_duty
from referrals.models import DutyDay

SHOWN = timedelta(weeks=6)
WARNED = timedelta(days=14)
FURTHEST = timedelta(days=366)
NAMED = 3
DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = range(5)


@dataclass(frozen=True)
class Day:
    """One line of the rota: a working day with its lawyer, or a bank holiday by its name."""

    on: date
    lawyer: Any = None
    holiday: str = ""

    @property
    def has_left(self):
        return self.lawyer is not None and not serves(self.lawyer)

    @property
    def is_gap(self):
        return not self.holiday and not serves(self.lawyer)


@dataclass(frozen=True)
class OnDuty:
    """Whom an IRO can call: today's lawyer, or the next one's day."""

    lawyer: Any
    on: date | None
    telephone: str
    is_today: bool


def lawyers():
    """Those who can be on duty: the lawyers of Cafcass Legal who have not left."""
    return User.objects.filter(role=PersonRole.CAFCASS_LEGAL, is_active=True)


def serves(person):
    return person is not None and is_cafcass_legal(person)


def days(first, last):
    """The working days from one day to another, with the bank holidays among them, and who has each."""
    held = {day.on: day.lawyer for day in _held(first, last)}
    every = (first + n * DAY for n in range((last - first).days + 1))
    weekdays = [day for day in every if day.weekday() in MONDAY_TO_FRIDAY]
    return [Day(day, held.get(day)) if ENGLAND.is_working(day) else _holiday(day) for day in weekdays]


def _held(first, last):
    return DutyDay.objects.filter(on__range=(first, last)).select_related("lawyer__organisation")


def _holiday(day):
    return Day(day, holiday=ENGLAND.reason(day))


def gaps(today):
    """The working days of the next two weeks on which nobody is there to answer."""
    return [day for day in days(today, today + WARNED) if day.is_gap]


def warnings(today):
    """What to say about the gaps, in sentences."""
    found = gaps(today)
    empty = [day.on for day in found if day.lawyer is None]
    said = [f"No lawyer is on duty on {_listed(empty)} (REF-1)."] if empty else []
    for day in found:
        if day.lawyer is not None:
            said.append(
                f"{day.lawyer.name}, who was to be on duty on {weekday_date(day.on)}, is no longer a lawyer of "
                "Cafcass Legal (REF-1)."
            )
    return said


def _listed(found):
    if len(found) > NAMED:
        return f"{len(found)} working days from {weekday_date(found[0])} to {weekday_date(found[-1])}"
    *first, last = map(weekday_date, found)
    return f"{', '.join(first)} and {last}" if first else last


def on_duty(day):
    """The lawyer on duty on a day; nobody on a day that is not a working day."""
    if not ENGLAND.is_working(day):
        return None
    held = _held(day, day).first()
    return held.lawyer if held and serves(held.lawyer) else None


def shown_to(user, today):
    """Who answers the advice line, for those who may call it; None for everybody else."""
    if not may_see_duty(user):
        return None
    coming = [day for day in days(today, today + WARNED) if serves(day.lawyer)]
    if not coming:
        return OnDuty(None, None, _telephone(lawyers().first()), False)
    first = coming[0]
    return OnDuty(first.lawyer, first.on, _telephone(first.lawyer), first.on == today)


def _telephone(lawyer):
    return lawyer.organisation.telephone if lawyer else ""


def assign(lawyer, day, *, by, today):
    """Put a lawyer on duty for one day, in place of whoever had it."""
    _check_ours(by)
    _check_lawyer(lawyer)
    _check_day(day, today)
    DutyDay.objects.update_or_create(on=day, defaults={"lawyer": lawyer})


def take_off(day, *, by, today):
    """Leave a day without a lawyer; the gap is warned of from two weeks before."""
    _check_ours(by)
    _check_day(day, today)
    DutyDay.objects.filter(on=day).delete()


def assign_pattern(lawyer, first, last, weekdays, *, by, today, replacing=False):
    """Put a lawyer on duty on these weekdays of a time; return the days taken and those left to somebody else."""
    _check_ours(by)
    _check_lawyer(lawyer)
    _check_range(first, last, weekdays, today)
    with transaction.atomic():
        wanted = [day for day in days(first, last) if not day.holiday and day.on.weekday() in set(weekdays)]
        left = [] if replacing else [day.on for day in wanted if not day.is_gap and day.lawyer != lawyer]
        taken = [day.on for day in wanted if day.on not in left]
        _put_on(lawyer, taken)
    if not wanted:
        raise Refusal("None of those weekdays is a working day between the two dates.", field="weekdays")
    return taken, left


def _put_on(lawyer, taken):
    DutyDay.objects.bulk_create(
        [DutyDay(on=day, lawyer=lawyer) for day in taken],
        update_conflicts=True, unique_fields=["on"], update_fields=["lawyer"],
    )  # fmt: skip


def _check_ours(by):
    if not is_cafcass_legal(by):
        raise NotYours("The duty rota is Cafcass Legal’s own (PN 3.2).")


def _check_lawyer(lawyer):
    if not serves(lawyer):
        raise Refusal(f"{lawyer.name} is not a lawyer of Cafcass Legal.", field="lawyer")


def _check_day(day, today):
    if day < today:
        raise Refusal("That day has passed: the rota keeps who was on duty then.", field="day")
    if not ENGLAND.is_working(day):
        raise Refusal(
            f"{weekday_date(day)} is not a working day ({ENGLAND.reason(day)}): nobody is on duty.",
            field="day",
        )


def _check_range(first, last, weekdays, today):
    if first < today:
        raise Refusal("The first day must be today or in the future.", field="first")
    if last < first:
        raise Refusal("The last day must not be before the first.", field="last")
    if last - first > FURTHEST:
        raise Refusal("Fill the rota for a year at most at a time.", field="last")
    if not set(weekdays) & set(MONDAY_TO_FRIDAY):
        raise Refusal("Choose at least one weekday.", field="weekdays")
