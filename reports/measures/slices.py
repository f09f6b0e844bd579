"""Which deadlines: the same object counts a number and fills the list behind it."""

from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.http import urlencode

from cases.models import Deadline
from reports.measures import kinds
from reports.measures.dimensions import DIMENSIONS, NONE


@dataclass(frozen=True)
class Tag:
    """One narrowing of a list in words, and where the list is without it."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Slice:
    """Narrowings by name, in the order of the table; each value is the text that stands in an address."""

    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, **values):
        said = {name: NONE if value is None else str(value) for name, value in values.items() if value != ""}
        return cls(tuple((name, said[name]) for name in DIMENSIONS if name in said))

    @classmethod
    def read(cls, query):
        """What an address asks for; `ValueError` where it asks for what there is not."""
        asked = cls.of(**{name: query[name] for name in DIMENSIONS if query.get(name)})
        for name, text in asked.values:
            DIMENSIONS[name].read(text)
        return asked

    def and_(self, **more):
        return Slice.of(**{**dict(self.values), **more})

    def without(self, name):
        return Slice(tuple(pair for pair in self.values if pair[0] != name))

    def rows(self, user, today):
        """The deadlines themselves, among those this person may see."""
        found = Deadline.objects.visible_to(user)
        for name, text in self.values:
            found = DIMENSIONS[name].narrow(name, found, text, today)
        return found

    def query(self):
        return urlencode(self.values)

    def sorted_by(self, sort):
        return urlencode([*self.values, *([("sort", sort)] if sort else [])])

    def url(self):
        return f"{reverse('board_deadlines')}?{self.query()}"

    def tags(self, user):
        return [
            Tag(
                DIMENSIONS[name].label,
                DIMENSIONS[name].words(DIMENSIONS[name].read(text), user),
                self.without(name).url(),
            )
            for name, text in self.values
        ]


def counted(rows, names, kind, today):
    """How many rows are of each kind, in one query."""
    conditions = kind.conditions(today)
    found = rows.aggregate(**{f"number_{name}": Count("pk", filter=conditions[name]) for name in names})
    return {name: found[f"number_{name}"] for name in names}


def counted_by(rows, dimension, names, kind, today):
    """How many rows of each kind there are for each value of a dimension, in one query: value → name → number."""
    conditions = kind.conditions(today)
    numbers = {f"number_{name}": Count("pk", filter=conditions[name]) for name in names}
    grouped = rows.alias(group=DIMENSIONS[dimension].value(today)).order_by()
    found = grouped.values(grouped_by=F("group")).annotate(**numbers)
    return {row["grouped_by"]: {name: row[f"number_{name}"] for name in names} for row in found}


BANDS = tuple(kinds.BANDS.words)
OUTCOMES = tuple(kinds.OUTCOMES.words)


def counted_by_month(rows, months, names, kind, today):
    """How many rows of each kind fell due in each month, in one query: month → name → number."""
    conditions = kind.conditions(today)
    numbers = {f"number_{name}": Count("pk", filter=conditions[name]) for name in names}
    grouped = rows.order_by().values(month=TruncMonth("due_on")).annotate(**numbers)
    found = {row["month"]: {name: row[f"number_{name}"] for name in names} for row in grouped}
    return {month.name: found.get(month.since, dict.fromkeys(names, 0)) for month in months}
