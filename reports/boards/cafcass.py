"""The Cafcass service manager's board: what the office owes authorities, and how its letters were found (CMH-15)."""

from dataclasses import dataclass

from accounts.models import Organisation, User
from reports.boards.deadlines import names_of
from reports.boards.tiles import COLOURS, Line, Number, Table, list_url, table
from reports.measures import kinds, letters, periods
from reports.measures.slices import OUTCOMES, Slice, counted, counted_by

# What is measured: its words, the short ones for a column, and the deadlines it counts.
MEASURES = (
    ("Initial notifications, by the Appendix 1 letter", "Notified", {"duty": "CMH-4"}),
    ("Contact with the IRO before the CMH", "Contact", {"duty": "CMH-7"}),
    ("Handovers, by the Appendix 2 letter", "Handover", {"duty": "END-3"}),
    ("Closing and everything handed over with it", "Closing", {"of": "closing"}),
)
SHOWN = ("in_time", "late")


@dataclass(frozen=True)
class Board:
    period: str
    measures: Table
    by_guardian: Table
    by_authority: Table
    letters: Number
    scored: int
    pressing: Table


def board(user, *, today):
    """Of the office's own cases: one it may open for the sake of a referral counts where it belongs."""
    base = Slice.of(due="12m", office=user.organisation_id)
    return Board(
        period=periods.year(today).words,
        measures=_measures(base, user, today),
        by_guardian=_by(base, user, today, "guardian", "By guardian", "Guardian", User, "signatory"),
        by_authority=_by(
            base, user, today, "authority", "By authority", "Authority", Organisation, "authority"
        ),
        letters=Number(letters.unhelpful(user, today).count(), list_url("board_letters")),
        scored=letters.scored(user, today).count(),
        pressing=_pressing(user, today),
    )


def _measures(base, user, today):
    rows = []
    for words, _, what in MEASURES:
        measured = base.and_(**what)
        numbers = counted(measured.rows(user, today), OUTCOMES, kinds.OUTCOMES, today)
        rows.append((words, share(numbers), numbers, measured, lambda of, name: of.and_(outcome=name).url()))
    return table("What fell due, and what came of it", "Measure", kinds.OUTCOMES, OUTCOMES, rows)


def share(numbers):
    """In time, of all that came or should have come."""
    owed = numbers["in_time"] + numbers["late"]
    return f"{round(100 * numbers['in_time'] / owed)}% in time" if owed else "Nothing fell due"


def _by(base, user, today, dimension, caption, first, model, field):
    """A row for each guardian or authority: in time and late of each measure, and letters found unhelpful."""
    found = [
        counted_by(base.and_(**what).rows(user, today), dimension, SHOWN, kinds.OUTCOMES, today)
        for _, _, what in MEASURES
    ]
    returned = letters.unhelpful_by(user, today, field)
    keys = {key for numbers in found for key in numbers} | set(returned)
    names = names_of(model, keys)
    heads = [f"{short}: {kinds.OUTCOMES.words[name].lower()}" for _, short, _ in MEASURES for name in SHOWN]
    lines = [
        Line(
            names.get(key, "Nobody"),
            [
                *_numbers(base, found, heads, dimension, key),
                Number(
                    returned.get(key, 0), list_url("board_letters", **{field: key or ""}), "Found unhelpful"
                ),
            ],
        )
        for key in sorted(keys, key=lambda key: names.get(key, "~"))
    ]
    none = f"Nothing fell due in these months. Each {first.lower()} stands here with what did."
    return Table(caption, first, [*heads, "Found unhelpful"], lines, none=none)


def _numbers(base, found, heads, dimension, key):
    columns = [(what, name) for _, _, what in MEASURES for name in SHOWN]
    for place, (head, (what, name)) in enumerate(zip(heads, columns, strict=True)):
        number = found[place // len(SHOWN)].get(key, {}).get(name, 0)
        asked = base.and_(**what, **{dimension: key}, outcome=name)
        yield Number(number, asked.url(), head, COLOURS.get(name, ""))


def _pressing(user, today):
    """What Cafcass owes now, by what stands behind the limit."""
    base = Slice.of(move="cafcass", office=user.organisation_id)
    numbers = counted_by(base.rows(user, today).still_open(), "limits", kinds.BANDS.words, kinds.BANDS, today)
    none = dict.fromkeys(kinds.BANDS.words, 0)
    rows = [
        (
            kinds.LIMITS.words[name],
            "",
            numbers.get(name, none),
            base.and_(limits=name),
            lambda of, band: of.and_(band=band).url(),
        )
        for name in ("sources", "ours")
    ]
    return table("What the office owes now", "Limit", kinds.BANDS, tuple(kinds.BANDS.words), rows)
