"""One story and one browser for each person, for all tests of this folder: told once, and undone at the end."""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access import quickly
from tests.access import story as stories
from tests.access.asking import Asker


@pytest.fixture(scope="package")
def story(django_db_setup, django_db_blocker):
    calendar = stories.Calendar()
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), transaction.atomic():
        try:
            yield stories.tell(calendar)
        finally:
            calendar.stops()
            transaction.set_rollback(True)


@pytest.fixture(scope="package")
def everybody(story, django_db_blocker):
    """Everybody of the story at a browser, and nobody at one."""
    with quickly.doors_left_out(), django_db_blocker.unblock():
        return {None: Asker(None)} | {seat.person.pk: Asker(seat.person) for seat in story.seats}


@pytest.fixture
def askers(everybody):
    with quickly.doors_left_out(), quickly.no_pdf_drawn(), quickly.no_news():
        yield everybody
