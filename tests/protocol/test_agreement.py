"""A local agreement tightens and switches on, and never loosens."""

from __future__ import annotations

from datetime import date

import pytest

from protocol.agreement import Agreement
from protocol.faults import Malformed
from tests.protocol.casts import fact, played, the

FROM = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("tighter", "because"),
    [
        ({"CMH-2": 6}, "looser"),
        ({"CMH-11": 4}, "looser"),
        ({"REF-12": 0}, "looser"),
        ({"CMH-7": 3}, "no number of its own"),
        ({"PRE-5": 1}, "no number of its own"),
        ({"XYZ-1": 1}, "there is no duty"),
        ({"CMH-2": True}, "whole number"),
    ],
)
def test_what_does_not_tighten_is_malformed(tighter, because):
    with pytest.raises(Malformed, match=because):
        Agreement(FROM, tighter=tighter)


def test_only_a_local_variation_can_be_switched_on():
    assert Agreement(FROM, on=frozenset({"IRH-6"})).on
    with pytest.raises(Malformed, match="not a local variation"):
        Agreement(FROM, on=frozenset({"IRH-8"}))


def test_the_agreement_in_force_when_a_duty_opens_governs_it():
    earlier, later = (
        Agreement(FROM, tighter={"CMH-10": 3}),
        Agreement(date(2025, 6, 1), tighter={"CMH-10": 1}),
    )
    received = [
        fact("document_received", day, document=day, kind="report")
        for day in ("2024-12-02", "2025-03-03", "2025-06-02")
    ]
    outcome = played(*received, agreements=[later, earlier])
    assert [deadline.due_on for deadline in outcome.deadlines] == [
        date(2024, 12, 9),
        date(2025, 3, 6),
        date(2025, 6, 3),
    ]


def test_a_tightened_first_review_leaves_the_four_weeks_of_a_placement_alone():
    agreed = Agreement(FROM, tighter={"REV-1": 10})
    outcome = played(fact("placed_for_adoption", "2025-03-03", "Ada"), agreements=[agreed])
    assert the(outcome, "REV-1").due_on == date(2025, 3, 31)
