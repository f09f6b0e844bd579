"""Missed deadlines: written down once, annulled only when our knowledge changes."""

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from cases import nudges, overdue
from cases.models import Deadline, Miss

OWED = "authority_id, case_id, child_id, agreement_id, duty, subject, opened_on, key, force, due_on"
WRITE_MISSES = """
    INSERT INTO cases_miss ({owed}, recorded_at, reason)
    SELECT {owed}, %s, '' FROM cases_deadline WHERE {missed} ORDER BY due_on, id
    ON CONFLICT (key, due_on) DO NOTHING
"""
IS_ANY_MISSED = "SELECT 1 FROM cases_deadline WHERE {missed} LIMIT 1"
MARK_MISSED = "UPDATE cases_deadline SET is_missed = true WHERE {missed}"
OPEN_AND_PAST = "state = 'open' AND NOT is_missed AND due_on < %s"


def settle(*, today, stream=None):
    """Record every deadline missed by today, with the nudges it calls for; return how many.

    Set-based, over the partial index of open deadlines not yet missed. Run twice, late or from two machines,
    the result is the same: unique keys guard each miss and each nudge. `stream` narrows it to one case, one
    child's care or one agreement, by column.
    """
    missed, chosen = _chosen(today, stream or {})
    with connection.cursor() as cursor:
        # Nothing is missed nearly always: one look at the partial index instead of five statements.
        cursor.execute(IS_ANY_MISSED.format(missed=missed), chosen)
        if cursor.fetchone() is None:
            return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WRITE_MISSES.format(owed=OWED, missed=missed), [timezone.now(), *chosen])
        nudges.tell_of_misses(cursor, missed, chosen)
        cursor.execute(MARK_MISSED.format(missed=missed), chosen)
        return cursor.rowcount


def _chosen(today, stream):
    """The condition for a missed deadline of a stream, and its values; column names are our own."""
    clauses, values = [OPEN_AND_PAST], [today]
    for column, value in stream.items():
        clauses.append(f"{column} IS NULL" if value is None else f"{column} = %s")
        values += [] if value is None else [value]
    return " AND ".join(clauses), values


def reconcile(stream, *, today, because=None):
    """Hold the misses of one stream against what its facts now say.

    A deadline met late is a miss even when both facts were typed on one day. A miss whose deadline turns
    out to have been met in time, or never owed, is annulled by the event that told us so.
    """
    _hold(stream, today, lambda _: because, settle_first=True)


def hold(stream, *, today, because):
    """As `reconcile`, and nobody is told: an import of years of history must not send thousands of e-mails.

    `stream` may be any conditions on deadlines and misses alike, so that many children are held at once;
    `because` gives for a child's pk the event that may annul a miss.
    """
    _hold(stream, today, because, settle_first=False)


def _hold(stream, today, because, *, settle_first):
    mine = Deadline.objects.filter(**stream)
    seen = mine.filter(Q(is_missed=True) | _breached(today)).annotate(is_late=_breached(today))
    seen = list(seen.values_list("is_missed", "is_late", "key", "due_on"))
    if any(is_late and not is_missed for is_missed, is_late, _, _ in seen):
        if settle_first:
            settle(today=today, stream=stream)
        unmarked = mine.filter(_breached(today), is_missed=False)
        _write(unmarked)
        unmarked.update(is_missed=True)
    _annul(stream, {(key, due_on) for _, is_late, key, due_on in seen if is_late}, because)
    if any(is_missed and not is_late for is_missed, is_late, _, _ in seen):
        mine.filter(is_missed=True).exclude(_breached(today)).update(is_missed=False)


def _breached(today):
    """Past its day while still owed, or met after it, without a delay letter to explain it."""
    late = Q(state=Deadline.State.MET, met_on__gt=F("due_on"), excused=False)
    return overdue.where(today) | late


def _write(deadlines):
    now = timezone.now()
    Miss.objects.bulk_create([_miss(row, now) for row in deadlines], ignore_conflicts=True)


def _miss(row, now):
    copied = {name.strip(): getattr(row, name.strip()) for name in OWED.split(",")}
    return Miss(**copied, recorded_at=now)


def _annul(stream, owed, because):
    for miss in Miss.objects.filter(**stream):
        if (miss.key, miss.due_on) in owed and miss.annulled_at:
            Miss.objects.filter(pk=miss.pk).update(annulled_at=None, annulled_by=None)
        elif (miss.key, miss.due_on) not in owed and not miss.annulled_at:
            Miss.objects.filter(pk=miss.pk).update(
                annulled_at=timezone.now(), annulled_by=because(miss.child_id)
            )
