"""A dispute about a looked-after child who is in no case opens one."""

import pytest

from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Case
from cases.refusal import Refusal
from referrals import disputes
from tests.cases.steps import TODAY, day, happened, opened, the
from tests.chapters import chapter
from tests.referrals.dispute_steps import WORDS, a_case

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def looked_after(cast):
    """Coral, since Monday 6 January 2025; Iris reviews for her and Tess is the team manager."""
    happened(cast.coral, "became_looked_after", "2025-01-06", legal_status="C2 full care order")
    appoint(cast.iris, PersonRole.IRO, children=[cast.coral], on=day("2025-01-08"), by=cast.mona)
    appoint(cast.tess, PersonRole.TEAM_MANAGER, children=[cast.coral], on=day("2025-01-08"), by=cast.tess)


def without_case(cast, **how):
    how = {**WORDS, "by": cast.iris, "on": day("2025-02-10"), "formal": True, **how}
    return disputes.raise_without_case([cast.coral], **how)


def test_a_dispute_is_the_first_fact_of_a_case_that_has_not_started(cast, looked_after):
    dispute = without_case(cast, cafcass_office=cast.cafcass)
    case = dispute.case
    assert (case.stage, case.cafcass_office) == (Case.objects.get(pk=case.pk).stage, cast.cafcass)
    assert case.get_stage_display() == "Not started"
    assert list(case.children.all()) == [cast.coral]
    assert the(case, "DIS-2").owner == cast.tess
    happened(case, "proceedings_issued", "2025-02-20")
    assert Case.objects.get(pk=case.pk).stage == "pre_cmh"


def test_the_cafcass_office_is_that_of_the_latest_case_else_it_is_asked(cast, looked_after):
    with pytest.raises(Refusal) as refusal:
        without_case(cast)
    assert refusal.value.field == "cafcass_office"
    assert not Case.objects.exists()
    before = opened(cast, cast.coral, on="2024-03-01", entering="entered_pre_proceedings")
    happened(before, "diverted_from_proceedings", "2024-05-01", reason="She is safe at home.")
    assert without_case(cast).case.cafcass_office == cast.cafcass


def test_pressed_twice_it_opens_one_case(cast, looked_after):
    once = {"cafcass_office": cast.cafcass, "submission": "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f44"}
    assert without_case(cast, **once) == without_case(cast, **once)
    assert Case.objects.count() == 1


def test_a_child_in_an_open_case_has_the_dispute_there(cast):
    a_case(cast, cast.coral)
    with pytest.raises(Refusal, match="still open"):
        without_case(cast, cafcass_office=cast.cafcass)


def test_a_refused_dispute_opens_no_case(cast, looked_after):
    with pytest.raises(Refusal):
        without_case(cast, cafcass_office=cast.cafcass, impact="")
    assert not Case.objects.exists()
