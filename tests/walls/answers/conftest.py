"""The short tale, told once for all files of this folder: who does what is said by the role in the database that does it.

The web has the reach of whoever asks; files are made and notices sent by whoever works, within nobody's reach.
"""

import pytest

from tests.walls.conftest import short_tale


@pytest.fixture(scope="package")
def told(django_db_setup, django_db_blocker):
    """The cast and the case. What a test changes is undone."""
    with short_tale(django_db_blocker) as told:
        yield told


@pytest.fixture
def cast(told):
    return told[0]


@pytest.fixture
def case(told):
    return told[1]
