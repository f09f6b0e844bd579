"""Every reading of a child's record leaves one entry, and the IRO manager can ask who looked."""

import csv
from io import StringIO

import pytest
from django.db import DatabaseError
from django.urls import reverse

from accounts import audit
from accounts.audit.models import AuditRecord
from accounts.spreadsheet import harmless
from cases import witness
from cases.appointments import appoint
from tests.cases.steps import TODAY, day, happened, opened
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def case(cast):
    case = opened(cast, cast.amber, cast.blake, on="2025-02-10")
    both = [cast.amber, cast.blake]
    appoint(cast.gwen, "guardian", children=both, on=day("2025-02-11"), by=cast.cass, case=case)
    appoint(cast.iris, "iro", children=both, on=day("2025-02-12"), by=cast.mona)
    happened(case, "became_looked_after", "2025-02-27", legal_status="C1 interim care order")
    return case


# --- Reading --------------------------------------------------------------------------------------------

OF_THE_CASE = (
    "case", "chronology", "people", "hearings", "documents", "reviews", "deadlines", "what_if", "choose_happening",
)  # fmt: skip


@pytest.mark.parametrize("page", OF_THE_CASE)
def test_a_page_of_a_case_leaves_one_entry_that_names_every_child_in_it(cast, case, browse, new, page):
    client, _ = browse(cast.mona), new()
    assert client.get(reverse(page, args=[case.key])).status_code == 200
    [(entry, records)] = new()
    assert (entry.act, entry.verb, entry.who) == ("read", page, cast.mona)
    assert records == {("case", case.key), ("child", cast.amber.key), ("child", cast.blake.key)}


@pytest.mark.parametrize(
    "address",
    [
        "/cases/{case}/record/contact/",
        "/cases/{case}/what-if/?happening=hearing_listed",
        "/cases/{case}/appoint/iro/",
        "/cases/{case}/events/{event}/correct/",
    ],
)
def test_a_form_about_a_case_is_a_reading_too_until_it_is_sent(cast, case, browse, new, address):
    event = case.events.first().pk
    client, _ = browse(cast.mona), new()
    assert client.get(address.format(case=case.key, event=event)).status_code == 200
    [(entry, records)] = new()
    assert entry.act == "read"
    assert ("child", cast.blake.key) in records


@pytest.mark.parametrize("address", ["", "edit/", "appoint/iro/", "record/review_held/", "who-looked/"])
def test_a_page_about_a_child_leaves_one_entry(cast, case, browse, new, address):
    client, _ = browse(cast.mona), new()
    assert client.get(f"/children/{cast.amber.key}/{address}").status_code == 200
    [(entry, records)] = new()
    assert entry.act == "read"
    assert ("child", cast.amber.key) in records


def test_a_page_that_forgot_to_say_so_would_be_noticed(cast, case, browse, new, monkeypatch):
    """A test of the test above: without the call in the view there is no entry."""
    monkeypatch.setattr(audit, "read", lambda *_: None)
    client, _ = browse(cast.mona), new()
    assert client.get(reverse("case", args=[case.key])).status_code == 200
    assert not new()


def test_a_parents_page_says_that_the_babys_name_was_shown(cast, case, browse, new):
    cast.coral.parent = cast.amber
    cast.coral.save()
    client, _ = browse(cast.mona), new()
    client.get(f"/children/{cast.amber.key}/")
    [(_, records)] = new()
    assert records == {("child", cast.amber.key), ("child", cast.coral.key), ("case", case.key)}


def test_the_reason_for_a_deadline_is_a_reading(cast, case, browse, new):
    client, _ = browse(cast.mona), new()
    client.get(reverse("why", args=[case.deadline_set.filter(child=None).first().pk]))
    [(entry, records)] = new()
    assert (entry.act, entry.verb) == ("read", "why")
    assert records == {("case", case.key), ("child", cast.amber.key), ("child", cast.blake.key)}


@pytest.mark.parametrize(("name", "who"), [("my_work", "lena"), ("cases", "mona"), ("children", "mona")])
def test_a_list_leaves_one_entry_with_all_that_stood_in_it(cast, case, browse, new, name, who):
    client, _ = browse(getattr(cast, who)), new()
    assert client.get(reverse(name)).status_code == 200
    [(entry, records)] = new()
    assert (entry.act, entry.verb) == ("listed", name)
    assert records >= {("case", case.key), ("child", cast.amber.key), ("child", cast.blake.key)}


def test_a_search_that_found_nothing_is_kept_with_nothing_in_it(cast, case, browse, new):
    client, _ = browse(cast.mona), new()
    client.post(reverse("children"), {"words": "nobody of that name"})
    client.get(reverse("children") + "?search=yes")
    [(entry, records)] = new()
    assert (entry.act, records) == ("listed", set())


def test_the_children_offered_for_a_new_case_are_a_list(cast, case, browse, new):
    client, _ = browse(cast.mona), new()
    client.get(reverse("case_new"))
    [(entry, records)] = new()
    assert (entry.act, records) == ("listed", {("child", cast.coral.key)})


def test_what_is_not_ones_own_leaves_no_entry_since_nothing_was_shown(cast, case, browse, new):
    client, _ = browse(cast.stranger), new()
    assert client.get(reverse("case", args=[case.key])).status_code == 404
    assert client.get(reverse("child", args=[cast.amber.key])).status_code == 404
    assert not new()


def test_where_a_person_came_from_and_the_requests_id_are_kept(cast, case, browse, new):
    client, _ = browse(cast.mona), new()
    answer = client.get(reverse("case", args=[case.key]), REMOTE_ADDR="198.51.100.7")
    [(entry, _)] = new()
    assert (entry.address, entry.request_id) == ("198.51.100.7", answer["X-Request-ID"])


def test_when_the_reading_cannot_be_kept_nothing_is_shown(cast, case, browse, monkeypatch):
    client = browse(cast.mona)
    client.raise_request_exception = False
    monkeypatch.setattr(AuditRecord.objects, "bulk_create", _full)
    for name, arguments in (
        ("case", [case.key]),
        ("child", [cast.amber.key]),
        ("children", []),
        ("cases", []),
    ):
        page = client.get(reverse(name, args=arguments))
        assert page.status_code == 500
        assert b"Amber" not in page.content


def _full(*_):
    raise DatabaseError("disk full")


# --- Who looked -----------------------------------------------------------------------------------------


def test_the_iro_manager_sees_who_looked_as_what_and_from_which_agency(cast, case, browse):
    browse(cast.gwen).get(reverse("case", args=[case.key]))
    browse(cast.iris).get(reverse("child", args=[cast.amber.key]))
    looks = browse(cast.mona).get(reverse("who_looked", args=[cast.amber.key])).context["looks"]
    said = [(look.who, look.role, look.organisation, look.what) for look in looks[:2]]
    assert said == [
        ("Iris Reviewer", "IRO", "Northmoor Council (invented)", "Read: The child’s record"),
        ("Gwen Guardian", "Children’s guardian", "Cafcass Greyhills (invented)", "Read: The case, now"),
    ]


def test_that_the_manager_asked_is_itself_kept(cast, case, browse):
    client = browse(cast.mona)
    client.get(reverse("who_looked", args=[cast.amber.key]))
    looks = client.get(reverse("who_looked", args=[cast.amber.key])).context["looks"]
    assert looks[0].what == "Read: Who looked at this record"


@pytest.mark.parametrize("who", ["iris", "lena", "gwen", "cass", "sol", "stranger", "dora"])
def test_nobody_else_may_ask(cast, case, browse, who):
    client = browse(getattr(cast, who))
    assert client.get(reverse("who_looked", args=[cast.amber.key])).status_code == 404
    export = reverse("who_looked_export", args=[cast.amber.key])
    assert client.post(export, {"purpose": "curiosity"}).status_code == 404


def test_what_does_not_fit_on_a_page_goes_on_by_number(cast, case, browse):
    look = browse(cast.iris).get(reverse("child", args=[cast.amber.key]))
    for _ in range(51):
        audit.read(look.wsgi_request, witness.child(cast.amber))
    client = browse(cast.mona)
    first = client.get(reverse("who_looked", args=[cast.amber.key])).context
    rest = client.get(first["next_url"]).context
    numbers = [look.number for look in (*first["looks"], *rest["looks"])]
    assert len(first["looks"]) == 50
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(numbers) > 52


def test_the_export_asks_what_for_keeps_that_and_holds_every_look(cast, case, browse, new):
    browse(cast.gwen).get(reverse("case", args=[case.key]))
    client, _ = browse(cast.mona), new()
    address = reverse("who_looked_export", args=[cast.amber.key])
    assert client.get(address).status_code == 405
    assert "Say what the file is for" in client.post(address, {}).content.decode()
    new()
    file = client.post(address, {"purpose": "Subject-access request 12"})
    assert file["Content-Disposition"] == f'attachment; filename="who-looked-{cast.amber.key}.csv"'
    [(entry, records)] = new()
    assert (entry.act, entry.why) == ("exported", "Subject-access request 12")
    assert records == {("child", cast.amber.key)}
    rows = list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))
    assert len(rows) == AuditRecord.objects.filter(kind="child", key=cast.amber.key).count()
    assert rows[0]["Why"] == "Subject-access request 12"
    assert "Gwen Guardian" in {row["Who"] for row in rows}


def test_no_cell_of_the_export_is_a_formula(cast, case, browse):
    cast.gwen.name = '=HYPERLINK("http://example.org","look")'
    cast.gwen.save()
    browse(cast.gwen).get(reverse("case", args=[case.key]))
    file = browse(cast.mona).post(
        reverse("who_looked_export", args=[cast.amber.key]), {"purpose": "@SUM(1+1)"}
    ).content.decode("utf-8-sig")  # fmt: skip
    cells = [cell for row in csv.reader(StringIO(file)) for cell in row]
    assert "'@SUM(1+1)" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


@pytest.mark.parametrize(
    "live", ["=1+1", "+1", "-1", "@A", "\t=1", " =1", "＝1+1", "\r=1", "|calc", "%0A", "\0=1"]
)
def test_what_begins_like_a_formula_is_only_text(live):
    assert harmless(live).startswith("'")


@pytest.mark.parametrize("text", ["", "Iris Reviewer", "3 March = Monday", "’quoted"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text
