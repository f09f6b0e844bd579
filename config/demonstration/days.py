"""The days of a story, and living through them.

A story counts in working days from the day it began, and began a number of working days before today. So what
was in time is in time whenever the demonstration is played, over Christmas and on a Sunday too.
"""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from protocol.working_days import ENGLAND

OPENS_AT, CLOSES_AT = time(9, 0), time(17, 30)
MIDNIGHT = time(0, 1)
BETWEEN_FACTS = timedelta(minutes=2)


class StoryDays:
    """The calendar of one story; its day 0 lies `started` working days before today."""

    def __init__(self, today: date, started: int):
        self.start = ENGLAND.subtract(today, started)
        # Today itself may be a Sunday; the working day before it has certainly passed.
        self.last = started - 1

    def day(self, number: int) -> date:
        if number < 0:
            return ENGLAND.subtract(self.start, -number)
        return ENGLAND.add(self.start, number)


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())


def office_hours(day: date, nth: int) -> datetime:
    """When the nth fact of a day was typed."""
    return min(at(day, OPENS_AT) + nth * BETWEEN_FACTS, at(day, CLOSES_AT))


@contextmanager
def as_if(moment: datetime):
    """Everything within happens at that moment, as far as this process can tell.

    The verbs ask Django for the time: so a fact is recorded on its day, and a miss is written down the night
    after it. Only for the command that plays the demonstration, alone in its process.
    """
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
