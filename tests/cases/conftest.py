"""What the tests of cases share: the cast, a day that stands still, and a browser for a person."""

import pytest
from django.test import Client

from accounts.audit.models import AuditEntry
from tests.cases.steps import TODAY, days
from tests.cast import assemble
from tests.chapters import chapter


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Nobody signs in by password here, and a dozen slow hashes a test would be the whole run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@chapter(on=TODAY)
def cast():
    return assemble()


@pytest.fixture
def it_is():
    """Sets the day, and the time of day where it matters; time stands still until it is set again."""
    with days() as set_to:
        yield set_to


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
