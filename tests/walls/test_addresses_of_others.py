"""A letter is compared with every confidential address of the authority, behind the wall too, and gives none away."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from cases import whereabouts
from cases.models import Whereabouts
from letters import actions
from letters.kinds import LetterKind
from letters.leaving import finding
from tests.walls.reach import asking

pytestmark = pytest.mark.needs_postgres


@pytest.fixture
def corals(cast):
    """Where Coral is, who is in no case of Gwen’s; for named people only."""
    return Whereabouts.objects.create(
        authority=cast.northmoor, child=cast.coral, kind="placement", address="9 Larch Lane\nElsewhere",
        postcode="ZZ9 9ZZ", audience="named", from_on=date(2025, 6, 2), recorded_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def letter(tale, cast):
    letter = actions.draft(tale, LetterKind.TO_THE_CHILD_YOUNGER, by=cast.gwen, children=[cast.amber])
    said = {"what_was_decided": "You may visit zz99zz."}
    return actions.edit(letter, said, by=cast.gwen, seen_version=letter.version)


def test_an_address_out_of_the_writers_reach_is_found_and_said_to_be_nobodys(corals, letter, cast):
    for person in (cast.gwen, cast.cass):
        with asking(person):
            assert not Whereabouts.objects.filter(pk=corals.pk).exists()
            found = {hit.found: hit.words for hit in finding.found_in(letter, person)}
        assert found == {"zz99zz": finding.CONFIDENTIAL}, person.name


def test_the_addresses_of_an_authority_are_for_those_who_reach_a_case_of_it(corals, tale, cast):
    for person, kept in (
        (cast.gwen, {corals.pk}), (cast.mona, {corals.pk}), (cast.hugo, set()), (cast.stranger, set()), (None, set()),
    ):  # fmt: skip
        with asking(person):
            compared = {address.pk for address in whereabouts.confidential(cast.northmoor.pk)}
        assert compared == kept, person


def test_an_address_that_was_corrected_or_is_for_everybody_is_not_compared(corals, tale, cast):
    Whereabouts.objects.create(
        authority=cast.northmoor, child=cast.coral, kind="placement", address="1 Fir Lane", audience="everybody",
        from_on=date(2025, 6, 2), recorded_at=timezone.now(), corrects=corals,
    )  # fmt: skip
    with asking(cast.gwen):
        assert not list(whereabouts.confidential(cast.northmoor.pk))


def test_nobody_but_the_service_asks_for_them(corals, tale):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.routine_privileges "
            "WHERE routine_name = 'protocol_confidential' AND grantee = 'PUBLIC'"
        )
        assert cursor.fetchone() == (0,)
