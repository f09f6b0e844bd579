"""Six hundred children and three years: no number of any board is wrong at that size, and none of it becomes slow.

What is counted of a small authority in `tests.reports.boards` is counted again here by the same SQL, with restricted
cases, cover, referrals, and children who came in by the statutory return.
"""

import csv
import inspect
import io
from collections import Counter
from datetime import timedelta
from functools import cache

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from cases.models import Child, Event, Heartbeat, Restriction
from reports.boards import iro_service
from tests.doors import come_all_the_way_in
from tests.in_full import IN_FULL
from tests.reports.boards import sql, test_deadlines_counted, test_measures_counted
from tests.reports.boards.conftest import NOON
from tests.reports.boards.lists import boards, listed, numbers
from tests.reports.fetching import fetched
from tests.reports.importing import found_in_reviews
from tests.reports.large import authority, triage, work
from tests.reports.seeded.day import TODAY

pytestmark = pytest.mark.django_db
CHILDREN = 600
COUNTED = [
    pytest.param(test, id=f"{module.__name__.rpartition('.')[2]}-{name}")
    for module in (test_deadlines_counted, test_measures_counted)
    for name, test in vars(module).items()
    if name.startswith("test_")
]


@pytest.fixture(scope="module")
def costs():
    """What each page cost with sixty children, filled before there are more."""
    return {}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory, costs):
    folder = tmp_path_factory.mktemp("large")
    quick = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        WHITENOISE_USE_FINDERS=False,
        VAR_DIR=folder,
    )
    with quick, django_db_blocker.unblock(), time_machine.travel(NOON, tick=False), transaction.atomic():
        with transaction.atomic():
            few, _ = authority.build(folder / "few", children=CHILDREN // 10)
            costs.update(_costs(few.cast))
            transaction.set_rollback(True)
        try:
            yield authority.build(folder / "many", children=CHILDREN)
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def seeded(built):
    sql.seen_by(built[0].cast.mona)
    yield built[0]
    sql.seen_by(None)


@pytest.fixture(scope="module")
def shown(built):
    """The IRO manager's board, worked out once for each choice: nothing changes while it is counted again."""
    mona = built[0].cast.mona
    return cache(lambda today=TODAY, limits="sources": iro_service.board(mona, today=today, limits=limits))


def _signed_in(person):
    client = Client()
    client.force_login(person)
    come_all_the_way_in(client, person)
    return client


def _costs(cast):
    pages = (
        (cast.mona, reverse("board_iro_service")),
        (cast.cass, reverse("board_cafcass")),
        (cast.lena, reverse("board_la_legal")),
        (cast.mona, f"{reverse('board_reciprocity')}?with={cast.cafcass.pk}"),
        (cast.mona, reverse("board_clock")),
        (cast.lex, reverse("triage")),
    )
    return {url.partition("?")[0]: work.of(_signed_in(person), url) for person, url in pages}


# --- Every number -----------------------------------------------------------------------------------------------


def test_it_is_as_large_as_it_says_and_nothing_is_missing_from_it(seeded):
    ours = seeded.cast.northmoor.pk
    sql.seen_by(None)
    for table, least in (
        ("cases_child", CHILDREN), ("cases_case", 250), ("cases_deadline", 10_000), ("cases_miss", 2000),
        ("cases_restriction", 15), ("referrals_dispute", 200), ("referrals_referral", 40), ("letters_letter", 80),
        ("reports_followup", 200),
    ):  # fmt: skip
        assert sql.number(f"SELECT count(*) FROM {table} WHERE authority_id = %s", ours) >= least, table  # noqa: S608
    years_back = sql.number("SELECT min(due_on) FROM cases_deadline WHERE authority_id = %s", ours)
    assert sql.as_date(years_back) < TODAY - timedelta(days=2 * 365)
    stages = {stage for (stage,) in sql.rows("SELECT DISTINCT stage FROM cases_case")}
    assert stages >= {"pre_proceedings", "pre_cmh", "up_to_irh", "completion", "post_proceedings", "closed"}


@pytest.mark.parametrize("count", COUNTED)
def test_every_number_is_what_sql_counts(count, seeded, shown):
    of_a_day = "today" in inspect.signature(count).parameters
    known = {
        "seeded": seeded, "ours": seeded.cast.northmoor.pk, "today": TODAY, "board": shown if of_a_day else shown(),
    }  # fmt: skip
    count(**{name: known[name] for name in inspect.signature(count).parameters})


def test_who_reads_decides_what_is_counted(seeded):
    """Else nothing above would show that a restricted case counts for its list alone."""
    every = "SELECT count(*) FROM cases_deadline"
    sql.seen_by(None)
    whole, seen = sql.number(every), {}
    for part in ("mona", "cass", "lena", "lex"):
        sql.seen_by(getattr(seeded.cast, part))
        seen[part] = sql.number(every)
    assert max(seen.values()) < whole
    assert len(set(seen.values())) > 2


def test_the_list_behind_each_tile_has_exactly_so_many_rows(seeded):
    opened = 0
    for reader, board in boards(seeded.cast):
        client = _signed_in(reader)
        found = sorted({(one.opens, one.number) for one in numbers(board) if one.opens})
        assert len(found) == len({url for url, _ in found}), "One list behind two different numbers"
        short = [pair for pair in found if pair[1] <= 300]
        for url, number in found if IN_FULL else short[:: max(1, len(short) // 8)]:
            assert listed(client, url) == (number, number), url
            opened += 1
    assert opened > 35


# --- The triage board -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["lex", "hugo", "cass"])
def test_the_triage_board_of_each_reader(seeded, part):
    cast = seeded.cast
    reader = getattr(cast, part)
    sql.seen_by(reader)
    whose, params = {
        "lex": ("1 = 1", ()),
        # Once it is over, the case is no longer theirs to open who had it for the referral's sake.
        "hugo": ("r.officer_id = %s AND r.state NOT IN ('concluded', 'withdrawn')", (cast.hugo.pk,)),
        "cass": (
            "r.office_id = %s AND (r.state NOT IN ('concluded', 'withdrawn') OR EXISTS "
            "(SELECT 1 FROM cases_case c WHERE c.id = r.case_id AND c.cafcass_office_id = r.office_id))",
            (cast.cafcass.pk,),
        ),
    }[part]
    needs, papers = triage.owed()
    expected, waiting, concluded, owed = Counter(), 0, 0, 0
    for _, case, ref, state, ended_on in triage.referrals(whose, *params):
        if state in ("concluded", "withdrawn"):
            concluded += sql.as_date(ended_on) >= TODAY - timedelta(days=28)
            continue
        expected[triage.group(state, needs.get((case, ref), []))] += 1
        waiting += papers[case, ref]
        owed += len(needs.get((case, ref), []))
    board = _signed_in(reader).get(reverse("triage")).context["board"]
    rows = {group["key"]: group["rows"] for group in board.groups}
    assert {key: len(found) for key, found in rows.items() if found} == dict(expected)
    assert (len(board.papers), len(board.concluded)) == (waiting, concluded)
    assert sum(len(row.needs) for found in rows.values() for row in found) == owed > 0
    assert len(expected) >= (5 if part == "lex" else 2)


# --- The heartbeat ----------------------------------------------------------------------------------------------


def test_the_heartbeat_says_when_each_clock_ran_and_what_it_changed(seeded):
    for name, minutes, changed in (("clock", 11, 3), ("letters", 61, 0), ("files", 1, 12)):
        Heartbeat.objects.create(
            name=name, beat_at=timezone.now() - timedelta(minutes=minutes), changed=changed
        )
    shown = _signed_in(seeded.cast.mona).get(reverse("board_clock")).context["beats"]
    told = {beat.beat_at: (beat.changed, beat.words.partition(":")[0], beat.colour) for beat in shown}
    assert sorted((changed, colour) for changed, _, colour in told.values()) == sorted(
        (changed, {"files": "green", "clock": "yellow", "letters": "red"}[name])
        for name, changed in sql.rows("SELECT name, changed FROM cases_heartbeat")
    )
    assert [told[at][1] for at in sorted(told)] == ["Stopped", "Late", "It runs"]


# --- What it costs ----------------------------------------------------------------------------------------------


def test_a_board_asks_as_many_statements_of_ten_times_as_many_children_and_goes_through_no_more_than_that(
    seeded, costs
):
    now = _costs(seeded.cast)
    assert {url: statements for url, (statements, _) in now.items()} == {
        url: statements for url, (statements, _) in costs.items()
    }
    # Ten times as many, and what another plan for the small table may save, which differs from run to run; a loop in a
    # loop would be a hundred times.
    for url, (_, rows) in now.items():
        if rows is not None:
            assert rows <= 40 * costs[url][1], (
                f"{url}: {rows} rows, and {costs[url][1]} with a tenth of the children"
            )


@pytest.mark.needs_postgres
def test_no_statement_is_compiled_before_it_is_answered(db):
    """The statements of a board look costly enough to PostgreSQL to be compiled, which takes many times longer."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


# --- The statutory return ---------------------------------------------------------------------------------------


def test_the_reviews_of_a_year_go_out_and_come_back_as_the_list_says(built, seeded):
    returned, client = built[1], _signed_in(seeded.cast.mona)
    # What a restriction hides from whoever makes the return, the page says is missing from it.
    Restriction.objects.update(lifted_at=timezone.now())
    written, listed = (
        fetched(
            client, client.post(reverse("statutory_file"), {"year": "2025", "what": what})
        ).content.decode("utf-8-sig")
        for what in ("reviews", "doubts")
    )
    sql.seen_by(None)
    held = sql.rows(
        """SELECT c.return_id, e."on" FROM cases_event e JOIN cases_child c ON c.id = e.child_id
        WHERE c.authority_id = %s AND c.return_id <> '' AND e.happening = 'review_held' AND e."on" >= '2024-04-01'
        AND e."on" <= '2025-03-31'""",
        seeded.cast.northmoor.pk,
    )
    rows = list(csv.DictReader(io.StringIO(written)))
    assert Counter((row["CHILD"], row["REVIEW"]) for row in rows) == Counter(
        (number, f"{sql.as_date(on):%d/%m/%Y}") for number, on in held
    )
    assert len(rows) > 500
    (returned.folder / "reviews.csv").write_text(written)
    before = Event.objects.count()
    said = authority.imported(returned.folder, "--show", "0")
    assert "Nothing changed: all of it was here already." in said
    assert Event.objects.count() == before
    doubts = Counter((row["Finding"], row["CHILD"]) for row in csv.DictReader(io.StringIO(listed)))
    unnumbered = sum(number for (kind, _), number in doubts.items() if kind == "no_number")
    assert unnumbered == Child.objects.filter(return_id="", events__happening="review_held").count() > 0
    assert {pair: number for pair, number in doubts.items() if pair[0] != "no_number"} == found_in_reviews(
        said
    )
    assert {kind for kind, _ in doubts} == {"440", "441", "unknown_code", "outside_care", "no_number"}
