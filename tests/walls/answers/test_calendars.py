"""A calendar comes with a private address and nobody signed in, and has what its person owes."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream

from cases import restricting
from cases.models import Deadline
from reports.feed import address
from reports.models import FeedEntry
from tests.journeys import steps
from tests.walls.reach import asking, serving, signed_in

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db]


def read(url):
    """What a strict parser makes of the answer to a calendar, which has no cookie; each entry with its id."""
    with serving():
        answer = Client().get(url)
    assert answer.status_code == 200, answer.status_code
    found = IcsCalendarStream.calendar_from_ics(answer.content.decode())
    return {event.uid: (event.summary, event.dtstart) for event in found.events}


def address_of(person):
    with serving():
        page = signed_in(person).post(reverse("feed")).content.decode()
    return reverse("calendar", args=[re.search(r"/calendar/([\w-]+)\.ics", page)[1]])


def test_a_calendar_is_read_with_nobody_signed_in_and_has_what_its_person_owes(cast, case):
    with asking(cast.lena):
        cmh = {"hearing": "cmh", "date": date(2025, 7, 1)}
        steps.given(case, "hearing_listed", "2025-06-20", by=cast.lena, details=cmh)
    for person in (cast.iris, cast.gwen, cast.lena):
        owed = Deadline.objects.owed_by_person(person).still_open().exclude(due_on=None)
        shown = read(address_of(person)).values()
        hearings = [on for summary, on in shown if summary.startswith("CMH for")]
        days = sorted(on for summary, on in shown if not summary.startswith("CMH for"))
        assert hearings == [date(2025, 7, 1)][: len(hearings)], person.name
        assert days == sorted(owed.values_list("due_on", flat=True)), person.name
        assert shown, person.name
    assert read(address_of(cast.stranger)) == {}


def test_a_calendar_read_again_has_the_same_ids_and_a_revoked_one_has_none(cast, case):
    url = address_of(cast.iris)
    first = read(url)
    assert read(url) == first
    with asking(cast.iris):
        assert FeedEntry.objects.count() == len(first)
        address.end(by=cast.iris)
    for person in (cast.mona, cast.gwen, None):
        with asking(person):
            assert FeedEntry.objects.count() == 0
    with serving():
        assert Client().get(url).status_code == 404


def test_of_a_restricted_case_the_calendar_of_nobody_but_its_list_tells(cast, case):
    urls = {person: address_of(person) for person in (cast.iris, cast.lena)}
    with asking(cast.mona):
        restricting.restrict(case, by=cast.mona, reason="Close.", readers=[cast.iris])
    assert {person.name for person, url in urls.items() if read(url)} == {cast.iris.name}


def test_a_calendar_that_forgets_whose_it_is_shows_nothing(cast, case, monkeypatch):
    """So that the first of these tests can fail: the database has no rows for an address alone."""
    url = address_of(cast.iris)
    monkeypatch.setattr("reports.views.feed.settings.DATABASE_WALLS", False)
    with serving(), asking(None):
        assert Client().get(url).content.count(b"BEGIN:VEVENT") == 0
