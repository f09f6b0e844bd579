"""The walls, and what is told behind them: the whole story, or a short tale."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import override_settings
from time_machine import travel

from cases import clock
from config.walls.raising import raise_walls
from referrals import advice
from tests.cast import assemble
from tests.in_full import IN_FULL
from tests.journeys import steps, stories

TODAY = date(2025, 6, 20)
NOW = f"{TODAY}T09:00:00+00:00"


class Calendar:
    """The day of the story; the clock is woken as each one begins."""

    def __init__(self, time_machine):
        self.time_machine = time_machine

    def turns_to(self, day):
        self.time_machine.move_to(f"{day}T09:00:00+00:00", tick=False)
        clock.tick()


def _raised():
    with connection.cursor() as cursor:
        raise_walls(cursor, web="protocol_web", work="protocol_work")


@pytest.fixture
def walls(db, settings):
    """Up, inside this test's own transaction."""
    settings.DATABASE_WALLS = True
    _raised()


@pytest.fixture
def cast(walls):
    return assemble()


@pytest.fixture
def story(cast, time_machine):
    return stories.tell(cast, Calendar(time_machine))


@pytest.fixture
def how_many():
    """A tenth of the whole number in `make test`, all of it in `make test-full`."""
    return lambda whole: whole if IN_FULL else whole // 10


@pytest.fixture
def tale(cast, time_machine):
    """A short one: Amber and Blake's case with its people, a review, a letter sent and a call to the advice line."""
    time_machine.move_to(NOW, tick=False)
    return _short(cast)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The same, once for all tests of a file: the cast and the case. What a test changes is undone."""
    with short_tale(django_db_blocker) as told:
        yield told


@contextmanager
def short_tale(blocker):
    quick = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with (
        override_settings(DATABASE_WALLS=True, **quick),
        blocker.unblock(),
        travel(NOW, tick=False),
        transaction.atomic(),
    ):
        try:
            _raised()
            cast = assemble()
            yield cast, _short(cast)
        finally:
            transaction.set_rollback(True)


def _short(cast):
    steps.given_everybody_can_be_reached(cast)
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-06-02")
    steps.given_the_siblings_are_looked_after(cast, case, since="2025-06-02")
    steps.given_a_guardian(cast, case, since="2025-06-04")
    steps.given_an_iro(cast, since="2025-06-09")
    steps.given_a_review(
        cast, case, on="2025-06-20", details={"review": "2025-06-20", "significant_issues": False}
    )
    steps.given_an_introduction(cast, case)
    advice.take_note(
        by=cast.lex, on=date(2025, 6, 19), caller="An IRO", authority=cast.northmoor, matter="A matter",
        guidance="A hint",
    )  # fmt: skip
    return case
