"""A note of the advice line and the referral it may be shared on, as far as a test asks for them."""

from datetime import date

from tests.cases.steps import TODAY
from tests.chapters import chapter
from tests.referrals.advice_steps import a_call, allocated, referred


@chapter(on=TODAY)
def note(cast):
    """A call about Amber on Tuesday 25 February 2025."""
    return a_call(cast, on=date(2025, 2, 25))


@chapter(on=TODAY)
def referral(cast, note):
    """On Monday 3 March she is referred, and it is Hugo’s."""
    return allocated(referred(cast), cast.hugo)
