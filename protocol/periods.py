"""How long, counted from what: the words `within`, `before`, `no_later_than`, `on_the_date`, `every`, `target`.

`within` is the source's limit; `target` is our own default where the source gives none, and says so on screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from protocol.happenings.names import Happening
from protocol.vocabulary import Unit
from protocol.working_days import Calendar, add_months, out_of_range


class Anchor(StrEnum):
    """What a date can hang on, other than the event that opens the duty."""

    CMH = "the CMH"
    HEARING = "the hearing"
    REVIEW = "the review"
    LA_FILING = "the filing of the authority's final evidence"
    GUARDIAN_FILING = "the filing of the guardian's final statement"
    ISSUE = "the issue of the child's application"
    CONCLUSION = "the conclusion of proceedings"
    RECEIPT = "the referral's receipt"
    PROMISE = "the date promised"


class Condition(StrEnum):
    """When an event opens a duty only in some circumstances; the value completes "only if …"."""

    NOT_LOOKED_AFTER_BEFORE = "the child was not already looked after"
    LOOKED_AFTER_BEFORE = "the child was already looked after"
    PROCEEDINGS_AND_GUARDIAN = "proceedings are running and a guardian is allocated"
    SIGNIFICANT_ISSUES = "significant issues arose and a guardian is allocated"
    FIRST_REVIEW = "it was the first review of this period and the child is still looked after"
    LATER_REVIEW = "it was a later review and the child is still looked after"
    IN_PROCEEDINGS = "proceedings are running"
    IN_PRE_PROCEEDINGS = "the case is in pre-proceedings"
    FORMAL = "the dispute is formal"
    DAYS_GIVEN = "the step gives days to answer"
    DISPUTE_OPEN = "a dispute is open"
    REMAINS_LOOKED_AFTER = "the child remains looked after"
    MEETING_REQUIRED = "a meeting is required"
    PERMANENCE_UNSETTLED = "permanence was not settled in the proceedings"
    ADVICE_STANDS = "advice was sought before"
    CAFCASS_BRINGS_PROCEEDINGS = "Cafcass is to bring civil proceedings"
    REFERRAL_RUNS = "the referral is neither concluded nor withdrawn"


class Word(StrEnum):
    WITHIN = "within"
    BEFORE = "before"
    NO_LATER_THAN = "no later than"
    ON_THE_DATE = "on"
    EVERY = "every"


@dataclass(frozen=True)
class Period:
    """So many of a unit. No number means that the event itself gives it (the days of a rung)."""

    number: int | None
    unit: Unit

    @property
    def words(self) -> str:
        if self.number is None:
            return f"the {self.unit.label}s given"
        return f"{self.number} {self.unit.label}{'' if self.number == 1 else 's'}"


def working_days(number: int) -> Period:
    return Period(number, Unit.WORKING_DAYS)


def calendar_days(number: int) -> Period:
    return Period(number, Unit.DAYS)


def weeks(number: int) -> Period:
    return Period(number, Unit.WEEKS)


def months(number: int) -> Period:
    return Period(number, Unit.MONTHS)


def years(number: int) -> Period:
    return Period(number, Unit.YEARS)


SAME_WORKING_DAY = working_days(0)
NEXT_WORKING_DAY = working_days(1)
DAYS_GIVEN = Period(None, Unit.WORKING_DAYS)


COUNT: dict[Unit, Callable[[Calendar, date, int], date]] = {
    Unit.WORKING_DAYS: Calendar.add,
    Unit.DAYS: lambda calendar, day, number: day + timedelta(days=number),
    Unit.WEEKS: lambda calendar, day, number: day + timedelta(weeks=number),
    Unit.MONTHS: lambda calendar, day, number: add_months(day, number),
    Unit.YEARS: lambda calendar, day, number: add_months(day, 12 * number),
}


@dataclass(frozen=True)
class Due:
    """One way in which a duty opens and gets its date.

    A period "beginning with" a day spends that day as its first.
    """

    word: Word
    period: Period | None
    of: Happening | Anchor
    opened_by: tuple[Happening, ...]
    only_if: Condition | None = None
    is_target: bool = False
    afresh: bool = False
    beginning_with: bool = False

    @cached_property
    def gives_its_number(self) -> bool:
        """The event that opens it says how many, as the step of a dispute does."""
        return self.period is not None and self.period.number is None

    @cached_property
    def counts_back(self) -> bool:
        return self.word in (Word.BEFORE, Word.NO_LATER_THAN)

    def date_from(self, day: date, number: int | None, calendar: Calendar) -> date:
        """The last day in time, counting `number` (the agreed one, else the rule's own) from `day`."""
        try:
            return self._counted(day, number, calendar)
        except (OverflowError, ValueError):  # beyond the first or the last day there is
            raise out_of_range(day) from None

    def _counted(self, day: date, number: int | None, calendar: Calendar) -> date:
        if number is None:
            return day - timedelta(days=1) if self.counts_back else day
        due_on = self._count(calendar, day, number)
        return due_on - timedelta(days=1) if self.beginning_with else due_on

    @cached_property
    def _count(self) -> Callable[[Calendar, date, int], date]:
        if self.period is None:
            raise TypeError(f"{self.word} {self.of} counts nothing")
        return Calendar.subtract if self.counts_back else COUNT[self.period.unit]

    @cached_property
    def own_number(self) -> int | None:
        return self.period.number if self.period else None


def within(
    period: Period,
    *,
    of: Happening | Anchor,
    opened_by: Happening | tuple[Happening, ...] = (),
    only_if: Condition | None = None,
    afresh: bool = False,
    beginning_with: bool = False,
) -> Due:
    """The source's limit. Without `opened_by`, the event it counts from is the event that opens it.

    `afresh`: what opens it is no mere repeat, and opens its own entry beside an unmet one.
    """
    opening = _opening(of, opened_by)
    return Due(Word.WITHIN, period, of, opening, only_if, afresh=afresh, beginning_with=beginning_with)


def before(
    anchor: Anchor,
    *,
    opened_by: Happening | tuple[Happening, ...],
    only_if: Condition | None = None,
    afresh: bool = False,
) -> Due:
    """Any moment before the day: due the day before it, working or not."""
    return Due(Word.BEFORE, None, anchor, _opening(anchor, opened_by), only_if, afresh=afresh)


def no_later_than(
    period: Period, *, before: Anchor, opened_by: Happening, only_if: Condition | None = None
) -> Due:
    """So many working days before a day, that day not counted."""
    return Due(Word.NO_LATER_THAN, period, before, (opened_by,), only_if)


def on_the_date(anchor: Anchor, *, opened_by: Happening) -> Due:
    """The date somebody promised is the limit."""
    return Due(Word.ON_THE_DATE, None, anchor, (opened_by,))


def every(period: Period, *, of: tuple[Happening, ...], only_if: Condition | None = None) -> Due:
    """Again and again: each of the happenings starts the next period."""
    return Due(Word.EVERY, period, of[0], of, only_if)


def target(due: Due) -> Due:
    """Our own default, not the source's: an organisation may change it, and missing it is no breach."""
    return replace(due, is_target=True)


def _opening(of: Happening | Anchor, opened_by: Happening | tuple[Happening, ...]) -> tuple[Happening, ...]:
    if isinstance(opened_by, Happening):
        return (opened_by,)
    if opened_by:
        return opened_by
    if isinstance(of, Happening):
        return (of,)
    raise TypeError(f"{of} opens nothing by itself: say opened_by")
