"""Disputes through the public door: what each person sees, presses and is told once there is one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import correct
from cases.models import Deadline
from referrals import disputes
from tests.access import quickly
from tests.cases.steps import day
from tests.referrals.dispute_page_steps import at, do, on
from tests.referrals.dispute_steps import WORDS, answered, climbed, now, raised
from tests.referrals.pages import read

pytestmark = pytest.mark.usefixtures("today")


# --- Reading ------------------------------------------------------------------------------------


def test_the_gauge_is_drawn_and_said_in_words(cast, formal, browse):
    html = browse(cast.iris).get(at(formal)).content.decode()
    assert re.search(
        r'<progress[^>]*max="20" value="15"[^>]*aria-label="The whole dispute: working days used"', html
    )
    assert re.search(r'<progress[^>]*max="5" value="5"', html)
    assert "style=" not in html.split("<main")[1].split("</main>")[0]


def test_the_list_asks_the_database_no_more_when_there_are_more_disputes(cast, case, formal, browse):
    client, address = browse(cast.iris), reverse("case_disputes", args=[case.key])
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(3):
        raised(cast, case)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


# --- Who sees and may do what -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["gwen", "cass", "sol", "lena"])
def test_others_of_the_case_read_a_dispute_and_are_offered_no_step(cast, formal, browse, who):
    client = browse(getattr(cast, who))
    page = client.get(at(formal))
    assert WORDS["concern"] in read(page)
    assert {act.name for act in page.context["acts"]} <= ({"court"} if who == "lena" else set())
    with quickly.pages_not_drawn():
        for act in ("answer", "further", "resolve", "withdraw", "unresolved", "endorse", "mediate"):
            assert client.get(do(formal, act)).status_code == 404
            assert client.post(do(formal, act), on("2025-02-14")).status_code == 404
        assert client.get(reverse("dispute_new", args=[formal.case.key])).status_code == 404


@pytest.mark.usefixtures("pages_not_drawn")
@pytest.mark.parametrize("who", ["stranger", "ivor", "lex", "hugo"])
def test_to_people_of_no_case_it_is_not_there(cast, case, formal, browse, who):
    client = browse(getattr(cast, who))
    addresses = [at(formal), do(formal, "answer"), reverse("case_disputes", args=[case.key])]
    addresses += [reverse("dispute_act", args=[case.key, "dispute_answered"])]
    assert {client.get(address).status_code for address in addresses} == {404}


@pytest.mark.parametrize("who", ["tess", "serena", "hal", "dora", "chas"])
def test_a_manager_answers_and_can_do_nothing_else(cast, formal, browse, who):
    climbed(cast, formal, "Service manager", "2025-02-18")
    client = browse(getattr(cast, who))
    assert [act.name for act in client.get(at(formal)).context["acts"]] == ["answer"]
    with quickly.pages_not_drawn():
        for act in ("formal", "further", "resolve", "withdraw", "unresolved", "complaints", "endorse"):
            assert client.post(do(formal, act), {**on("2025-02-20"), "reason": "No"}).status_code == 404
    assert now(formal).state == "formal"


def test_a_manager_is_not_offered_to_correct_a_dispute_but_may_correct_the_own_answer(
    cast, case, formal, browse
):
    answered(cast, formal, "2025-02-14")
    html = browse(cast.tess).get(at(formal)).content.decode()
    answer, step = (case.events.get(happening=name) for name in ("dispute_answered", "dispute_raised"))
    assert reverse("correct", args=[case.key, answer.pk]) in html
    assert reverse("correct", args=[case.key, step.pk]) not in html


# --- From my work to the act --------------------------------------------------------------------------------


def test_the_manager_addressed_finds_the_answer_owed_in_my_work_and_gives_it_there(cast, formal, browse):
    client = browse(cast.tess)
    rows = {row.duty_id: row for _, rows, _ in client.get("/").context["groups"] for row in rows}
    page = client.get(rows["DIS-2"].act_url, follow=True)
    assert page.redirect_chain[-1][0] == do(formal, "answer")
    given = {"text": "It begins on 20 March.", "accepts": "partly", **on("2025-03-03")}
    page = client.post(do(formal, "answer"), given, follow=True)
    assert "It begins on 20 March." in read(page)
    assert Deadline.objects.get(duty="DIS-2").met_on == day("2025-03-03")
    assert "DIS-2" not in {row.duty_id for _, rows, _ in client.get("/").context["groups"] for row in rows}


def test_the_iros_own_duty_leads_to_the_dispute_and_an_unknown_one_to_the_list(cast, case, formal, browse):
    client = browse(cast.iris)
    to = reverse("dispute_act", args=[case.key, "dispute_resolved"])
    assert client.get(f"{to}?dispute=Dispute+1").url == do(formal, "resolve")
    assert client.get(to).url == do(formal, "resolve")
    assert client.get(f"{to}?dispute=Dispute+7").url == reverse("case_disputes", args=[case.key])
    assert client.get(reverse("dispute_act", args=[case.key, "nonsense"])).status_code == 302
    general = client.get(
        reverse("record", args=[case.key, "dispute_resolved"]) + "?dispute=Dispute 1", follow=True
    )
    assert general.redirect_chain[-1][0] == do(formal, "resolve")


def test_the_general_form_does_not_record_a_dispute(cast, case, formal, browse):
    address = reverse("record", args=[case.key, "dispute_withdrawn"])
    browse(cast.iris).post(address, {"dispute": "Dispute 1", "reason": "x", **on("2025-02-20")})
    assert now(formal).state == "formal"


# --- The acts -----------------------------------------------------------------------------------------------


def test_an_iro_climbs_passing_a_step_over_with_a_reason(cast, formal, browse):
    client = browse(cast.iris)
    typed = {"to": "Director", **on("2025-02-18"), "note": "She moves on Friday."}
    page = client.post(do(formal, "further"), typed)
    assert "bypass_reason" in page.context["form"].errors
    assert "She moves on Friday." in read(page)
    page = client.post(do(formal, "further"), typed | {"bypass_reason": "Both are away."}, follow=True)
    assert "Passed over Service manager, Head of service: Both are away." in read(page)
    assert "Awaiting endorsement" in read(page)
    assert "waiting never holds a step up" in read(page)


def test_the_iro_manager_disagrees_and_the_head_of_service_mediates(cast, formal, browse):
    climbed(cast, formal, "Service manager", "2025-02-18")
    mona, hal = browse(cast.mona), browse(cast.hal)
    mona.post(do(formal, "endorse"), {"endorsed": "no", "view": "Too soon.", **on("2025-02-19")})
    assert "The head of service mediates" in read(hal.get(at(formal)))
    page = hal.post(do(formal, "mediate"), {"outcome": "The step stands.", **on("2025-02-20")}, follow=True)
    assert "Not endorsed by the IRO manager; mediated" in read(page)
    assert "The step stands." in read(page)


def test_a_dispute_is_not_resolved_without_what_changed_for_the_child(cast, formal, browse):
    client = browse(cast.iris)
    page = client.post(do(formal, "resolve"), on("2025-02-20"))
    assert "Say what changed for the child" in read(page)
    assert now(formal).state == "formal"
    page = client.post(
        do(formal, "resolve"), {"changed_for_child": "She sleeps.", **on("2025-02-20")}, follow=True
    )
    assert "What changed for the child She sleeps." in read(page)
    assert [act.name for act in page.context["acts"]] == ["complaints"]


def test_left_unresolved_the_page_offers_what_follows(cast, formal, browse):
    client = browse(cast.iris)
    page = client.post(do(formal, "unresolved"), on("2025-02-26"), follow=True)
    assert {"guardian", "report", "resolve", "withdraw"} <= {act.name for act in page.context["acts"]}
    assert "further" not in {act.name for act in page.context["acts"]}
    page = client.post(do(formal, "guardian"), on("2025-02-27"), follow=True)
    assert "guardian" not in {act.name for act in page.context["acts"]}


def test_climbing_a_closed_dispute_is_a_sentence_and_nothing_changes(cast, case, formal, browse):
    disputes.resolve(formal, by=cast.iris, on=day("2025-02-20"), changed_for_child="She sleeps.")
    client, before = browse(cast.iris), case.events.count()
    page = client.get(do(formal, "further"), follow=True)
    assert "is not to be done on Dispute 1 as it stands now" in read(page)
    page = client.post(do(formal, "further"), {"to": "Service manager", **on("2025-02-21")})
    assert page.status_code == 200
    assert "cannot be taken further: it stands at “Resolved”" in read(page)
    assert case.events.count() == before


def test_pressed_twice_an_answer_is_given_once(cast, case, formal, browse):
    client = browse(cast.tess)
    submission = client.get(do(formal, "answer")).context["form"]["submission"].value()
    given = {"text": "Yes.", "accepts": "yes", **on("2025-02-14"), "submission": str(submission)}
    for _ in range(2):
        assert client.post(do(formal, "answer"), given).status_code == 302
    assert case.events.filter(happening="dispute_answered").count() == 1


def test_a_corrected_step_stands_struck_in_the_history_and_no_more_in_the_gauge(cast, case, formal, browse):
    climbed(cast, formal, "Service manager", "2025-02-18")
    correct(case.events.get(happening="dispute_escalated"), by=cast.iris, reason="It was never sent")
    page = browse(cast.iris).get(at(formal))
    assert "It was never sent" in read(page)
    assert [step.rung for step, _ in page.context["steps"]] == ["Team manager"]


def test_a_dispute_struck_out_is_shown_as_such_and_offers_nothing(cast, case, formal, browse):
    correct(case.events.get(happening="dispute_raised"), by=cast.iris, reason="Wrong case")
    client = browse(cast.iris)
    assert client.get(at(formal)).context["acts"] == []
    assert "struck out of the chronology as a mistake" in read(client.get(at(formal)))
    assert "Struck out as mistakes" in read(client.get(reverse("case_disputes", args=[case.key])))


def test_the_chronology_tells_the_steps_in_words(cast, case, formal, browse):
    climbed(cast, formal, "Head of service", "2025-02-18", bypass_reason="Serena is away.")
    text = read(browse(cast.gwen).get(reverse("chronology", args=[case.key])))
    assert "Dispute 1. To whom: Head of service. Working days to answer: 4. Who: Hal Head." in text
    assert "Passed over: Service manager. Why: Serena is away." in text
