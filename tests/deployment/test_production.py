"""In production the service does not start with what would not be safe, and says in one line why."""

import pytest
from django.conf import settings

from config import production
from tests.deployment.starting import REFUSALS, run


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
@pytest.mark.django_db
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
@pytest.mark.django_db
@pytest.mark.parametrize("role", BEHIND_WALLS)
def test_the_web_does_not_start_as_a_role_that_no_wall_holds(role, walled):
    address = {"DATABASE_URL": walled(role), "CELERY_BROKER_URL": settings.CELERY_BROKER_URL}
    started = run("-c", "import config.wsgi", **address)
    assert started.returncode == production.REFUSED
    assert BEHIND_WALLS[role] in started.stderr


@pytest.mark.needs_redis
@pytest.mark.needs_postgres
@pytest.mark.django_db
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
@pytest.mark.django_db
def test_the_deployment_check_is_clean_where_everything_is_as_it_should_be(walled):
    address = {"DATABASE_URL": walled("protocol_web"), "CELERY_BROKER_URL": settings.CELERY_BROKER_URL}
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **address)
    assert checked.returncode == 0, checked.stderr
    assert "NOT CHECKED" not in checked.stderr
