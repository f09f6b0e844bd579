"""Nothing but ids leaves by the ways nobody looks at: logs, tasks, the cache, sessions, addresses, e-mail, error reports.

The story is told with odd words for the children and for what was typed about them; then every page is opened, every
clock rung and every notice sent, and the odd words are looked for wherever they have no business to be.
"""

import base64
import logging
import re
import zlib
from dataclasses import dataclass, field

import pytest
from celery.signals import before_task_publish
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as InTheClear
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from accounts.models import Session, User
from cases import notices
from cases.models import Notice
from cases.tasks import tick
from config.errors import IdsOnly, Tasks, without_values
from config.permissions import PAGES
from config.permissions.relations import Standing
from letters.tasks import keep_up as keep_letters_up
from reports.tasks import keep_up as keep_reports_up
from tests.access import examples
from tests.access import story as stories
from tests.access.asking import Asker
from tests.cast import assemble
from tests.doors import come_all_the_way_in

pytestmark = [pytest.mark.django_db]
# A child's name, and words from the middle of what somebody typed.
MARKS = (
    "Quorwick",
    "Ambrelle",
    "Blakesley",
    "Coralline",
    "Quarry",
    "Quicksand",
    "Quagmire",
    "Speech therapy",
)
NAMES = {"amber": "Ambrelle Quorwick", "blake": "Blakesley Quorwick", "coral": "Coralline Quorwick"}


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


def marked():
    cast = assemble()
    for part, name in NAMES.items():
        child = getattr(cast, part)
        child.name = name
        child.save()
    return cast


@pytest.fixture(scope="module")
def left(django_db_setup, django_db_blocker):
    """The story told once, read by everybody, its clocks rung: what was left behind."""
    left, calendar, listening = Left(), stories.Calendar(), None
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
    with quick, django_db_blocker.unblock(), transaction.atomic():
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


def found(texts):
    """The odd words in these, each with the text it was found in."""
    return [(mark, text[:200]) for text in texts for mark in MARKS if mark.lower() in text.lower()]


def in_the_clear(stored):
    """What anybody could read in a session's row without a key."""
    first = stored.partition(":")[0]
    packed = base64.urlsafe_b64decode(first.lstrip(".") + "=" * (-len(first.lstrip(".")) % 4))
    try:
        return zlib.decompress(packed).decode() if first.startswith(".") else packed.decode(errors="replace")
    except zlib.error:
        return packed.decode(errors="replace")


# --- What was left ------------------------------------------------------------------------------------------------


def test_no_line_of_the_log_names_anybody(left):
    assert left.lines, "The logs were listened to"
    assert not found(left.lines)


def test_tasks_carry_ids_only(left):
    assert len(left.tasks) > 3
    assert not found(left.tasks)


def test_no_address_names_anybody(left):
    assert len(left.addresses) > 100
    assert not found(left.addresses)


def test_the_cache_names_nobody(left):
    assert not found(left.cached)


def test_a_session_in_the_database_can_be_read_by_nobody(left):
    assert left.sessions
    assert not found(map(in_the_clear, left.sessions))
    assert found([in_the_clear(InTheClear().encode({"sought": "Quorwick"}))]), (
        "The test can read what is not sealed"
    )


def test_no_e_mail_names_a_child(left):
    assert len(left.messages) > 5
    assert not found(left.messages)


# --- When something fails -----------------------------------------------------------------------------------------


def fails(request):
    name = request.POST.get("name")  # a local variable with a child's name in it
    raise DatabaseError(f"DETAIL: Key (name)=({name}) already exists.")


urlpatterns = [path("fails/", csrf_exempt(fails)), path("", include("config.urls"))]


@override_settings(ROOT_URLCONF=__name__, ADMINS=[("", "operations@example.org")])
def test_the_report_of_a_fault_has_the_place_and_no_value(left, mailoutbox, caplog):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(email="mona@example.org"))
    answer = client.post("/fails/", {"name": NAMES["amber"], "note": "Quicksand"})
    assert answer.status_code == 500
    [report] = mailoutbox
    said = str(report.message())
    assert "in fails" in report.body
    assert "django.db.utils.DatabaseError" in report.body
    assert answer["X-Request-ID"] in report.body
    assert not found([said, answer.content.decode()])
    written = [IdsOnly().format(line) for line in caplog.records]
    assert any("DatabaseError" in line for line in written)
    assert not found(written)


def test_the_console_writes_faults_so_too():
    formatter = settings.LOGGING["formatters"]["plain"]
    assert formatter["()"] == "config.errors.IdsOnly"
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["request_id", "tasks"]


def test_a_task_that_fails_is_logged_by_its_kind():
    error = ValueError("Quorwick")
    given = {
        "id": "1",
        "name": "cases.tasks.tick",
        "exc": repr(error),
        "traceback": "Quorwick",
        "args": "Quorwick",
    }
    line = logging.LogRecord(
        "celery.app.trace", logging.ERROR, __file__, 1, "Task %(name)s[%(id)s] raised: %(exc)s %(traceback)s",
        (given,), (ValueError, error, None),
    )  # fmt: skip
    assert Tasks().filter(line)
    assert IdsOnly().format(line).startswith("Task cases.tasks.tick[1] raised: ValueError")
    assert not found([IdsOnly().format(line)])


def test_what_led_to_a_fault_is_told_without_words_too():
    try:
        try:
            raise KeyError("Quorwick")
        except KeyError as first:
            raise ValueError("Quicksand") from first
    except ValueError as error:
        told = without_values(error)
    assert "builtins.ValueError" in told
    assert "builtins.KeyError" in told
    assert not found([line for line in told.splitlines() if "raise" not in line])


# --- Headers of every page ----------------------------------------------------------------------------------------


def test_every_page_has_a_strict_policy_and_asks_nothing_of_anybody_else(left):
    assert len(left.headers) > 80
    for page, headers in left.headers.items():
        policy = dict(
            part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == "'none'", page
        scripts = policy.get("script-src", policy["default-src"])  # a file that is handed out runs none
        assert re.fullmatch(r"'none'|'self'( 'nonce-[^']+')?", scripts), page
        assert "unsafe" not in headers["Content-Security-Policy"], page
        assert not re.search(r"https?:|\*", headers["Content-Security-Policy"]), page
        assert "camera=()" in headers["Permissions-Policy"], page
        assert headers["X-Frame-Options"] == "DENY", page
        assert headers["X-Content-Type-Options"] == "nosniff", page
        assert headers["Referrer-Policy"] == "same-origin", page
    others = {address for address in left.addresses if re.match(r"(?:https?:)?//", address)}
    assert not others, "A page leads to or loads from somebody else"


@override_settings(
    SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True
)
def test_over_https_every_answer_asks_browsers_to_come_back_so(client):
    for address in ("/health", "/there-is-no-such-page/", "/"):
        told = client.get(address, secure=True).headers["Strict-Transport-Security"]
        assert told == "max-age=31536000; includeSubDomains; preload"


# --- A planted fault turns each check red -------------------------------------------------------------------------


def test_a_name_left_anywhere_is_found(left):
    for planted in (left.lines, left.tasks, left.cached, left.messages):
        assert found([*planted, f"Case of {NAMES['amber']}"])
    assert found([*left.addresses, "/children/?words=quorwick"])


def test_a_line_with_the_words_of_a_fault_is_found():
    line = logging.LogRecord("x", logging.ERROR, __file__, 1, "It failed", (), None)
    try:
        raise ValueError("Quorwick")
    except ValueError as error:
        line.exc_info = (ValueError, error, error.__traceback__)
    assert found([logging.Formatter().format(line)])
    assert not found([part for part in IdsOnly().format(line).splitlines() if "raise" not in part])
