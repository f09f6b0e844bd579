"""In production the service does not start with what would not be safe, and says in one line why."""

import os
import shutil
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.urls import Resolver404, resolve, reverse
from kombu import Connection

from config import production
from config.walls.raising import raise_walls

GOOD_KEY = "a-key-for-these-tests-alone-0123456789-abcdefghijklmnopqrstuvwxyz"
NOWHERE = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": GOOD_KEY,
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "REDIS_CACHE_URL": "redis://127.0.0.1:1/1",
}
FIT = {
    "IS_DEBUG_ASKED_FOR": False,
    "DEBUG": False,
    "SECRET_KEY": GOOD_KEY,
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "CELERY_BROKER_URL": "redis://redis:6379/0",
}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
# What is wrong → what the settings say, what the environment says, and the beginning of the sentence.
REFUSALS = {
    "debug": ({"IS_DEBUG_ASKED_FOR": True}, {"DEBUG": "1"}, "DEBUG is on"),
    "no key": (
        {"SECRET_KEY": "for-development-only"},
        {"SECRET_KEY": None},
        "SECRET_KEY is the one everybody",
    ),
    "the key of the image": (
        {"SECRET_KEY": "only-while-collecting-static-files"},
        {"SECRET_KEY": "only-while-collecting-static-files"},
        "SECRET_KEY is the one everybody",
    ),
    "a short key": ({"SECRET_KEY": "short"}, {"SECRET_KEY": "short"}, "SECRET_KEY is too easily guessed"),
    "a monotonous key": (
        {"SECRET_KEY": "a" * 60},
        {"SECRET_KEY": "a" * 60},
        "SECRET_KEY is too easily guessed",
    ),
    "SQLite": ({"DATABASES": SQLITE}, {"DATABASE_URL": None}, "The database is not PostgreSQL"),
    "a queue in memory": (
        {"CELERY_BROKER_URL": "memory://"},
        {"CELERY_BROKER_URL": None},
        "The queue is not Redis",
    ),
}


def run(*command, **changed):
    wanted = {name: value for name, value in (NOWHERE | changed).items() if value is not None}
    left_out = {"DATABASE_URL", "CELERY_BROKER_URL", "REDIS_CACHE_URL", "SECRET_KEY", "DEBUG"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out} | wanted
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


# --- What the settings say ------------------------------------------------------------------------------


def test_settings_that_are_fit_have_no_fault():
    assert production.settings_faults(SimpleNamespace(**FIT)) == []


@pytest.mark.parametrize("wrong", REFUSALS)
def test_each_fault_of_the_settings_is_one_sentence(wrong):
    said, _, sentence = REFUSALS[wrong]
    [fault] = production.settings_faults(SimpleNamespace(**FIT | said))
    assert fault.startswith(sentence)


@pytest.mark.parametrize("url", ["memory://", "filesystem://", "sqla+sqlite:///queue", "", "amqp://queue"])
def test_only_redis_will_do_for_a_queue(url):
    assert production.broker_fault(url)


@pytest.mark.parametrize("url", ["redis://r/0", "rediss://r/0", "redis+socket:///run/redis.sock"])
def test_redis_will_do_however_it_is_reached(url):
    assert production.broker_fault(url) is None


@pytest.mark.parametrize(
    ("installed", "is_refused"), [("69.9", True), ("9.0", True), ("70.0", False), ("100.1", False)]
)
def test_a_weasyprint_that_can_be_made_to_fetch_is_refused(installed, is_refused):
    assert bool(production.weasyprint_fault(installed)) is is_refused


def test_the_installed_weasyprint_is_looked_at(monkeypatch):
    monkeypatch.setattr(production, "version", lambda name: {"weasyprint": "68.1"}[name])
    [fault] = production.settings_faults(SimpleNamespace(**FIT))
    assert fault.startswith("WeasyPrint 68.1")


# --- What is asked --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "is_refused"), [((True, True), True), ((False, True), True), ((False, False), False)]
)
def test_a_role_above_the_policies_is_refused(role, is_refused):
    assert bool(production.role_fault(*role)) is is_refused


@pytest.mark.parametrize("policy", ["allkeys-lru", "volatile-lru", "allkeys-random", "volatile-ttl"])
def test_a_redis_that_evicts_is_refused(policy):
    assert policy in production.policy_fault(policy)
    assert production.policy_fault("noeviction") is None


@pytest.mark.needs_postgres
@pytest.mark.django_db
def test_the_databases_role_is_asked_for_and_a_superuser_is_told_from_a_plain_one():
    import psycopg2

    assert production.role_of(connection) == (False, False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin")
        [superuser, *_] = cursor.fetchone()
    at = connection.settings_dict
    with psycopg2.connect(host=at["HOST"], user=superuser, dbname=at["NAME"]) as its_own:
        assert production.role_of(its_own) == (True, True)
    its_own.close()


@pytest.mark.needs_redis
@pytest.mark.parametrize("policy", ["noeviction", "allkeys-lru"])
def test_the_queues_policy_is_asked_for(redis_with, policy):
    assert production.policy_of(Connection(redis_with(policy))) == (policy,)


@pytest.fixture
def redis_with(tmp_path):
    started = []

    def start(policy):
        socket = tmp_path / "redis.sock"
        command = [shutil.which("redis-server"), "--port", "0", "--unixsocket", socket, "--save", ""]
        started.append(subprocess.Popen([*command, "--maxmemory-policy", policy], stdout=subprocess.DEVNULL))
        until = time.monotonic() + 20
        while not socket.exists() and time.monotonic() < until:
            time.sleep(0.05)  # between two looks at whether its socket is there
        return f"redis+socket://{socket}?virtual_host=0"

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def test_a_machine_that_is_silent_is_not_well():
    with pytest.raises(production.Silent, match="Redis cannot be asked"):
        production.policy_of(Connection("redis://127.0.0.1:1/0"))


# --- Started for real -----------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", REFUSALS)
def test_the_server_does_not_start_and_says_why_in_one_line(wrong):
    _, environment, sentence = REFUSALS[wrong]
    started = run("-c", "import config.wsgi", **environment)
    assert started.returncode == production.REFUSED
    assert started.stderr.startswith(f"The Protocol does not start: {sentence}")
    assert len(started.stderr.splitlines()) == 1


@pytest.mark.parametrize("wrong", REFUSALS)
def test_the_deployment_check_fails_and_says_why(wrong):
    _, environment, sentence = REFUSALS[wrong]
    checked = run("manage.py", "check", "--deploy", **environment)
    assert checked.returncode != 0
    assert checked.stderr.count(sentence) == 1


def test_the_deployment_check_says_aloud_what_it_could_not_ask_and_is_otherwise_clean():
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert checked.stderr.count("NOT CHECKED") == 2


def test_the_server_does_not_start_while_nobody_answers_what_it_must_ask():
    started = run("-c", "import config.wsgi")
    assert started.returncode == production.REFUSED
    assert "cannot be asked whether its role is a superuser" in started.stderr


@pytest.mark.parametrize("process", ["worker", "beat"])
def test_neither_worker_nor_beat_starts(process, tmp_path):
    started = run("-m", "celery", "-A", "config", process, SECRET_KEY=None, VAR_DIR=str(tmp_path))
    assert started.returncode == production.REFUSED
    assert "The Protocol does not start: SECRET_KEY" in started.stdout + started.stderr


@pytest.mark.needs_redis
@pytest.mark.needs_postgres
def test_with_a_queue_that_evicts_the_server_does_not_start_and_without_it_does(redis_with, walled):
    web = walled("protocol_web")
    refused = run("-c", "import config.wsgi", DATABASE_URL=web, CELERY_BROKER_URL=redis_with("allkeys-lru"))
    assert refused.stderr.startswith("The Protocol does not start: Redis may throw the queue away")
    started = run("-c", "import config.wsgi", DATABASE_URL=web, CELERY_BROKER_URL=settings.CELERY_BROKER_URL)
    assert started.returncode == 0, started.stderr


# Who signs in to a database with its walls up, and what is said of them.
BEHIND_WALLS = {
    "protocol": "as the owner of its tables",
    "protocol_work": "as the role that reaches every row",
}


@pytest.mark.needs_redis
@pytest.mark.needs_postgres
@pytest.mark.parametrize("role", BEHIND_WALLS)
def test_the_web_does_not_start_as_a_role_that_no_wall_holds(role, walled):
    address = {"DATABASE_URL": walled(role), "CELERY_BROKER_URL": settings.CELERY_BROKER_URL}
    started = run("-c", "import config.wsgi", **address)
    assert started.returncode == production.REFUSED
    assert BEHIND_WALLS[role] in started.stderr


@pytest.mark.needs_redis
@pytest.mark.needs_postgres
def test_the_clock_starts_as_the_role_that_reaches_every_row_and_not_as_the_owner(walled):
    asked = "from config.production import refuse_if_unfit; refuse_if_unfit()"
    address = {"CELERY_BROKER_URL": settings.CELERY_BROKER_URL, "DJANGO_SETTINGS_MODULE": "config.settings"}
    assert run("-c", asked, DATABASE_URL=walled("protocol_work"), **address).returncode == 0
    refused = run("-c", asked, DATABASE_URL=walled("protocol"), **address)
    assert refused.returncode == production.REFUSED


@pytest.mark.needs_redis
@pytest.mark.needs_postgres
def test_nothing_starts_and_the_check_fails_where_no_wall_was_raised():
    at = settings.DATABASES["default"]
    bare = f"postgresql://protocol_web@{at['HOST'].replace('/', '%2F')}/{at['USER']}"
    address = {"DATABASE_URL": bare, "CELERY_BROKER_URL": settings.CELERY_BROKER_URL}
    started = run("-c", "import config.wsgi", **address)
    assert started.returncode == production.REFUSED
    assert "The Protocol does not start: Row-level security does not stand around" in started.stderr
    checked = run("manage.py", "check", "--deploy", **address)
    assert checked.returncode != 0
    assert "Row-level security does not stand around" in checked.stderr


@pytest.mark.needs_redis
@pytest.mark.needs_postgres
def test_the_deployment_check_is_clean_where_everything_is_as_it_should_be(walled):
    address = {"DATABASE_URL": walled("protocol_web"), "CELERY_BROKER_URL": settings.CELERY_BROKER_URL}
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **address)
    assert checked.returncode == 0, checked.stderr
    assert "NOT CHECKED" not in checked.stderr


@pytest.mark.needs_postgres
@pytest.mark.django_db
def test_a_wall_that_was_taken_down_or_no_longer_forced_is_missed():
    with connection.cursor() as cursor:
        raise_walls(cursor, web="protocol_web", work="protocol_work")
        assert production.without_walls(connection) == []
        for taken_down in (
            "ALTER TABLE cases_event DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE cases_child NO FORCE ROW LEVEL SECURITY",
            "DROP POLICY within_reach ON letters_letter",
        ):
            cursor.execute(taken_down)
    assert production.without_walls(connection) == ["cases_child", "cases_event", "letters_letter"]
    assert "cases_child among them" in production.walls_fault(production.without_walls(connection))


# --- Headers and ids ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_answer_has_a_permissions_policy_and_an_id_of_its_own(client):
    first, second = client.get("/health"), client.get(reverse("sign_in"), headers={"X-Request-ID": "mine"})
    for answer in (first, second):
        assert "camera=()" in answer["Permissions-Policy"]
        assert "geolocation=()" in answer["Permissions-Policy"]
        assert len(answer["X-Request-ID"]) == 16
    assert first["X-Request-ID"] != second["X-Request-ID"]


@pytest.mark.django_db
def test_what_is_logged_during_a_request_carries_its_id(client, caplog):
    from config.requests import RequestId

    caplog.handler.addFilter(RequestId())
    answer = client.get("/nothing-is-here/")
    assert answer.status_code == 404
    [logged] = [line for line in caplog.records if line.name == "django.request"]
    assert logged.request_id == answer["X-Request-ID"]


def test_in_production_browsers_come_back_over_https_only():
    said = run(
        "-c",
        "from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)",
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    assert said.stdout.split() == ["31536000", "True", "True", "True"]


def test_djangos_own_admin_is_not_there():
    """Nothing shows a child's record but the pages that ask who may see it."""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [app for app in settings.INSTALLED_APPS if app.endswith(".admindocs")]
    with pytest.raises(Resolver404):
        resolve("/admin/")
