"""The years of a return run from 1 April to 31 March."""

from dataclasses import dataclass
from datetime import date

OFFERED = 4


@dataclass(frozen=True)
class Year:
    end: date

    @property
    def start(self):
        return date(self.end.year - 1, 4, 1)

    @property
    def words(self):
        return f"1 April {self.start.year} to 31 March {self.end.year}"


def of(day):
    """The year a day falls in."""
    march = date(day.year, 3, 31)
    return Year(march if day <= march else date(day.year + 1, 3, 31))


def offered(today):
    """This year and those before it, the latest first."""
    this = of(today).end
    return [Year(date(this.year - back, 3, 31)) for back in range(OFFERED)]


def named(written, today):
    """The year somebody chose by the calendar year it ends in; the last complete one where they chose none."""
    every = offered(today)
    return next((year for year in every if str(year.end.year) == written), every[1])
