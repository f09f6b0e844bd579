"""What the clock reminds of: a document that LA legal owes the IRO since Monday 3 February 2025."""

import pytest

from cases.appointments import appoint
from cases.models import Notice
from tests.cases.steps import day, happened, opened, the
from tests.chapters import chapter

MONDAY = "2025-02-03"


@pytest.fixture(autouse=True)
def _on_monday(it_is):
    it_is(MONDAY)


@chapter(on=MONDAY)
def case(cast):
    """Issued on Monday 3 February 2025, with a guardian: CMH-4 is Cafcass's, due on Tuesday the 4th."""
    return opened(cast, cast.amber, on=MONDAY)


@chapter(on=MONDAY)
def document(cast, case):
    """LA legal is Lena by name, and owes the IRO a document within five working days: by Monday the 10th."""
    appoint(cast.lena, "la_legal", children=[cast.amber], on=day(MONDAY), by=cast.lena)
    happened(case, "document_received", MONDAY, document="Timetable", kind="Court timetable or directions")
    Notice.objects.all().delete()
    return the(case, "CMH-10")
