"""Finding a child, a case or a person among one's own; cases opened lately; views saved; a list gone through one by one."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.audit.models import AuditEntry
from cases.appointments import appoint
from cases.models import Case, Child, Deadline
from reports.finding import words
from reports.models import SavedView
from tests.cases.steps import day, happened, opened

pytestmark = pytest.mark.usefixtures("today")
ON_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def today(it_is):
    return it_is("2025-03-03").date()


@pytest.fixture
def case(cast):
    case = opened(cast, cast.amber, cast.blake, on="2025-02-10")
    Case.objects.filter(pk=case.pk).update(court_number="ZW25C00417")
    appoint(cast.iris, "iro", children=[cast.amber, cast.blake], on=day("2025-02-12"), by=cast.mona)
    appoint(
        cast.gwen,
        "guardian",
        children=[cast.amber, cast.blake],
        on=day("2025-02-11"),
        by=cast.cass,
        case=case,
    )
    Child.objects.create(name="Amber Elsewhere", authority=cast.southmere, born=date(2019, 4, 2))
    return case


def found(client, typed):
    answer = client.post(reverse("find"), {"words": typed})
    assert answer["Location"] == "/find/?search=1", "what was typed does not stand in the address"
    return client.get(answer["Location"]).context["found"]


@pytest.mark.parametrize(
    ("typed", "rest", "born"),
    [
        ("amber 2/4/2019", "amber", date(2019, 4, 2)),
        ("2019-04-02", "", date(2019, 4, 2)),
        ("2nd April 2019 Example", "Example", date(2019, 4, 2)),
        ("2 apr 2019", "", date(2019, 4, 2)),
        ("31/2/2019", "31/2/2019", None),
        ("ZW25C00417", "ZW25C00417", None),
        ("12 ma 2019", "12 ma 2019", None),
    ],
)
def test_a_date_of_birth_is_read_out_of_what_is_typed(typed, rest, born):
    assert words.read(typed) == words.Asked(rest, born)


def test_a_child_is_found_by_name_birth_key_and_number(cast, case, browse):
    client = browse(cast.iris)
    cast.amber.return_id = "N1234"
    cast.amber.save()
    for typed in ("amber", "2/4/2019", "Amber 2 April 2019", cast.amber.key.lower(), "n1234"):
        assert found(client, typed).children == [cast.amber], typed
    assert not found(client, "Amber 3/4/2019")


def test_a_case_is_found_by_its_key_its_court_number_and_its_children(cast, case, browse):
    client = browse(cast.gwen)
    for typed in (case.key, "zw25c00417", "Blake"):
        assert found(client, typed).cases == [case], typed


def test_a_person_is_found_with_the_cases_they_hold_a_part_on(cast, case, browse):
    client = browse(cast.gwen)
    assert found(client, "Iris").people == [cast.iris]
    page = client.get(reverse("find_person", args=[cast.iris.pk]))
    assert page.context["cases"] == [case]
    assert not found(client, "Ivor").people, "an IRO who holds no part on a case of hers"
    assert client.get(reverse("find_person", args=[cast.ivor.pk])).status_code == 404


def test_what_is_another_authoritys_is_not_found(cast, case, browse):
    client = browse(cast.stranger)
    assert [child.name for child in found(client, "Amber").children] == ["Amber Elsewhere"]
    assert not found(client, case.key)
    assert "Nothing you may see matches that" in client.get("/find/?search=1").content.decode()


def test_a_misspelt_name_is_found_where_the_database_can(cast, case, browse):
    client = browse(cast.iris)
    for typed in ("Ambre", "Exampel Amber", "Blaek"):
        shown = found(client, typed)
        assert bool(shown) is ON_POSTGRESQL, typed
    said = client.get("/find/").content.decode()
    expected = "A name need not be spelt right" if ON_POSTGRESQL else "does not find one that is misspelt"
    assert expected in said


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no trigrams")
def test_an_index_over_trigrams_answers_a_search_by_name(cast):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT 1 FROM cases_child WHERE upper(name) %> 'AMBRE'")
        assert "children_by_name" in str(cursor.fetchall())


def test_a_search_leaves_one_entry_and_costs_as_many_queries_however_much_is_found(cast, case, browse):
    client = browse(cast.mona)
    found(client, "Example")
    before = AuditEntry.objects.filter(verb="find").count()
    with CaptureQueriesContext(connection) as few:
        client.get("/find/?search=1")
    assert AuditEntry.objects.filter(verb="find").count() == before + 1
    for number in range(12):
        Child.objects.create(
            name=f"Example {number}", authority=cast.northmoor, born=date(2018, 1, 1 + number)
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/find/?search=1")
    assert len(many) == len(few)


def test_cases_opened_lately_stand_in_the_order_in_which_they_were_opened(cast, case, browse):
    client, other = browse(cast.mona), opened(cast, cast.coral, on="2025-02-20")
    assert "The last ten cases you open stand here" in client.get("/find/").content.decode()
    for one in (case, other, case):
        client.get(reverse("case", args=[one.key]))
    assert client.get("/find/").context["recent"] == [case, other]


# --- Saved views, and one by one --------------------------------------------------------------------------------


def save(client, name, **more):
    return client.post("/find/views/save/?list=band%3Dsoon%26duty%3DREV-1", {"name": name, **more})


def test_a_view_is_private_until_it_is_shared(cast, browse):
    mona, hal, stranger = browse(cast.mona), browse(cast.hal), browse(cast.stranger)
    save(mona, "First reviews")
    save(mona, "For the team", is_shared="on")
    assert [view.name for view, _ in mona.get("/find/").context["views"]] == ["First reviews", "For the team"]
    assert [view.name for view, _ in hal.get("/find/").context["views"]] == ["For the team"]
    assert not stranger.get("/find/").context["views"]
    [(_, url)] = hal.get("/find/").context["views"]
    assert {tag.label for tag in hal.get(url).context["tags"]} == {"How pressing", "Duty"}


def test_a_view_saved_again_under_its_name_changes_and_a_forgotten_one_is_gone(cast, browse):
    mona, hal = browse(cast.mona), browse(cast.hal)
    save(mona, "Mine")
    save(mona, " Mine ", is_shared="on")
    view = SavedView.objects.get()
    assert view.is_shared
    forget = reverse("view_forget", args=[view.pk])
    assert hal.post(forget).status_code == 404
    mona.post(forget)
    assert not SavedView.objects.exists()


def test_nothing_is_saved_without_a_name_or_a_list(cast, browse):
    mona = browse(cast.mona)
    assert "Give the view a name" in save(mona, " ").content.decode()
    unasked = mona.post("/find/views/save/", {"name": "Everything"})
    assert "not narrowed by anything" in unasked.content.decode()
    assert mona.get("/find/views/save/?list=band%3Dburning").status_code == 404


def test_a_list_is_gone_through_one_by_one_from_its_first_to_its_last(cast, case, browse):
    happened(case, "document_received", "2025-02-24", document="Plan", kind="Interim care plan")
    client, asked = browse(cast.mona), "state=open"
    numbers = list(
        Deadline.objects.filter(authority=cast.northmoor, state="open").values_list("pk", flat=True)
    )
    assert len(numbers) > 5
    assert Deadline.objects.filter(pk__in=numbers, due_on=None).exists(), (
        "one that waits for a date comes last"
    )
    listed = [line.pk for line in client.get(f"/boards/deadlines/?{asked}").context["lines"]]
    url, walked = f"/boards/deadline/{listed[0]}/?{asked}", []
    while url:
        page = client.get(url)
        walked.append((page.context["line"].pk, page.context["place"]))
        url = page.context["after_url"]
    assert walked == [(pk, place) for place, pk in enumerate(listed, 1)]
    back = [client.get(f"/boards/deadline/{pk}/?{asked}").context["before_url"] for pk in listed]
    assert [int(re.search(r"/(\d+)/", url)[1]) if url else None for url in back] == [None, *listed[:-1]]
    assert client.get(f"/boards/deadline/{listed[0]}/?state=open&duty=GOV-2").status_code == 404


@pytest.mark.parametrize("sort", ["latest", "duty"])
def test_a_sorted_list_is_gone_through_as_it_is_sorted(cast, case, browse, sort):
    client, asked = browse(cast.mona), f"state=open&sort={sort}"
    page = client.get(f"/boards/deadlines/?{asked}")
    listed = [line.pk for line in page.context["lines"]]
    url = f"/boards/deadline/{listed[0]}/?{asked}"
    assert url.replace("&", "&amp;") in page.content.decode()
    for place, pk in enumerate(listed, 1):
        shown = client.get(url).context
        assert (shown["line"].pk, shown["place"]) == (pk, place)
        assert shown["list_url"] == f"/boards/deadlines/?{asked}"
        before = f"/boards/deadline/{listed[place - 2]}/?{asked}" if place > 1 else ""
        assert shown["before_url"] == before
        url = shown["after_url"]
    assert not url
    assert client.get(f"/boards/deadline/{listed[0]}/?sort=age").status_code == 404
