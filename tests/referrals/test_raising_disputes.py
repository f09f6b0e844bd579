"""A dispute is raised, with whom and about whom."""

from datetime import date

import pytest

from accounts.models import Organisation, User
from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Case, Deadline
from cases.refusal import NotYours
from referrals import disputes
from referrals.models import Dispute
from tests.cases.steps import day, the
from tests.referrals.dispute_steps import (
    WORDS,
    a_case,
    climbed,
    now,
    nudged,
    raised,
    rung,
    told,
    unchanged,
)

pytestmark = pytest.mark.usefixtures("today")


# --- Raising -------------------------------------------------------------------------------------------------


def test_the_iro_of_a_voluntary_organisation_raises_one_for_a_child_they_hold_and_for_no_other(cast, case):
    homes = Organisation.objects.create(name="Hearthside Homes (invented)", kind="voluntary")
    vera = User.objects.create_user(
        "vera@example.org", name="Vera Reviewer", organisation=homes, role=PersonRole.VOLUNTARY_IRO
    )
    about = {
        **WORDS,
        "on": day("2025-02-10"),
        "children": [cast.amber],
        "kind": Dispute.Kind.CONCERN,
        "formal": False,
    }
    unchanged(case, lambda: disputes.raise_dispute(case, by=vera, **about), "IRO")
    appoint(vera, PersonRole.IRO, children=[cast.amber], on=day("2025-02-10"), by=cast.mona)
    assert disputes.raise_dispute(case, by=vera, **about).raised_by == vera


def test_a_concern_raised_informally_is_outside_the_clock(cast, case):
    dispute = raised(cast, case)
    assert (dispute.ref, dispute.state, dispute.rung) == ("Dispute 1", "informal", "Informal")
    assert dispute.addressed_to == cast.tess
    assert dispute.formal_on is None
    assert not Deadline.objects.filter(case=case, duty__in=["DIS-1", "DIS-2"]).exists()
    assert nudged("step") == {"tess"}


def test_a_formal_dispute_has_twenty_working_days_and_its_first_rung_its_own(cast, case, formal):
    assert (formal.state, formal.rung, formal.formal_on) == ("formal", "Team manager", date(2025, 2, 10))
    assert the(case, "DIS-1").due_on == date(2025, 3, 10)
    assert the(case, "DIS-2").due_on == date(2025, 2, 17)


def test_the_answer_is_owed_by_the_manager_addressed(cast, case, formal):
    owed = the(case, "DIS-2")
    assert owed.owner == cast.tess
    assert owed in Deadline.objects.owed_by_person(cast.tess)
    assert owed not in Deadline.objects.owed_by_person(cast.serena)


def test_where_nobody_is_named_whoever_has_the_role_owes_it(cast, case, formal):
    cast.serena.is_active = False
    cast.serena.save()
    climbed(cast, formal, "Service manager", "2025-02-18")
    owed = the(case, "DIS-2", opened_on=date(2025, 2, 18))
    assert owed.owner is None
    assert owed.owing == cast.northmoor


def test_it_may_begin_higher_with_a_reason(cast, case):
    dispute = raised(
        cast, case, formal=True, rung=rung(cast, "Head of service"), bypass_reason="She moves on Friday."
    )
    assert dispute.addressed_to == cast.hal
    [event] = told(case, "dispute_raised")
    assert event.particulars["bypassed"] == ["Team manager", "Service manager"]
    assert event.particulars["reason"] == "She moves on Friday."
    assert nudged("endorse") == {"mona"}


def test_siblings_share_one_dispute_and_it_is_numbered_in_its_case(cast):
    case = a_case(cast, cast.amber, cast.blake)
    both = raised(cast, case, children=[cast.amber, cast.blake])
    second = raised(cast, case, children=[cast.blake])
    assert set(both.children.all()) == {cast.amber, cast.blake}
    assert (both.ref, second.ref) == ("Dispute 1", "Dispute 2")
    assert told(case, "dispute_raised").get(details__dispute="Dispute 2").child == cast.blake


def test_pressed_twice_it_is_raised_once(cast, case):
    submission = "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f44"
    first = raised(cast, case, submission=submission)
    assert raised(cast, case, submission=submission) == first
    assert told(case, "dispute_raised").count() == 1


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"concern": " "}, "What is the concern?", "concern"),
        ({"impact": ""}, "what it means for the child", "impact"),
        ({"sought": ""}, "what you want to happen", "sought"),
        ({"children": []}, "at least one child", "children"),
        ({"on": "2025-03-04"}, "in the future", "on"),
        ({"on": "2019-04-01"}, "before Amber Example was born", "on"),
    ],
)
def test_what_cannot_be_raised_is_refused_beside_its_field(cast, case, changes, words, field):
    refusal = unchanged(case, lambda: raised(cast, case, **changes), words)
    assert refusal.field == field


def test_a_concern_about_a_child_of_another_case_is_refused(cast, case):
    unchanged(case, lambda: raised(cast, case, children=[cast.coral]), "Coral Example is not in this case")


def test_beginning_higher_without_a_reason_is_refused(cast, case):
    director = rung(cast, "Director")
    refusal = unchanged(
        case,
        lambda: raised(cast, case, formal=True, rung=director),
        "passes over Team manager, Service manager and Head of service",
    )
    assert refusal.field == "bypass_reason"


def test_somebody_the_rung_does_not_address_is_refused(cast, case):
    refusal = unchanged(
        case, lambda: raised(cast, case, formal=True, person=cast.dora), "Dora Director cannot be addressed"
    )
    assert refusal.field == "person"


@pytest.mark.parametrize("who", ["tess", "hal", "dora", "sol", "lena", "gwen", "cass", "lex", "stranger"])
def test_only_the_iro_service_raises_climbs_and_ends(cast, case, formal, who):
    by = getattr(cast, who)
    acts = [
        lambda: raised(cast, case, by=by),
        lambda: disputes.escalate(formal, to=rung(cast, "Service manager"), by=by, on=day("2025-02-18")),
        lambda: disputes.resolve(formal, by=by, on=day("2025-02-18"), changed_for_child="Nothing"),
        lambda: disputes.leave_unresolved(formal, by=by, on=day("2025-02-18")),
        lambda: disputes.withdraw(formal, by=by, on=day("2025-02-18"), reason="Enough"),
        lambda: disputes.explain_complaints(formal, by=by, on=day("2025-02-18"), told="Nobody"),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act()
    assert now(formal).state == "formal"
    assert told(case, "dispute_raised", "dispute_escalated").count() == 1


# --- A good-practice alert -----------------------------------------------------------------------------------


def test_a_good_practice_alert_opens_no_duty_and_may_be_answered(cast, case):
    before = Deadline.objects.filter(case=case).count()
    praise = {**WORDS, "concern": "Sol found her a school in a week.", "impact": "", "sought": ""}
    alert = disputes.raise_dispute(
        case, by=cast.iris, on=day("2025-02-10"), children=[cast.amber], kind="good_practice", **praise
    )
    assert (alert.ref, alert.is_running) == ("Good practice 1", False)
    assert Deadline.objects.filter(case=case).count() == before
    assert nudged("step") == {"tess"}
    disputes.answer(alert, by=cast.tess, on=day("2025-02-11"), text="Thank you.")
    assert told(case, "good_practice_answered").get().note == "Thank you."
    unchanged(
        case, lambda: disputes.make_formal(alert, by=cast.iris, on=day("2025-02-12")), "good-practice alert"
    )


def test_a_case_with_a_dispute_is_stored_as_it_would_be_rebuilt(cast, case, formal):
    from cases import projection
    from referrals import following

    climbed(cast, formal, "Service manager", "2025-02-18")
    appoint(cast.ivor, PersonRole.IRO, children=[cast.amber], on=day("2025-02-19"), by=cast.mona)
    projection.project_case(Case.objects.get(pk=case.pk), today=date(2025, 3, 3))
    assert following.wrongly_stored(Case.objects.get(pk=case.pk)) == []
