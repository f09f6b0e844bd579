"""Which deadlines are looked at: those of a span of days, and of one part of the Protocol, agency or person."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.http import urlencode

from accounts.models import Organisation, User
from cases.models import Deadline
from protocol.duties import CATALOGUE
from protocol.vocabulary import Part


@dataclass(frozen=True)
class Slice:
    """As it stands in an address: nothing of a child is in it."""

    from_on: date
    until_on: date
    part: str = ""
    owing: str = ""
    owner: str = ""

    @property
    def query(self):
        asked = {"from": self.from_on.isoformat(), "until": self.until_on.isoformat()}
        return urlencode(asked | {n: v for n in ("part", "owing", "owner") if (v := getattr(self, n))})

    def deadlines(self, user):
        found = Deadline.objects.visible_to(user).filter(due_on__range=(self.from_on, self.until_on))
        if self.part:
            found = found.filter(duty__in=[duty.id for duty in CATALOGUE.values() if duty.part == self.part])
        if self.owing:
            found = found.filter(owing=int(self.owing))
        if self.owner:
            found = found.filter(owner=int(self.owner))
        return found


def asked(query, today):
    """The slice of an address. What cannot be read there is as if it were not: the last twelve months, everything."""
    until = _day(query.get("until")) or today
    begins = _day(query.get("from")) or until.replace(
        year=until.year - 1, day=min(until.day, 28)
    ) + timedelta(days=1)
    if begins > until:
        begins, until = until, begins
    part = query.get("part", "")
    return Slice(
        begins,
        until,
        part if part in set(Part) else "",
        _number(query.get("owing", "")),
        _number(query.get("owner", "")),
    )


def _day(written):
    try:
        day = date.fromisoformat(written or "")
    except ValueError:
        return None
    return day if 1990 < day.year < 2060 else None


def _number(written):
    return written if written.isdecimal() and len(written) < 10 else ""


def agencies(user):
    """Those that owe something this reader may see."""
    owing = Deadline.objects.visible_to(user).order_by().values("owing")
    return Organisation.objects.filter(pk__in=owing)


def owners(user):
    owner = Deadline.objects.visible_to(user).order_by().values("owner")
    return User.objects.filter(pk__in=owner).order_by("name")
