"""Who is appointed for a child: who may not be, who takes over what, and what follows for the deadlines."""

import uuid
from datetime import date

import pytest

from cases.appointments import appoint
from cases.models import Appointment, Child, Deadline, Event
from cases.refusal import NotYours, Refusal
from tests.cases.steps import TODAY, happened, opened, owed, the
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")
FEBRUARY = date(2025, 2, 4)


@chapter(on=TODAY)
def case(cast):
    return opened(cast, cast.amber, cast.blake, on="2025-02-03")


def appointed(cast, person, role, *, on=FEBRUARY, children=None, by=None, **how):
    return appoint(
        person, role, children=children or [cast.amber, cast.blake], on=on, by=by or cast.mona, **how
    )


def holders(child, role="iro"):
    return [(a.person.name, a.from_on, a.until_on) for a in child.appointments.filter(role=role)]


# --- Who may not be the IRO (CPPCR 2010 reg 46) ---------------------------------------------------------


def test_whoever_was_the_childs_social_worker_cannot_be_its_iro(cast):
    appointed(cast, cast.sol, "social_worker", by=cast.tess)
    appointed(cast, cast.tess, "team_manager", by=cast.tess)
    cast.sol.role = "iro"  # a social worker who has since become an IRO
    cast.sol.save()
    with pytest.raises(Refusal, match="reg 46") as refusal:
        appointed(cast, cast.sol, "iro")
    assert refusal.value.field == "person"
    assert "they have been the child’s social worker" in str(refusal.value)
    assert not holders(cast.amber)


def test_having_been_it_once_is_enough(cast):
    appointed(cast, cast.sol, "social_worker", by=cast.tess)
    Appointment.objects.update(until_on=date(2025, 2, 10))
    cast.sol.role = "iro"
    cast.sol.save()
    with pytest.raises(Refusal, match="reg 46"):
        appointed(cast, cast.sol, "iro", on=date(2025, 2, 20))


def test_whoever_manages_the_social_worker_cannot_be_the_iro(cast):
    cast.sol.manager = cast.ivor
    cast.sol.save()
    appointed(cast, cast.sol, "social_worker", by=cast.tess)
    with pytest.raises(Refusal, match="they manage Sol Worker"):
        appointed(cast, cast.ivor, "iro")


def test_a_conflict_that_was_declared_rules_the_person_out(cast):
    with pytest.raises(Refusal, match="controls resources for the case") as refusal:
        appointed(cast, cast.iris, "iro", conflicts=["resources"])
    assert refusal.value.field == "conflicts"


def test_a_looked_after_parent_and_the_child_have_different_iros(cast):
    baby = Child.objects.create(
        authority=cast.northmoor, name="Dara Example", born="2025-01-20", parent=cast.amber
    )
    appointed(cast, cast.iris, "iro", children=[cast.amber])
    with pytest.raises(Refusal, match="have different IROs"):
        appointed(cast, cast.iris, "iro", children=[baby])
    appointed(cast, cast.ivor, "iro", children=[baby])
    with pytest.raises(Refusal, match="have different IROs"):
        appointed(cast, cast.ivor, "iro", children=[cast.amber], on=date(2025, 2, 10))


def test_parent_and_child_cannot_get_one_iro_in_one_go_either(cast):
    baby = Child.objects.create(
        authority=cast.northmoor, name="Dara Example", born="2025-01-20", parent=cast.amber
    )
    with pytest.raises(Refusal, match="have different IROs"):
        appointed(cast, cast.iris, "iro", children=[cast.amber, baby])


# --- Who appoints whom ----------------------------------------------------------------------------------


def test_a_person_of_another_role_is_refused_by_name(cast):
    with pytest.raises(Refusal, match="Sol Worker’s role is Social worker, not IRO"):
        appointed(cast, cast.sol, "iro")


def test_a_person_of_another_organisation_is_refused(cast, case):
    cast.stranger.role = "iro"
    cast.stranger.save()
    with pytest.raises(Refusal, match="Stella Stranger works for Southmere"):
        appointed(cast, cast.stranger, "iro")


def test_a_guardian_comes_from_the_cafcass_office_of_the_case(cast, case):
    cast.gwen.organisation = type(cast.cafcass).objects.create(
        name="Cafcass Elsewhere", kind="cafcass_office"
    )
    cast.gwen.save()
    with pytest.raises(Refusal, match="another organisation"):
        appointed(cast, cast.gwen, "guardian", by=cast.cass, case=case)


@pytest.mark.parametrize("who", ["iris", "sol", "gwen"])
def test_an_iro_a_social_worker_or_a_guardian_appoints_nobody(cast, case, who):
    with pytest.raises(NotYours):
        appointed(cast, cast.ivor, "iro", by=getattr(cast, who))


def test_the_authority_does_not_appoint_a_guardian_for_cafcass(cast, case):
    with pytest.raises(NotYours):
        appointed(cast, cast.gwen, "guardian", by=cast.lena, case=case)
    assert not holders(cast.amber, "guardian")


def test_it_does_on_behalf_of_a_cafcass_that_is_not_on_the_system(cast, case):
    cast.cafcass.is_on_system = False
    cast.cafcass.save()
    how = {"on_behalf_of": cast.cafcass, "how_known": "Letter from the court"}
    [event] = appointed(cast, cast.gwen, "guardian", by=cast.lena, case=case, **how)
    assert (event.happening, event.on_behalf_of) == ("guardian_allocated", cast.cafcass)


@pytest.mark.parametrize("role", ["social_worker", "team_manager", "la_legal", "iro"])
def test_cafcass_does_not_appoint_the_authoritys_people(cast, case, role):
    person = {"social_worker": cast.sol, "team_manager": cast.tess, "la_legal": cast.lena, "iro": cast.iris}[
        role
    ]
    with pytest.raises(NotYours):
        appointed(cast, person, role, by=cast.cass)
    assert not holders(cast.amber, role)


# --- Taking over ----------------------------------------------------------------------------------------


def test_a_new_iro_takes_the_place_of_the_old_one_from_that_day(cast, case):
    appointed(cast, cast.iris, "iro")
    appointed(cast, cast.ivor, "iro", on=date(2025, 2, 20), children=[cast.amber])
    assert holders(cast.amber) == [
        ("Iris Reviewer", FEBRUARY, date(2025, 2, 20)),
        ("Ivor Reviewer", date(2025, 2, 20), None),
    ]
    assert holders(cast.blake) == [("Iris Reviewer", FEBRUARY, None)]


def test_a_new_iro_cannot_begin_before_the_one_who_holds_the_role_did(cast, case):
    appointed(cast, cast.iris, "iro", on=date(2025, 2, 20))
    with pytest.raises(Refusal, match="only since Thursday 20 February 2025") as refusal:
        appointed(cast, cast.ivor, "iro", on=date(2025, 2, 10))
    assert refusal.value.field == "on"


def test_the_same_appointment_sent_twice_is_one_appointment(cast, case):
    submission = uuid.uuid4()
    for _ in range(2):
        appointed(cast, cast.iris, "iro", submission=submission)
    assert holders(cast.amber) == [("Iris Reviewer", FEBRUARY, None)]
    assert Event.objects.filter(happening="iro_allocated").count() == 1


def test_children_without_a_case_each_keep_the_appointment_in_their_own_chronology(cast):
    events = appointed(cast, cast.iris, "iro", submission=uuid.uuid4())
    assert sorted(event.child.name for event in events) == ["Amber Example", "Blake Example"]
    assert {(event.happening, event.case) for event in events} == {("appointment_made", None)}


# --- What follows ---------------------------------------------------------------------------------------


def test_appointing_an_iro_meets_the_duty_to_allocate_one_and_opens_the_duty_to_name_them(cast, case):
    appointed(cast, cast.iris, "iro")
    assert set(owed(case, "CMH-2").values_list("state", "met_on")) == {("met", FEBRUARY)}
    assert set(owed(case, "CMH-3").values_list("due_on", flat=True)) == {date(2025, 2, 5)}


def test_deadlines_go_over_to_whoever_is_appointed(cast, case):
    happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    happened(case, "guardian_allocated", "2025-02-04")
    happened(case, "review_arranged", "2025-02-05", review="R1", date="2025-03-20")
    assert the(case, "CMH-11").owner is None
    appointed(cast, cast.iris, "iro")
    assert the(case, "CMH-11").owner == cast.iris
    assert {d.owner for d in Deadline.objects.filter(duty="REV-1")} == {cast.iris}
    appointed(cast, cast.ivor, "iro", on=date(2025, 2, 20))
    assert the(case, "CMH-11").owner == cast.ivor
    assert {d.owner for d in Deadline.objects.filter(duty="REV-1")} == {cast.ivor}


def test_of_siblings_with_an_iro_each_every_one_owns_their_own(cast, case):
    happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    appointed(cast, cast.iris, "iro", children=[cast.amber])
    appointed(cast, cast.ivor, "iro", children=[cast.blake])
    owners = {d.child.name: d.owner.name for d in Deadline.objects.filter(duty="REV-1")}
    assert owners == {"Amber Example": "Iris Reviewer", "Blake Example": "Ivor Reviewer"}


def test_what_was_met_stays_with_the_case_when_the_guardian_is_replaced(cast, case):
    appointed(cast, cast.gwen, "guardian", by=cast.cass, case=case)
    happened(case, "hearing_listed", "2025-02-05", hearing="cmh", date="2025-03-20")
    happened(case, "contact", "2025-02-10", between="guardian_iro", purpose="first_contact")
    appointed(cast, cast.gareth, "guardian", by=cast.cass, case=case, on=date(2025, 2, 17))
    states = owed(case, "CMH-7").order_by("opened_on").values_list("state", "owner__name")
    assert list(states) == [("met", "Gareth Guardian"), ("open", "Gareth Guardian")]
    assert [until for *_, until in holders(cast.amber, "guardian")] == [date(2025, 2, 17), None]


# --- An IRO the child already has -----------------------------------------------------------------------


def test_an_iro_the_child_already_has_meets_the_duty_to_allocate_one_from_the_first_day(cast):
    appointed(cast, cast.iris, "iro", on=date(2024, 11, 4))
    case = opened(cast, cast.amber, on="2025-02-03")
    deadline = the(case, "CMH-2")
    assert (deadline.state, deadline.met_on) == ("met", date(2025, 2, 3))
    assert case.events.get(happening="iro_allocated").particulars["name"] == "Iris Reviewer"


def test_it_does_so_also_when_the_case_began_before_proceedings(cast):
    appointed(cast, cast.iris, "iro", on=date(2024, 11, 4))
    case = opened(cast, cast.amber, on="2025-02-03", entering="entered_pre_proceedings")
    happened(case, "proceedings_issued", "2025-02-17")
    assert the(case, "CMH-2").state == "met"


def test_it_does_so_also_for_a_child_who_joins_later(cast, case):
    appointed(cast, cast.iris, "iro", on=date(2024, 11, 4), children=[cast.coral])
    happened(case, "child_added", "2025-02-17", children=[cast.coral], born=cast.coral.born)
    assert the(case, "CMH-2", child=cast.coral).state == "met"
