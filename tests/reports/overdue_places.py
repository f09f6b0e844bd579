"""Every place that says what is overdue, asked through its own door, and what each is held against.

The places are the product's pages, files, e-mails and calendars; what they are held against comes from
`overdue_steps`, which asks none of the product's querysets.
"""

import csv
import io
import os
import re
from collections import Counter
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cases import notices
from cases.models import Deadline, Notice
from protocol.vocabulary import Force
from reports.annual import acts
from reports.feed import address
from reports.models import FeedEntry
from reports.statutory import years
from tests.reports import overdue_steps as steps
from tests.reports.fetching import fetched

IN_FULL = os.environ.get("TEST_IN_FULL") == "1"
REVIEW = "REV-3"
HANDED_OVER = [f"END-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 9)]


@dataclass(frozen=True)
class Said:
    """What a place says is overdue: how many, and which rows; None where it shows the number alone."""

    number: int
    rows: frozenset | None = None


def said(rows, number=None):
    rows = frozenset(rows)
    return Said(len(rows) if number is None else number, rows)


def browse(story, name):
    client = Client()
    client.force_login(story.person(name))
    return client


# --- Each place -------------------------------------------------------------------------------------------------


def projection(story, name, today):
    return said(Deadline.objects.visible_to(story.person(name)).overdue(today).values_list("pk", flat=True))


def my_work(story, name, today):
    """The list, and the number beside its heading."""
    page = browse(story, name).get(reverse("my_work"))
    rows = [row for group, rows, *_ in page.context["groups"] if group == "Overdue" for row in rows]
    assert all(row.status == "overdue" for row in rows)
    number = re.search(r'Overdue <span class="app-count">\((\d+)\)', page.content.decode())
    return said((pk for row in rows for pk in row.deadlines), int(number[1]) if number else 0)


def board_list(client, url):
    """The rows behind a number, page by page; the number its heading gives must be theirs."""
    rows, number = [], 0
    while url:
        page = client.get(url)
        rows += page.context["lines"]
        number, url = page.context["number"], page.context["next_url"]
    assert len(rows) == number
    assert all(line.is_overdue for line in rows)
    return [line.pk for line in rows]


def board(page, table):
    """The numbers of a board's table that say something is late, each with the list behind it."""

    def numbers(story, name, today):
        client = browse(story, name)
        shown = client.get(reverse(page)).context["board"]
        late = [number for line in table(shown).lines for number in line.numbers[:2]]
        rows = Counter(pk for one in late if one.opens for pk in board_list(client, one.opens))
        assert set(rows.values()) <= {1}, "a row stands behind two numbers"
        return said(rows, sum(one.number for one in late))

    return numbers


def tiles(story, name, today):
    """The two that say something is late, of the limits a source sets."""
    shown = browse(story, name).get(reverse("board_iro_service")).context["board"]
    return Said(sum(one["number"].number for one in shown.tiles if one["name"] in ("critical", "overdue")))


def handovers(story, name, today):
    """The list behind the tile of handovers with overdue tasks."""
    page = browse(story, name).get(reverse("board_children"), {"group": "tasks_overdue"}).context
    return Said(page["number"])


def list_of_cases(story, name, today):
    page = browse(story, name).get(reverse("cases")).context["page"]
    assert not page.next_url
    return {case.key: case.overdue for case in page.cases}


def page_of_a_case(parts, page):
    """Of the case of the siblings: every deadline of it, or what is asked now of each side."""

    def rows(story, name, today):
        shown = browse(story, name).get(reverse(page, args=[story.cases["siblings"].key])).context
        late = [row for part in parts for row in shown[part] if row.status == "overdue"]
        return said(pk for row in late for pk in row.deadlines)

    return rows


SPAN = {"from_on": "2025-01-01", "until_on": "2030-01-01"}


def conformance(story, name, today):
    """What is missed and never done, duty by duty; what was overtaken since is late no more."""
    page = browse(story, name).get(reverse("conformance"), SPAN).context
    lines = [row["one"] for part in ("binding", "not_binding") for row in page[part]]
    return Said(sum(one.counts["missed"] for one in lines) - len(overtaken(story, name)))


def behind_conformance(story, name, today):
    page = (
        browse(story, name)
        .get(reverse("conformance_duty", args=[REVIEW]), {**SPAN, "result": "missed"})
        .context
    )
    assert page["number"] == sum(len(row.deadlines) for row in page["rows"])
    return said(pk for row in page["rows"] if row.status == "overdue" for pk in row.deadlines)


def annual(story, name, today):
    """Of what fell due in the year, what is neither met in time nor late, excused or overtaken."""
    year = years.of(today)
    report = acts.begin(year.end, by=story.person(name))
    page = browse(story, name).get(reverse("annual_report", args=[report.key])).context["content"]
    tables = {table["title"]: table["rows"] for part in page["sections"] for table in part["tables"]}
    reasons = tables["Reviews out of time, by the reason recorded"]
    return Said(sum(int(number) for _, number in reasons if reasons[0][0] != "None was out of time"))


def overtaken(story, name):
    within = steps.SEES[name]
    rows = Deadline.objects.filter(state="not_required", is_missed=True).values_list("pk", flat=True)
    return [pk for pk in rows if story.hung[pk] in within]


def exported(wanted):
    def as_csv(story, name, today):
        client = browse(story, name)
        asked = client.post(
            reverse("export", args=[wanted]), {"purpose": "The monthly meeting", "form": "csv"}
        )
        written = fetched(client, asked).content.decode("utf-8-sig")
        known = {
            (subject, child or "", str(due_on or "")): pk
            for pk, subject, child, due_on in Deadline.objects.values_list(
                "pk", "subject", "child__name", "due_on"
            )
        }
        assert len(known) == steps.NUMBER
        rows = csv.DictReader(io.StringIO(written))
        return said(
            known[row["About"], row["Child"], row["Due"]] for row in rows if row["Status"] == "Overdue"
        )

    return as_csv


def feed(story, name, today):
    token = address.make(by=story.person(name))
    calendar = Calendar.from_ical(Client().get(reverse("calendar", args=[token])).content)
    about = dict(FeedEntry.objects.values_list("uid", "about"))
    known = {(key, due_on): pk for pk, key, due_on in Deadline.objects.values_list("pk", "key", "due_on")}
    rows = []
    for event in calendar.walk("VEVENT"):
        if str(event["summary"]).startswith("Overdue: "):
            key = about[str(event["uid"]).removesuffix("@protocol")].removeprefix("deadline:")
            due_on = event.decoded("dtstart")
            rows.append(known[key.removesuffix(f":{due_on}"), due_on])
    return said(rows)


def summary(story, name, today):
    """The number in the daily e-mail, also where it waited for its worker until now."""
    waiting = Notice(kind=Notice.Kind.DIGEST, recipient=story.person(name), about=today.isoformat())
    return Said(int(re.search(r"Today: (\d+) overdue", notices.message_for(waiting).body)[1]))


def inbox(story, name, today):
    """Of the notices that wait to be acknowledged, those that say that something is overdue."""
    client, url, lines = browse(story, name), reverse("inbox"), []
    while url:
        page = client.get(url)
        lines += page.context["page"].waiting
        url = page.context["next_url"]
    assert len(lines) == page.context["page"].number
    told = [line.pk for line in lines if line.words.startswith("Overdue: ")]
    return said(Notice.objects.filter(pk__in=told).values_list("deadline", flat=True), len(told))


# --- What each is held against ----------------------------------------------------------------------------------


def seen(story, name, today):
    return said(steps.seen(story, name, today))


def owed(story, name, today):
    return said(steps.owed(story, name, today))


def of_sources(story, name, today):
    """Limits that a source sets; the court's weeks and our own targets are counted apart."""
    rows = steps.seen(story, name, today).items()
    return said(pk for pk, row in rows if row.owed_by != "court" and Force(row.force).breach)


def of_office(story, name, today):
    return said(
        pk for pk, row in steps.seen(story, name, today).items() if row.owed_by in ("guardian", "cafcass")
    )


def of_legal(story, name, today):
    return said(pk for pk, row in steps.seen(story, name, today).items() if row.owed_by == "la_legal")


def of_one_duty(story, name, today):
    return said(pk for pk, row in steps.seen(story, name, today).items() if row.duty == REVIEW)


def of_case(story, name, today):
    """A case's own, and the reviews of the children in it as far as their records are open to whoever looks."""
    wanted = {"siblings", "amber", "blake", "coral"}
    return said(pk for pk in steps.seen(story, name, today) if story.hung[pk] in wanted)


def by_case(story, name, today):
    """For each case that is open to somebody what is late of it and of the children in it."""
    hung = Counter(story.hung[pk] for pk in steps.seen(story, name, today))
    inside = {**steps.INSIDE, "siblings": ("amber", "blake", "coral")}
    return {
        case.key: hung[place] + sum(hung[child] for child in inside[place])
        for place, case in story.cases.items()
        if place in steps.reach(name, today)
    }


def of_handovers(story, name, today):
    """Amber's proceedings have concluded; her handover is late as soon as one task of it is."""
    amber = story.children["amber"].pk
    rows = steps.seen(story, name, today).values()
    return Said(int(any(row.child_id == amber and row.case_id and row.duty in HANDED_OVER for row in rows)))


def out_of_time(story, name, today):
    """Reviews of the year of which a breach stands."""
    year, within = years.of(today), steps.reach(name, today)
    rows = Deadline.objects.filter(duty__in=("REV-1", "REV-2", "REV-3"), due_on__range=(year.start, year.end))
    read = [row for row in rows.values_list(*steps.READ, named=True) if story.hung[row.pk] in within]
    return Said(len(steps.breached(read, today)))


def told(story, name, today):
    """What somebody was told of, is still overdue, and is still theirs to look at."""
    return said(story.told.get(name, set()) & set(steps.seen(story, name, today)))


PLACES = {
    "the projection": (projection, seen, ("mona", "hal", "iris", "ivor", "gwen", "cass", "sol", "stranger")),
    "My work": (my_work, owed, ("iris", "ivor", "gwen", "sol", "mona", "cass")),
    "the board of the IRO service": (
        board("board_iro_service", lambda shown: shown.by_limit), seen, ("mona", "stranger"),
    ),
    "its tiles": (tiles, of_sources, ("hal", "mona")),
    "handovers on it": (handovers, of_handovers, ("mona",)),
    "the board of Cafcass": (board("board_cafcass", lambda shown: shown.pressing), of_office, ("cass",)),
    "the board of LA legal": (board("board_la_legal", lambda shown: shown.pressing), of_legal, ("lena",)),
    "the list of cases": (list_of_cases, by_case, ("mona", "hal", "iris", "gwen")),
    "every deadline of a case": (page_of_a_case(["rows"], "deadlines"), of_case, ("mona", "iris")),
    "where a case stands": (page_of_a_case(["authority", "cafcass", "court"], "case"), of_case, ("mona", "iris")),
    "conformance": (conformance, seen, ("mona", "hal")),
    "the list behind conformance": (behind_conformance, of_one_duty, ("mona",)),
    "the annual report": (annual, out_of_time, ("mona",)),
    "every deadline as CSV": (exported("deadlines"), seen, ("mona",)),
    "My work as CSV": (exported("work"), owed, ("iris", "gwen")),
    "the calendar": (feed, owed, ("iris", "ivor", "gwen", "mona")),
    "the daily summary": (summary, owed, ("iris", "ivor", "gwen", "sol", "mona", "cass", "lena")),
    "the inbox": (inbox, told, ("iris", "mona", "gwen", "sol", "cass", "tess", "lena")),
}  # fmt: skip


def disagreements(story, today, places=PLACES, *, turn=0):
    """Where it is said otherwise than it is: the place, the person, and what is said too much or too little.

    Each place is asked by one of its people, whose turn it is; by all of them when tested in full.
    """
    found = {}
    for place in places:
        says, expects, people = PLACES[place]
        for name in people if IN_FULL else [people[turn % len(people)]]:
            is_said, expected = says(story, name, today), expects(story, name, today)
            if differs := _differ(is_said, expected):
                found[place, name] = differs
    return found


def _differ(is_said, expected):
    if isinstance(expected, dict):
        return "" if is_said == expected else f"{is_said} and not {expected}"
    rows = expected.rows if is_said.rows is not None else None
    if is_said == Said(expected.number, rows):
        return ""
    more, less = (is_said.rows or set()) - (rows or set()), (rows or set()) - (is_said.rows or set())
    return f"{is_said.number} and not {expected.number}: {few(more)} too many, {few(less)} missing"


def few(rows):
    """Enough of them to look at."""
    return sorted(rows)[:9]
