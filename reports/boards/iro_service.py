"""The IRO manager's board: what is late, why, whose move it is, and whether it is getting better."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import PersonRole
from reports.boards import deadlines, trend
from reports.boards.tiles import Line, Number, Table, list_url, table
from reports.measures import disputes, groups, kinds, weeks
from reports.measures.slices import BANDS, Slice, counted_by

LIMITS = ("sources", "ours")


@dataclass(frozen=True)
class Board:
    limits: str
    tiles: list
    by_limit: Table
    tables: list
    caseload: Table
    disputes: Table
    handovers: list
    tracker: list
    weeks: Table
    reasons: Table
    trend: trend.Trend


def board(user, *, today, limits="sources"):
    """Everything on it, in as many queries however much is owed."""
    limits = limits if limits in LIMITS else "sources"
    base = Slice.of(limits=limits)
    by_limit = counted_by(Slice().rows(user, today).still_open(), "limits", BANDS, kinds.BANDS, today)
    running = weeks.running(user, today)
    return Board(
        limits=limits,
        tiles=_tiles(base, by_limit.get(limits, dict.fromkeys(BANDS, 0))),
        by_limit=_by_limit(by_limit),
        tables=_tables(base, user, today),
        caseload=_caseload(user, today),
        disputes=_disputes(user, today),
        handovers=_groups(groups.HANDOVERS, user, today),
        tracker=_groups(("pre_proceedings", "flagged", "section_20"), user, today),
        weeks=_weeks(running, today),
        reasons=_reasons(running),
        trend=trend.of(base, user, today),
    )


def _tiles(base, numbers):
    return [
        {
            "name": name,
            "words": kinds.BANDS.words[name],
            "meant": kinds.MEANT[name],
            "number": Number(numbers[name], base.and_(band=name).url()),
        }
        for name in BANDS
    ]


def _by_limit(numbers):
    none = dict.fromkeys(BANDS, 0)
    rows = [
        (words, "", numbers.get(name, none), Slice.of(limits=name), lambda of, band: of.and_(band=band).url())
        for name, words in kinds.LIMITS.words.items()
    ]
    return table("All that is open, by what stands behind the limit", "Limit", kinds.BANDS, BANDS, rows)


def _tables(base, user, today):
    return [
        deadlines.in_order(base, user, today, "move", "Whose move it is", "Whose move", kinds.MOVE),
        deadlines.in_order(
            base, user, today, "age", "Age of the breach, and whose move it is", "Late by", kinds.AGE,
            columns=tuple(kinds.MOVE.words), kind=kinds.MOVE, column="move",
        ),
        deadlines.pressing(base, user, today, "duty", "By duty", "Duty", deadlines.duties),
        deadlines.pressing(base, user, today, "iro", "By IRO", "IRO", deadlines.people),
        deadlines.pressing(base, user, today, "team", "By team", "Team manager", deadlines.people),
        deadlines.pressing(base, user, today, "owing", "By agency owing", "Agency", deadlines.agencies),
    ]  # fmt: skip


# --- Caseload ---------------------------------------------------------------------------------------------------


def _caseload(user, today):
    """Each IRO of the authority, also one without a child; what belongs to nobody last."""
    held = groups.caseloads(user)
    reviews = counted_by(
        Slice.of(of="reviews", state="open", due="4w").rows(user, today),
        "iro",
        ("open",),
        kinds.STATES,
        today,
    )
    overdue = counted_by(
        Slice.of(of="reviews").rows(user, today).still_open(), "iro", kinds.LATE, kinds.BANDS, today
    )
    known = User.objects.filter(organisation=user.organisation_id, role=PersonRole.IRO, is_active=True)
    elsewhere = User.objects.filter(pk__in=[*held, *filter(None, reviews), *filter(None, overdue)])
    names = dict((known | elsewhere).order_by("name").values_list("pk", "name"))
    without = groups.of_iro(user, None).count()
    lines = [_load(pk, name, held.get(pk, 0), reviews, overdue) for pk, name in names.items()]
    return Table(
        "Caseload of each IRO",
        "IRO",
        ["Children", "Reviews due in four weeks or overdue", "Reviews critically overdue", "Reviews overdue"],
        [*lines, _load(None, "No IRO", without, reviews, overdue)],
        help=f"{groups.CASELOAD_SOURCE}. Counted: children looked after, or in an open case.",
    )


def _load(pk, name, children, reviews, overdue):
    mine = Slice.of(of="reviews", iro=pk)
    late = overdue.get(pk, {})
    numbers = [
        Number(children, list_url("board_children", iro="none" if pk is None else pk), "Children"),
        Number(
            reviews.get(pk, {}).get("open", 0),
            mine.and_(state="open", due="4w").url(),
            "Reviews due in four weeks or overdue",
        ),
        Number(
            late.get("critical", 0), mine.and_(band="critical").url(), "Reviews critically overdue", "red"
        ),
        Number(late.get("overdue", 0), mine.and_(band="overdue").url(), "Reviews overdue", "orange"),
    ]
    return Line(name, numbers, "" if pk is None else against_the_guide(children))


def against_the_guide(children):
    least, most = groups.CASELOAD
    if children > most:
        return f"{children - most} above {least} to {most}"
    return f"{least - children} below {least} to {most}" if children < least else f"Within {least} to {most}"


# --- Disputes, handovers, the tracker ---------------------------------------------------------------------------


def _disputes(user, today):
    numbers = disputes.by_rung(user, today)
    rows = [
        (rung or "No step recorded", "", row, rung, _dispute_url) for rung, row in sorted(numbers.items())
    ]
    return table(
        "Disputes that run, by step and days of twenty", "Step", disputes.DAYS, tuple(disputes.DAYS.words), rows,
        none="No dispute is running. One appears here when an IRO raises it.",
        help="The whole formal process has 20 working days (IRO Handbook 6.2).",
    )  # fmt: skip


def _dispute_url(rung, days):
    return list_url("board_disputes", step=rung or "-", days=days)


def _groups(names, user, today):
    return [
        {
            "name": name,
            "words": groups.GROUPS[name].words,
            "meant": groups.GROUPS[name].empty,
            "number": Number(
                groups.GROUPS[name].rows(user, today).count(), list_url("board_children", group=name)
            ),
        }
        for name in names
    ]


# --- Twenty-six weeks -------------------------------------------------------------------------------------------


def _weeks(running, today):
    heads = ["Children", "The court’s date is to come", "The court’s date is past"]
    lines = [_week_line(name, [c for c in running if c.band == name], today, heads) for name in weeks.WORDS]
    return Table(
        "Children in proceedings, by the week they are in", "Weeks", heads, lines if running else [],
        none="No child is in care proceedings. A child is counted here from the day of issue.",
        help="26 weeks begin with the day of issue (Children Act 1989 s32(1)(a)(ii)); the court may extend them by up "
        "to eight at a time (s32(5)). The average case takes 39 to 43: nobody is chased.",
    )  # fmt: skip


def _week_line(name, inside, today, heads):
    past = sum(weeks.is_date_past(child, today) for child in inside)
    return Line(
        weeks.WORDS[name],
        [
            Number(len(inside), list_url("board_children", weeks=name), heads[0]),
            Number(len(inside) - past, list_url("board_children", weeks=name, date="to_come"), heads[1]),
            Number(past, list_url("board_children", weeks=name, date="past"), heads[2]),
        ],
    )


def _reasons(running):
    found, none = weeks.by_reason(running)
    lines = [
        Line(reason, [Number(number, list_url("board_children", reason=weeks.key_of(reason)), "Children")])
        for reason, number in found
    ]
    if none:
        url = list_url("board_children", reason=weeks.NO_EXTENSION)
        lines.append(Line("No extension recorded", [Number(none, url, "Children")]))
    return Table(
        "Why the court gave children past 26 weeks more time", "Reason", ["Children"], lines,
        none="No child in proceedings is past 26 weeks. Each who is stands here by the reason of the extension.",
        help="As the reason was typed when the extension was recorded; a child may have several.",
    )  # fmt: skip
