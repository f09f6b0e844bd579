"""A letter that came on paper hands its matters over like one sent from here."""

from datetime import date

import pytest

from cases.actions import record
from cases.models import Matter
from cases.opening import open_case
from protocol.happenings import Happening
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def test_matters_typed_from_a_paper_letter_stand_at_the_next_review_of_each_child():
    cast = assemble()
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
