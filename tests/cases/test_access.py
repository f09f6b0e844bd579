"""Who may open what: every role, its own and another authority's; what is not yours answers as if it were not there."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import ROLES_IN, OrganisationKind, PersonRole
from cases.appointments import appoint
from cases.models import Appointment, Case, Child, Cover, Deadline
from tests.cases.steps import TODAY, day, happened, opened, the
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")

BY_OFFICE = {
    PersonRole.IRO_MANAGER, PersonRole.IRO_BUSINESS_SUPPORT, PersonRole.SERVICE_MANAGER, PersonRole.HEAD_OF_SERVICE,
    PersonRole.DIRECTOR, PersonRole.CHIEF_EXECUTIVE, PersonRole.LA_LEGAL, PersonRole.CAFCASS_SERVICE_MANAGER,
    PersonRole.CAFCASS_BUSINESS_SUPPORT,
}  # fmt: skip
BY_APPOINTMENT = {
    PersonRole.IRO, PersonRole.VOLUNTARY_IRO, PersonRole.SOCIAL_WORKER, PersonRole.TEAM_MANAGER, PersonRole.GUARDIAN,
}  # fmt: skip
NEVER = {PersonRole.HIGH_COURT_TEAM_OFFICER, PersonRole.CAFCASS_LEGAL, PersonRole.ADMINISTRATOR}


@chapter(on=TODAY)
def case(cast):
    """A case with a bit of everything: a guardian, a child in care, deadlines of both kinds."""
    case = opened(cast, cast.amber, cast.blake, on="2025-02-03")
    happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    happened(case, "guardian_allocated", "2025-02-04")
    return case


@chapter(on=TODAY)
def elsewhere(cast):
    """Another authority's case, with another Cafcass office."""
    office = Organisation.objects.create(name="Cafcass Elsewhere (invented)", kind="cafcass_office")
    child = Child.objects.create(name="Ezra Elsewhere", born="2020-01-01", authority=cast.southmere)
    southmeres = type("Cast", (), {"northmoor": cast.southmere, "cafcass": office, "lena": cast.stranger})
    case = opened(southmeres, child, on="2025-02-03")
    happened(case, "became_looked_after", "2025-02-03", legal_status="C1 interim care order")
    return case


def pages(case):
    """Every page on which something of a case can be read, by name."""
    child = case.members.first().child
    of_case = ("case", "deadlines", "chronology", "hearings", "documents", "reviews", "people", "what_if", "choose_happening",
               "case_letters")  # fmt: skip
    return {
        **{name: reverse(name, args=[case.key]) for name in of_case},
        "why": reverse("why", args=[the(case, "CMH-2", child=child).pk]),
        "why of a review": reverse("why", args=[Deadline.objects.get(child=child, duty="REV-1").pk]),
        "child": reverse("child", args=[child.key]),
    }


def forms(case):
    """Addresses that also ask what a person may do: not there for whom the case is not."""
    child = case.members.first().child
    care = child.events.get(happening="became_looked_after")
    return {
        "record": reverse("record", args=[case.key, "contact"]),
        "correct": reverse("correct", args=[case.key, case.events.first().pk]),
        "correct care": reverse("correct", args=[case.key, care.pk]),
        "appoint": reverse("appoint", args=[case.key, "iro"]),
        "record for child": reverse("record_for_child", args=[child.key, "review_held"]),
        "correct for child": reverse("correct_for_child", args=[child.key, care.pk]),
        "appoint for child": reverse("appoint_for_child", args=[child.key, "iro"]),
        "edit child": reverse("child_edit", args=[child.key]),
    }


def person(cast, role):
    kind = next(kind for kind, roles in ROLES_IN.items() if role in roles)
    if kind == OrganisationKind.AUTHORITY:
        organisation = cast.northmoor
    elif kind == OrganisationKind.CAFCASS_OFFICE:
        organisation = cast.cafcass
    else:
        organisation, _ = Organisation.objects.get_or_create(
            kind=kind, defaults={"name": f"{kind} (invented)"}
        )
    return User.objects.create_user(
        f"{role}@example.org", name="Robin Role", organisation=organisation, role=role
    )


def appointed(someone, case):
    """Made directly: who may appoint whom is another test's subject."""
    guardian = someone.role == PersonRole.GUARDIAN
    role = PersonRole.IRO if someone.role == PersonRole.VOLUNTARY_IRO else someone.role
    children = [member.child for member in case.members.select_related("child")]
    Appointment.objects.bulk_create(
        Appointment(authority=case.authority, child=child, case=case if guardian else None, role=role, person=someone,
                    from_on="2025-02-04") for child in children
    )  # fmt: skip


def statuses(client, addresses):
    return {name: client.get(address).status_code for name, address in addresses.items()}


def test_the_table_of_roles_is_complete():
    assert set(PersonRole) == BY_OFFICE | BY_APPOINTMENT | NEVER
    assert len(PersonRole) == 17


@pytest.mark.parametrize("role", sorted(BY_OFFICE))
def test_some_see_every_case_of_their_agency(cast, case, browse, role):
    client = browse(person(cast, role))
    assert set(statuses(client, pages(case)).values()) == {200}, statuses(client, pages(case))


@pytest.mark.parametrize("role", sorted(BY_APPOINTMENT))
def test_some_see_what_they_are_appointed_to_and_nothing_before(cast, case, browse, role):
    someone = person(cast, role)
    client = browse(someone)
    assert set(statuses(client, pages(case) | forms(case)).values()) == {404}
    appointed(someone, case)
    assert set(statuses(client, pages(case)).values()) == {200}, statuses(client, pages(case))
    Appointment.objects.filter(person=someone).update(until_on="2025-02-28")
    left = {
        name: address
        for name, address in pages(case).items()
        if name in ("case", "chronology", "why", "child")
    }
    assert set(statuses(client, left).values()) == {404}


@pytest.mark.parametrize("role", sorted(NEVER))
def test_some_see_no_case_and_no_child(cast, case, browse, role):
    someone = person(cast, role)
    client = browse(someone)
    assert set(statuses(client, pages(case) | forms(case)).values()) == {404}
    assert not Case.objects.visible_to(someone).exists()
    assert not Child.objects.visible_to(someone).exists()
    assert not Deadline.objects.visible_to(someone).exists()
    for name in ("my_work", "cases"):
        assert case.key not in client.get(reverse(name)).content.decode()


def scrubbed(response):
    """The page without what differs on every load by design."""
    page = response.content.decode()
    page = re.sub(r'nonce="[^"]+"| aria-current="page"', "", page)
    return re.sub(r'"X-CSRFToken": "\w+"|name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("role", sorted(PersonRole))
def test_another_authoritys_pages_answer_as_if_they_were_not_there(cast, case, elsewhere, browse, role):
    someone = person(cast, role)
    if role in BY_APPOINTMENT:
        appointed(someone, case)
    client = browse(someone)
    nothing = client.get("/cases/BBBBBBBBBB/")
    assert nothing.status_code == 404
    addresses = pages(elsewhere) | forms(elsewhere)
    for name, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code == 404, name
        assert scrubbed(answer) == scrubbed(nothing), name
    for name in ("record", "correct", "appoint", "record for child", "correct for child", "edit child"):
        assert client.post(addresses[name]).status_code == 404, name


def test_one_cannot_reach_a_strange_event_through_ones_own_case(cast, case, elsewhere, browse):
    client = browse(cast.mona)
    child = cast.amber
    for event in elsewhere.events.all() | elsewhere.members.first().child.events.all():
        assert client.get(reverse("correct", args=[case.key, event.pk])).status_code == 404
        assert client.get(reverse("correct_for_child", args=[child.key, event.pk])).status_code == 404


def test_a_strange_child_cannot_be_slipped_into_a_form(cast, case, elsewhere, browse):
    strange = elsewhere.members.first().child
    page = browse(cast.lena).post(
        reverse("case_new"),
        {"children": [strange.key], "entering": "proceedings_issued", "on": "2025-02-10", "cafcass_office": cast.cafcass.pk,
         "submission": "3f0c3f0e-6f37-4f39-8f0a-0d7b0c4a5f11"},
    )  # fmt: skip
    assert page.status_code == 200
    assert Case.objects.count() == 2


def test_search_finds_nothing_of_another_authority(cast, case, elsewhere, browse):
    page = browse(cast.mona).post("/cases/", {"words": "Ezra"}, follow=True).content.decode()
    assert elsewhere.key not in page
    assert case.key not in page


def test_a_guardian_sees_the_case_and_loses_it_when_the_work_ends(cast, case, browse):
    appoint(
        cast.gwen,
        "guardian",
        children=[cast.amber, cast.blake],
        on=day("2025-02-05"),
        by=cast.cass,
        case=case,
    )
    assert browse(cast.gwen).get(f"/cases/{case.key}/").status_code == 200
    assert browse(cast.gareth).get(f"/cases/{case.key}/").status_code == 404
    appoint(
        cast.gareth,
        "guardian",
        children=[cast.amber, cast.blake],
        on=day("2025-02-10"),
        by=cast.cass,
        case=case,
    )
    assert browse(cast.gwen).get(f"/cases/{case.key}/").status_code == 404
    assert browse(cast.gareth).get(f"/cases/{case.key}/").status_code == 200


MOVES = [
    ("iro", "social_worker", False), ("iro", "team_manager", False), ("social_worker", "iro", False),
    ("team_manager", "voluntary_iro", False), ("social_worker", "team_manager", True), ("iro", "voluntary_iro", True),
]  # fmt: skip


@pytest.mark.parametrize(("held", "now", "is_open"), MOVES)
def test_who_has_changed_sides_opens_nothing_by_what_they_held_before(cast, case, browse, held, now, is_open):
    """Until somebody else is appointed the chronology goes on naming them; their new work is on the other side."""
    mover = User.objects.create(
        email="m@example.org", name="Max Mover", organisation=cast.northmoor, role=held
    )
    appoint(mover, held, children=[cast.amber], on=day("2025-02-10"), by=None)
    assert browse(mover).get(reverse("case", args=[case.key])).status_code == 200
    User.objects.filter(pk=mover.pk).update(role=now)
    mover = User.objects.get(pk=mover.pk)
    assert Case.objects.visible_to(mover).exists() == is_open
    assert Child.objects.visible_to(mover).exists() == is_open
    assert (browse(mover).get(reverse("case", args=[case.key])).status_code == 200) == is_open


@pytest.mark.parametrize("is_for_everything", [True, False])
def test_who_stands_in_for_a_mover_opens_nothing_they_held_before(cast, case, is_for_everything):
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-02-10"), by=cast.mona)
    cover = Cover.objects.create(
        organisation=cast.northmoor, absent=cast.iris, covering=cast.sol, from_on=day("2025-03-01"),
        until_on=day("2025-03-10"), is_for_everything=is_for_everything, arranged_by=cast.mona,
        arranged_at=timezone.now(),
    )  # fmt: skip
    cover.cases.set([case])
    User.objects.filter(pk=cast.iris.pk).update(role="social_worker")
    assert not Case.objects.visible_to(cast.sol).exists()


def test_who_is_not_signed_in_is_asked_to_sign_in(case):
    client = Client()
    for address in (pages(case) | forms(case)).values():
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, f"/sign-in/?next={address}")


def test_whoever_has_left_the_agency_is_signed_out_at_once(cast, case, browse):
    client = browse(cast.mona)
    User.objects.filter(pk=cast.mona.pk).update(is_active=False)
    assert client.get(f"/cases/{case.key}/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/cases/%00/",
        "/children/%00/",
        "/deadlines/99999999999999999999999/why/",
        "/cases/?before=99999999999999999999999",
        "/cases/?before=²",
        "/cases/?words=%00",
        "/cases/?stage=%00",
        "/cases/?stage=nonsense",
        "/children/?after=%00",
        "/agreements/99999999999999999999999/",
    ],
)
def test_an_address_nobody_made_is_answered_calmly(cast, case, browse, address):
    assert browse(cast.mona).get(address).status_code in (200, 404)
