"""A dispute begins on its pages: what an IRO sees before there is one, raises, sends and makes formal."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import PersonRole
from cases.appointments import appoint
from referrals import ladders
from referrals.models import Dispute
from tests.cases.steps import day, happened
from tests.referrals.dispute_page_steps import at, do, on
from tests.referrals.dispute_steps import WORDS, raised
from tests.referrals.pages import read

pytestmark = pytest.mark.usefixtures("today")
RAISED = {**WORDS, **on("2025-02-10"), "kind": "formal", "rung": "Team manager"}


# --- Raising -------------------------------------------------------------------------------------------------


def test_where_there_is_no_dispute_the_page_says_what_would_stand_there(cast, case, browse):
    page = browse(cast.iris).get(reverse("case_disputes", args=[case.key]))
    assert "No dispute is open. A concern the IRO takes" in read(page)
    assert "Raise a dispute, or send a good-practice alert" in read(page)


def test_an_iro_raises_a_formal_dispute_and_reads_who_answers_by_when(cast, case, browse):
    client = browse(cast.iris)
    page = client.post(reverse("dispute_new", args=[case.key]), RAISED, follow=True)
    text = read(page)
    assert "Dispute 1 is on the chronology." in text
    assert "Therapy agreed at the review in January has not begun." in text
    assert "15 of 20 working days used, 5 left" in text
    assert "15 of 5 working days used, 10 over" in text
    assert "Monday 17 February 2025" in text
    assert "Answer at this rung (Dispute 1)" in text
    listed = read(client.get(reverse("case_disputes", args=[case.key])))
    assert "Dispute 1 Health and therapy Amber Example" in listed


def test_what_was_typed_is_kept_when_a_dispute_is_refused(cast, case, browse):
    typed = RAISED | {"rung": "Director", "bypass_reason": ""}
    page = browse(cast.iris).post(reverse("dispute_new", args=[case.key]), typed)
    assert page.status_code == 200
    assert "passes over Team manager, Service manager and Head of service" in read(page)
    assert WORDS["concern"] in read(page)
    assert "bypass_reason" in page.context["form"].errors
    assert not Dispute.objects.exists()


def test_sent_empty_the_form_says_what_is_missing(cast, case, browse):
    page = browse(cast.iris).post(reverse("dispute_new", args=[case.key]), {"submission": str(uuid.uuid4())})
    assert {"kind", "theme", "concern", "on"} <= set(page.context["form"].errors)
    assert "There is a problem" in read(page)


def test_a_good_practice_alert_is_listed_apart_and_a_manager_replies(cast, case, browse):
    praise = RAISED | {
        "kind": "good_practice",
        "concern": "Sol found her a school in a week.",
        "impact": "",
        "sought": "",
    }
    page = browse(cast.iris).post(reverse("dispute_new", args=[case.key]), praise, follow=True)
    assert "Good practice 1" in read(page)
    assert "Working days used" not in read(page)
    alert = Dispute.objects.get()
    client = browse(cast.tess)
    client.post(do(alert, "answer"), {"text": "Thank you.", **on("2025-02-11")})
    assert "Thank you." in read(client.get(at(alert)))
    assert "No dispute is open." in read(client.get(reverse("case_disputes", args=[case.key])))


@pytest.mark.parametrize("act", ["formal", "further"])
def test_good_practice_is_not_climbed_even_by_an_address_typed(cast, case, browse, act):
    praise = raised(cast, case, kind="good_practice")
    page = browse(cast.iris).post(do(praise, act), {**on("2025-02-20"), "to": "Director"}, follow=True)
    assert "is not to be done on" in read(page)


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
    listed = read(client.get(reverse("case_disputes", args=[case.key])))
    assert "Known only from the chronology: Dispute 1." in listed


def test_an_informal_concern_is_made_formal_on_its_page(cast, case, browse):
    dispute = raised(cast, case)
    client = browse(cast.iris)
    assert "the twenty working days have not begun" in read(client.get(at(dispute)))
    names = [act.name for act in client.get(at(dispute)).context["acts"]]
    assert "formal" in names
    assert "further" not in names
    page = client.post(do(dispute, "formal"), {"to": "Team manager", **on("2025-02-17")}, follow=True)
    assert "10 of 20 working days used, 10 left" in read(page)


# --- A child in no case --------------------------------------------------------------------------------------


def test_from_a_childs_page_an_iro_raises_a_dispute_that_opens_a_case(cast, browse):
    happened(cast.coral, "became_looked_after", "2025-01-06", legal_status="C2 full care order")
    appoint(cast.iris, PersonRole.IRO, children=[cast.coral], on=day("2025-01-08"), by=cast.mona)
    client, address = browse(cast.iris), reverse("dispute_for_child", args=[cast.coral.key])
    assert address in client.get(reverse("child", args=[cast.coral.key])).content.decode()
    page = client.post(address, RAISED | on("2025-02-10"))
    assert "Choose the Cafcass office" in read(page)
    page = client.post(address, RAISED | on("2025-02-10") | {"cafcass_office": cast.cafcass.pk}, follow=True)
    assert "Dispute 1 is on the chronology." in read(page)
    assert client.get(address).url == reverse("dispute_new", args=[Dispute.objects.get().case.key])


def test_a_childs_page_offers_it_to_the_iro_service_alone(cast, case, browse):
    address = reverse("dispute_for_child", args=[cast.amber.key])
    for person in (cast.tess, cast.sol, cast.hal, cast.lena, cast.gwen):
        client = browse(person)
        assert address not in client.get(reverse("child", args=[cast.amber.key])).content.decode()
        assert client.get(address).status_code == 404
    assert browse(cast.iris).get(address).url == reverse("dispute_new", args=[case.key])


# --- The ladder’s page ---------------------------------------------------------------------------------------


def ladder_typed(*steps):
    typed = {}
    for number, (name, role, days) in enumerate(steps, 1):
        typed |= {f"name_{number}": name, f"role_{number}": role, f"days_{number}": days}
    return typed


def test_the_iro_manager_changes_the_ladder_on_its_page(cast, browse):
    client = browse(cast.mona)
    typed = ladder_typed(("A word", "team_manager", ""), ("", "", ""), ("Director", "director", "10"))
    page = client.post(reverse("ladder"), typed, follow=True)
    assert "The formal steps take 10 of 20 working days." in read(page)
    assert [rung.name for rung in ladders.ladder_of(cast.northmoor)] == ["A word", "Director"]


def test_a_ladder_of_twenty_one_days_is_refused_beside_the_step_and_kept_as_typed(cast, browse):
    typed = ladder_typed(("Manager", "team_manager", "10"), ("", "", ""), ("Director", "director", "11"))
    page = browse(cast.mona).post(reverse("ladder"), typed)
    assert "21 working days: 10 + 11" in read(page)
    assert list(page.context["form"].errors) == ["days_3"]
    assert 'value="11"' in page.content.decode()
    assert not ladders.is_own(cast.northmoor)


def test_others_of_the_authority_read_the_ladder_and_nobody_else(cast, browse):
    client = browse(cast.iris)
    assert "Chief executive" in read(client.get(reverse("ladder")))
    assert client.get(reverse("ladder")).context["form"] is None
    assert client.post(reverse("ladder"), ladder_typed(("X", "director", "5"))).status_code == 404
    assert browse(cast.gwen).get(reverse("ladder")).status_code == 404


def test_the_ladder_is_in_the_navigation_of_those_who_keep_it(cast, browse):
    adam = User.objects.create_user(
        "adam@example.org", name="Adam", organisation=cast.northmoor, role="administrator"
    )
    for person in (cast.mona, adam):
        assert f'href="{reverse("ladder")}"' in browse(person).get(reverse("ladder")).content.decode()
    assert "Change the ladder" in read(browse(adam).get(reverse("ladder")))
