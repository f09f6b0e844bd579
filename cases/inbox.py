"""The inbox: each notice of a person once, until they acknowledge it, and what a case's chronology says was sent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import User
from cases import exports
from cases.dates import weekday_date
from cases.models import Cover, Notice
from cases.noticepages import own_page
from protocol.duties import CATALOGUE

SIZE = 50


@dataclass(frozen=True)
class Line:
    """A notice as a person reads it: no child is named, the case is a click away."""

    pk: int
    words: str
    created_at: datetime
    acknowledged_at: datetime | None
    url: str
    reference: str
    records: tuple


@dataclass(frozen=True)
class Sent:
    words: str
    recipient: User
    sent_at: datetime
    acknowledged_at: datetime | None


def of(person):
    """What waits first, then what was acknowledged, each the latest first; of what the person may still open."""
    mine = _notices().visible_to(person).filter(recipient=person)
    found = mine.order_by(F("acknowledged_at").desc(nulls_first=True), "-pk")
    return [_line(notice) for notice in found[:SIZE]]


def waiting(person):
    return [line for line in of(person) if line.acknowledged_at is None]


def acknowledge(notice, *, by):
    """The person says that they have it. Pressed twice, it was said once."""
    with transaction.atomic():
        now = timezone.now()
        if not Notice.objects.filter(pk=notice.pk, recipient=by, acknowledged_at=None).update(
            acknowledged_at=now
        ):
            return
        audit.changed(by, "notice.acknowledged", ("notice", notice.pk), *_records(notice))


def sent_about(case):
    """What went out about a case and to whom: it stands below the chronology."""
    gone = _notices().filter(Q(case=case) | Q(deadline__case=case), sent_at__isnull=False)
    return [
        Sent(_words(notice), notice.recipient, notice.sent_at, notice.acknowledged_at)
        for notice in gone.order_by("-sent_at", "-pk")[: SIZE * 2]
    ]


def _notices():
    read = Notice.objects.exclude(kind=Notice.Kind.DIGEST)
    return read.select_related("recipient", "case", "deadline__case", "deadline__child")


def _line(notice):
    url, reference = _where(notice)
    return Line(
        notice.pk, _words(notice), notice.created_at, notice.acknowledged_at, url, reference, _records(notice)
    )


def _words(notice):
    deadline = notice.deadline
    if deadline is None:
        return WORDS.get(notice.kind, Notice.get_kind_display)(notice)
    duty = CATALOGUE[deadline.duty]
    due = f", due {weekday_date(deadline.due_on)}" if deadline.due_on else ""
    return f"{notice.get_kind_display()}: {duty.id}, {duty.action.rstrip(',')}{due}"


def _of_a_cover(notice):
    cover = Cover.objects.select_related("absent").get(pk=notice.about.removeprefix("cover:"))
    days = f"{weekday_date(cover.from_on)} until {weekday_date(cover.until_on)}"
    return f"You stand in for {cover.absent.name} from {days}"


def _of_an_export(notice):
    left = exports.left(notice)
    return f"{notice.get_kind_display()}: {left.who}, {left.rows} rows"


WORDS = {Notice.Kind.COVER: _of_a_cover, Notice.Kind.EXPORT: _of_an_export}


def _where(notice):
    if page := own_page(notice):
        return page, notice.case.key if notice.case else "Open it"
    case = notice.case or (notice.deadline.case if notice.deadline else None)
    if case:
        return reverse("case", args=[case.key]), case.key
    if notice.deadline and notice.deadline.child:
        return reverse("child", args=[notice.deadline.child.key]), notice.deadline.child.key
    return reverse("my_work"), "My work"


def _records(notice):
    case = notice.case or (notice.deadline.case if notice.deadline else None)
    child = notice.deadline.child if notice.deadline else None
    return tuple((kind, one.key) for kind, one in (("case", case), ("child", child)) if one)
