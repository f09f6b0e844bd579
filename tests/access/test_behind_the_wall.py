"""Row-level security with the application's own filters switched off: every query here asks for everything.

Each table is asked for all its rows by everybody of the story, and pages are opened whose queries forget whose they
are. What is Southmere's has numbers from far on, by which it is known wherever it turns up.
"""

import sys
from collections import Counter
from contextlib import ExitStack, contextmanager
from unittest import mock

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from accounts.roles import PersonRole as P
from cases.models import Case, Event
from config.permissions import PAGES
from config.permissions.relations import Relation
from config.walls import policies, raising
from config.walls.entering import entered
from tests.access import examples
from tests.in_full import IN_FULL
from tests.walls.reach import guarded, serving

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db]
FROM_OUTSIDE = {
    P.GUARDIAN, P.HIGH_COURT_TEAM_OFFICER, P.CAFCASS_SERVICE_MANAGER, P.CAFCASS_BUSINESS_SUPPORT, P.CAFCASS_LEGAL,
}  # fmt: skip
# Cases whose existence somebody knows of, though the rest of them is shut.
TELLS_OF_A_LIST = {"cases.case", "cases.restriction", "cases.emergencyaccess", "cases.namedreader"}


@pytest.fixture(scope="module")
def walls(story, django_db_blocker):
    """Up, until this module is over."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DATABASE_WALLS=True):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            raising.raise_walls(cursor, web="protocol_web", work="protocol_work")
        yield
        transaction.set_rollback(True)


@contextmanager
def asking(person):
    """One request of one person, which leaves no reach behind."""
    with transaction.atomic(), serving():
        with entered(person):
            yield
        transaction.set_rollback(True)


def rows(model):
    return list(model._base_manager.order_by().values())


# --- Whose a row is ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whose(story, django_db_blocker):
    """Every row of every guarded table by whose it is: its authority's, or that of what it is a part of."""
    names = {world.cast.northmoor.pk: name for name, world in story.worlds().items()}
    found = {}
    with django_db_blocker.unblock():
        waiting = {model: rows(model) for model in guarded()}
    for _ in range(4):  # a part of a part of a part
        for model, held in waiting.items():
            for row in held:
                if world := names.get(row.get("authority_id")) or _of_its_whole(model, row, found):
                    found[model, row[model._meta.pk.attname]] = world
    return found


def _of_its_whole(model, row, found):
    wholes = [
        field
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in guarded()
    ]
    return next(
        (found[key] for field in wholes if (key := (field.related_model, row[field.attname])) in found), None
    )


def foreign_rows(seat, whose):
    """Rows of the other authority that the database shows somebody, a table with how many."""
    other = {"northmoor": "southmere", "southmere": "northmoor"}.get(seat.world)
    with asking(seat.person):
        shown = Counter(
            model._meta.label_lower
            for model in guarded() for row in rows(model)
            if whose.get((model, row[model._meta.pk.attname])) == other
        )  # fmt: skip
    return dict(shown) if other else {}


def test_without_anybody_asking_there_is_nothing(story, walls):
    full = [model for model in guarded() if rows(model)]
    assert len(full) > 30
    with asking(None):
        assert not [model._meta.label for model in guarded() if rows(model)]


def test_without_a_reach_there_is_nothing_either(story, walls):
    with transaction.atomic(), serving():
        shown = [model._meta.label for model in guarded() if rows(model)]
        transaction.set_rollback(True)
    assert not shown


def test_nobody_is_shown_a_row_of_another_authority(story, whose, walls):
    assert {"northmoor", "southmere"} == set(whose.values())
    faults, counted = [], Counter()
    for seat in story.seats:
        if found := foreign_rows(seat, whose):
            faults.append(f"{seat.person.role}, {seat.relation} [{seat.world}]: {found}")
        counted["people"] += 1
    assert not faults, "\n".join(faults)
    sys.stdout.write(f"\n{counted['people']} people asked {len(guarded())} tables for every row: 0 foreign\n")


def test_who_comes_from_outside_is_shown_their_own_cases_and_no_other(story, walls):
    for seat in story.seats:
        theirs = set(Case.objects.visible_to(seat.person).values_list("pk", flat=True))
        with asking(seat.person):
            shown = set(Case.objects.values_list("pk", flat=True))
        assert shown >= theirs, seat
        if seat.person.role in FROM_OUTSIDE:
            assert shown == theirs, seat
        if seat.person.role == P.ADMINISTRATOR:
            assert not shown, seat


def test_of_a_restricted_case_only_its_list_is_shown_a_row(story, walls):
    for world in story.worlds().values():
        for seat in story.seats:
            if seat.person.pk in world.named | {world.restriction.placed_by_id}:
                continue
            with asking(seat.person):
                shown = [
                    model._meta.label for model in guarded()
                    if "case_id" in {field.attname for field in model._meta.concrete_fields}
                    and model._base_manager.filter(case=world.locked.pk).exists()
                ]  # fmt: skip
                assert not shown, (seat, shown)
                assert not Case.objects.filter(pk=world.locked.pk).exists(), seat


def test_the_seats_hold_cover_an_emergency_and_a_list(story):
    assert {seat.relation for seat in story.seats} >= {
        Relation.COVERING,
        Relation.MANAGER,
        Relation.APPOINTED,
    }
    assert all(world.restriction and world.cover for world in story.worlds().values())


# --- Pages that forget whose they are ----------------------------------------------------------------------------


@contextmanager
def filters_off():
    """Every `visible_to` of the product answers with everything."""
    kinds = {type(model._default_manager.all()) for model in apps.get_models()}
    filtered = [kind for kind in kinds if "visible_to" in vars(kind)]
    with ExitStack() as patched:
        for kind in filtered:
            patched.enter_context(mock.patch.object(kind, "visible_to", lambda found, user: found.all()))
        yield len(filtered)


def crawl(story, askers, places):
    """What pages without filters tell of the other authority, a line each."""
    for seat, example in places:
        marks = story.worlds()[{"northmoor": "southmere", "southmere": "northmoor"}[seat.world]].marks
        answer = askers[seat.person.pk].ask("GET", example.address(seat))
        if told := [mark for mark in marks if mark in answer.text]:
            yield f"{example.page.key} [{example.world}] to {seat.person.role}: {answer.status} {told}"


def places(story):
    """Each page of the other authority, and each list, by somebody; in full by everybody of one authority."""
    seats = [
        seat for seat in story.seats if seat.world in story.worlds() and seat.person.role != P.CAFCASS_LEGAL
    ]
    for place, example in enumerate(examples.every(story, PAGES.values())):
        if example.page.reads is None or example.kind == "quiet":
            continue
        asked = [seat for seat in seats if example.kind == "none" or seat.world != example.world]
        for seat in asked if IN_FULL else asked[place * 7 % len(asked) :][:1]:
            yield seat, example


def test_a_page_whose_queries_forget_whose_they_are_shows_no_other_authority_behind_the_wall(
    story, walls, askers
):
    asked = list(places(story))
    with filters_off() as switched_off, serving():
        faults = list(crawl(story, askers, asked))
    assert switched_off > 8
    assert len(asked) > 100
    assert not faults, "\n".join(faults)
    sys.stdout.write(f"\n{len(asked)} pages asked with {switched_off} filters off: 0 of another authority\n")


def test_without_the_wall_the_same_pages_do_show_it(story, walls, askers):
    """So that the test above can fail: the owner of the tables is stopped by nothing."""
    asked = [
        (seat, example) for seat, example in places(story) if example.page.name in ("case", "child", "cases")
    ]
    with filters_off():
        assert list(crawl(story, askers, asked))


# --- Composite keys ----------------------------------------------------------------------------------------------


def crossings():
    """Every column that ties a row to something of an authority: the table, the column, and what it leads to."""
    owned = [model for model in policies.protected() if raising._has_authority(model)]
    return [
        (model, field) for model in owned for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in owned and field.related_model is not model
    ]  # fmt: skip


def crossed(model, field):
    """Whether a row of one authority could be hung on something of another's; None where there is no such row."""
    for row in model._base_manager.exclude(**{field.name: None}).order_by()[:20]:
        others = field.related_model._base_manager.exclude(authority=row.authority_id).order_by()
        for other in others[:20]:
            refused = _hung(model, row, field, other)
            if refused is None or "same_authority" in refused:
                return refused is None
    return None


def _hung(model, row, field, other):
    """What the database says to it; nothing where it takes it."""
    with transaction.atomic(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{field.attname: other.pk})
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except DatabaseError as refused:
            return str(refused)
        finally:
            transaction.set_rollback(True)
    return None


def test_no_row_can_be_hung_on_something_of_another_authority(story, walls):
    tried = {(model._meta.label, field.name): crossed(model, field) for model, field in crossings()}
    assert not [place for place, was_crossed in tried.items() if was_crossed]
    stopped = [place for place, was_crossed in tried.items() if was_crossed is False]
    assert len(stopped) > 25, stopped
    sys.stdout.write(f"\n{len(stopped)} of {len(tried)} ties tried: 0 crossed\n")


# --- A planted fault turns each check red ------------------------------------------------------------------------


@contextmanager
def planted(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
        yield
        transaction.set_rollback(True)


def test_a_table_left_out_of_the_wall_is_found(story, whose, walls):
    with planted("ALTER TABLE cases_event DISABLE ROW LEVEL SECURITY"):
        assert set(foreign_rows(story.seats[0], whose)) >= {"cases.event"}


def test_a_policy_that_is_too_wide_is_found(story, whose, walls):
    with planted("CREATE POLICY wide ON letters_letter TO protocol_web USING (true)"):
        assert "letters.letter" in foreign_rows(story.seats[0], whose)


def test_a_policy_that_was_dropped_is_found_by_whoever_misses_their_own(story, walls):
    with planted("DROP POLICY within_reach ON cases_case"), asking(story.northmoor.cast.mona):
        assert not Case.objects.exists()


def test_a_tie_that_is_gone_is_found(story, walls):
    field = Event._meta.get_field("case")
    assert crossed(Event, field) is False
    with planted("ALTER TABLE cases_event DROP CONSTRAINT cases_event_case_id_same_authority"):
        assert crossed(Event, field) is True
