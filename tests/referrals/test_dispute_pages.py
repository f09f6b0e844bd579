"""Disputes through the public door: what each person sees, presses and is told."""

import re
import uuid
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import PersonRole
from cases.actions import correct
from cases.appointments import appoint
from cases.models import Deadline
from referrals import disputes, ladders
from referrals.models import Dispute
from tests.cases.steps import day, happened
from tests.referrals.dispute_steps import WORDS, answered, climbed, now, raised

pytestmark = pytest.mark.usefixtures("today")


def words(page):
    """The page as a person reads it."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(text).split())


def on(written):
    """The day as a browser sends it, with the mark that makes each form one press of its button."""
    when = day(written)
    return {"on_day": when.day, "on_month": when.month, "on_year": when.year, "submission": str(uuid.uuid4())}


def do(dispute, act):
    return reverse("dispute_do", args=[dispute.key, act])


def at(dispute):
    return reverse("dispute", args=[dispute.key])


RAISED = {**WORDS, **on("2025-02-10"), "kind": "formal", "rung": "Team manager"}


# --- Raising and reading ------------------------------------------------------------------------------------


def test_where_there_is_no_dispute_the_page_says_what_would_stand_there(cast, case, browse):
    page = browse(cast.iris).get(reverse("case_disputes", args=[case.key]))
    assert "No dispute is open. A concern the IRO takes" in words(page)
    assert "Raise a dispute, or send a good-practice alert" in words(page)


def test_an_iro_raises_a_formal_dispute_and_reads_who_answers_by_when(cast, case, browse):
    client = browse(cast.iris)
    page = client.post(reverse("dispute_new", args=[case.key]), RAISED, follow=True)
    text = words(page)
    assert "Dispute 1 is on the chronology." in text
    assert "Therapy agreed at the review in January has not begun." in text
    assert "15 of 20 working days used, 5 left" in text
    assert "15 of 5 working days used, 10 over" in text
    assert "Monday 17 February 2025" in text
    assert "Answer at this rung (Dispute 1)" in text
    listed = words(client.get(reverse("case_disputes", args=[case.key])))
    assert "Dispute 1 Health and therapy Amber Example" in listed


def test_the_gauge_is_drawn_and_said_in_words(cast, formal, browse):
    html = browse(cast.iris).get(at(formal)).content.decode()
    assert re.search(
        r'<progress[^>]*max="20" value="15"[^>]*aria-label="The whole dispute: working days used"', html
    )
    assert re.search(r'<progress[^>]*max="5" value="5"', html)
    assert "style=" not in html.split("<main")[1].split("</main>")[0]


def test_what_was_typed_is_kept_when_a_dispute_is_refused(cast, case, browse):
    typed = RAISED | {"rung": "Director", "bypass_reason": ""}
    page = browse(cast.iris).post(reverse("dispute_new", args=[case.key]), typed)
    assert page.status_code == 200
    assert "passes over Team manager, Service manager and Head of service" in words(page)
    assert WORDS["concern"] in words(page)
    assert "bypass_reason" in page.context["form"].errors
    assert not Dispute.objects.exists()


def test_sent_empty_the_form_says_what_is_missing(cast, case, browse):
    page = browse(cast.iris).post(reverse("dispute_new", args=[case.key]), {"submission": str(uuid.uuid4())})
    assert {"kind", "theme", "concern", "on"} <= set(page.context["form"].errors)
    assert "There is a problem" in words(page)


def test_a_good_practice_alert_is_listed_apart_and_a_manager_replies(cast, case, browse):
    praise = RAISED | {
        "kind": "good_practice",
        "concern": "Sol found her a school in a week.",
        "impact": "",
        "sought": "",
    }
    page = browse(cast.iris).post(reverse("dispute_new", args=[case.key]), praise, follow=True)
    assert "Good practice 1" in words(page)
    assert "Working days used" not in words(page)
    alert = Dispute.objects.get()
    client = browse(cast.tess)
    client.post(do(alert, "answer"), {"text": "Thank you.", **on("2025-02-11")})
    assert "Thank you." in words(client.get(at(alert)))
    assert "No dispute is open." in words(client.get(reverse("case_disputes", args=[case.key])))


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
    assert WORDS["concern"] in words(page)
    assert {act.name for act in page.context["acts"]} <= ({"court"} if who == "lena" else set())
    for act in ("answer", "further", "resolve", "withdraw", "unresolved", "endorse", "mediate"):
        assert client.get(do(formal, act)).status_code == 404
        assert client.post(do(formal, act), on("2025-02-14")).status_code == 404
    assert client.get(reverse("dispute_new", args=[formal.case.key])).status_code == 404


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


@pytest.mark.parametrize("act", ["formal", "further"])
def test_good_practice_is_not_climbed_even_by_an_address_typed(cast, case, browse, act):
    praise = raised(cast, case, kind="good_practice")
    page = browse(cast.iris).post(do(praise, act), {**on("2025-02-20"), "to": "Director"}, follow=True)
    assert "is not to be done on" in words(page)


# --- From my work to the act --------------------------------------------------------------------------------


def test_the_manager_addressed_finds_the_answer_owed_in_my_work_and_gives_it_there(cast, formal, browse):
    client = browse(cast.tess)
    rows = {row.duty_id: row for _, rows, _ in client.get("/").context["groups"] for row in rows}
    page = client.get(rows["DIS-2"].act_url, follow=True)
    assert page.redirect_chain[-1][0] == do(formal, "answer")
    given = {"text": "It begins on 20 March.", "accepts": "partly", **on("2025-03-03")}
    page = client.post(do(formal, "answer"), given, follow=True)
    assert "It begins on 20 March." in words(page)
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


def test_a_dispute_of_an_authority_off_the_system_is_recorded_for_it_and_named_in_the_list(
    cast, case, browse
):
    cast.northmoor.is_on_system = False
    cast.northmoor.save()
    client = browse(cast.gwen)
    address = reverse("record", args=[case.key, "dispute_raised"])
    assert client.get(address).status_code == 200
    typed = {
        "dispute": "new",
        "formal": "yes",
        "days": "5",
        "how_known": "Told by telephone",
        **on("2025-02-10"),
    }
    assert client.post(address, typed).status_code == 302
    listed = words(client.get(reverse("case_disputes", args=[case.key])))
    assert "Known only from the chronology: Dispute 1." in listed


# --- The acts -----------------------------------------------------------------------------------------------


def test_an_iro_climbs_passing_a_step_over_with_a_reason(cast, formal, browse):
    client = browse(cast.iris)
    typed = {"to": "Director", **on("2025-02-18"), "note": "She moves on Friday."}
    page = client.post(do(formal, "further"), typed)
    assert "bypass_reason" in page.context["form"].errors
    assert "She moves on Friday." in words(page)
    page = client.post(do(formal, "further"), typed | {"bypass_reason": "Both are away."}, follow=True)
    assert "Passed over Service manager, Head of service: Both are away." in words(page)
    assert "Awaiting endorsement" in words(page)
    assert "waiting never holds a step up" in words(page)


def test_an_informal_concern_is_made_formal_on_its_page(cast, case, browse):
    dispute = raised(cast, case)
    client = browse(cast.iris)
    assert "the twenty working days have not begun" in words(client.get(at(dispute)))
    names = [act.name for act in client.get(at(dispute)).context["acts"]]
    assert "formal" in names
    assert "further" not in names
    page = client.post(do(dispute, "formal"), {"to": "Team manager", **on("2025-02-17")}, follow=True)
    assert "10 of 20 working days used, 10 left" in words(page)


def test_the_iro_manager_disagrees_and_the_head_of_service_mediates(cast, formal, browse):
    climbed(cast, formal, "Service manager", "2025-02-18")
    mona, hal = browse(cast.mona), browse(cast.hal)
    mona.post(do(formal, "endorse"), {"endorsed": "no", "view": "Too soon.", **on("2025-02-19")})
    assert "The head of service mediates" in words(hal.get(at(formal)))
    page = hal.post(do(formal, "mediate"), {"outcome": "The step stands.", **on("2025-02-20")}, follow=True)
    assert "Not endorsed by the IRO manager; mediated" in words(page)
    assert "The step stands." in words(page)


def test_a_dispute_is_not_resolved_without_what_changed_for_the_child(cast, formal, browse):
    client = browse(cast.iris)
    page = client.post(do(formal, "resolve"), on("2025-02-20"))
    assert "Say what changed for the child" in words(page)
    assert now(formal).state == "formal"
    page = client.post(
        do(formal, "resolve"), {"changed_for_child": "She sleeps.", **on("2025-02-20")}, follow=True
    )
    assert "What changed for the child She sleeps." in words(page)
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
    assert "is not to be done on Dispute 1 as it stands now" in words(page)
    page = client.post(do(formal, "further"), {"to": "Service manager", **on("2025-02-21")})
    assert page.status_code == 200
    assert "cannot be taken further: it stands at “Resolved”" in words(page)
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
    assert "It was never sent" in words(page)
    assert [step.rung for step, _ in page.context["steps"]] == ["Team manager"]


def test_a_dispute_struck_out_is_shown_as_such_and_offers_nothing(cast, case, formal, browse):
    correct(case.events.get(happening="dispute_raised"), by=cast.iris, reason="Wrong case")
    client = browse(cast.iris)
    assert client.get(at(formal)).context["acts"] == []
    assert "struck out of the chronology as a mistake" in words(client.get(at(formal)))
    assert "Struck out as mistakes" in words(client.get(reverse("case_disputes", args=[case.key])))


def test_the_chronology_tells_the_steps_in_words(cast, case, formal, browse):
    climbed(cast, formal, "Head of service", "2025-02-18", bypass_reason="Serena is away.")
    text = words(browse(cast.gwen).get(reverse("chronology", args=[case.key])))
    assert "Dispute 1. To whom: Head of service. Working days to answer: 4. Who: Hal Head." in text
    assert "Passed over: Service manager. Why: Serena is away." in text


# --- The ladder's page --------------------------------------------------------------------------------------


def ladder_typed(*steps):
    typed = {}
    for number, (name, role, days) in enumerate(steps, 1):
        typed |= {f"name_{number}": name, f"role_{number}": role, f"days_{number}": days}
    return typed


def test_the_iro_manager_changes_the_ladder_on_its_page(cast, browse):
    client = browse(cast.mona)
    typed = ladder_typed(("A word", "team_manager", ""), ("", "", ""), ("Director", "director", "10"))
    page = client.post(reverse("ladder"), typed, follow=True)
    assert "The formal steps take 10 of 20 working days." in words(page)
    assert [rung.name for rung in ladders.ladder_of(cast.northmoor)] == ["A word", "Director"]


def test_a_ladder_of_twenty_one_days_is_refused_beside_the_step_and_kept_as_typed(cast, browse):
    typed = ladder_typed(("Manager", "team_manager", "10"), ("", "", ""), ("Director", "director", "11"))
    page = browse(cast.mona).post(reverse("ladder"), typed)
    assert "21 working days: 10 + 11" in words(page)
    assert list(page.context["form"].errors) == ["days_3"]
    assert 'value="11"' in page.content.decode()
    assert not ladders.is_own(cast.northmoor)


def test_others_of_the_authority_read_the_ladder_and_nobody_else(cast, browse):
    client = browse(cast.iris)
    assert "Chief executive" in words(client.get(reverse("ladder")))
    assert client.get(reverse("ladder")).context["form"] is None
    assert client.post(reverse("ladder"), ladder_typed(("X", "director", "5"))).status_code == 404
    assert browse(cast.gwen).get(reverse("ladder")).status_code == 404


def test_the_ladder_is_in_the_navigation_of_those_who_keep_it(cast, browse):
    adam = User.objects.create_user(
        "adam@example.org", name="Adam", organisation=cast.northmoor, role="administrator"
    )
    for person in (cast.mona, adam):
        assert f'href="{reverse("ladder")}"' in browse(person).get(reverse("ladder")).content.decode()
    assert "Change the ladder" in words(browse(adam).get(reverse("ladder")))


# --- A child in no case -------------------------------------------------------------------------------------


def test_from_a_childs_page_an_iro_raises_a_dispute_that_opens_a_case(cast, browse):
    happened(cast.coral, "became_looked_after", "2025-01-06", legal_status="C2 full care order")
    appoint(cast.iris, PersonRole.IRO, children=[cast.coral], on=day("2025-01-08"), by=cast.mona)
    client, address = browse(cast.iris), reverse("dispute_for_child", args=[cast.coral.key])
    assert address in client.get(reverse("child", args=[cast.coral.key])).content.decode()
    page = client.post(address, RAISED | on("2025-02-10"))
    assert "Choose the Cafcass office" in words(page)
    page = client.post(address, RAISED | on("2025-02-10") | {"cafcass_office": cast.cafcass.pk}, follow=True)
    assert "Dispute 1 is on the chronology." in words(page)
    assert client.get(address).url == reverse("dispute_new", args=[Dispute.objects.get().case.key])


def test_a_childs_page_offers_it_to_the_iro_service_alone(cast, case, browse):
    address = reverse("dispute_for_child", args=[cast.amber.key])
    for person in (cast.tess, cast.sol, cast.hal, cast.lena, cast.gwen):
        client = browse(person)
        assert address not in client.get(reverse("child", args=[cast.amber.key])).content.decode()
        assert client.get(address).status_code == 404
    assert browse(cast.iris).get(address).url == reverse("dispute_new", args=[case.key])
