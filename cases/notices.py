"""E-mails that nudge: what is owed and a link, never a child's name."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cases import access, exports
from cases.clock import unsent
from cases.models import Cover, Deadline, EmergencyAccess, Notice
from protocol.duties import CATALOGUE

SUBJECTS = {
    Notice.Kind.SOON: "Due in two working days",
    Notice.Kind.TODAY: "Due today",
    Notice.Kind.OVERDUE: "Overdue",
    Notice.Kind.DIGEST: "Your work today",
    Notice.Kind.LETTER: "A letter has come",
    Notice.Kind.DISPUTE: "A dispute needs you",
    Notice.Kind.REFERRAL: "A referral needs you",
    Notice.Kind.EMERGENCY: "A case was opened in an emergency",
    Notice.Kind.COVER: "You stand in for a colleague",
    Notice.Kind.DISPOSAL: "A disposal was carried out",
    Notice.Kind.PACK: "A record is ready to be given out",
    Notice.Kind.EXPORT: "A large file has left the service",
}

ABOUT_A_DEADLINE = {Notice.Kind.SOON, Notice.Kind.TODAY, Notice.Kind.OVERDUE}


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
    try:
        message_for(notice).send()
    except OSError as fault:  # tried again when the claim has run out; nobody else's waits for it
        Notice.objects.filter(pk=pk).update(failed=str(fault)[:200])
        return 0
    Notice.objects.filter(pk=pk).update(sent_at=timezone.now(), failed="")
    return 1


def _is_overtaken(notice):
    """What was done, moved or corrected since the nudge was written needs none: an e-mail must not be wrong."""
    if not notice.recipient.is_reminded:
        return True
    if notice.kind == Notice.Kind.EMERGENCY:
        return False
    if _is_shut_out(notice):
        return True
    if notice.kind not in ABOUT_A_DEADLINE:
        return False
    deadline = notice.deadline
    if deadline is None or deadline.state != Deadline.State.OPEN:
        return True
    return notice.about != f"{deadline.pk}:{deadline.due_on}"


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
    deadline = notice.deadline
    return {
        "name": notice.recipient.name,
        "deadline": deadline,
        "duty": CATALOGUE[deadline.duty] if deadline else None,
        "address": settings.SITE_ADDRESS + _where(notice),
        "counts": _counts(notice) if notice.kind == Notice.Kind.DIGEST else None,
        "about": ABOUT[notice.kind](notice) if notice.kind in ABOUT else None,
        "export": exports.left(notice) if notice.kind == Notice.Kind.EXPORT else None,
    }


def _emergency(notice):
    opened = EmergencyAccess.objects.select_related("person__organisation", "case")
    return opened.get(pk=notice.about.removeprefix("emergency:"))


def _cover(notice):
    return Cover.objects.select_related("absent").get(pk=notice.about.removeprefix("cover:"))


ABOUT = {Notice.Kind.EMERGENCY: _emergency, Notice.Kind.COVER: _cover}


def _where(notice):
    """The page of it; a notice of another room says whose, and the settings which."""
    if notice.kind == Notice.Kind.EMERGENCY:
        return reverse("emergency")
    if page := settings.NOTICE_PAGES.get(notice.kind):
        return reverse(page, args=[notice.about.split(":")[0]])
    case = notice.case or (notice.deadline.case if notice.deadline else None)
    return reverse("case", args=[case.key]) if case else reverse("my_work")


def _counts(notice):
    today = timezone.localdate()
    mine = Deadline.objects.owed_by_person(notice.recipient).still_open()
    return {"overdue": mine.overdue(today).count(), "today": mine.filter(due_on=today).count()}
