"""One story for all tests of a module: told once, and undone when the module is over."""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access import story as stories


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    calendar = stories.Calendar()
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), transaction.atomic():
        try:
            yield stories.tell(calendar)
        finally:
            calendar.stops()
            transaction.set_rollback(True)
