"""What the triage board is to show: the referrals, what is owed on each, and the group it stands in, read from tables."""

from collections import Counter
from datetime import timedelta

from tests.reports.boards import sql
from tests.reports.seeded.day import TODAY

NEEDS = ("REF-9", "REF-10", "REF-12", "REF-16", "REF-17", "REF-21")


def referrals(where, *params):
    return sql.rows(
        f"SELECT r.id, r.case_id, r.ref, r.state, r.ended_on FROM referrals_referral r WHERE r.state <> 'draft' "  # noqa: S608
        f"AND {where}",
        *params,
    )


def owed():
    """(case, name of the referral) → what is owed on it: due, duty; and the promised papers."""
    needs, papers = {}, Counter()
    for case, duty, subject, due_on, details in sql.rows(
        "SELECT d.case_id, d.duty, d.subject, d.due_on, e.details FROM cases_deadline d "
        "JOIN cases_event e ON e.id = d.opened_by_id WHERE d.duty LIKE 'REF-%%' AND d.state IN ('open', 'excused') "
        "AND NOT d.moved"
    ):
        if duty == "REF-7":
            papers[case, sql.as_facts(details)["referral"]] += 1
        elif duty in NEEDS:
            needs.setdefault((case, subject), []).append((sql.as_date(due_on), NEEDS.index(duty)))
    return needs, papers


def group(state, needs):
    early = {
        "submitted": "new", "received": "allocation", "allocated": "two_weeks", "enquiries": "two_weeks",
    }  # fmt: skip
    if state in early:
        return early[state]
    soon = TODAY + timedelta(days=3)
    first = [NEEDS[duty] for due_on, duty in sorted(needs) if NEEDS[duty] in ("REF-16", "REF-17")
             or (NEEDS[duty] == "REF-21" and due_on <= soon)]  # fmt: skip
    return "six_weeks" if first[:1] == ["REF-16"] else "reports"
