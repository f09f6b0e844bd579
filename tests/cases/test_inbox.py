"""The inbox: everything once, acknowledged by name; e-mail as each person wants it, and none where none can go."""

import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases import clock, inbox, notices, preferences
from cases.appointments import appoint
from cases.models import Notice, Undeliverable
from config.post import OnlyAllowed
from tests.cases.steps import day, happened, opened
from tests.chapters import chapter

MONDAY = "2025-02-03"


@pytest.fixture(autouse=True)
def _on_monday(it_is):
    it_is(MONDAY)


@chapter(on=MONDAY)
def document(cast):
    """LA legal is Lena by name, and owes the IRO a document by Monday 10 February."""
    case = opened(cast, cast.amber, on=MONDAY)
    appoint(cast.lena, "la_legal", children=[cast.amber], on=day(MONDAY), by=cast.lena)
    happened(case, "document_received", MONDAY, document="Timetable", kind="Court timetable or directions")
    happened(case, "legal_paperwork_sent", MONDAY, children=[cast.amber])
    Notice.objects.all().delete()
    return case


def days(it_is, first, last):
    """The clock ticks through the days, and what it hands out is sent; the subjects of Lena's e-mails by day."""
    sent = {}
    on = date.fromisoformat(first)
    while on <= date.fromisoformat(last):
        it_is(on)
        mail.outbox.clear()
        for batch in clock.tick():
            notices.send(batch)
        if found := sorted(one.subject for one in mail.outbox if one.to == ["lena@example.org"]):
            sent[on.isoformat()[5:]] = found
        on += timedelta(days=1)
    return sent


def test_each_notice_stands_once_until_its_person_acknowledges_it(cast, document, browse, it_is, new):
    days(it_is, "2025-02-06", "2025-02-11")
    lena = browse(cast.lena)
    new()
    page = lena.get(reverse("inbox")).content.decode()
    [(entry, records)] = new()
    assert (entry.act, ("case", document.key) in records) == ("listed", True)
    assert page.count("Overdue: CMH-10,") == 2, "the words, and the button that says them"
    assert "Amber" not in page
    overdue = Notice.objects.get(recipient=cast.lena, kind="overdue")
    url = reverse("notice_acknowledge", args=[overdue.pk])
    assert browse(cast.mona).post(url).status_code == 404
    lena.post(url)
    [(entry, records)] = new()
    assert (entry.verb, entry.name) == ("notice.acknowledged", "Lena Legal")
    assert {("notice", str(overdue.pk)), ("case", document.key)} <= records
    lena.post(url)
    assert new() == []
    after = lena.get(reverse("inbox")).content.decode()
    assert "by you, Tuesday 11 February 2025, 12:00" in after
    told = browse(cast.mona).get(reverse("chronology", args=[document.key])).content.decode()
    assert "Overdue: CMH-10," in told
    assert "to Lena Legal: e-mailed Tuesday 11 February 2025, 12:00; acknowledged" in told
    assert "Nothing waits for you." in browse(cast.stranger).get(reverse("inbox")).content.decode()


def told(client):
    return {line.words.partition(":")[0] for line in client.get(reverse("inbox")).context["page"].waiting}


def test_what_waits_says_how_it_is_now_and_the_chronology_what_was_sent(cast, document, browse, it_is):
    days(it_is, "2025-02-06", "2025-02-06")
    assert told(browse(cast.lena)) == {"Due in two working days"}
    days(it_is, "2025-02-10", "2025-02-11")
    assert told(browse(cast.lena)) == {"Reminder", "Overdue"}
    happened(document, "document_sent_to_iro", "2025-02-11", document="Timetable")
    assert told(browse(cast.lena)) == {"Reminder", "No longer overdue"}
    sent = browse(cast.mona).get(reverse("chronology", args=[document.key])).content.decode()
    assert "Overdue: CMH-10," in sent
    assert "No longer" not in sent


def test_what_waits_is_shown_page_by_page_with_its_number(cast, document, browse):
    for number in range(inbox.SIZE + 3):
        Notice.objects.create(
            kind="letter", recipient=cast.lena, about=f"letter {number}", created_at=timezone.now()
        )
    lena = browse(cast.lena)
    first = lena.get(reverse("inbox")).context
    rest = lena.get(first["next_url"]).context
    shown = [line.pk for page in (first, rest) for line in page["page"].waiting]
    assert shown == sorted(Notice.objects.values_list("pk", flat=True), reverse=True)
    assert (first["page"].number, rest["next_url"]) == (len(shown), "")


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        (
            "at_once",
            {
                "02-06": ["Due in two working days", "Your work today"], "02-07": ["Your work today"],
                "02-10": ["Due today", "Your work today"], "02-11": ["Overdue", "Your work today"],
            },
        ),
        ("daily", {f"02-{on}": ["Your work today"] for on in ("06", "07", "10", "11")}),
        ("weekly", {"02-10": ["Your work today"]}),
        ("overdue", {"02-11": ["Overdue"]}),
    ],
)  # fmt: skip
def test_e_mail_goes_as_each_person_wants_it_and_the_inbox_has_everything(
    cast, document, browse, it_is, wanted, sent
):
    lena = browse(cast.lena)
    assert lena.post(reverse("inbox_settings"), {"email": wanted}).status_code == 302
    assert days(it_is, "2025-02-06", "2025-02-11") == sent
    theirs = Notice.objects.filter(recipient=cast.lena).exclude(kind="digest")
    assert sorted(theirs.values_list("kind", flat=True)) == ["overdue", "soon", "today"]
    assert preferences.kept_back(cast.lena) == {"at_once": 0, "daily": 3, "weekly": 3, "overdue": 2}[wanted]


def test_a_week_that_begins_with_a_holiday_is_summed_up_on_its_first_working_day(cast, document, it_is):
    preferences.choose("weekly", by=cast.lena)
    assert days(it_is, "2025-04-21", "2025-04-23") == {"04-22": ["Your work today"]}, "Easter Monday"


def test_a_summary_says_what_waits_for_somebody_who_owes_nothing(cast, document, it_is):
    preferences.choose("daily", by=cast.ivor)
    Notice.objects.create(
        kind="letter", recipient=cast.ivor, about="a letter", created_at=it_is("2025-02-06"), inbox_only=True
    )
    days(it_is, "2025-02-06", "2025-02-06")
    [summary] = [one for one in mail.outbox if one.to == [cast.ivor.email]]
    assert "1 notice in your inbox that you have not acknowledged." in summary.body


def test_an_address_that_is_refused_for_good_is_shown_to_the_administrator(
    cast, document, browse, it_is, monkeypatch
):
    def refuse(code):
        def send(message, fail_silently=False):
            raise smtplib.SMTPRecipientsRefused({message.to[0]: (code, b"No such person here")})

        monkeypatch.setattr("django.core.mail.EmailMessage.send", send)

    ada = User.objects.create_user(
        "ada@example.org", name="Ada", organisation=cast.northmoor, role="administrator"
    )
    other = User.objects.create_user(
        "olga@example.org", name="Olga", organisation=cast.cafcass, role="administrator"
    )
    url = reverse("undeliverable")
    refuse(451)
    days(it_is, "2025-02-10", "2025-02-10")
    assert not Undeliverable.objects.exists(), "for now is not for good"
    assert "Every address is accepted" in browse(ada).get(url).content.decode()
    refuse(550)
    days(it_is, "2025-02-11", "2025-02-12")
    page = browse(ada).get(url).content.decode()
    assert "lena@example.org" in page
    assert "550 No such person here" in page
    assert "lena@example.org" not in browse(other).get(url).content.decode()
    assert browse(cast.mona).get(url).status_code == 404
    overdue = Notice.objects.get(recipient=cast.lena, kind="overdue")
    assert (overdue.inbox_only, overdue.sent_at) == (True, None)
    monkeypatch.undo()
    User.objects.filter(pk=cast.lena.pk).update(email="lena.legal@example.org")
    assert "lena@example.org" not in browse(ada).get(url).content.decode(), "put right"
    days(it_is, "2025-02-13", "2025-02-13")
    assert not Undeliverable.objects.filter(person=cast.lena).exists()


def test_outside_production_only_those_on_the_list_get_mail(settings, monkeypatch):
    settings.EMAIL_ALLOWED = ["lena@example.org", "@allowed.example"]
    gone = []
    monkeypatch.setattr(
        "django.core.mail.backends.smtp.EmailBackend.send_messages",
        lambda self, messages: gone.extend(one.recipients() for one in messages) or len(messages),
    )
    post = OnlyAllowed()
    for to in (
        ["lena@example.org", "mona@example.org"],
        ["Ada <ADA@Allowed.example>"],
        ["ada@notallowed.example"],
    ):
        mail.EmailMessage("Subject", "Words", to=to, connection=post).send()
    assert gone == [["lena@example.org"], ["Ada <ADA@Allowed.example>"]]


def test_what_the_list_keeps_back_stays_in_the_inbox(cast, document, it_is, monkeypatch):
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda message, fail_silently=False: 0)
    days(it_is, "2025-02-10", "2025-02-11")
    kept = Notice.objects.get(recipient=cast.lena, kind="overdue")
    assert (kept.sent_at, kept.inbox_only, kept.failed) == (None, True, notices.NOT_ALLOWED)
