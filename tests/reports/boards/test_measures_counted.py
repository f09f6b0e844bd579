"""Every other number on a board, held against SQL written from the specification."""

# ruff: noqa: S608 (what is put into these statements is written here, none of it comes from outside)

from collections import Counter
from datetime import date, timedelta

import pytest

from reports.boards import cafcass, iro_service, la_legal, reciprocity
from reports.measures import periods
from tests.reports.boards import sql
from tests.reports.boards.counting import (
    DUTIES,
    GUARDIAN,
    MEMBER,
    OF_THE_OFFICE,
    YEAR,
    came,
    cases_with_a_hearing_to_come,
    in_proceedings,
    over_the_year,
    pressing,
)
from tests.reports.seeded.day import TODAY

pytestmark = pytest.mark.django_db
HANDING = "('END-1', 'END-2', 'END-3', 'END-4', 'END-5', 'END-6', 'END-7', 'END-9')"
TASK = """ AND m.concluded_on IS NOT NULL AND EXISTS (SELECT 1 FROM cases_deadline d WHERE d.case_id = m.case_id
  AND d.child_id = m.child_id AND d.state = 'open' AND d.duty IN {duties} {more})"""
ON_20 = """EXISTS (SELECT 1 FROM cases_periodofcare p WHERE p.child_id = h.id AND p.ended_on IS NULL
  AND p.legal_status LIKE 'V2%%') AND h.born > %s"""
IN_HAND = """(EXISTS (SELECT 1 FROM cases_periodofcare p WHERE p.child_id = h.id AND p.ended_on IS NULL) OR EXISTS
  (SELECT 1 FROM cases_casechild m JOIN cases_case c ON c.id = m.case_id WHERE m.child_id = h.id
   AND m.left_on IS NULL AND c.stage <> 'closed'))"""
HAS_IRO = "a.child_id = h.id AND a.role = 'iro' AND a.until_on IS NULL"
TEN_YEARS_AGO = date(2015, 3, 3)


@pytest.fixture(scope="module")
def board(seeded):
    return iro_service.board(seeded.cast.mona, today=TODAY)


@pytest.fixture
def ours(seeded):
    return seeded.cast.northmoor.pk


def tiles(found):
    return {tile["name"]: tile["number"].number for tile in found}


def cells(table):
    return {line.label: [number.number for number in line.numbers] for line in table.lines}


def test_handovers(board, ours):
    def number(duties, more):
        return sql.number(f"SELECT count(*) {MEMBER}{TASK.format(duties=duties, more=more)}", ours)

    shown = tiles(board.handovers)
    assert shown["in_progress"] == number(HANDING, "") > 0
    assert shown["tasks_overdue"] == number(HANDING, f"AND d.due_on < '{TODAY}'") > 0
    assert shown["no_letter"] == number("('END-3')", f"AND d.due_on < '{TODAY}'") > 0


def test_handovers_to_come(board, ours):
    coming = cases_with_a_hearing_to_come(ours)
    running = sql.rows(
        f"SELECT m.case_id {MEMBER} AND m.concluded_on IS NULL AND c.stage IN ('pre_cmh', 'up_to_irh')", ours
    )
    assert tiles(board.handovers)["upcoming"] == sum(case in coming for (case,) in running) > 0


def test_the_tracker_flags_the_under_tens_on_section_20(board, ours):
    shown = tiles(board.tracker)
    on_it = f"{MEMBER} AND c.stage = 'pre_proceedings'"
    assert shown["pre_proceedings"] == sql.number(f"SELECT count(*) {on_it}", ours) > 0
    assert shown["flagged"] == sql.number(f"SELECT count(*) {on_it} AND {ON_20}", ours, TEN_YEARS_AGO)
    every = f"SELECT count(*) FROM cases_child h WHERE h.authority_id = %s AND {ON_20}"
    assert shown["section_20"] == sql.number(every, ours, TEN_YEARS_AGO) > 0


def test_the_caseload_of_each_iro(board, seeded, ours):
    shown = cells(board.caseload)
    for iro in seeded.iros:
        children = sql.number(
            f"SELECT count(*) FROM cases_child h WHERE h.authority_id = %s AND {IN_HAND} AND EXISTS "
            f"(SELECT 1 FROM cases_appointment a WHERE {HAS_IRO} AND a.person_id = %s)",
            ours, iro.pk,
        )  # fmt: skip
        reviews = f"""FROM cases_deadline d JOIN cases_appointment a ON a.child_id = d.child_id AND a.role = 'iro'
            AND a.until_on IS NULL AND a.person_id = %s WHERE d.authority_id = %s AND d.state = 'open'
            AND d.duty IN ('REV-1', 'REV-2', 'REV-3') AND d.due_on <= '{TODAY + timedelta(days=28)}'"""
        due = sql.rows(f"SELECT d.due_on {reviews}", iro.pk, ours)
        bands = Counter(sql.band(day, TODAY) for (day,) in due)
        assert shown[iro.name] == [children, len(due), bands["critical"], bands["overdue"]]
        [note] = [line.note for line in board.caseload.lines if line.label == iro.name]
        outside = max(50 - children, children - 70)
        beyond = "above" if children > 70 else "below"
        assert note == (f"{outside} {beyond} 50 to 70" if outside > 0 else "Within 50 to 70")
    without = sql.number(
        f"SELECT count(*) FROM cases_child h WHERE h.authority_id = %s AND {IN_HAND} AND NOT EXISTS "
        f"(SELECT 1 FROM cases_appointment a WHERE {HAS_IRO})",
        ours,
    )
    assert shown["No IRO"][0] == without > 0


def test_disputes_by_step_and_days_of_twenty(board, ours):
    found = sql.rows(
        "SELECT rung, formal_on FROM referrals_dispute WHERE authority_id = %s AND kind = 'concern' "
        "AND state IN ('informal', 'formal')",
        ours,
    )
    expected = {}
    for rung, formal_on in found:
        used = None if formal_on is None else sql.days_late(sql.as_date(formal_on), TODAY)
        column = 0 if used is None else 1 + sum(used > most for most in (10, 15, 20))
        expected.setdefault(rung, [0] * 5)[column] += 1
    assert cells(board.disputes) == expected
    assert sum(row[4] for row in expected.values())


def test_children_by_the_week_they_are_in(board, ours):
    expected = [[0, 0, 0] for _ in range(5)]
    for days, due_on, _ in in_proceedings(ours):
        row = expected[sum(days >= 7 * weeks for weeks in (26, 34, 42, 52))]
        is_past = bool(due_on) and due_on < TODAY
        row[0] += 1
        row[2 if is_past else 1] += 1
    assert list(cells(board.weeks).values()) == expected
    assert sum(row[0] for row in expected[1:]) > 0


def test_reasons_of_extensions_are_counted_for_children_past_26_weeks(board, ours):
    expected = Counter()
    for days, _, why in in_proceedings(ours):
        if days >= 182:
            alike = {
                {"A new placement was found": "A new placement was found", "": "No reason recorded"}.get(
                    reason, "Further expert assessment"
                )
                for reason in why
            }
            expected.update(alike or {"No extension recorded"})
    assert {label: row[0] for label, row in cells(board.reasons).items()} == expected


def test_the_last_twelve_months(board, ours):
    months = [(2024, month) for month in range(3, 13)] + [(2025, 1), (2025, 2)]
    rows = list(cells(board.trend.table).values())
    assert len(rows) == 12
    for (year, month), row in zip(months, rows, strict=True):
        fell_due = (
            f"d.due_on >= '{year}-{month:02}-01' AND d.due_on < '{year + month // 12}-{month % 12 + 1:02}-01'"
        )
        assert row == [
            sql.number(
                f"SELECT count(*) FROM cases_deadline d WHERE d.authority_id = %s AND {fell_due} "
                f"AND {sql.LIMIT['sources']} AND {came(outcome)}",
                ours,
            )
            for outcome in ("in_time", "late", "excused")
        ]
    assert sum(map(sum, rows)) > 50


# --- Cafcass, LA legal, the pair --------------------------------------------------------------------------------


def test_what_the_office_owed_over_the_year(seeded):
    sql.seen_by(seeded.cast.cass)
    office = seeded.cast.cafcass.pk
    shown = cafcass.board(seeded.cast.cass, today=TODAY)
    for line, duties in zip(shown.measures.lines, DUTIES, strict=True):
        counted = [
            sql.number(
                f"SELECT count(*) FROM cases_deadline d WHERE {OF_THE_OFFICE} AND {YEAR} AND d.duty IN {duties} "
                f"AND {came(outcome)}",
                office,
            )
            for outcome in ("in_time", "late", "excused")
        ]
        assert [number.number for number in line.numbers] == [*counted, 0]
        assert line.note == f"{round(100 * counted[0] / sum(counted[:2]))}% in time"
    names = dict(
        sql.rows("SELECT id, name FROM accounts_user UNION SELECT -id, name FROM accounts_organisation")
    )
    for table, by, field, sign in (
        (shown.by_guardian, GUARDIAN, "signatory_id", 1),
        (shown.by_authority, "d.authority_id", "authority_id", -1),
    ):
        expected = over_the_year(office, by, field)
        named = {names[sign * key] if key else "Nobody": row for key, row in expected.items()}
        zeros = {label: row for label, row in cells(table).items() if any(row)}
        assert zeros == named
        assert sum(row[8] for row in named.values()) == shown.letters.number
    assert shown.scored == sql.number(
        "SELECT count(*) FROM letters_letter l JOIN cases_case c ON c.id = l.case_id WHERE c.cafcass_office_id = %s "
        "AND l.usefulness IS NOT NULL AND l.sent_on >= '2024-03-01' AND l.sent_on < '2025-03-01'",
        office,
    )


def test_what_the_office_owes_now(seeded):
    sql.seen_by(seeded.cast.cass)
    shown = cells(cafcass.board(seeded.cast.cass, today=TODAY).pressing)
    for limit, words in (
        ("sources", "Limits of the sources"),
        ("ours", "Our own targets and withdrawn limits"),
    ):
        where = f"{OF_THE_OFFICE} AND d.owed_by IN ('guardian', 'cafcass') AND {sql.LIMIT[limit]}"
        assert shown[words] == pressing(where, seeded.cast.cafcass.pk).get("", [0] * 5)
    assert sum(shown["Limits of the sources"][:2]) > 0


def test_all_that_la_legal_owes_by_duty(seeded):
    sql.seen_by(seeded.cast.lena)
    shown = cells(la_legal.board(seeded.cast.lena, today=TODAY).pressing)
    found = pressing("d.authority_id = %s AND d.owed_by = 'la_legal'", seeded.cast.northmoor.pk, by="d.duty")
    assert {label.partition(":")[0]: row for label, row in shown.items()} == found
    assert len(found) >= 3


def test_documents_on_their_way_by_day_of_five(seeded):
    sql.seen_by(seeded.cast.lena)
    [row] = cells(la_legal.board(seeded.cast.lena, today=TODAY).papers).values()
    came_on = sql.rows(
        "SELECT opened_on FROM cases_deadline WHERE authority_id = %s AND duty = 'CMH-10' AND state = 'open'",
        seeded.cast.northmoor.pk,
    )
    days = Counter(max(0, min(6, sql.days_late(sql.as_date(day), TODAY))) for (day,) in came_on)
    assert row == [days[day] for day in range(7)]
    assert sum(row) > 0


def test_hearings_the_court_has_not_been_told_before(seeded):
    sql.seen_by(seeded.cast.lena)
    shown = la_legal.board(seeded.cast.lena, today=TODAY)
    untold = sql.number(
        "SELECT count(*) FROM cases_deadline WHERE authority_id = %s AND duty = 'IRH-8' AND state = 'open'",
        seeded.cast.northmoor.pk,
    )
    assert shown.untold.number == untold > 0
    assert len(shown.hearings) == min(untold, la_legal.SHOWN)


# Owed by the one and to the other, read off the catalogue of duties by hand.
TO_CAFCASS = ("PRE-4", "PRE-8", "CMH-3", "CMH-5", "CMH-11", "IRH-3", "IRH-4", "IRH-12")
TO_AUTHORITY = (
    "PRE-1", "PRE-2", "CMH-4", "CMH-7", "CMH-8", "IRH-2", "END-1", "END-2", "END-3", "END-6", "REF-12", "REF-17",
    "REF-21",
)  # fmt: skip


def test_what_two_agencies_owed_each_other_in_a_quarter(seeded):
    cast, quarter = seeded.cast, periods.quarters(TODAY)[0]
    assert (quarter.since, quarter.until) == (date(2024, 10, 1), date(2025, 1, 1))
    for reader, other in ((cast.mona, cast.cafcass), (cast.cass, cast.northmoor)):
        sql.seen_by(reader)
        page = reciprocity.page(reader, other, quarter, today=TODAY)
        for side, duties, owing in zip(
            page.sides, (TO_CAFCASS, TO_AUTHORITY), (cast.northmoor, cast.cafcass), strict=True
        ):
            expected = {}
            for outcome in ("in_time", "late", "excused"):
                for duty, number in sql.rows(
                    f"SELECT d.duty, count(*) FROM cases_deadline d WHERE d.authority_id = %s AND {OF_THE_OFFICE} "
                    "AND d.owing_id = %s AND d.due_on >= '2024-10-01' AND d.due_on < '2025-01-01' "
                    f"AND d.duty IN {duties} AND {came(outcome)} GROUP BY 1",
                    cast.northmoor.pk, cast.cafcass.pk, owing.pk,
                ):  # fmt: skip
                    expected.setdefault(duty, {})[outcome] = number
            shown = {label.partition(":")[0]: row for label, row in cells(side.table).items()}
            total = shown.pop("All together")
            assert shown == {
                duty: [row.get(outcome, 0) for outcome in ("in_time", "late", "excused")] + [0]
                for duty, row in expected.items()
            }
            assert total == [sum(column) for column in zip(*shown.values(), strict=True)]
