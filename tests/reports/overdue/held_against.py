"""What each place that says what is overdue is held against, and where they disagree."""

from collections import Counter

from cases.models import Deadline
from protocol.vocabulary import Force
from reports.statutory import years
from tests.in_full import IN_FULL
from tests.reports.overdue import expected, places
from tests.reports.overdue.places import REVIEW, Said, said
from tests.reports.overdue.story import INSIDE

HANDED_OVER = [f"END-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 9)]


def seen(story, name, today):
    return said(expected.seen(story, name, today))


def owed(story, name, today):
    return said(expected.owed(story, name, today))


def of_sources(story, name, today):
    """Limits that a source sets; the court's weeks and our own targets are counted apart."""
    rows = expected.seen(story, name, today).items()
    return said(pk for pk, row in rows if row.owed_by != "court" and Force(row.force).breach)


def of_office(story, name, today):
    return said(
        pk for pk, row in expected.seen(story, name, today).items() if row.owed_by in ("guardian", "cafcass")
    )


def of_legal(story, name, today):
    return said(pk for pk, row in expected.seen(story, name, today).items() if row.owed_by == "la_legal")


def of_one_duty(story, name, today):
    return said(pk for pk, row in expected.seen(story, name, today).items() if row.duty == REVIEW)


def of_case(story, name, today):
    """A case's own, and the reviews of the children in it as far as their records are open to whoever looks."""
    wanted = {"siblings", "amber", "blake", "coral"}
    return said(pk for pk in expected.seen(story, name, today) if story.hung[pk] in wanted)


def by_case(story, name, today):
    """For each case that is open to somebody what is late of it and of the children in it."""
    hung = Counter(story.hung[pk] for pk in expected.seen(story, name, today))
    inside = {**INSIDE, "siblings": ("amber", "blake", "coral")}
    return {
        case.key: hung[place] + sum(hung[child] for child in inside[place])
        for place, case in story.cases.items()
        if place in expected.reach(name, today)
    }


def of_handovers(story, name, today):
    """Amber's proceedings have concluded; her handover is late as soon as one task of it is."""
    amber = story.children["amber"].pk
    rows = expected.seen(story, name, today).values()
    return Said(int(any(row.child_id == amber and row.case_id and row.duty in HANDED_OVER for row in rows)))


def out_of_time(story, name, today):
    """Reviews of the year of which a breach stands."""
    year, within = years.of(today), expected.reach(name, today)
    rows = Deadline.objects.filter(duty__in=("REV-1", "REV-2", "REV-3"), due_on__range=(year.start, year.end))
    read = [row for row in rows.values_list(*expected.READ, named=True) if story.hung[row.pk] in within]
    return Said(len(expected.breached(read, today)))


def told(story, name, today):
    """What somebody was told of, is still overdue, and is still theirs to look at."""
    return said(story.told.get(name, set()) & set(expected.seen(story, name, today)))


PLACES = {
    "the projection": (places.projection, seen, ("mona", "hal", "iris", "ivor", "gwen", "cass", "sol", "stranger")),
    "My work": (places.my_work, owed, ("iris", "ivor", "gwen", "sol", "mona", "cass")),
    "the board of the IRO service": (
        places.board("board_iro_service", lambda shown: shown.by_limit), seen, ("mona", "stranger"),
    ),
    "its tiles": (places.tiles, of_sources, ("hal", "mona")),
    "handovers on it": (places.handovers, of_handovers, ("mona",)),
    "the board of Cafcass": (places.board("board_cafcass", lambda shown: shown.pressing), of_office, ("cass",)),
    "the board of LA legal": (places.board("board_la_legal", lambda shown: shown.pressing), of_legal, ("lena",)),
    "the list of cases": (places.list_of_cases, by_case, ("mona", "hal", "iris", "gwen")),
    "every deadline of a case": (places.page_of_a_case(["rows"], "deadlines"), of_case, ("mona", "iris")),
    "where a case stands": (places.page_of_a_case(["authority", "cafcass", "court"], "case"), of_case, ("mona", "iris")),
    "conformance": (places.conformance, seen, ("mona", "hal")),
    "the list behind conformance": (places.behind_conformance, of_one_duty, ("mona",)),
    "the annual report": (places.annual, out_of_time, ("mona",)),
    "every deadline as CSV": (places.exported("deadlines"), seen, ("mona",)),
    "My work as CSV": (places.exported("work"), owed, ("iris", "gwen")),
    "the calendar": (places.feed, owed, ("iris", "ivor", "gwen", "mona")),
    "the daily summary": (places.summary, owed, ("iris", "ivor", "gwen", "sol", "mona", "cass", "lena")),
    "the inbox": (places.inbox, told, ("iris", "mona", "gwen", "sol", "cass", "tess", "lena")),
}  # fmt: skip


def disagreements(story, today, asked=PLACES, *, turn=0):
    """Where it is said otherwise than it is: the place, the person, and what is said too much or too little.

    Each place is asked by one of its people, whose turn it is; by all of them when tested in full.
    """
    found = {}
    for place in asked:
        says, expects, people = PLACES[place]
        for name in people if IN_FULL else [people[turn % len(people)]]:
            is_said, is_so = says(story, name, today), expects(story, name, today)
            if differs := _differ(is_said, is_so):
                found[place, name] = differs
    return found


def _differ(is_said, is_so):
    if isinstance(is_so, dict):
        return "" if is_said == is_so else f"{is_said} and not {is_so}"
    rows = is_so.rows if is_said.rows is not None else None
    if is_said == Said(is_so.number, rows):
        return ""
    more, less = (is_said.rows or set()) - (rows or set()), (rows or set()) - (is_said.rows or set())
    return f"{is_said.number} and not {is_so.number}: {few(more)} too many, {few(less)} missing"


def few(rows):
    """Enough of them to look at."""
    return sorted(rows)[:9]
