"""A pool of one connection, which many people's requests take in turns: nobody is shown what was another's.

The requests go through the product's own middleware, and some of them fail half-way. The two tests at the end set the
reach wrongly, in the ways one could: they must be found out, or the first would prove nothing.
"""

import random
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from queue import Queue
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpResponse

from cases.models import Appointment, Case, CaseChild, Child
from config.walls import entering, policies, raising
from tests.cast import assemble

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db(transaction=True)]
MIXED, TURNS = 10_000, 4


@pytest.fixture
def world(settings):
    """Northmoor's case with its guardian, and Southmere's; committed, and behind the wall."""
    settings.DATABASE_WALLS = True
    cast = assemble()
    with connection.cursor() as cursor:
        raising.raise_walls(cursor, web="protocol_web", work="protocol_work")
    norths = _case(cast.northmoor, cast.cafcass, cast.amber)
    Appointment.objects.create(
        authority=cast.northmoor,
        child=cast.amber,
        case=norths,
        role="guardian",
        person=cast.gwen,
        from_on=norths.opened_on,
    )
    sorrel = Child.objects.create(authority=cast.southmere, name="Sorrel Example", born=date(2020, 1, 1))
    souths = _case(cast.southmere, cast.cafcass, sorrel)
    try:
        yield _who_is_shown_what(cast, norths, souths, sorrel)
    finally:
        _lower_walls()


def _case(authority, office, child):
    case = Case.objects.create(authority=authority, cafcass_office=office, opened_on=date(2025, 6, 2))
    CaseChild.objects.create(authority=authority, case=case, child=child)
    return case


def _who_is_shown_what(cast, norths, souths, sorrel):
    """Cases and children of each person, by hand; both are in an office's case and none in a lawyer's."""
    all_of_northmoor = {child.pk for child in (cast.amber, cast.blake, cast.coral)}
    reach = {
        cast.iris: ({norths.pk}, all_of_northmoor), cast.lena: ({norths.pk}, all_of_northmoor),
        cast.gwen: ({norths.pk}, {cast.amber.pk}), cast.cass: ({norths.pk, souths.pk}, {cast.amber.pk, sorrel.pk}),
        cast.gareth: (set(), set()), cast.lex: (set(), set()), cast.stranger: ({souths.pk}, {sorrel.pk}),
        AnonymousUser(): (set(), set()),
    }  # fmt: skip
    return [(person, {"cases": cases, "children": children}) for person, (cases, children) in reach.items()]


def _lower_walls():
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for table in policies.policies():
            for name in ("within_reach", "at_work"):
                cursor.execute(f"DROP POLICY IF EXISTS {name} ON {table}")
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
        for tie in reversed(list(raising.ties())):
            cursor.execute(f"ALTER TABLE {tie['table']} DROP CONSTRAINT IF EXISTS {tie['name']}")


# --- Requests ----------------------------------------------------------------------------------------------------


class FellOver(Exception):
    """A page with a fault."""


def _shown():
    """What the database shows whoever asks it for everything."""
    return {
        "cases": {
            *Case.objects.values_list("pk", flat=True),
            *CaseChild.objects.values_list("case", flat=True),
        },
        "children": {
            *Child.objects.values_list("pk", flat=True),
            *Appointment.objects.values_list("child", flat=True),
        },
    }


def _page(seen, ends):
    """A page that asks for everything, and then ends well or badly."""

    def page(request):
        seen.append(_shown())
        if ends == "fault":
            raise FellOver
        if ends == "refused by the database":
            with connections["default"].cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        if ends == "taken back":
            with suppress(FellOver), transaction.atomic():
                seen.append(_shown())
                raise FellOver
            seen.append(_shown())
        return HttpResponse(status=500 if ends == "error page" else 200)

    return page


ENDS = (
    "well",
    "well",
    "well",
    "fault",
    "refused by the database",
    "taken back",
    "error page",
    "without anybody",
)


def _request(person, ends):
    """Everything this request was shown; a request that enters nobody's reach is shown nothing."""
    seen = []
    if ends == "without anybody":
        return [_shown()]
    with suppress(FellOver, DatabaseError):
        entering.within_walls(_page(seen, ends))(SimpleNamespace(user=person))
    return seen


@contextmanager
def the_only_connection():
    """A pool with one connection in it, signed in as the web is."""
    pool, only = Queue(maxsize=1), connections["default"]
    only.inc_thread_sharing()
    with only.cursor() as cursor:
        cursor.execute("SET ROLE protocol_web")
    pool.put(only)
    try:
        yield pool
    finally:
        only.dec_thread_sharing()


def mixed(world, how_many):
    """Requests of everybody in a random order, from four threads that take turns: what was foreign, a line each."""
    chance, counted, faults = random.Random(4), Counter(), []  # noqa: S311
    plan = [(*chance.choice(world), chance.choice(ENDS)) for _ in range(how_many)]

    def asks(planned):
        person, reach, ends = planned
        taken = pool.get()
        connections["default"] = taken
        try:
            shown = _request(person, ends)
        finally:
            pool.put(taken)
        counted[ends] += 1
        for what in shown:
            may = {"cases": set(), "children": set()} if ends == "without anybody" else reach
            if what != may:
                faults.append(f"{person} ({ends}): {what} and not {may}")

    with the_only_connection() as pool, ThreadPoolExecutor(TURNS) as threads:
        list(threads.map(asks, plan))
    return faults, counted


def test_of_ten_thousand_mixed_requests_over_one_connection_none_is_shown_a_foreign_row(world, how_many):
    faults, counted = mixed(world, how_many(MIXED))
    assert not faults, "\n".join(faults[:20])
    assert set(counted) == set(ENDS)
    assert sum(counted.values()) == how_many(MIXED)


# --- A reach that is set wrongly is found ------------------------------------------------------------------------


def test_a_reach_that_outlives_its_transaction_does_leak(world):
    """Set for the session and not for the transaction: whoever comes next without a reach has the last one's."""
    lasting, changed = re.subn(r"(set_config\([^;]*), true\)", r"\1, false)", raising.REACH.read_text())
    assert changed > 3
    with connection.cursor() as cursor:
        cursor.execute(lasting)
    faults, _ = mixed(world, 200)
    assert any("without anybody" in fault for fault in faults)


def test_a_reach_that_is_the_last_persons_does_leak(world, monkeypatch):
    """As by a cache beside the connection that nobody clears."""
    enters, last = entering.entered, []

    def late(person):
        last.append(person)
        return enters(last[-2] if len(last) > 1 else person)

    monkeypatch.setattr(entering, "entered", late)
    faults, _ = mixed(world, 200)
    assert len(faults) > 50


def test_a_wall_that_was_not_raised_does_leak(world):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_child DISABLE ROW LEVEL SECURITY")
    faults, _ = mixed(world, 200)
    assert len(faults) > 50
