"""What the tests of disputes and referrals share: the cast, a day that stands still, a browser for a person.

A story that needs another case than the one disputes are told on gives a `case` of its own. Each chapter is told
once for the tests of a file that begin with it.
"""

import pytest

from referrals import handling
from tests.access import quickly
from tests.cases.conftest import browse, cast, it_is, new, today
from tests.cases.steps import TODAY
from tests.chapters import chapter
from tests.referrals import steps
from tests.referrals.dispute_steps import a_case, raised

__all__ = ["browse", "cast", "it_is", "new", "today"]


@chapter(on=TODAY)
def case(cast):
    return a_case(cast)


@chapter(on=TODAY)
def formal(cast, case):
    """Formal since Monday 10 February 2025, with Tess: she has until Monday 17 February."""
    return raised(cast, case, formal=True)


# --- A referral, as far as a test asks for it --------------------------------------------------------------------


@chapter(on=TODAY)
def just_sent(cast):
    """Iris referred Amber to Cafcass Legal on Monday 3 March 2025."""
    return steps.referred(cast, on=TODAY)


@chapter(on=TODAY)
def taken_in(cast, just_sent):
    """Lex received it the same day."""
    return handling.receive(just_sent, by=cast.lex, on=steps.SUBMITTED)


@chapter(on=TODAY)
def with_gareth(cast, taken_in):
    """Lex allocated it the same day, by the local manager's route."""
    return steps.allocate(cast, taken_in, cast.gareth, on=TODAY)


@chapter(on=TODAY)
def with_hugo(cast, taken_in):
    """Lex allocated it the same day, to the High Court Team."""
    return steps.allocate(cast, taken_in, cast.hugo, on=TODAY)


@pytest.fixture
def pages_not_drawn():
    """Where only this is asked, whether a page is there."""
    with quickly.pages_not_drawn():
        yield
