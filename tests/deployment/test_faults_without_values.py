"""Of what fails, the place and the kind are told and no value: in the report that is e-mailed, on the console, by Celery."""

import logging

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client, override_settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from config.errors import IdsOnly, Tasks, without_values
from tests.deployment.odd_words import NAMES, found, marked


@pytest.fixture
def cast(db):
    return marked()


def fails(request):
    name = request.POST.get("name")  # a local variable with a child's name in it
    raise DatabaseError(f"DETAIL: Key (name)=({name}) already exists.")


urlpatterns = [path("fails/", csrf_exempt(fails)), path("", include("config.urls"))]


@override_settings(ROOT_URLCONF=__name__, ADMINS=[("", "operations@example.org")])
def test_the_report_of_a_fault_has_the_place_and_no_value(cast, mailoutbox, caplog):
    client = Client(raise_request_exception=False)
    client.force_login(cast.mona)
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


# --- A planted fault turns the check red --------------------------------------------------------------------------


def test_a_line_with_the_words_of_a_fault_is_found():
    line = logging.LogRecord("x", logging.ERROR, __file__, 1, "It failed", (), None)
    try:
        raise ValueError("Quorwick")
    except ValueError as error:
        line.exc_info = (ValueError, error, error.__traceback__)
    assert found([logging.Formatter().format(line)])
    assert not found([part for part in IdsOnly().format(line).splitlines() if "raise" not in part])
