"""What is open on the IRO service's board, held against SQL written from the specification."""

# ruff: noqa: S608 (what is put into these statements is written here, none of it comes from outside)

from collections import Counter
from datetime import date
from functools import cache

import pytest

from cases.models import Deadline
from reports.boards import iro_service
from tests.reports.boards import sql

pytestmark = pytest.mark.django_db
# A Monday, a Saturday, Easter Monday, the day after the clocks went forward, Christmas Eve.
DAYS = (date(2025, 3, 3), date(2025, 3, 8), date(2025, 4, 21), date(2025, 3, 31), date(2024, 12, 24))
LIMITS = {
    "sources": "Limits of the sources",
    "ours": "Our own targets and withdrawn limits",
    "court": "The court’s 26 weeks",
}
OPEN = "SELECT d.due_on, {what} FROM cases_deadline d {joins} WHERE d.state = 'open' AND d.authority_id = %s AND {limit}"
IRO = """(SELECT a.person_id FROM cases_appointment a JOIN cases_child c ON c.id = a.child_id
  WHERE a.role = '{role}' AND a.until_on IS NULL AND a.case_id IS NULL AND
    (a.child_id = d.child_id OR (d.child_id IS NULL AND EXISTS
      (SELECT 1 FROM cases_casechild m WHERE m.case_id = d.case_id AND m.child_id = a.child_id AND m.left_on IS NULL)))
  ORDER BY c.born, c.id LIMIT 1)"""
IRO_OF = IRO.format(role="iro")
WORKER_OF, TEAM_OF = IRO.format(role="social_worker"), IRO.format(role="team_manager")
TEAM = f"COALESCE({TEAM_OF}, (SELECT u.manager_id FROM accounts_user u WHERE u.id = {WORKER_OF}))"
MOVE = """CASE WHEN d.owed_by IN ('iro', 'iro_service', 'iro_manager') THEN 'The IRO service'
  WHEN d.owed_by = 'la_legal' THEN 'LA legal' WHEN d.owed_by IN ('guardian', 'cafcass') THEN 'Cafcass'
  WHEN d.owed_by = 'cafcass_legal' THEN 'Cafcass Legal' WHEN d.owed_by = 'court' THEN 'The court'
  ELSE 'Social work and its managers' END"""


def counted(seeded, today, what, limit="sources", joins=""):
    """(value, band) → number."""
    found = sql.rows(OPEN.format(what=what, joins=joins, limit=sql.LIMIT[limit]), seeded.cast.northmoor.pk)
    return Counter((value, sql.band(due_on, today)) for due_on, value in found)


def shown(table, columns=sql.BANDS):
    """What a table of the board says, by the label of its row."""
    return Counter(
        {
            (line.label, column): number.number
            for line in table.lines
            for column, number in zip(columns, line.numbers, strict=True)
            if number.number
        }
    )


def named(counts, names, none="Nobody"):
    again = Counter()
    for (value, band), number in counts.items():
        again[names.get(value, none), band] += number
    return again


@pytest.fixture(params=DAYS, ids=str)
def today(request):
    return request.param


@pytest.fixture(scope="module")
def board(seeded):
    """The board of a day, worked out once: nothing changes while it is counted again."""
    return cache(
        lambda today, limits="sources": iro_service.board(seeded.cast.mona, today=today, limits=limits)
    )


def test_the_tiles_are_what_is_open_by_how_pressing_it_is(seeded, board, today):
    for limits in ("sources", "ours"):
        expected = counted(seeded, today, "''", limits)
        tiles = {tile["name"]: tile["number"].number for tile in board(today, limits).tiles}
        assert tiles == {band: expected["", band] for band in sql.BANDS}
        assert sum(tiles.values()) > 20


def test_everything_open_is_counted_once_by_what_stands_behind_the_limit(seeded, board, today):
    table = board(today).by_limit
    every = "SELECT count(*) FROM cases_deadline WHERE state = 'open' AND authority_id = %s"
    assert sum(shown(table).values()) == sql.number(every, seeded.cast.northmoor.pk)
    for limit, words in LIMITS.items():
        cells = {band: number for (label, band), number in shown(table).items() if label == words}
        assert cells == {band: number for (_, band), number in counted(seeded, today, "''", limit).items()}
    late = sum(number for (_, band), number in shown(table).items() if band in ("critical", "overdue"))
    assert late == Deadline.objects.visible_to(seeded.cast.mona).overdue(today).count()


def test_every_table_of_what_is_open(seeded, board, today):
    shown_by = {table.first: table for table in board(today).tables}
    people = dict(sql.rows("SELECT id, name FROM accounts_user"))
    agencies = dict(sql.rows("SELECT id, name FROM accounts_organisation"))
    assert shown(shown_by["Whose move"]) == counted(seeded, today, MOVE)
    of_duties = {(label.partition(":")[0], band): n for (label, band), n in shown(shown_by["Duty"]).items()}
    assert of_duties == counted(seeded, today, "d.duty")
    assert shown(shown_by["IRO"]) == named(counted(seeded, today, IRO_OF), people)
    assert shown(shown_by["Team manager"]) == named(counted(seeded, today, TEAM), people)
    assert shown(shown_by["Agency"]) == named(counted(seeded, today, "d.owing_id"), agencies, "No agency")


def test_the_age_of_each_breach_and_whose_move_it_is(seeded, board, today):
    table = next(table for table in board(today).tables if table.first == "Late by")
    found = sql.rows(
        OPEN.format(what=MOVE, joins="", limit=sql.LIMIT["sources"] + " AND d.due_on < %s"),
        seeded.cast.northmoor.pk,
        today,
    )
    expected = Counter((sql.age(due_on, today), move) for due_on, move in found)
    words = {
        "Up to 5 working days": "to_5", "6 to 10 working days": "to_10", "11 to 20 working days": "to_20",
        "21 to 60 working days": "to_60", "More than 60 working days": "older",
    }  # fmt: skip
    assert {
        (words[line.label], number.head): number.number
        for line in table.lines for number in line.numbers if number.number
    } == expected  # fmt: skip
