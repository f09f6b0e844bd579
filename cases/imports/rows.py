"""A return with its meaning: children, each with the episodes and reviews that can be used."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.imports import codes
from cases.imports.values import in_words
from cases.imports.words import Row


@dataclass(frozen=True)
class Episode:
    row: Row
    began: date
    ended: date | None
    reason: str
    legal_status: str
    placement: str
    why_ended: str

    @property
    def goes_on(self):
        return self.why_ended == codes.CONTINUES

    @property
    def is_adoptive(self):
        return self.placement in codes.ADOPTIVE


@dataclass(frozen=True)
class Review:
    row: Row
    on: date
    participation: str


@dataclass
class ChildInReturn:
    row: Row
    number: str
    born: date
    sex: str
    episodes: list[Episode] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    # A row that could not be read may be the one that is missed: then absence proves nothing.
    lost_episodes: bool = False
    lost_reviews: bool = False

    def age_on(self, on):
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@dataclass
class Return:
    children: dict[str, ChildInReturn]
    in_header: frozenset[str]
    year_end: date | None

    @property
    def year_start(self):
        return (
            self.year_end.replace(year=self.year_end.year - 1) + timedelta(days=1) if self.year_end else None
        )

    @property
    def named(self):
        return f"the return for the year to {in_words(self.year_end)}" if self.year_end else "the return"

    @property
    def reviews(self):
        return sum(len(child.reviews) for child in self.children.values())
