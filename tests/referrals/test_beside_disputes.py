"""What goes with a dispute: complaints explained, endorsement, mediation."""

import pytest

from cases.refusal import NotYours
from referrals import disputefile, disputes
from tests.cases.steps import day
from tests.referrals.dispute_steps import (
    climbed,
    now,
    nudged,
    rung,
    told,
    unchanged,
)

pytestmark = pytest.mark.usefixtures("today")


def test_complaints_and_advocacy_explained_stand_on_the_chronology(cast, case, formal):
    disputes.explain_complaints(
        formal, by=cast.iris, on=day("2025-02-11"), told="Amber and her mother, at home."
    )
    [event] = told(case, "complaints_and_advocacy")
    assert event.details == {"dispute": "Dispute 1", "told": "Amber and her mother, at home."}


def test_a_step_above_team_manager_stands_while_its_endorsement_is_awaited(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    assert nudged("endorse") == {"mona"}
    assert [step.rung for step in disputefile.steps_of(dispute) if step.awaits_endorsement] == [
        "Service manager"
    ]
    climbed(cast, dispute, "Head of service", "2025-02-26")
    assert now(dispute).rung == "Head of service"


def test_the_team_managers_step_needs_no_endorsement_nor_one_the_iro_manager_takes(cast, case, formal):
    assert not disputefile.steps_of(formal)[0].needs_endorsement
    disputes.escalate(formal, to=rung(cast, "Service manager"), by=cast.mona, on=day("2025-02-18"))
    assert not disputefile.steps_of(formal)[1].needs_endorsement


def test_the_iro_manager_may_endorse_afterwards(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    disputes.endorse(dispute, by=cast.mona, on=day("2025-02-27"), endorsed=True, view="Right to climb.")
    assert not any(step.awaits_endorsement for step in disputefile.steps_of(dispute))
    twice = {"by": cast.mona, "on": day("2025-02-27"), "endorsed": False, "view": "No."}
    unchanged(
        case, lambda: disputes.endorse(dispute, **twice), "No step of this dispute awaits an endorsement"
    )


def test_when_the_two_disagree_the_head_of_service_mediates(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    disputes.endorse(dispute, by=cast.mona, on=day("2025-02-19"), endorsed=False, view="Too soon.")
    assert nudged("mediate") == {"hal"}
    assert now(dispute).rung == "Service manager"
    disputes.mediate(dispute, by=cast.hal, on=day("2025-02-20"), outcome="The step stands.")
    assert not any(step.awaits_mediation for step in disputefile.steps_of(dispute))
    assert told(case, "mediation").get().details["outcome"] == "The step stands."


def test_nobody_mediates_where_nobody_disagreed(cast, case, formal):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    mediating = lambda: disputes.mediate(dispute, by=cast.hal, on=day("2025-02-20"), outcome="?")  # noqa: E731
    unchanged(case, mediating, "Nothing is to be mediated")


@pytest.mark.parametrize("who", ["iris", "tess", "hal", "gwen", "stranger"])
def test_only_the_iro_manager_endorses(cast, case, formal, who):
    dispute = climbed(cast, formal, "Service manager", "2025-02-18")
    with pytest.raises(NotYours):
        disputes.endorse(dispute, by=getattr(cast, who), on=day("2025-02-19"), endorsed=True, view="Yes")


@pytest.mark.parametrize("who", ["iris", "mona", "serena", "dora", "stranger"])
def test_only_the_head_of_service_mediates(cast, case, formal, who):
    with pytest.raises(NotYours):
        disputes.mediate(formal, by=getattr(cast, who), on=day("2025-02-19"), outcome="Peace")
