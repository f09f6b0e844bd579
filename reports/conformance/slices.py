"""Which deadlines are looked at: those of a span of days, and of one part of the Protocol, agency or person."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.http import urlencode

from accounts.models import Organisation, User
from cases.models import Deadline
from protocol.duties import CATALOGUE

CHOICES = ("part", "owing", "owner")


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
        days = {"from_on": self.from_on.isoformat(), "until_on": self.until_on.isoformat()}
        return urlencode(days | {name: chosen for name in CHOICES if (chosen := getattr(self, name))})

    def deadlines(self, user):
        found = Deadline.objects.visible_to(user).filter(due_on__range=(self.from_on, self.until_on))
        if self.part:
            found = found.filter(duty__in=[duty.id for duty in CATALOGUE.values() if duty.part == self.part])
        if self.owing:
            found = found.filter(owing=int(self.owing))
        if self.owner:
            found = found.filter(owner=int(self.owner))
        return found


def asked(said, today):
    """The slice of what was said, days and choices by name; the last twelve months, and everything, where nothing was."""
    until = said.get("until_on") or today
    begins = said.get("from_on") or _a_year_to(until)
    begins, until = sorted((begins, until))
    return Slice(begins, until, *(said.get(name) or "" for name in CHOICES))


def _a_year_to(day):
    return day.replace(year=max(day.year - 1, 1), day=min(day.day, 28)) + timedelta(days=1)


def agencies(user):
    """Those that owe something this reader may see, by number."""
    owing = Deadline.objects.visible_to(user).order_by().values("owing")
    return _numbered(Organisation.objects.filter(pk__in=owing))


def owners(user):
    owner = Deadline.objects.visible_to(user).order_by().values("owner")
    return _numbered(User.objects.filter(pk__in=owner).order_by("name"))


def _numbered(rows):
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
