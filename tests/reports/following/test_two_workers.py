"""Two workers look at the same view at the same moment: what it gained is told once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases.models import Notice
from reports.finding import following, looking, views_kept
from reports.models import Following, Sighting
from tests.cases.steps import happened, opened
from tests.cast import assemble

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db(transaction=True)]


def test_what_two_workers_find_at_once_is_told_once(it_is):
    it_is("2025-03-03")
    cast = assemble()
    case = opened(cast, cast.amber, on="2025-03-03")
    view = views_kept.keep("Papers", "state=open&duty=CMH-10", by=cast.mona)
    following.choose(view, by=cast.mona, digest="daily", is_alerted=True)
    ids, both = [Following.objects.get().pk], Barrier(2)
    happened(case, "document_received", "2025-03-03", document="Plan", kind="Interim care plan")
    now = it_is("2025-03-04", "06:30")

    def work(_):
        both.wait(timeout=30)
        try:
            return looking.look(ids, now=now) + looking.sum_up(ids, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(work, range(2))) == 2
    told = Notice.objects.filter(kind__in=["view", "gain"], recipient=cast.mona)
    assert sorted(told.values_list("kind", flat=True)) == ["gain", "view"]
    assert Sighting.objects.count() == 1
