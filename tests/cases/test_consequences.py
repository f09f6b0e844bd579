"""What a fact changes beside the deadlines, and what its correction puts back."""

from datetime import date

import pytest

from cases.actions import correct, record
from cases.appointments import appoint
from cases.models import Case, Matter
from cases.opening import open_case
from cases.refusal import NotYours
from protocol.happenings import Happening
from tests.chapters import chapter

SUMMER = "2025-06-16"


@pytest.fixture(autouse=True)
def _in_summer(it_is):
    it_is(SUMMER)


def test_matters_typed_from_a_paper_letter_stand_at_the_next_review_of_each_child(cast):
    cast.cafcass.is_on_system = False
    cast.cafcass.save()
    case = open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=[cast.amber, cast.blake],
        entering=Happening.PROCEEDINGS_ISSUED, on=date(2025, 1, 6), by=cast.lena,
    )  # fmt: skip
    record(
        case,
        Happening.PROCEEDINGS_CONCLUDED,
        on=date(2025, 6, 2),
        by=cast.lena,
        details={"outcome": "Care order"},
    )
    record(
        case, Happening.APPENDIX_2_SENT, on=date(2025, 6, 9), by=cast.mona, on_behalf_of=cast.cafcass,
        how_known="letter received by post",
        particulars={"matters": [{"text": "Contact with grandmother"}, {"text": "School", "child": cast.amber.key}]},
    )  # fmt: skip
    handed_over = set(Matter.objects.values_list("child__name", "text"))
    assert handed_over == {
        ("Amber Example", "Contact with grandmother"),
        ("Blake Example", "Contact with grandmother"),
        ("Amber Example", "School"),
    }


@chapter(on=SUMMER)
def case(cast):
    return open_case(
        authority=cast.northmoor,
        cafcass_office=cast.cafcass,
        children=[cast.amber, cast.blake],
        entering=Happening.PROCEEDINGS_ISSUED,
        on=date(2025, 1, 6),
        by=cast.lena,
    )


def test_an_appointment_struck_out_never_was_and_whoever_it_replaced_holds_the_role_again(cast, case):
    appoint(cast.iris, "iro", children=[cast.amber, cast.blake], on=date(2025, 1, 7), by=cast.mona)
    [wrong] = appoint(cast.ivor, "iro", children=[cast.amber, cast.blake], on=date(2025, 1, 20), by=cast.mona)
    correct(wrong, by=cast.mona, reason="Wrong person")
    assert not Case.objects.visible_to(cast.ivor).exists()
    assert Case.objects.visible_to(cast.iris).get() == case


def test_a_new_date_for_an_appointment_moves_the_appointment_too(cast, case):
    [early] = appoint(cast.iris, "iro", children=[cast.amber, cast.blake], on=date(2025, 1, 7), by=cast.mona)
    correct(early, by=cast.mona, reason="Wrong day", replacement={"on": date(2025, 1, 9)})
    assert set(cast.iris.appointments.values_list("from_on", flat=True)) == {date(2025, 1, 9)}


def test_the_guardian_loses_the_case_however_it_ends_and_a_correction_gives_it_back(cast, case):
    appoint(
        cast.gwen, "guardian", children=[cast.amber, cast.blake], case=case, on=date(2025, 1, 7), by=cast.cass
    )
    [ended] = record(case, Happening.PROCEEDINGS_WITHDRAWN, on=date(2025, 2, 3), by=cast.lena)
    assert not Case.objects.visible_to(cast.gwen).exists()
    correct(ended, by=cast.lena, reason="Another case")
    assert Case.objects.visible_to(cast.gwen).get() == case


def test_those_whom_an_iro_challenges_do_not_record_what_the_iro_does(cast, case):
    record(case, Happening.REVIEW_HELD, on=date(2025, 1, 30), by=cast.mona,
           details={"review": "2025-01-30", "significant_issues": False})  # fmt: skip
    with pytest.raises(NotYours):
        record(case, Happening.CARE_PLAN_VIEW_GIVEN, on=date(2025, 1, 30), by=cast.tess,
               details={"review": "2025-01-30", "view": "challenged"})  # fmt: skip


def test_a_handover_struck_out_takes_back_what_the_iro_has_not_closed(cast, case):
    record(
        case,
        Happening.PROCEEDINGS_CONCLUDED,
        on=date(2025, 6, 2),
        by=cast.lena,
        details={"outcome": "Care order"},
    )
    sent = record(
        case, Happening.APPENDIX_2_SENT, on=date(2025, 6, 9), by=cast.cass, children=[cast.amber],
        particulars={"matters": [{"text": "Contact with grandmother"}]},
    )  # fmt: skip
    correct(sent[0], by=cast.cass, reason="Sent for the wrong child")
    assert not Matter.objects.exists()
