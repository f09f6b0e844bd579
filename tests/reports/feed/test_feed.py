"""The calendar feed, read as a calendar reads it: by its address alone, with a strict parser."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream

from accounts.models import User
from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Deadline
from protocol.working_days import ENGLAND
from reports.feed import address
from reports.models import Feed
from tests.cases.steps import day, happened, opened

ISSUED = "2025-03-03"


@pytest.fixture
def case(cast, it_is):
    it_is(ISSUED)
    case = opened(cast, cast.amber, cast.blake, on=ISSUED)
    appoint(cast.iris, PersonRole.IRO, children=[cast.amber, cast.blake], on=day(ISSUED), by=cast.mona)
    happened(case, "hearing_listed", ISSUED, hearing="cmh", date="2025-03-19")
    for child in (cast.amber, cast.blake):
        happened(child, "became_looked_after", ISSUED, legal_status="C1 interim care order")
    return case


def address_of(client):
    """What the page shows once."""
    page = client.post(reverse("feed")).content.decode()
    return re.search(r"<code>(https?://[^<]+)</code>", page)[1].partition("localhost:8000")[2] or None


def read(url):
    """A calendar's own request, and what a strict parser makes of the answer."""
    answer = Client().get(url)
    assert answer.status_code == 200, answer.status_code
    content = answer.content
    assert b"\r\n" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "a line is too long (RFC 5545, 3.1)"
    return answer, IcsCalendarStream.calendar_from_ics(content.decode())


def hearing_in(calendar):
    return next(event for event in calendar.events if event.summary.startswith("CMH "))


def test_it_says_initials_and_the_reference_and_no_name(cast, case, browse, new):
    url = address_of(browse(cast.iris))
    new()
    answer, calendar = read(url)
    [(entry, records)] = new()
    assert (entry.name, entry.act) == (cast.iris.name, "read")
    assert {("case", case.key), ("child", cast.amber.key), ("child", cast.blake.key)} <= records
    said = answer.content.decode().replace("\r\n ", "")
    for name in ("Amber", "Blake", "Example"):
        assert name not in said
    assert hearing_in(calendar).summary == f"CMH for A.E., B.E., {case.key}"
    assert hearing_in(calendar).dtstart == day("2025-03-19")
    owed = Deadline.objects.owed_by_person(cast.iris).still_open().filter(due_on__isnull=False)
    assert owed.exists()
    due = sorted((f"{one.duty} for", one.due_on) for one in owed)
    shown = sorted(
        (event.summary[: len(event.summary.split(" for")[0]) + 4], event.dtstart)
        for event in calendar.events
        if "CMH for" not in event.summary
    )
    assert shown == due
    assert len({event.uid for event in calendar.events}) == len(calendar.events)


def test_a_moved_date_updates_and_does_not_duplicate(cast, case, browse, it_is):
    url = address_of(browse(cast.iris))
    _, first = read(url)
    assert hearing_in(first).sequence == 0
    unchanged, second = read(url)
    assert hearing_in(second).sequence == 0
    assert Client().get(url, headers={"If-None-Match": unchanged["ETag"]}).status_code == 304
    it_is("2025-03-05")
    happened(case, "hearing_moved", "2025-03-05", hearing="cmh", date="2025-03-20")
    _, moved = read(url)
    assert hearing_in(moved).uid == hearing_in(first).uid
    assert (hearing_in(moved).sequence, hearing_in(moved).dtstart) == (1, day("2025-03-20"))
    assert len([event for event in moved.events if event.summary.startswith("CMH for")]) == 1
    happened(case, "hearing_vacated", "2025-03-05", hearing="cmh")
    _, vacated = read(url)
    assert not [event for event in vacated.events if event.summary.startswith("CMH for")]


def test_overdue_means_what_it_means_everywhere(cast, case, browse, it_is):
    """Midnight, and both changes of the clock."""
    url = address_of(browse(cast.iris))
    due = (
        Deadline.objects.owed_by_person(cast.iris).still_open().exclude(due_on=None).earliest("due_on").due_on
    )
    for on, at in (
        (due, "23:59"),
        (ENGLAND.add(due, 1), "00:00"),
        ("2025-03-30", "01:30"),
        ("2025-10-26", "01:30"),
    ):
        it_is(str(on), at)
        _, calendar = read(url)
        late = [event for event in calendar.events if event.summary.startswith("Overdue: ")]
        mine = Deadline.objects.owed_by_person(cast.iris)
        assert len(late) == mine.overdue(day(str(on))).count(), on


def test_an_address_ends_when_it_is_revoked_replaced_or_its_person_goes(cast, case, browse):
    iris = browse(cast.iris)
    first = address_of(iris)
    second = address_of(iris)
    assert Client().get(first).status_code == 404
    read(second)
    assert second.rpartition("/")[2].removesuffix(".ics") not in Feed.objects.latest("pk").token_hash
    iris.post(reverse("feed_end"))
    assert Client().get(second).status_code == 404
    assert "You have no address yet." in iris.get(reverse("feed")).content.decode()
    for change in ({"is_active": False}, {"role": PersonRole.IRO_BUSINESS_SUPPORT}):
        token = address.make(by=cast.iris)
        read(reverse("calendar", args=[token]))
        User.objects.filter(pk=cast.iris.pk).update(**change)
        assert Client().get(reverse("calendar", args=[token])).status_code == 404
        User.objects.filter(pk=cast.iris.pk).update(is_active=True, role=PersonRole.IRO)
    assert Client().get(reverse("calendar", args=["x" * 43])).status_code == 404


def test_a_calendar_with_nothing_in_it_is_a_calendar(cast, it_is):
    it_is(ISSUED)
    _, calendar = read(reverse("calendar", args=[address.make(by=cast.ivor)]))
    assert calendar.events == []
