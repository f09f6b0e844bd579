"""What would not be safe in production is found in the settings, and asked of the database and of the queue."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.urls import Resolver404, resolve
from kombu import Connection

from config import production
from config.walls.raising import raise_walls
from tests.deployment.starting import FIT, REFUSALS

# --- What the settings say ----------------------------------------------------------------------------------------


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


def test_djangos_own_admin_is_not_there():
    """Nothing shows a child's record but the pages that ask who may see it."""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [app for app in settings.INSTALLED_APPS if app.endswith(".admindocs")]
    with pytest.raises(Resolver404):
        resolve("/admin/")


# --- What is asked ------------------------------------------------------------------------------------------------


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


def test_a_machine_that_is_silent_is_not_well():
    with pytest.raises(production.Silent, match="Redis cannot be asked"):
        production.policy_of(Connection("redis://127.0.0.1:1/0"))


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
