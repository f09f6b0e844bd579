"""The story told with odd words, read by everybody and its clocks rung: what was said by the ways nobody looks at."""

import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from celery.signals import before_task_publish
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings

from accounts.models import Session
from cases import notices
from cases.models import Notice
from cases.tasks import tick
from config.errors import IdsOnly, Tasks
from config.permissions import PAGES
from config.permissions.relations import Standing
from letters.tasks import keep_up as keep_letters_up
from reports.tasks import keep_up as keep_reports_up
from tests.access import examples
from tests.access import story as stories
from tests.access.asking import Asker
from tests.deployment.odd_words import marked
from tests.doors import come_all_the_way_in


@dataclass
class Left:
    """What was said by the ways nobody looks at while the story was told and read."""

    lines: list = field(default_factory=list)
    tasks: list = field(default_factory=list)
    addresses: set = field(default_factory=set)
    sessions: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    headers: dict = field(default_factory=dict)
    cached: list = field(default_factory=list)


class Listening(logging.Handler):
    """Every line as the console would have it."""

    def __init__(self, lines):
        super().__init__(logging.INFO)
        self.lines = lines
        self.setFormatter(IdsOnly("%(levelname)s %(name)s %(message)s"))
        self.addFilter(Tasks())

    def emit(self, record):
        self.lines.append(self.format(record))


@contextmanager
def told_and_read(blocker):
    """What was left behind; all that was told is taken back at the end."""
    left, calendar = Left(), stories.Calendar()
    listening = Listening(left.lines)
    everything = logging.getLogger()
    usual = everything.level
    everything.addHandler(listening)
    everything.setLevel(logging.INFO)

    def task_sent(body=None, headers=None, **_):
        left.tasks.append(repr((body, {name: headers.get(name) for name in ("argsrepr", "kwargsrepr")})))

    before_task_publish.connect(task_sent, weak=False)
    patched = pytest.MonkeyPatch()
    for module in ("letters.pdf", "letters.papers", "letters.blank_form"):
        patched.setattr(f"{module}.as_pdf", lambda *_, **__: b"%PDF-1.7 not drawn", raising=False)
    quick = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    )
    with quick, blocker.unblock(), transaction.atomic():
        try:
            mail.outbox = []
            patched.setattr(stories, "assemble", marked)
            story = stories.tell(calendar)
            _read_by_everybody(left, story)
            _search(left, story.northmoor.cast)
            _rung()
            left.messages += [str(message.message()) for message in mail.outbox]
            left.cached += _in_the_cache()
            yield left
        finally:
            patched.undo()
            before_task_publish.disconnect(task_sent)
            everything.removeHandler(listening)
            everything.setLevel(usual)
            calendar.stops()
            transaction.set_rollback(True)


def _read_by_everybody(left, story):
    """Each page by somebody it opens to; its own address, where it leads, and its headers."""
    askers = {}
    for page in PAGES.values():
        if page.reads is None or page.name in examples.OWN:
            continue
        example = next(examples.every(story, [page]), None)
        reader = _reader(story, page, example) if example else None
        if reader is None:
            continue
        if reader.pk not in askers:
            askers[reader.pk] = Asker(reader)
        answer = askers[reader.pk].ask("GET", example.url)
        if answer.status == 200:
            left.headers[page.key] = answer.response.headers
            left.addresses |= {example.url, *re.findall(r'(?:href|action|src)="([^"]*)"', answer.text)}


def _reader(story, page, example):
    seats = [seat for seat in story.seats if seat.world in (example.world, "both")]
    relations = ((seat.person, examples.relation(seat, example)) for seat in seats)
    may = (
        person
        for person, relation in relations
        if page.may("GET", Standing(person.role, relation), "authority")
    )
    return next(may, None)


def _search(left, cast):
    """A name is searched for, and found again on the next page."""
    client = Client()
    client.force_login(cast.mona)
    come_all_the_way_in(client, cast.mona)
    for address in ("/children/", "/cases/", "/find/"):
        answer = client.post(address, {"words": "Quorwick"})
        left.addresses.add(answer["Location"])
        assert b"Quorwick" in client.get(answer["Location"]).content
    assert client.get("/children/ZZZZZZZZZZ/").status_code == 404  # of which the log speaks
    left.sessions += list(Session.objects.values_list("session_data", flat=True))


def _rung():
    """What waits for the end of a transaction, and everything a clock wakes."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for _, act, *_ in waiting:
        act()
    for clock in (tick, keep_letters_up, keep_reports_up):
        clock()
    notices.send(list(Notice.objects.values_list("pk", flat=True)))


def _in_the_cache():
    if hasattr(cache, "_cache") and isinstance(cache._cache, dict):
        return [repr((key, cache.get(key.split(":", 2)[-1]), value)) for key, value in cache._cache.items()]
    client = cache._cache.get_client()
    return [repr((key, client.dump(key))) for key in client.scan_iter()]
