"""The numbers counted again, in plain SQL written from the specification; working days are counted day by day."""

# ruff: noqa: S608 (what is put into these statements is written here, none of it comes from outside)

import json
import re
from datetime import UTC, date, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

HOLIDAYS = {
    event["date"]
    for event in json.loads((Path(settings.BASE_DIR) / "protocol" / "bank_holidays.json").read_text())[
        "england-and-wales"
    ]["events"]
}
APART = "('withdrawn', 'our_target')"
LIMIT = {
    "sources": f"d.owed_by <> 'court' AND d.force NOT IN {APART}",
    "ours": f"d.owed_by <> 'court' AND d.force IN {APART}",
    "court": "d.owed_by = 'court'",
}
BANDS = ("critical", "overdue", "soon", "later", "undated")


# What somebody may not know of: the restricted cases whose list does not name them, unless an emergency opens one to
# them this hour, and the records of the children who are in such a case now. Tables are read without it.
SHUT = """WITH shut AS (SELECT r.case_id FROM {of}cases_restriction r WHERE r.lifted_at IS NULL AND NOT EXISTS
    (SELECT 1 FROM {of}cases_namedreader n WHERE n.restriction_id = r.id AND n.person_id = {person}
     AND n.removed_at IS NULL) AND NOT EXISTS
    (SELECT 1 FROM {of}cases_emergencyaccess e WHERE e.case_id = r.case_id AND e.person_id = {person}
     AND e.ends_at > '{now}')),
  shut_child AS (SELECT m.child_id FROM {of}cases_casechild m WHERE m.left_on IS NULL
    AND m.case_id IN (SELECT case_id FROM shut))"""
SHUT_OUT = {
    "cases_case": "id NOT IN (SELECT case_id FROM shut)",
    "cases_child": "id NOT IN (SELECT child_id FROM shut_child)",
    **dict.fromkeys(
        ("cases_casechild", "referrals_dispute", "referrals_referral", "letters_letter"),
        "case_id NOT IN (SELECT case_id FROM shut)",
    ),
    **dict.fromkeys(
        ("cases_deadline", "cases_event"),
        "(case_id IS NULL AND child_id NOT IN (SELECT child_id FROM shut_child)) "
        "OR case_id NOT IN (SELECT case_id FROM shut)",
    ),
}
_reader = []


def seen_by(person):
    """From here on the counts are of what this person may know of; of everything, where it is nobody."""
    _reader[:] = [person] if person else []


def _as_seen(sql):
    if not _reader:
        return sql
    of = "public." if connection.vendor == "postgresql" else "main."
    now = timezone.now().astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    now += "+00" if connection.vendor == "postgresql" else ""
    shut = SHUT.format(of=of, person=int(_reader[0].pk), now=now)
    tables = [
        f"{name} AS NOT MATERIALIZED (SELECT * FROM {of}{name} WHERE {condition})"
        for name, condition in SHUT_OUT.items()
        if re.search(rf"\b{name}\b", sql)
    ]
    return f"{', '.join([shut, *tables])} {sql}"


def rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(_as_seen(sql), params)
        return cursor.fetchall()


def number(sql, *params):
    return rows(sql, *params)[0][0]


@cache
def is_working(day):
    return day.weekday() < 5 and day.isoformat() not in HOLIDAYS


@cache
def days_late(due_on, today):
    """Working days after the day it was due, up to and including today."""
    return sum(is_working(due_on + timedelta(days=n)) for n in range(1, (today - due_on).days + 1))


def as_date(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_facts(value):
    """The details of an event, which SQLite gives as text."""
    return json.loads(value) if isinstance(value, str) else value


def band(due_on, today):
    """How pressing, as the specification has it: late by more than ten working days, late, within the week, later."""
    if due_on is None:
        return "undated"
    due_on = as_date(due_on)
    if due_on < today:
        return "critical" if days_late(due_on, today) > 10 else "overdue"
    return "soon" if (due_on - today).days <= 7 else "later"


def age(due_on, today):
    late = days_late(as_date(due_on), today)
    return next((f"to_{most}" for most in (5, 10, 20, 60) if late <= most), "older")
