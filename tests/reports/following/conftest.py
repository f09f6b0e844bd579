"""A case with one paper that is late to nobody yet, and a view of such papers that Mona shares."""

import pytest

from cases.appointments import appoint
from cases.models import Notice
from reports.finding import views_kept
from tests.cases.steps import day, opened
from tests.reports.following.steps import MONDAY, PAPERS, paper


@pytest.fixture
def case(cast, it_is):
    """Amber's, with one paper that LA legal has still to forward; no notice of the case waits."""
    it_is(MONDAY)
    case = opened(cast, cast.amber, on=MONDAY)
    appoint(cast.iris, "iro", children=[cast.amber], on=day(MONDAY), by=cast.mona)
    paper(case, "Plan")
    Notice.objects.all().delete()
    return case


@pytest.fixture
def view(cast, case):
    return views_kept.keep("About Amber’s papers", PAPERS, by=cast.mona, is_shared=True)
