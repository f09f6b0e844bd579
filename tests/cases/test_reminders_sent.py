"""What the clock hands out is sent: what each e-mail says, once each, and not when it has been overtaken."""

import re

from django.core import mail
from django.utils import timezone

from cases import notices
from cases.actions import correct
from cases.appointments import appoint
from cases.clock import tick
from cases.models import Notice
from cases.tasks import send_notices
from tests.cases.clock_steps import MONDAY, _on_monday, case, document
from tests.cases.steps import day, happened

__all__ = ["_on_monday", "case", "document"]


def sent():
    """Everything that is to be sent now, sent as the worker would; the messages."""
    mail.outbox.clear()
    for batch in tick():
        send_notices(batch)
    return mail.outbox


def test_an_e_mail_of_each_kind_says_what_is_owed_and_links_to_it_and_names_no_child(
    case, document, cast, it_is, settings
):
    settings.SITE_ADDRESS = "https://protocol.example"
    kinds = set()
    for on in ("2025-02-06", "2025-02-10", "2025-02-11"):
        it_is(on)
        for message in sent():
            kinds.add(message.subject)
            assert not re.search(r"Amber|Blake|Coral|Example\b(?!\.)", message.subject + message.body)
            assert "https://protocol.example/" in message.body
            assert len(message.to) == 1
    assert kinds == {"Due in two working days", "Due today", "Overdue", "Your work today"}
    about = [m for m in mail.outbox if m.to == ["lena@example.org"] and m.subject == "Overdue"]
    assert f"https://protocol.example/cases/{case.key}/" in about[0].body
    assert "Monday 10 February 2025" in about[0].body


def test_the_message_id_of_a_notice_is_the_same_whenever_it_is_made(document, it_is):
    it_is("2025-02-10")
    tick()
    notice = Notice.objects.get(deadline=document, kind="today")
    first, second = notices.message_for(notice), notices.message_for(notice)
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    others = {notices.message_for(n).extra_headers["Message-ID"] for n in Notice.objects.all()}
    assert len(others) == Notice.objects.count()


def test_a_notice_is_sent_once_however_often_the_task_runs(document, it_is):
    it_is("2025-02-10")
    batches = tick()
    for _ in range(2):
        for batch in batches:
            send_notices(batch)
    assert len([m for m in mail.outbox if m.subject == "Due today" and m.to == ["lena@example.org"]]) == 1
    assert tick() == []


def test_what_another_worker_has_in_hand_is_left_to_it(document, it_is):
    moment = it_is("2025-02-10")
    [batch] = tick()
    Notice.objects.update(claimed_at=moment)
    assert notices.send(batch) == 0
    assert mail.outbox == []
    assert tick() == []


def test_what_a_lost_worker_had_in_hand_is_anybodys_after_five_minutes(document, it_is):
    it_is("2025-02-10", "12:00")
    [batch] = tick()
    Notice.objects.update(claimed_at=timezone.now())
    it_is("2025-02-10", "12:06")
    assert tick() == [batch]
    assert notices.send(batch) == len(batch)


def test_a_reminder_of_what_has_been_done_meanwhile_is_not_sent(document, case, it_is):
    """The broker was away; the document went in between."""
    it_is("2025-02-10")
    tick()
    happened(case, "document_sent_to_iro", "2025-02-10", document="Timetable")
    assert not [m for m in sent() if "CMH-10" in m.body]
    assert tick() == []


def test_a_reminder_of_a_day_that_has_moved_is_not_sent_with_the_wrong_day(case, cast, it_is):
    appoint(cast.gwen, "guardian", children=[cast.amber], on=day(MONDAY), by=cast.cass, case=case)
    happened(case, "hearing_listed", MONDAY, hearing="cmh", date="2025-02-07")
    it_is("2025-02-06")
    tick()
    assert Notice.objects.filter(kind="today", deadline__duty="CMH-7").exists()
    happened(case, "hearing_moved", "2025-02-06", hearing="cmh", date="2025-02-28")
    assert not [m for m in sent() if m.subject == "Due today" and "CMH-7" in m.body]


def test_a_reminder_of_a_fact_that_was_struck_out_is_not_sent(document, case, cast, it_is):
    it_is("2025-02-10")
    tick()
    received = case.events.get(happening="document_received")
    correct(received, by=cast.lena, reason="It belongs to another case")
    assert not [m for m in sent() if m.subject == "Due today" and m.to == ["lena@example.org"]]


def test_one_address_that_cannot_be_written_to_holds_up_nobody_else(document, cast, it_is, monkeypatch):
    """The one double here: a mail server that refuses one recipient."""
    from django.core.mail.backends.locmem import EmailBackend

    def refuses_mona(self, messages, real=EmailBackend.send_messages):
        if messages[0].to == ["mona@example.org"]:
            raise OSError("550 no such mailbox")
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuses_mona)
    it_is("2025-02-10")
    for batch in tick():
        send_notices(batch)
    assert "lena@example.org" in {m.to[0] for m in mail.outbox}
    failed = Notice.objects.filter(recipient=cast.mona, sent_at=None)
    assert failed.exists()
    assert "550" in failed.first().failed
