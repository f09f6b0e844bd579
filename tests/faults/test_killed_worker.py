"""A worker dies, or Redis forgets: every reminder still goes, and goes once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases import clock
from cases.models import Notice
from cases.tasks import send_notices, tick
from tests.cast import assemble
from tests.faults.conftest import until

pytestmark = [
    pytest.mark.needs_postgres,
    pytest.mark.needs_redis,
    pytest.mark.django_db(transaction=True),
]

# What the doomed worker runs first: it says that it holds a notice, and then never gets any further.
HANG_BEFORE_SENDING = """
import pathlib, time
from django.core.mail.message import EmailMessage
def send(self, *_, **__):
    pathlib.Path(__file__).with_name("holding").touch()
    time.sleep(600)  # longer than the test lets it live
EmailMessage.send = send
"""


@pytest.fixture
def notices(settings):
    """Three notices that wait to be sent; their recipients work for an authority on the system."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast = assemble()
    today = timezone.localdate().isoformat()
    people = (cast.iris, cast.mona, cast.lena)
    return Notice.objects.bulk_create(
        Notice(kind="digest", recipient=person, about=today, created_at=timezone.now()) for person in people
    )


def all_sent():
    return not Notice.objects.filter(sent_at=None).exists()


def e_mails(outbox):
    """The Message-IDs of all e-mails that went."""
    return sorted(
        message_id
        for file in outbox.iterdir()
        for message_id in re.findall(r"^Message-ID: (.+)$", file.read_text(), re.M)
    )


def each_once(notices):
    return sorted(f"<notice-{notice.pk}@localhost>" for notice in notices)


def test_a_healthy_worker_sends_each_notice_once(notices, broker, outbox, start_worker):
    start_worker()
    tick.delay()
    until(all_sent, "the notices are sent")
    assert e_mails(outbox) == each_once(notices)


def test_what_is_queued_while_no_worker_runs_is_sent_by_the_next(notices, broker, outbox, start_worker):
    doomed = start_worker()
    doomed.kill()
    tick.delay()
    assert not e_mails(outbox)
    start_worker()
    until(all_sent, "the notices are sent")
    assert e_mails(outbox) == each_once(notices)


def test_a_worker_killed_with_a_notice_in_hand_loses_none_and_sends_none_twice(
    notices, broker, outbox, start_worker
):
    doomed = start_worker(HANG_BEFORE_SENDING)
    tick.delay()
    until((doomed.log.parent / "holding").exists, "the worker holds a notice")
    doomed.kill()
    [held] = Notice.objects.exclude(claimed_at=None)
    assert held.sent_at is None
    start_worker()
    tick.delay()
    until(lambda: Notice.objects.filter(sent_at=None).count() == 1, "all but the one in hand are sent")
    # Until its lease ends the held one is nobody else's: the dead worker might only be slow.
    assert held.pk not in clock.unsent(timezone.now()).values_list("pk", flat=True)
    Notice.objects.filter(pk=held.pk).update(claimed_at=timezone.now() - clock.LEASE - timedelta(seconds=1))
    tick.delay()
    until(all_sent, "the one that was in hand is sent")
    assert e_mails(outbox) == each_once(notices)


def test_when_redis_forgets_everything_the_next_tick_sends_all_the_same(
    notices, broker, outbox, start_worker
):
    for batch in clock.tick():
        send_notices.delay(batch)
    assert broker.dbsize()
    broker.flushdb()
    start_worker()
    assert not all_sent()
    tick.delay()
    until(all_sent, "the notices are sent")
    assert e_mails(outbox) == each_once(notices)


def test_the_same_batch_delivered_to_two_workers_goes_once(notices, broker, outbox, start_worker):
    ids = [notice.pk for notice in notices]
    for _ in range(6):
        send_notices.delay(ids)
    start_worker()
    start_worker()
    until(all_sent, "the notices are sent")
    until(lambda: broker.llen("celery") == 0, "the queue is empty")
    assert e_mails(outbox) == each_once(notices)
