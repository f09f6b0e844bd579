"""What stands behind a board's numbers, read from the tables: outcomes, hearings, children, an office's year."""

# ruff: noqa: S608 (what is put into these statements is written here, none of it comes from outside)

from datetime import timedelta

from tests.reports.boards import sql
from tests.reports.seeded.day import TODAY

MEMBER = """FROM cases_casechild m JOIN cases_case c ON c.id = m.case_id JOIN cases_child h ON h.id = m.child_id
  WHERE m.authority_id = %s AND m.left_on IS NULL AND c.stage <> 'closed'"""
CAME = {
    "in_time": "d.state = 'met' AND d.met_on <= d.due_on",
    "late": "((d.state = 'met' AND d.met_on > d.due_on AND NOT d.excused) OR (d.state = 'open' AND d.due_on < %s) "
    "OR (d.state = 'not_required' AND d.is_missed))",
    "excused": "(d.state = 'excused' OR (d.state = 'met' AND d.met_on > d.due_on AND d.excused))",
}


def came(outcome):
    return CAME[outcome].replace("%s", f"'{TODAY}'")


def cases_with_a_hearing_to_come(ours):
    """What was said last of each final hearing counts; one that is past and not held is still to come."""
    events = sql.rows(
        """SELECT e.case_id, e.happening, e."on", e.id, e.details FROM cases_event e WHERE e.authority_id = %s
        AND e.happening IN ('hearing_listed', 'hearing_moved', 'hearing_vacated', 'hearing_held')""",
        ours,
    )
    order = {"hearing_listed": 0, "hearing_moved": 1, "hearing_vacated": 2, "hearing_held": 3}
    last = {}
    for case, happening, on, pk, details in events:
        details = sql.as_facts(details)
        place = str(on), order[happening], pk
        which = case, details.get("ref")
        last[which] = max(last.get(which, ((),)), (place, happening, details.get("date", "")))
    until = (TODAY + timedelta(days=28)).isoformat()
    return {
        case for (case, _), (_, happening, day) in last.items()
        if happening in ("hearing_listed", "hearing_moved") and day <= until
    }  # fmt: skip


def in_proceedings(ours):
    """(days since issue, the court's date, reasons) of each child, read by hand."""
    told = {}
    for case, child, happening, details in sql.rows(
        "SELECT case_id, child_id, happening, details FROM cases_event WHERE authority_id = %s AND case_id IS NOT NULL "
        "ORDER BY id",
        ours,
    ):
        details = sql.as_facts(details)
        told.setdefault(case, []).append((case, child, happening, details))
    for case, child, issued in sql.rows(
        f"SELECT m.case_id, m.child_id, c.issued_on {MEMBER} AND m.concluded_on IS NULL "
        "AND c.stage IN ('pre_cmh', 'up_to_irh')",
        ours,
    ):
        events = told.get(case, ())
        own = [e[3]["application_issued"] for e in events if e[:3] == (case, child, "child_added")]
        why = {
            e[3]["reason"] for e in events
            if e[0] == case and e[1] in (None, child) and e[2] == "extension_granted"
        }  # fmt: skip
        due = sql.rows(
            "SELECT due_on FROM cases_deadline WHERE duty = 'IRH-16' AND case_id = %s AND child_id = %s "
            "AND state = 'open' AND NOT moved ORDER BY id DESC",
            case, child,
        )  # fmt: skip
        yield (
            (TODAY - sql.as_date(own[0] if own else issued)).days,
            due and sql.as_date(due[0][0] or TODAY),
            why,
        )


OF_THE_OFFICE = "EXISTS (SELECT 1 FROM cases_case c WHERE c.id = d.case_id AND c.cafcass_office_id = %s)"
YEAR = "d.due_on >= '2024-03-01' AND d.due_on < '2025-03-01'"
DUTIES = (
    "('CMH-4')", "('CMH-7')", "('END-3')", "('END-1', 'END-2', 'END-3', 'END-4', 'END-6', 'END-9')",
)  # fmt: skip
GUARDIAN = """(SELECT a.person_id FROM cases_appointment a WHERE a.case_id = d.case_id AND a.role = 'guardian'
  ORDER BY CASE WHEN a.until_on IS NULL THEN 0 ELSE 1 END, a.until_on DESC, a.id DESC LIMIT 1)"""


def over_the_year(office, by, field):
    """By `by`: in time and late of each of the duties, and the letters that were found unhelpful, by their `field`."""
    expected = {}
    for place, (duties, outcome) in enumerate((d, o) for d in DUTIES for o in ("in_time", "late")):
        for key, number in sql.rows(
            f"SELECT {by}, count(*) FROM cases_deadline d WHERE {OF_THE_OFFICE} AND {YEAR} "
            f"AND d.duty IN {duties} AND {came(outcome)} GROUP BY 1",
            office,
        ):
            expected.setdefault(key, [0] * 9)[place] = number
    for key, number in sql.rows(
        f"SELECT l.{field}, count(*) FROM letters_letter l JOIN cases_case c ON c.id = l.case_id "
        "WHERE c.cafcass_office_id = %s AND l.usefulness <= 2 AND l.sent_on >= '2024-03-01' "
        "AND l.sent_on < '2025-03-01' GROUP BY 1",
        office,
    ):
        expected.setdefault(key, [0] * 9)[8] = number
    return expected


def pressing(where, *params, by="''"):
    """By `by`: how many open deadlines there are of each band, the way a table of the board has them."""
    expected = {}
    for key, due_on in sql.rows(
        f"SELECT {by}, d.due_on FROM cases_deadline d WHERE d.state = 'open' AND {where}", *params
    ):
        expected.setdefault(key, [0] * 5)[sql.BANDS.index(sql.band(due_on, TODAY))] += 1
    return expected
