"""Row-level security, with the application's own filters switched off: every query here asks for everything."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, models, transaction

from accounts.models import User
from accounts.roles import PersonRole
from cases import restricting
from cases.models import Case, CaseChild, Child, Event, Miss
from config.walls import policies, raising
from config.walls.entering import entered
from referrals.models import AdviceNote
from tests.cases.steps import opened
from tests.told import fresh
from tests.walls.reach import asking, guarded, serving, working

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db]


@pytest.fixture
def afresh(told):
    return fresh(told)


@pytest.fixture
def cast(afresh):
    return afresh[0]


@pytest.fixture
def tale(afresh):
    return afresh[1]


def rows_seen(person):
    """Everything the database shows a person who asks every table for all its rows."""
    with asking(person):
        return {model: model._base_manager.count() for model in guarded()}


def everything():
    return {model: model._base_manager.count() for model in guarded()}


def test_without_anybody_asking_there_is_nothing(tale):
    assert sum(everything().values()) > 30
    assert not any(rows_seen(None).values())


def test_another_authority_sees_no_row_of_any_table(tale, cast):
    assert not any(rows_seen(cast.stranger).values())


def test_everybody_reaches_all_that_is_theirs_to_see_and_no_other_authority(tale, cast):
    souths = Child.objects.create(authority=cast.southmere, name="Sorrel Example", born=date(2020, 1, 1))
    for person in User.objects.exclude(role=PersonRole.ADMINISTRATOR):
        theirs = set(Case.objects.visible_to(person).values_list("pk", flat=True))
        children = set(Child.objects.visible_to(person).values_list("pk", flat=True))
        with asking(person):
            assert set(Case.objects.values_list("pk", flat=True)) >= theirs, person.name
            shown = set(Child.objects.values_list("pk", flat=True))
        assert shown >= children, person.name
        assert (souths.pk in shown) == (person.organisation == cast.southmere), person.name


def test_administrators_see_no_case_and_no_child(tale, cast):
    cast.ivor.role = PersonRole.ADMINISTRATOR
    cast.ivor.save()
    assert not any(rows_seen(cast.ivor).values())


def test_a_lawyer_of_cafcass_legal_sees_the_advice_line_and_nobody_else_does(tale, cast):
    assert rows_seen(cast.lex)[AdviceNote] == 1
    for person in (cast.iris, cast.mona, cast.lena, cast.gwen, cast.cass, cast.hugo, cast.stranger):
        assert rows_seen(person)[AdviceNote] == 0, person.name


def test_a_row_for_another_authority_is_refused(tale, cast):
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        asking(cast.stranger),
    ):
        Child.objects.create(authority=cast.northmoor, name="Planted Example", born=date(2020, 1, 1))


@pytest.mark.parametrize(
    "role", [lambda cast: asking(cast.mona), lambda cast: working()], ids=["web", "work"]
)
def test_what_happened_is_not_changed_by_anybody(tale, cast, role):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), role(cast):
        Event.objects.filter(case=tale).update(on=date(2020, 1, 1))


@pytest.mark.parametrize("model", [Event, Miss])
def test_what_happened_and_what_was_missed_is_not_taken_away_by_whoever_is_served(tale, cast, model):
    assert model.objects.exists()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), asking(cast.mona):
        model.objects.all()._raw_delete(using="default")


def test_nobody_changes_what_they_do_not_see(tale, cast):
    with asking(cast.stranger):
        assert Case.objects.update(court="changed") == 0
        assert Child.objects.all().delete()[0] == 0


def test_a_fact_is_tied_to_the_authority_of_its_case(tale, cast):
    event = Event.objects.filter(case=tale).latest("pk")
    with transaction.atomic(), connection.cursor() as cursor:
        Event.objects.filter(pk=event.pk).update(authority=cast.southmere)
        with pytest.raises(DatabaseError, match="same_authority"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_the_own_record_of_a_child_in_a_restricted_case_is_shut_though_another_case_names_them(tale, cast):
    """The wall leaves in sight whom the other case's pages name; that their own record is shut, it says itself."""
    other = opened(cast, cast.coral, on="2025-06-03")
    CaseChild.objects.create(authority=cast.northmoor, case=other, child=cast.amber, left_on=date(2025, 6, 4))
    restricting.restrict(tale, by=cast.mona, reason="A colleague is of the family.", readers=[cast.iris])
    for person, may_open in ((cast.hal, set()), (cast.iris, {cast.amber, cast.blake})):
        with asking(person):
            assert Child.objects.filter(pk=cast.amber.pk).exists()
            found = set(Child.objects.visible_to(person).filter(pk__in=[cast.amber.pk, cast.blake.pk]))
        assert found == may_open, person.name


def test_a_reach_set_for_the_wrong_person_does_leak_so_these_tests_can_fail(tale, cast):
    with serving(), entered(cast.stranger), connection.cursor() as cursor:
        cursor.execute("SELECT protocol_enter(%s)", [cast.lena.pk])
        assert Child.objects.filter(authority=cast.northmoor).exists()


def test_a_wall_with_one_policy_missing_is_found(tale, cast):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_event DISABLE ROW LEVEL SECURITY")
    assert rows_seen(cast.stranger)[Event] == Event.objects.count()


def test_a_table_nobody_thought_of_stops_the_wall_from_being_raised(tale):
    class Unthought(models.Model):
        class Meta:
            app_label = "tests"

    with pytest.raises(LookupError, match="says neither whose it is"):
        policies.condition(Unthought)


def test_raising_the_wall_twice_changes_nothing(tale, cast):
    before = rows_seen(cast.lena)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        raising.raise_walls(cursor, web="protocol_web", work="protocol_work")
    assert rows_seen(cast.lena) == before
