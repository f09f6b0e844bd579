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
    WHERE {reminded} AND NOT {shut_out}
    ON CONFLICT (recipient_id, kind, about) DO NOTHING
"""
DIGEST = """
    INSERT INTO cases_notice (kind, recipient_id, about, created_at, failed)
    SELECT DISTINCT 'digest', p.id, '{today}', %s, ''
    FROM cases_deadline d JOIN accounts_user p ON {who} {people}
    WHERE d.state = 'open' AND d.due_on <= %s AND {reminded} AND NOT {shut_out}
    ON CONFLICT (recipient_id, kind, about) DO NOTHING
"""
OWNER = "p.id = d.owner_id"
MANAGER = "p.id = (SELECT manager_id FROM accounts_user WHERE id = d.owner_id)"
# Whoever stands in for the owner that day, on this case or on all they hold.
COVERING = """p.id IN (
    SELECT c.covering_id FROM cases_cover c
    WHERE c.absent_id = d.owner_id AND c.ended_at IS NULL AND '{today}' BETWEEN c.from_on AND c.until_on
    AND (c.is_for_everything OR EXISTS (
        SELECT 1 FROM cases_cover_cases chosen
        LEFT JOIN cases_casechild member ON member.case_id = chosen.case_id AND member.left_on IS NULL
        WHERE chosen.cover_id = c.id
        AND (chosen.case_id = d.case_id OR (d.case_id IS NULL AND member.child_id = d.child_id)))))"""
# Of a restricted case, and of a child in one, only the people on its list are told.
SHUT_OUT = """EXISTS (
    SELECT 1 FROM cases_restriction r
    WHERE r.lifted_at IS NULL AND (r.case_id = d.case_id OR (d.case_id IS NULL AND EXISTS (
        SELECT 1 FROM cases_casechild inside
        WHERE inside.case_id = r.case_id AND inside.child_id = d.child_id AND inside.left_on IS NULL)))
    AND NOT EXISTS (
        SELECT 1 FROM cases_namedreader named
        WHERE named.restriction_id = r.id AND named.person_id = p.id AND named.removed_at IS NULL))"""


def _service():
    """Where nobody is named, those of the owing agency who answer for the party that owes."""
    pairs = sorted((role.value, person.value) for person, roles in ANSWERS_FOR.items() for role in roles)
    listed = ", ".join(f"('{role}', '{person}')" for role, person in pairs)
    return (
        f"d.owner_id IS NULL AND p.organisation_id = d.owing_id AND (d.owed_by, p.role) IN (VALUES {listed})"
    )


def _covering(today):
    return COVERING.format(today=today.isoformat())


def _tell(cursor, kind, which, chosen, *recipients):
    for who in recipients:
        statement = INSERT.format(
            kind=kind.value, which=which, who=who, people=PEOPLE, reminded=REMINDED, shut_out=SHUT_OUT
        )
        cursor.execute(statement, [timezone.now(), *chosen])


def tell_of_misses(cursor, missed, chosen):
    """When overdue: the owner, who covers for them and their manager, or the service that owes it."""
    covering = _covering(timezone.localdate())
    _tell(cursor, Notice.Kind.OVERDUE, missed, chosen, OWNER, covering, MANAGER, _service())


def remind(*, today):
    """Two working days before, and on the day. A day the clock slept through is not reminded of afterwards."""
    soon = ENGLAND.add(today, 2)
    whom = OWNER, _covering(today), _service()
    with connection.cursor() as cursor:
        still = "state = 'open' AND NOT is_missed AND due_on"
        _tell(cursor, Notice.Kind.TODAY, f"{still} = %s", [today], *whom)
        _tell(cursor, Notice.Kind.SOON, f"{still} > %s AND due_on <= %s", [today, soon], *whom)


def digest(*, today):
    """One summary a working day for everybody who has something due within the week."""
    if not ENGLAND.is_working(today):
        return
    with connection.cursor() as cursor:
        for who in (f"({OWNER}) OR ({_service()})", _covering(today)):
            statement = DIGEST.format(
                today=today.isoformat(), who=who, people=PEOPLE, reminded=REMINDED, shut_out=SHUT_OUT
            )
            cursor.execute(statement, [timezone.now(), today + timedelta(days=7)])
    preferences.summarise(today=today)
