"""One seeded authority for all tests of a module, on a day that stands still; what a test changes is undone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings

from tests.reports.boards import sql
from tests.reports.seeded import seeding
from tests.reports.seeded.day import TODAY

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), time_machine.travel(NOON, tick=False), transaction.atomic():
        try:
            yield seeding.seed()
        finally:
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _read_by_mona(request):
    """What is counted again is what the IRO manager may know of, until a test says who else reads."""
    if "seeded" in request.fixturenames:
        sql.seen_by(request.getfixturevalue("seeded").cast.mona)
    yield
    sql.seen_by(None)


@pytest.fixture
def at():
    """A browser in which a person has just signed in."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        return client

    return sign_in
