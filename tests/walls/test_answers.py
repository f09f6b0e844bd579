"""Answers, files, calendars, the inbox and acts on what is late, each by the role in the database that does it.

The web has the reach of whoever asks; a calendar comes with an address and nobody signed in; files are made and
notices sent by whoever works, within nobody's reach.
"""

import csv
import io
import json
import re
from contextlib import contextmanager
from datetime import date

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from accounts.models import User
from cases import clock, exports, inbox, notices, preferences, restricting
from cases.models import Deadline, Miss, Notice
from config.walls.entering import entered
from reports import following_up
from reports import tasks as reports_tasks
from reports.annual import acts as annual
from reports.annual.headings import HEADINGS
from reports.feed import address
from reports.files import asking as files
from reports.files import making
from reports.finding import views_kept
from reports.foi import acts as foi
from reports.models import AnnualReport, AnswerFile, FeedEntry, FoiRequest, FollowUp, ListOwner, SavedView
from reports.quality import owners
from tests.access import quickly
from tests.journeys import steps
from tests.reports.fetching import unpacked
from tests.walls.test_walls import asking, serving

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db]
WHY = {"purpose": "Monthly performance meeting"}
TODAY = date(2025, 6, 20)


@pytest.fixture
def cast(told):
    return told[0]


@pytest.fixture
def case(told):
    return told[1]


@contextmanager
def working():
    """As the clock and the workers do: with their role, which reaches every row, and nobody's reach."""
    with entered(None), connection.cursor() as cursor:
        cursor.execute("SET ROLE protocol_work")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET ROLE")


def at(person):
    client = Client()
    client.force_login(person)
    return client


def late(case, **which):
    return list(Deadline.objects.filter(case=case, **which).overdue(TODAY).order_by("pk"))


# --- The calendar: a private address, and nobody signed in -------------------------------------------------------


def read(url):
    """What a strict parser makes of the answer to a calendar, which has no cookie; each entry with its id."""
    with serving():
        answer = Client().get(url)
    assert answer.status_code == 200, answer.status_code
    found = IcsCalendarStream.calendar_from_ics(answer.content.decode())
    return {event.uid: (event.summary, event.dtstart) for event in found.events}


def address_of(person):
    with serving():
        page = at(person).post(reverse("feed")).content.decode()
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


# --- Files: asked for on the web, made by a worker, fetched on the web --------------------------------------------


def fetched(person, page, sent):
    client = at(person)
    with serving():
        asked = client.post(page, sent)
    assert asked.status_code == 302, asked.content.decode()[:2000]
    key = asked["Location"].rstrip("/").rpartition("/")[2]
    with working():
        reports_tasks.make_files([AnswerFile.objects.get(key=key).pk])
        assert AnswerFile.objects.get(key=key).failed == ""
    with serving():
        assert "ready" in client.get(asked["Location"]).content.decode()
        return client.post(reverse("answer_file_fetch", args=[key]))


def test_a_list_has_the_rows_of_whoever_asked(cast, case):
    for person, number in ((cast.mona, 1), (cast.gwen, 1), (cast.gareth, 0), (cast.stranger, 0)):
        sent = fetched(person, reverse("export", args=["cases"]), WHY | {"form": "csv"})
        rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
        assert len(rows) == 1 + number, person.name


def test_every_kind_of_file_is_made_by_the_worker_and_fetched_by_whoever_asked(cast, case):
    with asking(cast.mona):
        request = foi.take_down(
            by=cast.mona, reference="FOI 1", received_on=TODAY, question="referrals_by_year",
            from_on=date(2024, 1, 1), until_on=TODAY,
        )  # fmt: skip
        report = annual.begin(date(2025, 3, 31), by=cast.mona)
    with quickly.no_pdf_drawn():
        whole = fetched(cast.mona, reverse("export_case"), WHY | {"reference": case.key})
        document = fetched(cast.mona, reverse("annual_file", args=[report.key]), {"form": "docx"})
        pack = fetched(cast.mona, reverse("foi_pack", args=[request.key]), {})
        chosen = {"how": "chosen", "references": case.key} | WHY
        inspected = fetched(cast.mona, reverse("inspection"), chosen)
        returned = fetched(cast.mona, reverse("statutory_file"), {"year": "2026", "what": "file"} | WHY)
    assert json.loads(whole.content)["case"]["key"] == case.key
    assert document.content.startswith(b"PK")
    assert "figures.csv" in unpacked(pack)
    assert inspected.content.startswith(b"%PDF")
    assert returned.content.decode().startswith("CHILD,DOB,REVIEW")
    kinds = set(AnswerFile.objects.values_list("kind", flat=True))
    assert kinds == {"case_dump", "annual", "foi_pack", "inspection", "statutory"}


def test_a_file_is_nobodys_row_but_of_whoever_asked(cast, case):
    with asking(cast.mona):
        files.ask("export", by=cast.mona, title="Cases", purpose="Meeting", list="cases", form="csv")
    for person in (cast.hal, cast.cass, cast.stranger, None):
        with asking(person):
            assert not AnswerFile.objects.exists()
    with working():
        assert making.make(AnswerFile.objects.values_list("pk", flat=True)) == 1
        assert making.forget_old(timezone.now() + making.KEPT * 2) == 1


def test_a_large_file_is_told_to_whoever_answers_for_it(cast, case, monkeypatch):
    monkeypatch.setattr(exports, "LARGE", 0)
    told = User.objects.create_user(
        "ada@example.org", name="Ada Minister", organisation=cast.northmoor, role="administrator"
    )
    fetched(cast.mona, reverse("export", args=["cases"]), WHY | {"form": "csv"})
    with asking(told):
        assert [line.words for line in inbox.of(told)] == ["A large export: Mona Manager, 1 rows"]


# --- Notices: written and sent by whoever works, read and acknowledged on the web --------------------------------


def test_the_clock_tells_and_a_person_acknowledges(cast, case):
    with asking(cast.lena):
        preferences.choose("overdue", by=cast.lena)
    with working():
        for batch in clock.tick():
            notices.send(batch)
    assert mail.outbox
    client = at(cast.lena)
    with serving():
        page = client.get(reverse("inbox")).content.decode()
        waiting = Notice.objects.filter(recipient=cast.lena, acknowledged_at=None).exclude(kind="digest")
        number = waiting.count()
        assert page.count("Acknowledge") >= number > 0
        client.post(reverse("notice_acknowledge", args=[waiting.latest("pk").pk]))
        assert waiting.count() == number - 1
        chronology = at(cast.gwen).get(reverse("chronology", args=[case.key])).content.decode()
    told = Notice.objects.filter(case=case, sent_at__isnull=False).select_related("recipient")
    names = {notice.recipient.name for notice in told} - {cast.gwen.name}
    assert names
    assert all(f", to {name}: e-mailed" in chronology for name in names), names


def test_the_bell_of_a_colleague_is_not_shown(cast, case):
    with working():
        clock.tick()
    with asking(cast.stranger):
        assert not Notice.objects.exists()


# --- What is done about what is late -----------------------------------------------------------------------------


def test_what_is_late_is_acknowledged_chased_and_explained_on_the_web_and_told_by_the_clock(cast, case):
    with working():
        clock.tick()
    for person in (cast.mona, cast.cass):
        with asking(person):
            chosen = late(case)
            assert chosen, person.name
            following_up.acknowledge(chosen, by=person, on=TODAY, note="Seen.")
            following_up.chase(chosen, by=person, on=TODAY)
            assert FollowUp.objects.filter(by=person).count() == 2 * len(chosen)
    with asking(cast.stranger):
        assert not FollowUp.objects.exists()
    with working():
        assert following_up.tell_chased() > 0
    with asking(cast.mona):
        ours = [row for row in late(case) if row.owing_id == cast.northmoor.pk]
        following_up.give_reason(ours, reason="The bundle came late.", by=cast.mona)
        assert Miss.objects.filter(reason="The bundle came late.").count() == len(ours) > 0
        following_up.reassign(ours, person=cast.ivor, by=cast.mona, on=TODAY)
        assert not cast.iris.appointments.filter(until_on=None).exists()


def test_who_records_a_fact_before_the_clock_has_seen_what_is_missed_tells_whoever_is_told(
    cast, case, time_machine
):
    """A review belongs to no case: its deadline says whose it is."""
    time_machine.move_to("2025-12-08T00:00:30+00:00", tick=False)
    held = {"review": "2025-12-05", "significant_issues": False}
    with asking(cast.iris):
        steps.given_a_review(cast, case, on="2025-12-05", details=held)
    told = Notice.objects.filter(kind="overdue", recipient=cast.mona)
    assert told.filter(deadline__case=None, deadline__child=cast.amber).exists()


def test_nobody_writes_a_notice_about_what_they_do_not_see(cast, case):
    review = Deadline.objects.filter(case=None, child=cast.amber).first()
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        asking(cast.stranger),
    ):
        Notice.objects.create(
            kind="overdue", recipient=cast.mona, deadline=review, about="x", created_at=timezone.now()
        )


# --- What a service keeps for itself ------------------------------------------------------------------------------


def test_requests_reports_owners_and_views_are_kept_on_the_web_and_are_no_other_agencys(cast, case):
    with asking(cast.mona):
        request = foi.take_down(
            by=cast.mona, reference="FOI 2", received_on=TODAY, question="disputes_by_theme",
            from_on=date(2024, 1, 1), until_on=TODAY,
        )  # fmt: skip
        foi.reply(request, by=cast.mona, on=TODAY, text="None.")
        report = annual.begin(date(2025, 3, 31), by=cast.mona)
        for heading in HEADINGS:
            annual.write(report, heading.name, "Nothing.", by=cast.mona, seen_version=0)
        assert annual.sign(report, by=cast.mona).is_signed
        owners.name_owner("hearings", cast.lena, by=cast.mona)
        views_kept.keep("Late", "band=overdue", by=cast.mona, is_shared=True)
    kept = (FoiRequest, AnnualReport, ListOwner, SavedView)
    for person, number in ((cast.hal, 1), (cast.stranger, 0), (cast.gwen, 0), (cast.lex, 0), (None, 0)):
        with asking(person):
            assert {model.objects.count() for model in kept} == {number}, person
