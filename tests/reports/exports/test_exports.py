"""Every list as CSV and as a workbook, and a whole case as JSON: opened, and held against what the pages say."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Deadline, Event
from letters import actions
from letters.kinds import LetterKind
from reports.exports.dump import whole_case
from reports.exports.lists import LISTS
from tests.cases.steps import day, happened
from tests.referrals import dispute_steps, referring_steps
from tests.reports.fetching import fetched, sheet_of

WHY = {"purpose": "Monthly performance meeting"}
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "case-file.md"


@pytest.fixture
def case(cast, it_is):
    """Something in every list."""
    it_is("2025-03-03")
    cast.amber.name = '=HYPERLINK("http://example.org","Amber Example")'
    cast.amber.save()
    case = dispute_steps.a_case(cast, cast.amber, cast.blake, on="2025-02-03")
    happened(cast.amber, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    happened(case, "hearing_listed", "2025-02-04", hearing="cmh", date="2025-02-18")
    dispute_steps.raised(cast, case, "2025-02-10", formal=True)
    referring_steps.submitted(cast, case, cast.amber)
    actions.draft(case, LetterKind.APPENDIX_1, by=cast.gwen)
    return case


def exported(client, name, form):
    return fetched(client, client.post(reverse("export", args=[name]), WHY | {"form": form}))


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_every_list_is_the_same_as_csv_and_as_a_workbook_and_neither_is_live(cast, case, browse, new):
    mona = browse(cast.mona)
    found = {}
    for name in LISTS:
        plain, book = rows_of(exported(mona, name, "csv")), sheet_of(exported(mona, name, "xlsx").content)
        assert plain[0] == book[0] == list(LISTS[name].heading), name
        assert len(plain) == len(book), name
        assert [[_as_text(cell) for cell in row] for row in book[1:]] == plain[1:], name
        live = [cell for row in book[1:] for cell in row if str(cell).startswith("=")]
        assert not live, (name, live)
        found[name] = len(plain) - 1
    assert (
        min(found[name] for name in ("deadlines", "misses", "cases", "children", "disputes", "referrals")) > 0
    ), found
    [children] = [row for row in rows_of(exported(mona, "children", "csv")) if cast.amber.key in row]
    assert children[1].startswith("'=HYPERLINK")
    entry, records = new()[-1]
    assert (entry.act, entry.why) == ("exported", WHY["purpose"])
    assert {("child", cast.amber.key), ("child", cast.blake.key)} <= records


def _as_text(cell):
    if cell is None:
        return ""
    return cell.date().isoformat() if hasattr(cell, "date") else str(cell)


def test_everybody_gets_what_they_may_see_and_overdue_is_what_the_page_says(cast, case, browse, it_is):
    for name in ("cases", "children", "deadlines", "disputes", "referrals", "letters", "misses"):
        assert len(rows_of(exported(browse(cast.stranger), name, "csv"))) == 1, name
    appoint(cast.ivor, PersonRole.IRO, children=[cast.blake], on=day("2025-03-03"), by=cast.mona)
    for person in (cast.ivor, cast.sol):
        assert len(rows_of(exported(browse(person), "cases", "csv"))) == 2, person
    it_is("2025-03-31")
    rows = rows_of(exported(browse(cast.mona), "deadlines", "csv"))
    late = [row for row in rows if row[8] == "Overdue"]
    assert len(late) == Deadline.objects.visible_to(cast.mona).overdue(day("2025-03-31")).count() > 0


def test_a_file_has_a_purpose_is_for_whoever_asked_and_ends_with_their_part(cast, browse):
    mona, ivor = browse(cast.mona), browse(cast.ivor)
    assert "You have asked for no file in the last week." in mona.get(reverse("answers")).content.decode()
    refused = mona.post(reverse("export", args=["cases"]), {"form": "csv"}).content.decode()
    assert "Say what the file is for" in refused
    asked = mona.post(reverse("export", args=["cases"]), WHY | {"form": "csv"})
    page = asked.headers["Location"]
    assert ivor.get(page).status_code == 404
    fetched(mona, asked)
    cast.mona.role = PersonRole.IRO
    cast.mona.save()
    assert mona.get(page).status_code == 404


def test_a_whole_case_is_complete_and_every_part_of_it_is_documented(cast, case, browse, new):
    lena = browse(cast.lena)
    refused = lena.post(reverse("export_case"), WHY | {"reference": "NOSUCHKEY1"}).content.decode()
    assert "No case you may see has that reference." in refused
    answer = fetched(lena, lena.post(reverse("export_case"), WHY | {"reference": case.key.lower()}))
    entry, records = new()[-1]
    assert ("case", case.key) in records
    assert entry.why == WHY["purpose"]
    whole = json.loads(answer.content)
    assert (whole["format"], whole["version"], whole["case"]["key"]) == ("iro-protocol-case", 1, case.key)
    assert {child["key"] for child in whole["children"]} == {cast.amber.key, cast.blake.key}
    own = Event.objects.filter(case=case).count()
    assert len([event for event in whole["events"] if event["of"] == "case"]) == own
    assert len(whole["deadlines"]) == Deadline.objects.of_case(case).count()
    assert [step["rung"] for step in whole["disputes"][0]["steps"]] == ["Team manager"]
    assert whole["referrals"][0]["account"] is None, "LA legal does not read the IRO’s account"
    assert whole["letters"] == [], "an unsent letter is its sender’s alone"
    documented = set(re.findall(r"`([a-z_0-9]+)`", DOCUMENT.read_text()))
    free = ("details", "particulars", "contents")
    assert not set(_names(whole, free)) - documented
    assert whole_case(case, cast.mona)["referrals"][0]["account"]["concern"]


def _names(part, free):
    if isinstance(part, list):
        for one in part:
            yield from _names(one, free)
    elif isinstance(part, dict):
        for name, value in part.items():
            yield name
            if name not in free:
                yield from _names(value, free)
