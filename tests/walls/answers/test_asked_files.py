"""Files: asked for on the web, made by a worker, fetched on the web."""

import csv
import io
import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import exports, inbox
from reports import tasks as reports_tasks
from reports.annual import acts as annual
from reports.files import asking as files
from reports.files import making
from reports.foi import acts as foi
from reports.models import AnswerFile
from tests.access import quickly
from tests.reports.fetching import unpacked
from tests.walls.conftest import TODAY
from tests.walls.reach import asking, serving, signed_in, working

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db]
WHY = {"purpose": "Monthly performance meeting"}


def fetched(person, page, sent):
    client = signed_in(person)
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
