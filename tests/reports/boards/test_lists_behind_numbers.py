"""Each number opens a list of exactly so many rows; a board costs as many queries however much is owed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.boards import cafcass, iro_service, la_legal
from tests.in_full import IN_FULL
from tests.reports.boards.lists import boards, listed, numbers
from tests.reports.seeded import seeding
from tests.reports.seeded.day import TODAY

pytestmark = pytest.mark.django_db


def test_the_list_behind_each_number_has_exactly_so_many_rows(seeded, at):
    opened = 0
    for reader, board in boards(seeded.cast):
        client = at(reader)
        found = sorted({(one.opens, one.number) for one in numbers(board) if one.opens})
        assert len(found) == len({url for url, _ in found}), "One list behind two different numbers"
        for url, number in found if IN_FULL else found[:: max(1, len(found) // 10)]:
            assert listed(client, url) == (number, number), url
            opened += 1
    assert opened > 40


def test_a_board_costs_as_many_queries_however_much_is_owed(seeded):
    def cost(page, *reader):
        with CaptureQueriesContext(connection) as queries:
            page(*reader, today=TODAY)
        return len(queries)

    cast = seeded.cast
    pages = [(iro_service.board, cast.mona), (cafcass.board, cast.cass), (la_legal.board, cast.lena)]
    before = [cost(*page) for page in pages]
    seeding.grow(seeded, cast.northmoor, 20, 2)
    assert [cost(*page) for page in pages] == before
    assert max(before) < 35


def test_a_page_of_a_list_costs_as_many_queries_however_long_it_is(seeded, at):
    client = at(seeded.cast.mona)
    costs = set()
    for url in ("/boards/deadlines/?band=critical", "/boards/deadlines/?band=soon&limits=sources"):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        costs.add(len(queries))
    assert max(costs) < 25
    assert max(costs) - min(costs) <= 1


def test_what_cannot_be_asked_is_not_there(seeded, at):
    client = at(seeded.cast.mona)
    for url in (
        "/boards/deadlines/?band=burning", "/boards/deadlines/?iro=x", "/boards/deadlines/?due=2025-13",
        "/boards/children/?group=all", "/boards/children/?iro=x", "/boards/children/?weeks=to_3",
        "/boards/disputes/?days=soon", "/boards/between/?quarter=2031-Q1", "/boards/between/?with=999",
        "/boards/deadlines/forget/", f"/boards/children/?iro={'9' * 30}", f"/boards/deadlines/?owing={'9' * 30}",
    ):  # fmt: skip
        assert client.get(url).status_code == 404, url


def test_a_page_after_a_row_that_is_not_there_is_the_first(seeded, at):
    client = at(seeded.cast.mona)
    first = [line.pk for line in client.get("/boards/deadlines/?band=critical").context["lines"]]
    for after in ("9" * 30, "x", "0"):
        again = client.get(f"/boards/deadlines/?band=critical&after={after}").context["lines"]
        assert [line.pk for line in again] == first


def test_a_narrowing_can_be_taken_away_again(seeded, at):
    page = at(seeded.cast.mona).get(f"/boards/deadlines/?band=critical&iro={seeded.cast.iris.pk}&duty=REV-1")
    tags = {tag.label: tag for tag in page.context["tags"]}
    assert tags["IRO"].words == "Iris Reviewer"
    assert tags["Duty"].words.startswith("REV-1: hold the first review")
    assert "iro=" not in tags["IRO"].url
    assert "band=critical" in tags["IRO"].url


def test_a_person_of_another_authority_is_not_named(seeded, at):
    page = at(seeded.cast.mona).get(f"/boards/deadlines/?iro={seeded.cast.stranger.pk}")
    assert page.context["number"] == 0
    assert "Stella" not in page.content.decode()


def test_a_list_sorted_otherwise_is_the_same_list(seeded, at):
    client = at(seeded.cast.mona)

    def walked(sort):
        url, keys = f"/boards/deadlines/?duty=REV-1&state=open&sort={sort}", []
        while url:
            page = client.get(url)
            keys += [(line.row.due_on, line.pk) for line in page.context["lines"]]
            url = page.context["next_url"]
        return keys

    first = walked("")
    assert first[0][0] is not None
    assert first[-1][0] is None, "what waits for a date comes last"
    assert walked("latest") == first[::-1]
    assert sorted(pk for _, pk in walked("duty")) == sorted(pk for _, pk in first)
    assert client.get("/boards/deadlines/?sort=name").status_code == 404
