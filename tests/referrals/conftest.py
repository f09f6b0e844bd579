"""What the tests of disputes and referrals share: the cast, a day that stands still, a browser for a person."""

from tests.cases.conftest import browse, cast, it_is, new, today

__all__ = ["browse", "cast", "it_is", "new", "today"]
