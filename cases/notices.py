"""E-mails that nudge: what is owed and a link, never a child's name."""

from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cases import access, exports, overdue, preferences, undeliverable
from cases.clock import unsent
from cases.models import Cover, Deadline, EmergencyAccess, Notice
from cases.noticepages import own_page, room
from protocol.duties import CATALOGUE

SUBJECTS = {
    Notice.Kind.SOON: "Due in two working days",
    Notice.Kind.TODAY: "Due today",
    Notice.Kind.OVERDUE: "Overdue",
    Notice.Kind.DIGEST: "Your work today",
    Notice.Kind.LETTER: "A letter has come",
    Notice.Kind.DISPUTE: "A dispute needs you",
    Notice.Kind.REFERRAL: "A referral needs you",
    Notice.Kind.CHASE: "You are asked where this stands",
    Notice.Kind.EMERGENCY: "A case was opened in an emergency",
    Notice.Kind.COVER: "You stand in for a colleague",
    Notice.Kind.DISPOSAL: "A disposal was carried out",
    Notice.Kind.PACK: "A record is ready to be given out",
    Notice.Kind.EXPORT: "A large file has left the service",
    Notice.Kind.VIEW: "A saved view you follow",
    Notice.Kind.GAIN: "A saved view you follow has gained something",
}

NOT_ALLOWED = "Outside production only addresses on the list get e-mail."
FOR_GOOD = "The mail server refuses the address for good."
FOR_NOW = "The mail server refuses the address for now."
ABOUT_A_DEADLINE = {Notice.Kind.SOON, Notice.Kind.TODAY, Notice.Kind.OVERDUE, Notice.Kind.CHASE}


def send(ids, *, now=None):
    """Send the notices of a batch that nobody else is sending; return how many went.

    Claimed one at a time by a one-row update, so that two workers never send the same. The message id is
    stable: should a worker die between sending and saying so, the second copy is recognisably the first.
    """
    return sum(_send_one(pk, now or timezone.now()) for pk in ids)


def _send_one(pk, now):
    if not unsent(now).filter(pk=pk).update(claimed_at=now):
        return 0
    notice = Notice.objects.select_related(
        "recipient__organisation", "deadline__case", "deadline__child", "case"
    ).get(pk=pk)
    if _is_overtaken(notice):
        notice.delete()
        return 0
    if not preferences.wants(notice):
        Notice.objects.filter(pk=pk).update(inbox_only=True)
        return 0
    try:
        if not message_for(notice).send():
            return _keep_back(pk, NOT_ALLOWED)
    except SMTPRecipientsRefused as refused:
        if not undeliverable.is_for_good(refused):
            Notice.objects.filter(pk=pk).update(failed=FOR_NOW)
            return 0
        undeliverable.note(notice.recipient, refused)
        return _keep_back(pk, FOR_GOOD)
    except OSError as fault:  # tried again when the claim has run out; nobody else's waits for it
        Notice.objects.filter(pk=pk).update(failed=str(fault)[:200])
        return 0
    Notice.objects.filter(pk=pk).update(sent_at=timezone.now(), failed="")
    undeliverable.forget(notice.recipient)
    return 1


def _keep_back(pk, why):
    Notice.objects.filter(pk=pk).update(inbox_only=True, failed=why)
    return 0


def _is_overtaken(notice):
    """What was done, moved or corrected since the nudge was written needs none: an e-mail must not be wrong."""
    if not notice.recipient.is_reminded:
        return True
    if notice.kind == Notice.Kind.EMERGENCY:
        return False
    if writer := room(notice.kind):
        return writer.told(notice) is None
    if _is_shut_out(notice):
        return True
    if notice.kind not in ABOUT_A_DEADLINE:
        return False
    deadline = notice.deadline
    if deadline is None or deadline.state != Deadline.State.OPEN or not _may_see(notice):
        return True
    if notice.kind == Notice.Kind.CHASE:
        return False
    late = overdue.is_overdue(deadline.state, deadline.due_on, timezone.localdate())
    return notice.about != f"{deadline.pk}:{deadline.due_on}" or late != (notice.kind == Notice.Kind.OVERDUE)


def _may_see(notice):
    """A service that owes something may be larger than the circle of those who open the case."""
    return Deadline.objects.visible_to(notice.recipient).filter(pk=notice.deadline_id).exists()


def _is_shut_out(notice):
    """Whether the case has been restricted since, and the list does not name who would be told of it."""
    deadline = notice.deadline
    case = notice.case_id or (deadline and deadline.case_id)
    return access.is_shut_to(notice.recipient, case=case, child=deadline and deadline.child_id)


def message_for(notice):
    """The e-mail of a notice."""
    body = render_to_string(f"email/{notice.kind}.txt", _context(notice))
    host = urlsplit(settings.SITE_ADDRESS).hostname
    return EmailMessage(
        SUBJECTS[notice.kind],
        body,
        to=[notice.recipient.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{host}>"},
    )


def _context(notice):
    deadline, writer = notice.deadline, room(notice.kind)
    return {
        "name": notice.recipient.name,
        "deadline": deadline,
        "duty": CATALOGUE[deadline.duty] if deadline else None,
        "address": settings.SITE_ADDRESS + _where(notice),
        "counts": _counts(notice) if notice.kind == Notice.Kind.DIGEST else None,
        "about": ABOUT[notice.kind](notice) if notice.kind in ABOUT else None,
        "export": exports.left(notice) if notice.kind == Notice.Kind.EXPORT else None,
        "told": writer.told(notice) if writer else None,
    }


def _emergency(notice):
    opened = EmergencyAccess.objects.select_related("person__organisation", "case")
    return opened.get(pk=notice.about.removeprefix("emergency:"))


def _cover(notice):
    return Cover.objects.select_related("absent").get(pk=notice.about.removeprefix("cover:"))


ABOUT = {Notice.Kind.EMERGENCY: _emergency, Notice.Kind.COVER: _cover}


def _where(notice):
    if page := own_page(notice):
        return page
    case = notice.case or (notice.deadline.case if notice.deadline else None)
    return reverse("case", args=[case.key]) if case else reverse("my_work")


def _counts(notice):
    today = timezone.localdate()
    mine = Deadline.objects.owed_by_person(notice.recipient).still_open()
    return {
        "overdue": mine.overdue(today).count(),
        "today": mine.filter(due_on=today).count(),
        "kept_back": preferences.kept_back(notice.recipient),
    }
