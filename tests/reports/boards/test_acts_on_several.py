"""What a manager does about what is late, several at once: through the list, as a person does it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.audit.models import AuditEntry
from accounts.models import User
from cases import clock
from cases.actions import record
from cases.appointments import appoint
from cases.models import Appointment, Deadline, Miss, Notice
from cases.notices import message_for
from cases.refusal import NotYours, Refusal
from reports import following_up
from reports.models import FollowUp
from tests.cases.steps import day, happened, opened

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today(it_is):
    return it_is("2025-03-03").date()


@pytest.fixture
def case(cast):
    """Issued three weeks ago: the papers at issue were never sent, a court paper is a week old, no guardian yet."""
    case = opened(cast, cast.amber, cast.blake, on="2025-02-10")
    appoint(cast.iris, "iro", children=[cast.amber, cast.blake], on=day("2025-02-12"), by=cast.mona)
    appoint(cast.lena, "la_legal", children=[cast.amber, cast.blake], on=day("2025-02-12"), by=cast.lena)
    happened(case, "document_received", "2025-02-17", document="Plan", kind="Interim care plan")
    clock.tick()
    return case


def late(case, duty="CMH-10"):
    return list(Deadline.objects.filter(case=case, duty=duty).overdue(day("2025-03-03")))


def press(client, act, deadlines, **data):
    query = {"deadline": [row.pk for row in deadlines], "list": "band=overdue"}
    address = (
        f"{reverse('board_follow_up', args=[act])}?{'&'.join(f'deadline={pk}' for pk in query['deadline'])}"
    )
    return client.post(f"{address}&list=band%3Doverdue", data)


def entries(verb):
    return AuditEntry.objects.filter(verb=verb)


def test_to_acknowledge_says_who_knows_of_it_and_changes_nothing_else(cast, case, browse):
    client, [paper] = browse(cast.mona), late(case)
    page = client.get(
        reverse("board_follow_up", args=["acknowledge"]), {"deadline": paper.pk, "list": "duty=CMH-10"}
    )
    assert "That you know of it stands in the list" in page.content.decode()
    answer = press(client, "acknowledge", [paper], note="Spoken of in supervision.")
    assert answer["Location"] == "/boards/deadlines/?band=overdue"
    shown = client.get("/boards/deadlines/?duty=CMH-10&band=overdue").content.decode()
    assert "Acknowledged by Mona Manager, Monday 3 March 2025: Spoken of in supervision." in shown
    assert late(case) == [paper]
    press(client, "acknowledge", [paper], note="Spoken of in supervision.")
    assert FollowUp.objects.count() == 1
    [entry] = entries("deadlines.acknowledged")
    assert set(entry.records.values_list("kind", flat=True)) == {"case", "deadline"}


def test_a_chase_writes_to_whoever_owes_it(cast, case, browse):
    press(browse(cast.mona), "chase", late(case))
    assert following_up.tell_chased() == 1
    assert following_up.tell_chased() == 0
    notice = Notice.objects.get(kind=Notice.Kind.CHASE)
    assert notice.recipient == cast.lena
    message = message_for(notice)
    assert message.subject == "You are asked where this stands"
    assert "Amber" not in message.body
    assert "Monday 24 February 2025" in message.body


def test_where_nobody_is_named_the_service_is_asked(cast, case, browse):
    [introduction] = Deadline.objects.filter(case=case, duty="CMH-3", child=cast.amber).overdue(
        day("2025-03-03")
    )
    assert introduction.owner is None
    other = User.objects.create_user(
        "ines@example.org", name="Ines Support", organisation=cast.northmoor, role="iro_business_support"
    )
    press(browse(cast.mona), "chase", [introduction])
    assert following_up.tell_chased() == 1, "the IRO service, but not whoever chased"
    assert Notice.objects.get(kind=Notice.Kind.CHASE).recipient == other


def test_an_agency_off_the_system_is_telephoned(cast, case, browse):
    cast.northmoor.is_on_system = False
    cast.northmoor.save()
    client, [paper] = browse(cast.mona), late(case)
    page = client.get(reverse("board_follow_up", args=["chase"]), {"deadline": paper.pk})
    assert (
        "1 of these cannot be chased by e-mail: whoever owes it is not on this system"
        in page.content.decode()
    )
    press(client, "chase", [paper])
    assert following_up.tell_chased() == 0
    assert FollowUp.objects.get().told == 0
    assert "nobody could be written to" in client.get("/boards/deadlines/?duty=CMH-10").content.decode()


def test_what_was_done_meanwhile_is_not_nudged_about(cast, case, browse):
    press(browse(cast.mona), "chase", late(case))
    happened(case, "document_sent_to_iro", "2025-03-03", document="Plan")
    assert following_up.tell_chased() == 0


def test_a_reason_stands_beside_the_miss_on_the_chronology(cast, case, browse):
    client, [paper] = browse(cast.mona), late(case)
    assert "There is a problem" in press(client, "reason", [paper], reason=" ").content.decode()
    press(client, "reason", [paper], reason="The bundle came without the plan.")
    assert Miss.objects.get(duty="CMH-10").reason == "The bundle came without the plan."
    chronology = client.get(reverse("chronology", args=[case.key])).content.decode()
    assert "The bundle came without the plan." in chronology
    press(client, "reason", [paper], reason="The bundle came without the plan.")
    assert entries("misses.reason_given").count() == 1
    assert late(case) == [paper]


def test_only_the_agency_that_owes_says_why_it_was_late(cast, case):
    with pytest.raises(NotYours, match="owed by others, who say themselves why it was late"):
        following_up.give_reason(late(case), reason="They forgot.", by=cast.cass)
    allocation = Deadline.objects.filter(case=case, owed_by="iro_manager").overdue(day("2025-03-03"))
    with pytest.raises(NotYours):
        following_up.give_reason(list(allocation), reason="They forgot.", by=cast.lena)
    assert not Miss.objects.exclude(reason="")


def test_to_reassign_gives_the_children_another_iro_through_the_one_verb(cast, case, browse):
    client, papers = browse(cast.mona), late(case, "CMH-1")
    assert {row.child_id for row in papers} == {cast.amber.pk, cast.blake.pk}
    data = {"person": cast.ivor.pk, "on_day": "3", "on_month": "3", "on_year": "2025"}
    refused = press(client, "reassign", papers, **data, conflicts="visits").content.decode()
    assert "Choose somebody independent of the case" in refused
    press(client, "reassign", papers, **data)
    held = Appointment.objects.filter(role="iro", until_on=None).values_list("person", flat=True)
    assert list(held) == [cast.ivor.pk, cast.ivor.pk]
    assert entries("deadlines.reassigned").count() == 1
    before = case.events.count()
    press(client, "reassign", papers, **data)
    assert case.events.count() == before


def test_a_guardian_is_reassigned_case_by_case(cast, case):
    appoint(
        cast.gwen,
        "guardian",
        children=[cast.amber, cast.blake],
        on=day("2025-02-13"),
        by=cast.cass,
        case=case,
    )
    owed = list(Deadline.objects.filter(case=case, owed_by="guardian").still_open())
    following_up.reassign(owed, person=cast.gareth, by=cast.cass, on=date(2025, 3, 3))
    held = Appointment.objects.filter(role="guardian", until_on=None).values_list("person__name", flat=True)
    assert set(held) == {"Gareth Guardian"}


def test_all_or_nothing_and_nobody_elses(cast, case, it_is):
    [paper] = late(case)
    early = Deadline.objects.filter(case=case).still_open().exclude(due_on__lt=day("2025-03-03")).first()
    with pytest.raises(Refusal, match="not overdue: only what is late is followed up"):
        following_up.acknowledge([paper, early], by=cast.mona, on=day("2025-03-03"))
    with pytest.raises(Refusal, match="has been done or has changed"):
        following_up.acknowledge([paper], by=cast.stranger, on=day("2025-03-03"))
    with pytest.raises(NotYours, match="followed up by the IRO manager"):
        following_up.chase([paper], by=cast.iris, on=day("2025-03-03"))
    with pytest.raises(Refusal, match="at least one"):
        following_up.chase([], by=cast.mona, on=day("2025-03-03"))
    record(case, "document_sent_to_iro", on=day("2025-03-03"), by=cast.lena, details={"document": "Plan"})
    with pytest.raises(Refusal, match="has been done or has changed"):
        following_up.chase([paper], by=cast.mona, on=day("2025-03-03"))
    assert not FollowUp.objects.exists()


def test_nothing_chosen_says_what_to_do(cast, browse):
    page = browse(cast.mona).get(reverse("board_follow_up", args=["chase"]))
    assert "You have chosen no deadline" in page.content.decode()
