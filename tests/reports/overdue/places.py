"""Every place that says what is overdue, asked through its own door: pages, files, e-mails and calendars."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cases import notices
from cases.models import Deadline, Notice
from reports.annual import acts
from reports.feed import address
from reports.models import FeedEntry
from reports.statutory import years
from tests.reports.fetching import fetched
from tests.reports.overdue.story import NUMBER, SEES

REVIEW = "REV-3"


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
    within = SEES[name]
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
        assert len(known) == NUMBER
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
