"""One story with something in every room, told once for a module; what a test does to it is undone after the test."""

from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from cases.actions import record
from cases.models import Case
from tests.access import story as stories
from tests.access.story import TODAY, Calendar
from tests.cases.conftest import browse, new
from tests.cast import assemble

__all__ = ["browse", "new"]
# After the seventy-fifth birthday of every child of the story.
LONG_AFTER = "2101-01-05"


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """Northmoor alone: two children whose case has concluded, one of them referred, and a third child's case."""
    calendar = Calendar()
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), transaction.atomic():
        try:
            cast = assemble()
            yield stories.told_of("northmoor", cast, cast.hugo, calendar)
        finally:
            calendar.stops()
            transaction.set_rollback(True)


@pytest.fixture
def calendar(story):
    turning = Calendar()
    turning.turns_to(TODAY)
    yield turning
    turning.stops()


@pytest.fixture
def world(db, story, calendar):
    """Northmoor, as the story left it."""
    with transaction.atomic():
        yield story
        transaction.set_rollback(True)


@pytest.fixture
def cast(world):
    return world.cast


@pytest.fixture
def long_after(world, calendar):
    """Amber and Blake left care and their case was closed; that was more than a lifetime ago."""
    cast, on = world.cast, date.fromisoformat(TODAY)
    for child in (cast.amber, cast.blake):
        record(child, "ceased_to_be_looked_after", on=on, by=cast.lena)
    record(
        Case.objects.get(pk=world.main.case.pk),
        "case_closed",
        on=on,
        by=cast.iris,
        details={"reason": "Everything is done."},
    )
    calendar.turns_to(LONG_AFTER)
    return world
