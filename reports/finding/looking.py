"""What the clock does about followed views: it looks at each with its follower's eyes, and leaves notices of what it sees.

Statements over a batch of followings, as many however much the views hold. A following is locked while it is looked at
and everything is written in one transaction: who dies in the middle leaves it as it was, who comes second finds it done.
"""

from datetime import timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery, Value
from django.http import QueryDict
from django.utils import timezone

from cases.clock import DIGEST_HOUR
from cases.models import Deadline
from protocol.working_days import ENGLAND
from reports.measures.slices import Slice
from reports.models import Following, SavedView, Sighting

BATCH = 20
# An alert is news of minutes, not of seconds: a view is looked at no oftener than this.
EVERY = timedelta(minutes=5)
# The summary of the day counts what waits in the inbox, so that digests stand there an hour before.
HOUR = DIGEST_HOUR - 1

# What a view held when it was first looked at, or first asked what it asks now: none of it is news.
BEGINNING = 0

ARRIVED = """
    INSERT INTO reports_sighting (following_id, "key", look)
    SELECT f.id, r."key", CASE WHEN f.answers = v.asked THEN f.looks + 1 ELSE {beginning} END
    FROM ({rows}) r JOIN reports_following f ON f.id = r.following JOIN reports_savedview v ON v.id = f.view_id
    WHERE f.id IN ({ids})
    ON CONFLICT (following_id, "key") DO NOTHING
"""
GONE = """
    DELETE FROM reports_sighting WHERE following_id IN ({ids})
    AND (following_id, "key") NOT IN (SELECT r.following, r."key" FROM ({rows}) r)
"""
TOLD = """
    INSERT INTO cases_notice (kind, recipient_id, about, created_at, failed)
    SELECT 'gain', f.person_id, f.view_id || ':' || f.id || ':' || (f.looks + 1) || ':' || count(*), %s, ''
    FROM reports_following f JOIN reports_sighting s ON s.following_id = f.id AND s.look = f.looks + 1
    WHERE f.id IN ({ids})
    GROUP BY f.id, f.person_id, f.view_id, f.looks
    ON CONFLICT (recipient_id, kind, about) DO NOTHING
"""
# Of a view that holds nothing there is no digest.
SUMMED_UP = """
    INSERT INTO cases_notice (kind, recipient_id, about, created_at, failed)
    SELECT 'view', f.person_id, f.view_id || ':' || f.id || ':{today}', %s, ''
    FROM reports_following f WHERE f.id IN (SELECT r.following FROM ({rows}) r)
    ON CONFLICT (recipient_id, kind, about) DO NOTHING
"""
# A digest nobody took note of gives way to the next; one that is on its way stays until it has gone.
OUTDATED = """
    DELETE FROM cases_notice WHERE kind = 'view' AND acknowledged_at IS NULL AND (sent_at IS NOT NULL OR inbox_only)
    AND EXISTS (
        SELECT 1 FROM reports_following f WHERE f.id IN ({ids}) AND f.person_id = cases_notice.recipient_id
        AND cases_notice.about LIKE f.view_id || ':' || f.id || ':%%'
        AND cases_notice.about <> f.view_id || ':' || f.id || ':{today}')
"""
NO_ROWS = """SELECT 0 AS following, '' AS "key" WHERE 1 = 0"""


# --- Whose turn it is -------------------------------------------------------------------------------------------


def to_look_at(now):
    waits = Q(looked_at=None) | Q(looked_at__lte=now - EVERY)
    return Following.objects.standing().filter(waits, is_alerted=True).order_by("looked_at", "pk")


def to_sum_up(now):
    """On working days from the hour on: the daily ones, and once a week the weekly ones, late if need be."""
    today = timezone.localdate(now)
    if not ENGLAND.is_working(today) or timezone.localtime(now).hour < HOUR:
        return Following.objects.none()
    daily = Q(digest=Following.Digest.DAILY, summed_up_on__lt=today)
    weekly = Q(digest=Following.Digest.WEEKLY, summed_up_on__lt=_first_day(today))
    return Following.objects.standing().filter(daily | weekly).order_by("pk")


def _first_day(today):
    """The first working day of the week."""
    return ENGLAND.add(today - timedelta(days=today.weekday() + 1), 1)


def batches(followings):
    ids = list(followings.values_list("pk", flat=True)[: BATCH * 50])
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


def let_go():
    """Who may no longer open a view begins anew should they come back: what came meanwhile was never theirs."""
    lost = Following.objects.exclude(pk__in=Following.objects.standing().values("pk")).exclude(answers="")
    with transaction.atomic():
        Sighting.objects.filter(following__in=lost.values("pk")).delete()
        lost.update(answers="")


# --- What is done -----------------------------------------------------------------------------------------------


def look(ids, *, now=None):
    """Look at the views of a batch that nobody else is looking at; return how many notices were left."""
    now = now or timezone.now()
    with transaction.atomic():
        return take_in(_locked(to_look_at(now), ids), now)


def take_in(followings, now):
    """What came is kept and told, what left is forgotten. The rows of the followings are locked."""
    if not followings:
        return 0
    rows, parameters = _rows(followings, timezone.localdate(now))
    ids, places = _ids(followings)
    with connection.cursor() as cursor:
        cursor.execute(ARRIVED.format(rows=rows, ids=places, beginning=BEGINNING), [*parameters, *ids])
        cursor.execute(GONE.format(rows=rows, ids=places), [*ids, *parameters])
        cursor.execute(TOLD.format(ids=places), [now, *ids])
        told = cursor.rowcount
    asked = SavedView.objects.filter(pk=OuterRef("view")).values("asked")
    Following.objects.filter(pk__in=ids).update(
        looks=F("looks") + 1, looked_at=now, answers=Subquery(asked[:1])
    )
    return told


def sum_up(ids, *, now=None):
    """Leave a digest of each view of a batch that holds anything; return how many."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        chosen = _locked(to_sum_up(now), ids)
        if not chosen:
            return 0
        rows, parameters = _rows(chosen, today)
        of, places = _ids(chosen)
        with connection.cursor() as cursor:
            cursor.execute(SUMMED_UP.format(rows=rows, today=today.isoformat()), [now, *parameters])
            told = cursor.rowcount
            cursor.execute(OUTDATED.format(ids=places, today=today.isoformat()), of)
        Following.objects.filter(pk__in=of).update(summed_up_on=today)
    return told


def rows_of(following, today):
    """The deadlines of a followed view as its follower may see them; none where the list no longer means anything."""
    try:
        return Slice.read(QueryDict(following.view.asked)).rows(following.person, today)
    except ValueError:
        return Deadline.objects.none()


def gained(following, today):
    """What came last, as far as it has not left since; what the view held at the beginning never came."""
    came = following.sightings.exclude(look=BEGINNING).order_by("-look").values("look")[:1]
    return rows_of(following, today).filter(key__in=following.sightings.filter(look=came).values("key"))


def _locked(followings, ids):
    free = followings.filter(pk__in=ids).select_for_update(skip_locked=True, of=("self",))
    return list(free.select_related("view", "person__organisation"))


def _rows(followings, today):
    """One statement for all of them: which following holds which deadlines."""
    statements, parameters = [], []
    for following in followings:
        whose = Value(following.pk, output_field=BigIntegerField())
        rows = rows_of(following, today).order_by().annotate(following=whose).values_list("following", "key")
        try:
            statement, of = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(statement)
        parameters.extend(of)
    return " UNION ALL ".join(statements) or NO_ROWS, parameters


def _ids(followings):
    ids = [following.pk for following in followings]
    return ids, ", ".join(["%s"] * len(ids))
