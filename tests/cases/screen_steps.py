"""The case whose screens are looked at, and a page as it is read."""

import re

from cases.appointments import appoint
from tests.cases.steps import day, happened, opened


def issued_three_weeks_ago(cast):
    """A case for two children; an IRO, a guardian, a listed CMH, a court document."""
    case = opened(cast, cast.amber, cast.blake, on="2025-02-10")
    both = [cast.amber, cast.blake]
    appoint(cast.gwen, "guardian", children=both, on=day("2025-02-11"), by=cast.cass, case=case)
    appoint(cast.iris, "iro", children=both, on=day("2025-02-12"), by=cast.mona)
    appoint(cast.lena, "la_legal", children=both, on=day("2025-02-12"), by=cast.lena)
    happened(case, "hearing_listed", "2025-02-12", hearing="cmh", date="2025-03-04")
    happened(
        case, "document_received", "2025-02-24", document="Timetable", kind="Court timetable or directions"
    )
    happened(case, "became_looked_after", "2025-02-27", legal_status="C1 interim care order")
    return case


def words(page):
    """The text of a page as it is read, tags and runs of white space gone."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
