"""Who is told about which deadline: rows for the notices that somebody will have to send.

Nothing is sent here. One statement a rule, over the same open deadlines every board reads; a unique key
per person, kind and due date makes each nudge once, however often the clock runs.
"""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.roles import ANSWERS_FOR
from cases import preferences
from cases.models import Notice
from protocol.working_days import ENGLAND

REMINDED = "p.is_active AND o.is_on_system"
PEOPLE = "JOIN accounts_organisation o ON o.id = p.organisation_id"
INSERT = """
    INSERT INTO cases_notice (kind, recipient_id, deadline_id, case_id, about, created_at, failed)
    SELECT '{kind}', p.id, d.id, d.case_id, d.id || ':' || d.due_on, %s, ''
    FROM (SELECT * FROM cases_deadline WHERE {which}) d
    JOIN accounts_user p ON {who} {people}
    WHERE {reminded}
    ON CONFLICT (recipient_id, kind, about) DO NOTHING
"""
DIGEST = """
    INSERT INTO cases_notice (kind, recipient_id, about, created_at, failed)
    SELECT DISTINCT 'digest', p.id, '{today}', %s, ''
    FROM cases_deadline d JOIN accounts_user p ON ({owner}) OR ({service}) {people}
    WHERE d.state = 'open' AND d.due_on <= %s AND {reminded}
    ON CONFLICT (recipient_id, kind, about) DO NOTHING
"""
OWNER = "p.id = d.owner_id"
MANAGER = "p.id = (SELECT manager_id FROM accounts_user WHERE id = d.owner_id)"


def _service():
    """Where nobody is named, those of the owing agency who answer for the party that owes."""
    pairs = sorted((role.value, person.value) for person, roles in ANSWERS_FOR.items() for role in roles)
    listed = ", ".join(f"('{role}', '{person}')" for role, person in pairs)
    return (
        f"d.owner_id IS NULL AND p.organisation_id = d.owing_id AND (d.owed_by, p.role) IN (VALUES {listed})"
    )


def _tell(cursor, kind, which, chosen, *recipients):
    for who in recipients:
        statement = INSERT.format(kind=kind.value, which=which, who=who, people=PEOPLE, reminded=REMINDED)
        cursor.execute(statement, [timezone.now(), *chosen])


def tell_of_misses(cursor, missed, chosen):
    """When overdue: the owner and their manager, or the service that owes it."""
    _tell(cursor, Notice.Kind.OVERDUE, missed, chosen, OWNER, MANAGER, _service())


def remind(*, today):
    """Two working days before, and on the day. A day the clock slept through is not reminded of afterwards."""
    soon = ENGLAND.add(today, 2)
    with connection.cursor() as cursor:
        still = "state = 'open' AND NOT is_missed AND due_on"
        _tell(cursor, Notice.Kind.TODAY, f"{still} = %s", [today], OWNER, _service())
        _tell(cursor, Notice.Kind.SOON, f"{still} > %s AND due_on <= %s", [today, soon], OWNER, _service())


def digest(*, today):
    """One summary a working day for everybody who has something due within the week."""
    if not ENGLAND.is_working(today):
        return
    with connection.cursor() as cursor:
        statement = DIGEST.format(
            today=today.isoformat(), owner=OWNER, service=_service(), people=PEOPLE, reminded=REMINDED
        )
        cursor.execute(statement, [timezone.now(), today + timedelta(days=7)])
    preferences.summarise(today=today)
