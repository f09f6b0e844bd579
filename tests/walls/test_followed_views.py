"""Following a view behind the wall: chosen and forgotten by the role that serves people, looked at by the one that works."""

import pytest
from django.db import connection

from cases.models import Deadline, Notice
from reports.finding import following, looking, views_kept
from reports.models import Following, SavedView, Sighting
from tests.walls.reach import asking

pytestmark = pytest.mark.needs_postgres


def test_a_view_is_followed_and_forgotten_behind_the_wall_and_nobody_else_sees_who_follows(tale, cast):
    with asking(cast.mona):
        view = views_kept.keep("Ours", "state=open", by=cast.mona, is_shared=True)
    with asking(cast.hal):
        held = following.choose(view, by=cast.hal, digest="daily", is_alerted=True)
        seen = Sighting.objects.count()
    theirs = Deadline.objects.visible_to(cast.hal).filter(state="open")
    assert seen == theirs.values("key").distinct().count() > 5
    for person, number in ((cast.hal, 1), (cast.mona, 1), (cast.serena, 0), (cast.stranger, 0), (None, 0)):
        with asking(person):
            assert (Following.objects.count(), Sighting.objects.count()) == (number, number * seen)
    Sighting.objects.filter(key=theirs.values("key")[:1]).delete()
    Following.objects.update(looked_at=None)
    assert looking.look([held.pk]) == 1, "with the eyes of whoever follows"
    with asking(cast.hal):
        assert Notice.objects.filter(kind="gain").count() == 1
    with asking(cast.mona):
        views_kept.forget(SavedView.objects.get(), by=cast.mona)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Following.objects.exists()
    assert not Sighting.objects.exists()
