"""The inbox: each notice of a person once, until they acknowledge it, and what a case's chronology says was sent."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import User
from cases import exports, overdue
from cases.dates import weekday_date
from cases.models import Cover, Notice
from cases.noticepages import lines, own_page
from protocol.duties import CATALOGUE

SIZE = 50
# A notice's number has fewer digits than this; what is longer was never in a link of ours.
LONGEST_NUMBER = 19
REMINDERS = {Notice.Kind.SOON, Notice.Kind.TODAY, Notice.Kind.OVERDUE}


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


@dataclass(frozen=True)
class Page:
    """What waits, how much of it there is in all, and what was acknowledged lately; `next_after` leads on."""

    waiting: list
    number: int
    acknowledged: list
    next_after: int | None


def page(person, after=""):
    """The latest first, by the number of the notice before; of what the person may still open."""
    mine = _notices().visible_to(person).filter(recipient=person)
    waiting = mine.filter(acknowledged_at=None).order_by("-pk")
    number, is_first = waiting.count(), not (after.isdecimal() and len(after) < LONGEST_NUMBER)
    found = list((waiting if is_first else waiting.filter(pk__lt=int(after)))[: SIZE + 1])
    done = mine.exclude(acknowledged_at=None).order_by("-acknowledged_at", "-pk")[:SIZE] if is_first else []
    shown, has_more = found[:SIZE], len(found) > SIZE
    return Page(_lines(person, shown), number, _lines(person, list(done)), shown[-1].pk if has_more else None)


def of(person):
    """What waits first, then what was acknowledged: the first page."""
    first = page(person)
    return [*first.waiting, *first.acknowledged]


def waiting(person):
    return page(person).waiting


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


def _lines(person, found):
    written, today = lines(person, found), timezone.localdate()
    return [_line(notice, today, *written.get(notice.pk, ())) for notice in found]


def _line(notice, today, words="", url=""):
    own, reference = _where(notice)
    return Line(
        notice.pk,
        words or _words_now(notice, today),
        notice.created_at,
        notice.acknowledged_at,
        url or own,
        reference,
        _records(notice),
    )


def _words(notice):
    """As it was said when it went out."""
    return _said(notice, notice.get_kind_display())


def _words_now(notice, today):
    """As it is now: what waits here outlives its day, and what was overdue may be done or have another date."""
    kind, due_on, deadline = notice.kind, _due_on(notice), notice.deadline
    if kind == Notice.Kind.OVERDUE:
        late = deadline and overdue.is_overdue(deadline.state, deadline.due_on, today)
        late = late and deadline.due_on == due_on
        return _said(notice, notice.get_kind_display() if late else "No longer overdue")
    is_over = (kind == Notice.Kind.TODAY and due_on < today) or (kind == Notice.Kind.SOON and due_on <= today)
    return _said(notice, "Reminder") if is_over else _words(notice)


def _said(notice, kind):
    if notice.deadline is None:
        return WORDS[notice.kind](notice) if notice.kind in WORDS else kind
    duty, due_on = CATALOGUE[notice.deadline.duty], _due_on(notice)
    due = f", due {weekday_date(due_on)}" if due_on else ""
    return f"{kind}: {duty.id}, {duty.action.rstrip(',')}{due}"


def _due_on(notice):
    """A reminder is about the date it was written for, whatever became of it."""
    if notice.kind in REMINDERS:
        return date.fromisoformat(notice.about.partition(":")[2])
    return notice.deadline.due_on if notice.deadline else None


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
