"""LA legal's board: papers on their way to the IRO by day of five, and hearings before which the court is to be told."""

from dataclasses import dataclass

from reports.boards import deadlines, lists
from reports.boards.tiles import Line, Number, Table
from reports.measures import kinds
from reports.measures.slices import Slice, counted

PAPERS = Slice.of(state="open", duty="CMH-10")
UNTOLD = Slice.of(state="open", duty="IRH-8")
SHOWN = 50


@dataclass(frozen=True)
class Board:
    papers: Table
    untold: Number
    hearings: list
    pressing: Table


def board(user, *, today):
    untold = UNTOLD.rows(user, today)
    first = list(untold.order_by("due_on", "pk")[:SHOWN])
    return Board(
        papers=_papers(user, today),
        untold=Number(untold.count(), UNTOLD.url()),
        hearings=lists.lines(first, today),
        pressing=deadlines.pressing(
            Slice.of(move="la_legal"), user, today, "duty", "All that LA legal owes", "Duty", deadlines.duties
        ),
    )


def _papers(user, today):
    days = tuple(kinds.DAY_OF_FIVE.words)
    numbers = counted(PAPERS.rows(user, today), days, kinds.DAY_OF_FIVE, today)
    row = [
        Number(
            numbers[day],
            PAPERS.and_(day=day).url(),
            kinds.DAY_OF_FIVE.words[day],
            "red" if day == "over" else "orange" if day == "5" else "",
        )
        for day in days
    ]
    return Table(
        "Court documents received and not yet forwarded to the IRO",
        "Working days since it came",
        [kinds.DAY_OF_FIVE.words[day] for day in days],
        [Line("Documents", row)] if any(numbers.values()) else [],
        none="Every court document received has been forwarded. One appears here on the day it is recorded.",
        help="Each relevant court document goes to the IRO within five working days of receiving it (GPP Pre-CMH, "
        "CMH-10).",
    )
