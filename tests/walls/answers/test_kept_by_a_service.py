"""What a service keeps for itself is kept on the web, and is no other agency's."""

from datetime import date

import pytest

from reports.annual import acts as annual
from reports.annual.headings import HEADINGS
from reports.finding import views_kept
from reports.foi import acts as foi
from reports.models import AnnualReport, FoiRequest, ListOwner, SavedView
from reports.quality import owners
from tests.walls.conftest import TODAY
from tests.walls.reach import asking

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db]


def test_requests_reports_owners_and_views_are_kept_on_the_web_and_are_no_other_agencys(cast, case):
    with asking(cast.mona):
        request = foi.take_down(
            by=cast.mona, reference="FOI 2", received_on=TODAY, question="disputes_by_theme",
            from_on=date(2024, 1, 1), until_on=TODAY,
        )  # fmt: skip
        foi.reply(request, by=cast.mona, on=TODAY, text="None.")
        report = annual.begin(date(2025, 3, 31), by=cast.mona)
        for heading in HEADINGS:
            annual.write(report, heading.name, "Nothing.", by=cast.mona, seen_version=0)
        assert annual.sign(report, by=cast.mona).is_signed
        owners.name_owner("hearings", cast.lena, by=cast.mona)
        views_kept.keep("Late", "band=overdue", by=cast.mona, is_shared=True)
    kept = (FoiRequest, AnnualReport, ListOwner, SavedView)
    for person, number in ((cast.hal, 1), (cast.stranger, 0), (cast.gwen, 0), (cast.lex, 0), (None, 0)):
        with asking(person):
            assert {model.objects.count() for model in kept} == {number}, person
