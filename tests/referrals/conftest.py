"""What the tests of disputes and referrals share: the cast, a day that stands still, a browser for a person.

A story that needs another case than the one disputes are told on gives a `case` of its own.
"""

import pytest

from tests.access import quickly
from tests.cases.conftest import browse, cast, it_is, new, today
from tests.referrals.dispute_steps import a_case, raised

__all__ = ["browse", "cast", "it_is", "new", "today"]


@pytest.fixture
def case(cast):
    return a_case(cast)


@pytest.fixture
def formal(cast, case):
    """Formal since Monday 10 February 2025, with Tess: she has until Monday 17 February."""
    return raised(cast, case, formal=True)


@pytest.fixture
def pages_not_drawn():
    """Where only this is asked, whether a page is there."""
    with quickly.pages_not_drawn():
        yield
