"""What a notice of a saved view says: by name on screen, in an e-mail with numbers and references alone.

`cases` asks here for notices of these kinds (`settings.NOTICE_ROOMS`). What one is about reads
`view:following:day` for a digest, `view:following:look:rows` for an alert.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from cases.dates import weekday_date
from cases.models import Notice
from reports.boards import access
from reports.finding import looking
from reports.models import Following, SavedView

NAMED = 10
NO_LONGER = "A saved view you can no longer open"


@dataclass(frozen=True)
class Told:
    """What an e-mail says: how many deadlines, how many of them overdue, and of which cases."""

    number: int
    overdue: int
    references: list
    settings_address: str


def lines(person, notices):
    """Words and address of each of these notices, by its number, for its recipient's inbox."""
    wanted = {_view(notice) for notice in notices}
    seen = SavedView.objects.visible_to(person) if access.may_see_lists(person) else SavedView.objects.none()
    views = seen.in_bulk(wanted)
    return {notice.pk: _line(notice, views.get(_view(notice))) for notice in notices}


def told(notice):
    """What there is to tell now, with the recipient's eyes; None where nothing is left to be told."""
    following = (
        Following.objects.standing()
        .filter(pk=notice.about.split(":")[1], person=notice.recipient_id)
        .select_related("view", "person__organisation")
        .first()
    )
    if following is None or not _is_wanted(following, notice):
        return None
    today = timezone.localdate()
    rows = looking.rows_of(following, today)
    if notice.kind == Notice.Kind.GAIN:
        rows = rows.filter(key__in=of_look(following, int(notice.about.split(":")[2])))
    overdue = Q(state="open", due_on__lt=today)
    counted = rows.aggregate(number=Count("pk"), overdue=Count("pk", filter=overdue))
    if not counted["number"]:
        return None
    address = settings.SITE_ADDRESS + reverse("inbox_settings")
    return Told(counted["number"], counted["overdue"], _references(rows), address)


def of_look(following, look):
    """What came with one look and has not left since."""
    return following.sightings.filter(look=look).values("key")


def _view(notice):
    return int(notice.about.split(":")[0])


def _line(notice, view):
    if view is None:
        return NO_LONGER, reverse("inbox_settings")
    url = reverse("saved_view", args=[view.pk])
    if notice.kind == Notice.Kind.GAIN:
        number = int(notice.about.split(":")[3])
        return f"“{view.name}” has gained {number} deadline{'' if number == 1 else 's'}", url
    return f"“{view.name}”: digest of {weekday_date(date.fromisoformat(notice.about.split(':')[2]))}", url


def _is_wanted(following, notice):
    """It was not stopped since; of digests the latest alone."""
    if notice.kind == Notice.Kind.GAIN:
        return following.is_alerted
    latest = following.summed_up_on.isoformat() == notice.about.split(":")[2]
    return bool(following.digest) and latest


def _references(rows):
    """Of cases, and of children whose reviews belong to none; a local agreement has none."""
    keys = rows.order_by().values_list("case__key", "child__key").distinct()
    found = sorted({case or child for case, child in keys[: NAMED * 10] if case or child})
    return found[:NAMED]
