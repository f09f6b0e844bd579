"""What leaves as a file: asked what for, witnessed, told when it is large, and never a formula."""

import csv
from io import BytesIO, StringIO

import pytest
from django.db import DatabaseError
from django.urls import reverse
from openpyxl import load_workbook

from accounts import spreadsheet
from accounts.audit.models import AuditEntry, AuditRecord
from accounts.models import User
from cases import exports, notices, wholooked
from cases.models import Notice
from tests.cases.conftest import browse, cast, new

__all__ = ["browse", "cast", "new"]

SIGNS = "=+-@＝＋－＠|%"
BEFORE = ("", " ", "\t", "\r", "\n", "\u200b", "\ufeff", "\u00a0", "\u3000")
LIVE = [f"{before}{sign}cmd('calc')!A1" for sign in SIGNS for before in BEFORE] + [
    "\tA1",
    "\rA1",
    "\n",
    "\0=1",
]
ADMINISTRATOR = {"name": "Ada Minister", "role": "administrator"}


def of_csv(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def of_xlsx(content):
    return [list(row) for row in load_workbook(BytesIO(content)).active.iter_rows()]


def test_no_cell_of_any_file_is_a_formula_and_nothing_of_it_is_lost():
    rows = [(live, "Amber") for live in LIVE]
    for cell in [row[0] for row in of_csv(spreadsheet.as_csv(LIVE[:2], rows))]:
        assert cell.startswith("'"), repr(cell)
    cells = [cell for row in of_xlsx(spreadsheet.as_xlsx(LIVE[:2], rows)) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.value.startswith(("'", "Amber")) for cell in cells)
    assert "cmd('calc')!A1" in cells[2].value


def test_a_file_whose_cells_were_written_as_they_are_would_be_noticed(monkeypatch):
    """A test of the test above."""
    monkeypatch.setattr(spreadsheet, "harmless", str)
    assert of_csv(spreadsheet.as_csv(("a",), [("=1+1",)]))[1] == ["=1+1"]


def test_numbers_and_days_stay_what_they_are_and_a_name_is_left_alone():
    from datetime import date

    row = (-3, 2.5, date(2025, 3, 3), None, "O’Ember-Smith", "a = b")
    assert of_csv(spreadsheet.as_csv(("a",) * 6, [row]))[1][:2] == ["-3", "2.5"]
    read = [cell.value for cell in of_xlsx(spreadsheet.as_xlsx(("a",) * 6, [row]))[1]]
    assert read[:2] == [-3, 2.5]
    assert read[2].date() == date(2025, 3, 3)
    assert read[3:] == [None, "O’Ember-Smith", "a = b"]


def test_what_an_xlsx_file_cannot_hold_is_left_out_and_the_file_opens():
    [_, [cell]] = of_xlsx(spreadsheet.as_xlsx(("a",), [("A\x0bm\x1fber\uffff",)]))
    assert cell.value == "Amber"


# --- Leaving --------------------------------------------------------------------------------------------


@pytest.fixture
def mona(cast):
    User.objects.create_user("ada@example.org", None, organisation=cast.northmoor, **ADMINISTRATOR)
    User.objects.create_user("adi@example.org", None, organisation=cast.southmere, **ADMINISTRATOR)
    return cast.mona


@pytest.fixture
def as_many(monkeypatch):
    """As if the record of a child had been looked at so many times."""

    def looked(number):
        sheet = exports.Sheet("who-looked", ("Who",), [("Gwen Guardian",)] * number)
        monkeypatch.setattr(wholooked, "export", lambda child: sheet)

    return looked


def export(client, cast, **data):
    return client.post(reverse("who_looked_export", args=[cast.amber.key]), data)


def test_without_a_purpose_nothing_leaves_and_with_one_it_is_kept(cast, mona, browse, new):
    client, _ = browse(mona), new()
    refused = export(client, cast, purpose="  ")
    assert "Content-Disposition" not in refused
    assert "Say what the file is for" in refused.content.decode()
    new()
    for kind, ending in (("", "csv"), ("csv", "csv"), ("xlsx", "xlsx")):
        left = export(client, cast, purpose="Request 12", kind=kind)
        assert left["Content-Disposition"] == f'attachment; filename="who-looked-{cast.amber.key}.{ending}"'
        assert "no-store" in left["Cache-Control"]
        [(entry, records)] = new()
        assert (entry.act, entry.who, entry.why) == ("exported", mona, "Request 12")
        assert records == {("child", cast.amber.key)}
    assert export(client, cast, purpose="Request 12", kind="pdf").status_code == 200
    assert not AuditEntry.objects.filter(act="exported", verb="pdf").exists()


def test_when_the_entry_cannot_be_kept_there_is_no_file(cast, mona, browse, monkeypatch):
    client = browse(mona)
    client.raise_request_exception = False
    monkeypatch.setattr(AuditRecord.objects, "bulk_create", _full)
    left = export(client, cast, purpose="Request 12")
    assert left.status_code == 500
    assert "Content-Disposition" not in left


def _full(*_):
    raise DatabaseError("disk full")


def test_two_hundred_rows_are_no_news_and_one_more_is_told_to_those_who_answer(
    cast, mona, browse, as_many, mailoutbox
):
    client = browse(mona)
    as_many(200)
    export(client, cast, purpose="Request 12")
    assert not Notice.objects.filter(kind="export").exists()
    as_many(201)
    export(client, cast, purpose="Request 12")
    [notice] = Notice.objects.filter(kind="export")
    assert notice.recipient.name == "Ada Minister"
    notices.send([notice.pk])
    [mail] = mailoutbox
    assert "Mona Manager took a file of 201 rows out of this service" in mail.body
    assert not [word for word in ("Amber", "Request 12") if word in mail.body + mail.subject]


def test_an_iros_or_a_guardians_large_export_is_told_to_their_manager_as_well(cast, mona):
    def told(person):
        return {other.name for other in exports.those_told(person)}

    assert told(cast.iris) == {"Mona Manager", "Ada Minister"}
    assert told(cast.sol) == {"Tess Team", "Mona Manager", "Ada Minister"}
    assert told(cast.gwen) == {"Cass Chief"}
    assert told(mona) == {"Ada Minister"}


def test_every_file_of_rows_leaves_by_the_one_door():
    """Nothing but `cases.exports` writes a spreadsheet for somebody to take away."""
    from pathlib import Path

    rooms = ("accounts", "cases", "referrals", "letters", "reports", "config")
    root = Path(spreadsheet.__file__).parent.parent
    users = {
        str(file.relative_to(root)) for room in rooms for file in (root / room).rglob("*.py")
        if "as_csv" in file.read_text() or "as_xlsx" in file.read_text() or '"text/csv' in file.read_text()
    }  # fmt: skip
    assert users == {"accounts/spreadsheet.py", "cases/exports.py"}
