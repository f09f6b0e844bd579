"""What the tests of cases share: the cast, a day that stands still, and a browser for a person."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from accounts.audit.models import AuditEntry
from tests.cast import assemble

LONDON = ZoneInfo("Europe/London")
# A Monday with no bank holiday in the five weeks after it.
TODAY = "2025-03-03"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Nobody signs in by password here, and a dozen slow hashes a test would be the whole run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db):
    return assemble()


@pytest.fixture
def it_is():
    """Sets the day, and the time of day where it matters; time stands still until it is set again."""
    travelling = []

    def set_to(day, at="12:00"):
        while travelling:
            travelling.pop().stop()
        moment = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=LONDON)
        travelling.append(time_machine.travel(moment, tick=False))
        travelling[-1].start()
        return moment

    yield set_to
    while travelling:
        travelling.pop().stop()


@pytest.fixture
def today(it_is):
    """The day on which most stories are told."""
    return it_is(TODAY).date()


@pytest.fixture
def browse():
    """A browser in which a person has just signed in."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def new():
    """The entries of the audit trail since this was last asked, each with its records."""
    seen = [0]

    def since():
        entries = list(AuditEntry.objects.filter(pk__gt=seen[0]).order_by("pk"))
        seen[0] = entries[-1].pk if entries else seen[0]
        return [(entry, set(entry.records.values_list("kind", "key"))) for entry in entries]

    return since
