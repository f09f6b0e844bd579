"""An authority's ladder: what it starts with, what it may be made into, and what is refused with the reason."""

from urllib.parse import urlencode

import pytest

from accounts.models import User
from cases.refusal import NotYours, Refusal
from referrals import ladders
from referrals.ladders import Step
from tests.referrals.dispute_steps import climbed, now, rung

pytestmark = pytest.mark.usefixtures("today")

TWO = (Step("A word", "team_manager"), Step("Manager", "team_manager", 10), Step("Director", "director", 10))


def names(authority):
    return [rung.name for rung in ladders.ladder_of(authority)]


def refused(cast, *steps):
    before = names(cast.northmoor)
    with pytest.raises(Refusal) as refusal:
        ladders.replace(cast.northmoor, steps, by=cast.mona)
    assert names(cast.northmoor) == before
    return refusal.value


def test_an_authority_starts_with_an_informal_step_and_five_formal_ones_of_twenty_days_in_all(cast):
    rungs = ladders.ladder_of(cast.northmoor)
    assert [rung.role for rung in rungs] == [
        "team_manager", "team_manager", "service_manager", "head_of_service", "director", "chief_executive",
    ]  # fmt: skip
    assert not rungs[0].is_formal
    assert all(rung.is_formal for rung in rungs[1:])
    assert sum(rung.working_days for rung in rungs[1:]) == 20


def test_the_iro_manager_puts_the_authoritys_own_in_its_place(cast):
    ladders.replace(cast.northmoor, TWO, by=cast.mona)
    assert names(cast.northmoor) == ["A word", "Manager", "Director"]
    assert names(cast.southmere)[0] == "Informal"


def test_the_administrator_may_too(cast):
    adam = User.objects.create_user(
        "adam@example.org", name="Adam", organisation=cast.northmoor, role="administrator"
    )
    ladders.replace(cast.northmoor, TWO, by=adam)
    assert names(cast.northmoor) == ["A word", "Manager", "Director"]


@pytest.mark.parametrize("who", ["iris", "tess", "hal", "dora", "gwen", "lex", "stranger"])
def test_nobody_else_changes_it(cast, who):
    with pytest.raises(NotYours):
        ladders.replace(cast.northmoor, TWO, by=getattr(cast, who))
    assert names(cast.northmoor)[0] == "Informal"


def test_a_ladder_of_twenty_one_days_is_refused_with_the_sum_and_the_reason(cast):
    refusal = refused(
        cast,
        Step("Manager", "team_manager", 10),
        Step("Head", "head_of_service", 8),
        Step("Director", "director", 3),
    )
    assert "21 working days: 10 + 8 + 3" in str(refusal)
    assert "IRO Handbook 6.2" in str(refusal)
    assert "Shorten a step by 1" in str(refusal)


def test_twenty_days_exactly_are_allowed(cast):
    ladders.replace(cast.northmoor, [Step("Manager", "team_manager", 20)], by=cast.mona)
    assert names(cast.northmoor) == ["Manager"]


@pytest.mark.parametrize(
    ("steps", "said", "field"),
    [
        ([], "at least one formal step", "days_1"),
        ([Step("A word", "team_manager")], "at least one formal step", "days_1"),
        ([Step("One", "team_manager", 5), Step("one ", "director", 5)], "Two steps are called", "name_2"),
        ([Step("One", "team_manager", 5), Step("Two", "director")], "Informal steps come first", "days_2"),
        ([Step("One", "team_manager", 0)], "from 1 to 20", "days_1"),
        ([Step("One", "team_manager", -3)], "from 1 to 20", "days_1"),
        ([Step("  ", "team_manager", 5)], "Give the step a name", "name_1"),
        ([Step("One", "iro", 5)], "Choose whom", "role_1"),
        ([Step("One", "", 5)], "Choose whom", "role_1"),
        ([Step(f"Step {n}", "director", 1) for n in range(11)], "10 steps at most", "name_11"),
    ],
)
def test_what_could_not_be_climbed_is_refused(cast, steps, said, field):
    refusal = refused(cast, *steps)
    assert said in str(refusal)
    assert refusal.field == field


def test_a_dispute_under_way_keeps_the_words_and_days_of_the_steps_it_has_taken(cast, case, formal):
    ladders.replace(cast.northmoor, TWO, by=cast.mona)
    assert now(formal).rung == "Team manager"
    [event] = case.events.filter(happening="dispute_raised")
    assert event.details["days"] == 5


def test_after_a_change_of_ladder_a_dispute_climbs_the_new_one_from_whom_it_had_reached(cast, formal):
    ladders.replace(cast.northmoor, TWO, by=cast.mona)
    dispute = climbed(cast, formal, "Director", "2025-02-17")
    assert dispute.addressed_to == cast.dora
    assert dispute.rung == rung(cast, "Director").name


@pytest.mark.parametrize("number", ["9" * 5_000, "99999999999999999999", "-1", "²", ""])
def test_a_row_of_the_form_whose_number_is_absurd_is_no_row(cast, browse, number):
    typed = {"name_1": "Manager", "role_1": "team_manager", "days_1": "10", f"name_{number}": "Another"}
    as_typed = {"content_type": "application/x-www-form-urlencoded"}
    assert browse(cast.mona).post("/disputes/ladder/", urlencode(typed), **as_typed).status_code == 302
    assert names(cast.northmoor) == ["Manager"]


@pytest.mark.parametrize("days", ["9" * 5_000, "99999999999999999999", "-1", "1e309", "٣٠"])
def test_an_absurd_number_of_days_is_refused_beside_its_field(cast, browse, days):
    typed = {"name_1": "Manager", "role_1": "team_manager", "days_1": days}
    page = browse(cast.mona).post("/disputes/ladder/", typed)
    assert page.context["form"].errors["days_1"]
