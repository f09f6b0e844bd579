"""Where nothing has happened yet: every page of reports/ that can be empty says in words what would appear on it."""

import re
from datetime import date
from html import unescape
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from cases.models import Deadline
from reports.annual import acts as annual
from reports.annual.behind import LISTS as BEHIND
from reports.finding import following, views_kept
from reports.measures.groups import GROUPS
from reports.measures.weeks import WORDS as WEEKS
from reports.quality.lists import LISTS as QUALITY
from tests.cases.steps import opened

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "reports"
# An empty place as a template writes it, and as a page shows it.
WRITTEN = re.compile(r'components/empty\.html" with [^%]*?\btext="([^"]+)"|app-none">([^<{]+)</p>')
SHOWN = re.compile(r'<div class="app-empty">.*?</div>|<p class="[^"]*\bapp-none">.*?</p>', re.DOTALL)
WOULD = re.compile(
    r"\bappears?\b|\b(would )?stands? here\b|\bcounted here from\b|\bwaits here\b|\bleaves a certificate here\b"
    r"|\byour calendar shows\b|^You have chosen no deadline Open the list|Try part of the name|Back to the first page"
)


@pytest.fixture(autouse=True)
def _on_the_day(it_is):
    it_is("2025-03-03")


def test_every_empty_place_says_what_would_stand_there(cast, browse):
    """By the end, every empty place that a template of reports/ knows has been read by somebody it is for."""
    said = set()
    for reader, addresses in chain(where_nothing_is(cast), where_little_is(cast)):
        client = browse(getattr(cast, reader))
        for address in addresses:
            said |= read(client, reader, address)
    unread = [words for words in written() if not any(words in each for each in said)]
    assert not unread, "No page shows these"


def read(client, reader, address):
    """The empty places of a page, each of which says what it waits for."""
    if address == SEARCHED:
        client.post(reverse("find"), {"words": "Nobody Known"})
    answer = client.get(address)
    assert answer.status_code == 200, (reader, address)
    found = {plain(place) for place in SHOWN.findall(answer.content.decode())}
    assert found, f"{reader} sees no empty place at {address}"
    for words in found:
        assert WOULD.search(words), f"{reader} at {address} reads only: {words}"
    return found


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def written():
    for template in TEMPLATES.rglob("*.html"):
        for one, other in WRITTEN.findall(template.read_text()):
            yield " ".join((one or other).split())


SEARCHED = "/find/?search=1"


def where_nothing_is(cast):
    """The first page of each list and its page after the last, every board, and every page of answers."""
    children, lists = reverse("board_children"), [reverse("board_deadlines"), reverse("board_disputes")]
    lists += [f"{children}?iro=none", f"{children}?iro={cast.iris.pk}", f"{children}?reason=none"]
    lists += [f"{children}?group={name}" for name in GROUPS] + [f"{children}?weeks={name}" for name in WEEKS]
    after = [f"{page}{'&' if '?' in page else '?'}after=" for page in lists[:3]]
    named = (
        "board_iro_service", "board_reciprocity", "find", "answers", "foi", "annual", "statutory_return", "feed",
        "conformance", "conformance_path", "records_due",
    )  # fmt: skip
    yield "mona", [*map(reverse, named), SEARCHED, *lists, *after]
    yield "mona", [reverse("quality_list", args=[name]) for name in QUALITY]
    yield "mona", [
        reverse("conformance_duty", args=["CMH-2"]), reverse("find_person", args=[cast.iris.pk]),
        reverse("board_follow_up", args=["chase"]), reverse("subject_access", args=[cast.amber.key]),
        reverse("inbox_settings"),
    ]  # fmt: skip
    letters = reverse("board_letters")
    yield "cass", [reverse("board_cafcass"), reverse("board_reciprocity"), letters, f"{letters}?after="]
    yield "lena", [reverse("board_la_legal"), reverse("find"), reverse("answers")]
    yield "iris", [reverse("find"), reverse("answers"), reverse("feed")]


def where_little_is(cast):
    """A case that has just begun, a view nothing has come to, a year of which nothing is told."""
    opened(cast, cast.coral, on="2025-03-03")
    view = views_kept.keep("Late", "band=overdue", by=cast.mona)
    following.choose(view, by=cast.mona, digest="", is_alerted=True)
    report = annual.begin(date(2024, 3, 31), by=cast.mona)
    deadline = Deadline.objects.filter(child=cast.coral, case__isnull=False).first()
    yield "mona", [
        reverse("board_reciprocity"), reverse("board_deadline", args=[deadline.pk]),
        reverse("saved_view", args=[view.pk]),
        *(reverse("annual_behind", args=[report.key, what]) for what in BEHIND),
    ]  # fmt: skip
