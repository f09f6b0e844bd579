"""Two people agree behind the wall, each with the reach of one's own; what goes is taken away by the worker alone."""

import pytest
from django.db import DatabaseError, connection, transaction

from cases.models import Child, Event
from config.walls.raising import raise_walls
from reports.records import disposal
from reports.records.models import Certificate
from reports.tasks import dispose
from tests.reports.records.disposing import BECAUSE
from tests.walls.reach import asking, working

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db]


@pytest.fixture
def agreed(long_after, cast, settings):
    settings.DATABASE_WALLS = True
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        raise_walls(cursor, web="protocol_web", work="protocol_work")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    with asking(cast.mona):
        disposal.propose(cast.amber, by=cast.mona, reason=BECAUSE)
    with asking(cast.lena):
        return disposal.agree(cast.amber, by=cast.lena)


def test_the_worker_takes_all_of_a_record_away(agreed, cast):
    assert Event.objects.filter(child=cast.amber).exists()
    with working():
        dispose([agreed.pk])
    assert Certificate.objects.get(disposal=agreed)
    assert not Child.objects.filter(pk=cast.amber.pk).exists()


def test_whoever_is_served_cannot_though_two_have_agreed(agreed, cast):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), asking(cast.lena):
        dispose([agreed.pk])
