"""The numbers counted again, in plain SQL written from the specification; working days are counted day by day."""

import json
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

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


def rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def number(sql, *params):
    return rows(sql, *params)[0][0]


def is_working(day):
    return day.weekday() < 5 and day.isoformat() not in HOLIDAYS


def days_late(due_on, today):
    """Working days after the day it was due, up to and including today."""
    return sum(is_working(due_on + timedelta(days=n)) for n in range(1, (today - due_on).days + 1))


def as_date(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


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
