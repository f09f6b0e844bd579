"""What a return says of one child, as facts for the child's chronology.

The clock does not restart when section 20 turns into an interim order and that into a care order; it does with
authority to place for adoption (a placement order begins) and with each placement for adoption (codes A3 to A6).
"""

from dataclasses import dataclass, field
from datetime import date

from cases.imports import codes
from cases.imports.words import Row
from cases.models.event import LEGAL_STATUS_CHANGED
from protocol.happenings import Happening

CARE = frozenset(
    str(name)
    for name in (
        Happening.BECAME_LOOKED_AFTER,
        Happening.CEASED_TO_BE_LOOKED_AFTER,
        Happening.AUTHORITY_TO_PLACE,
        Happening.PLACED_FOR_ADOPTION,
        LEGAL_STATUS_CHANGED,
    )
)
REVIEW_HELD = str(Happening.REVIEW_HELD)
TOLD = CARE | {REVIEW_HELD}
# In the chronology beside an end that no row of a return gives.
ENDED_BY_NEXT = "The return gives no end of this period of care: it ended when the next one began."


@dataclass(frozen=True)
class Told:
    """One fact of a return.

    `began` is the beginning of its period of care; `until` the end of it or, where the fact itself is that end,
    the beginning of the next.
    """

    happening: str
    on: date
    row: Row
    details: dict = field(default_factory=dict)
    particulars: dict = field(default_factory=dict)
    began: date | None = None
    until: date | None = None
    note: str = ""


@dataclass
class CareSoFar:
    """How the child stood before the first episode of this return, by what is already on record."""

    since: date | None = None
    by_import: bool = True
    legal_status: str = ""
    is_placed: bool = False


def told_by(child, periods, so_far):
    """The facts of a child, in order of day: care first, then the reviews."""
    facts = []
    for number, period in enumerate(periods):
        facts += _care(period, so_far if number == 0 else CareSoFar())
        if period.ended:
            facts.append(_end(period, following=periods[number + 1 :]))
    return [*facts, *(_review(review) for review in child.reviews)]


def _care(period, so_far):
    legal_status, is_placed = "", False
    if so_far.since and not period.starts_afresh:
        legal_status, is_placed = so_far.legal_status, so_far.is_placed
    else:
        yield _fact(Happening.BECAME_LOOKED_AFTER, period, period.episodes[0], named=True)
        legal_status = codes.legal_status(period.episodes[0].legal_status)
    for number, episode in enumerate(period.episodes):
        if codes.legal_status(episode.legal_status) != legal_status:
            yield _fact(LEGAL_STATUS_CHANGED, period, episode, named=True)
        before = period.episodes[number - 1] if number else None
        had_order = before.legal_status == codes.PLACEMENT_ORDER if before else _had_order(so_far, period)
        # Authority is for a child who waits: one already placed keeps the clock of the placement.
        if episode.legal_status == codes.PLACEMENT_ORDER and not had_order and not is_placed:
            yield _fact(Happening.AUTHORITY_TO_PLACE, period, episode)
        if episode.is_adoptive and (not is_placed or episode.reason in codes.NEW_CARERS):
            yield _fact(Happening.PLACED_FOR_ADOPTION, period, episode)
        legal_status, is_placed = codes.legal_status(episode.legal_status), episode.is_adoptive


def _end(period, following):
    until = following[0].began if following else None
    row = period.episodes[-1].row
    note = ENDED_BY_NEXT if period.is_ended_by_next else ""
    return ended(period.ended, row, began=period.began, until=until, note=note)


def ended(on, row, **rest):
    """The end of a period of care."""
    return Told(str(Happening.CEASED_TO_BE_LOOKED_AFTER), on, row, **rest)


def _had_order(so_far, period):
    continues = so_far.since and not period.starts_afresh
    return bool(continues) and so_far.legal_status.startswith(codes.PLACEMENT_ORDER)


def _fact(happening, period, episode, *, named=False):
    details = {"legal_status": codes.legal_status(episode.legal_status)} if named else {}
    return Told(str(happening), episode.began, episode.row, details, began=period.began, until=period.ended)


def _review(review):
    """A review is known by its day, as one typed here is. The return knows of no significant issues."""
    particulars = {"participation": review.participation} if review.participation else {}
    details = {"review": review.on.isoformat(), "significant_issues": False}
    return Told(REVIEW_HELD, review.on, review.row, details, particulars)
