"""Notices and what is done about what is late: written and told by whoever works, read and acted on on the web."""

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import clock, notices, preferences
from cases.models import Deadline, Miss, Notice
from reports import following_up
from reports.models import FollowUp
from tests.journeys import steps
from tests.walls.conftest import TODAY
from tests.walls.reach import asking, serving, signed_in, working

pytestmark = [pytest.mark.needs_postgres, pytest.mark.django_db]


def late(case):
    return list(Deadline.objects.filter(case=case).overdue(TODAY).order_by("pk"))


def test_the_clock_tells_and_a_person_acknowledges(cast, case):
    with asking(cast.lena):
        preferences.choose("overdue", by=cast.lena)
    with working():
        for batch in clock.tick():
            notices.send(batch)
    assert mail.outbox
    client = signed_in(cast.lena)
    with serving():
        page = client.get(reverse("inbox")).content.decode()
        waiting = Notice.objects.filter(recipient=cast.lena, acknowledged_at=None).exclude(kind="digest")
        number = waiting.count()
        assert page.count("Acknowledge") >= number > 0
        client.post(reverse("notice_acknowledge", args=[waiting.latest("pk").pk]))
        assert waiting.count() == number - 1
        chronology = signed_in(cast.gwen).get(reverse("chronology", args=[case.key])).content.decode()
    told = Notice.objects.filter(case=case, sent_at__isnull=False).select_related("recipient")
    names = {notice.recipient.name for notice in told} - {cast.gwen.name}
    assert names
    assert all(f", to {name}: e-mailed" in chronology for name in names), names


def test_the_bell_of_a_colleague_is_not_shown(cast, case):
    with working():
        clock.tick()
    with asking(cast.stranger):
        assert not Notice.objects.exists()


# --- What is done about what is late ------------------------------------------------------------------------------


def test_what_is_late_is_acknowledged_chased_and_explained_on_the_web_and_told_by_the_clock(cast, case):
    with working():
        clock.tick()
    for person in (cast.mona, cast.cass):
        with asking(person):
            chosen = late(case)
            assert chosen, person.name
            following_up.acknowledge(chosen, by=person, on=TODAY, note="Seen.")
            following_up.chase(chosen, by=person, on=TODAY)
            assert FollowUp.objects.filter(by=person).count() == 2 * len(chosen)
    with asking(cast.stranger):
        assert not FollowUp.objects.exists()
    with working():
        assert following_up.tell_chased() > 0
    with asking(cast.mona):
        ours = [row for row in late(case) if row.owing_id == cast.northmoor.pk]
        following_up.give_reason(ours, reason="The bundle came late.", by=cast.mona)
        assert Miss.objects.filter(reason="The bundle came late.").count() == len(ours) > 0
        following_up.reassign(ours, person=cast.ivor, by=cast.mona, on=TODAY)
        assert not cast.iris.appointments.filter(until_on=None).exists()


def test_who_records_a_fact_before_the_clock_has_seen_what_is_missed_tells_whoever_is_told(
    cast, case, time_machine
):
    """A review belongs to no case: its deadline says whose it is."""
    time_machine.move_to("2025-12-08T00:00:30+00:00", tick=False)
    held = {"review": "2025-12-05", "significant_issues": False}
    with asking(cast.iris):
        steps.given_a_review(cast, case, on="2025-12-05", details=held)
    told = Notice.objects.filter(kind="overdue", recipient=cast.mona)
    assert told.filter(deadline__case=None, deadline__child=cast.amber).exists()


def test_nobody_writes_a_notice_about_what_they_do_not_see(cast, case):
    review = Deadline.objects.filter(case=None, child=cast.amber).first()
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        asking(cast.stranger),
    ):
        Notice.objects.create(
            kind="overdue", recipient=cast.mona, deadline=review, about="x", created_at=timezone.now()
        )
