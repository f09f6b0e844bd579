"""How much e-mail a person wants: everything else waits in the inbox, which has all of it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from cases.models import Notice, NoticePreference
from protocol.working_days import ENGLAND

Email = NoticePreference.Email
SUMMARIES = (Email.DAILY, Email.WEEKLY)


def of(person):
    return (
        NoticePreference.objects.filter(person=person).values_list("email", flat=True).first()
        or Email.AT_ONCE
    )


def choose(email, *, by):
    """A person's own choice; the same again changes nothing."""
    with transaction.atomic():
        if of(by) == email:
            return
        NoticePreference.objects.update_or_create(
            person=by, defaults={"email": email, "changed_at": timezone.now()}
        )
        audit.changed(by, "notices.preference", ("person", by.pk))


def wants(notice):
    """Whether this notice goes out as an e-mail of its own."""
    wanted, kind = of(notice.recipient), notice.kind
    if wanted == Email.AT_ONCE:
        return True
    if wanted == Email.OVERDUE:
        return kind == Notice.Kind.OVERDUE
    if kind != Notice.Kind.DIGEST:
        return False
    return wanted == Email.DAILY or _begins_the_week(date.fromisoformat(notice.about))


def _begins_the_week(day):
    return day == ENGLAND.add(day - timedelta(days=day.weekday() + 1), 1)


def kept_back(person):
    """Notices that went to the inbox alone and wait there."""
    return _waiting().visible_to(person).count()


def _waiting():
    return Notice.objects.filter(inbox_only=True, acknowledged_at=None).exclude(kind=Notice.Kind.DIGEST)


def summarise(*, today):
    """A summary also for those who owe nothing this week, when something waits in the inbox for them."""
    waiting = _waiting().filter(
        recipient__in=NoticePreference.objects.filter(email__in=SUMMARIES).values("person"),
        recipient__is_active=True,
        recipient__organisation__is_on_system=True,
    )
    told = Notice.objects.filter(kind=Notice.Kind.DIGEST, about=today.isoformat()).values("recipient")
    people = User.objects.filter(pk__in=waiting.exclude(recipient__in=told).values("recipient"))
    Notice.objects.bulk_create(
        [
            Notice(
                kind=Notice.Kind.DIGEST, recipient=person, about=today.isoformat(), created_at=timezone.now()
            )
            for person in people.select_related("organisation")
            if kept_back(person)
        ],
        ignore_conflicts=True,
    )
