"""The forms that open a case and appoint people on it."""

import pytest
from django.urls import reverse

from cases.models import Case, CaseChild
from cases.models.appointment import APPOINTED_ROLES
from tests.cases.form_steps import EMPTY, assert_shown, issued, parts
from tests.cases.steps import TODAY, again, day
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


def opening(cast, *children, **changes):
    return {
        "children": [child.key for child in children], "entering": "proceedings_issued", **parts("on", day("2025-02-10")),
        "cafcass_office": cast.cafcass.pk, "court": "", "court_number": "",
        "submission": "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f22",
    } | changes  # fmt: skip


def test_a_case_is_opened_for_siblings_and_the_button_pressed_twice_opens_one(cast, browse):
    client = browse(cast.lena)
    first = client.post("/cases/new/", opening(cast, cast.amber, cast.blake))
    second = client.post("/cases/new/", opening(cast, cast.amber, cast.blake))
    case = Case.objects.get()
    assert (first.status_code, first.url) == (second.status_code, second.url) == (302, f"/cases/{case.key}/")
    assert CaseChild.objects.filter(case=case).count() == 2
    assert again(case).stage == "pre_cmh"


def test_opening_a_case_empty_says_what_is_missing(cast, browse):
    page = browse(cast.lena).post("/cases/new/", EMPTY)
    for field in ("children", "entering", "on", "cafcass_office"):
        assert_shown(page, field)


@chapter(on=TODAY)
def case(cast):
    return issued(cast)


@pytest.mark.parametrize("key", ["\0", "AB\0CD", "a key nobody has", "x" * 10_000])
def test_a_child_nobody_has_is_refused_beside_the_field_and_the_others_stay_ticked(cast, browse, key):
    answer = browse(cast.lena).post(reverse("case_new"), {"children": [key, cast.amber.key]})
    assert answer.status_code == 200
    assert answer.context["form"].errors["children"]
    assert cast.amber in answer.context["form"].fields["children"].queryset
    assert not Case.objects.exists()


def test_a_child_in_an_open_case_is_not_offered_for_another(cast, case, browse):
    page = browse(cast.lena).get("/cases/new/")
    assert [child.name for child in page.context["form"].fields["children"].queryset] == ["Coral Example"]
    page = browse(cast.lena).post("/cases/new/", opening(cast, cast.amber))
    assert page.status_code == 200
    assert Case.objects.count() == 1


@pytest.mark.parametrize("role", APPOINTED_ROLES)
def test_everybody_can_be_appointed_on_the_case(cast, case, browse, role):
    who = cast.cass if role == "guardian" else cast.mona
    person = {"iro": cast.iris, "guardian": cast.gareth, "social_worker": cast.sol, "team_manager": cast.tess,
              "la_legal": cast.lena}[role]  # fmt: skip
    client, address = browse(who), reverse("appoint", args=[case.key, role])
    form = client.get(address).context["form"]
    data = {
        "person": person.pk, "children": [cast.amber.key, cast.blake.key], **parts("on", day("2025-02-20")),
        "submission": form["submission"].value(),
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302
    held = person.appointments.values_list("child__name", "until_on")
    assert sorted(held) == [("Amber Example", None), ("Blake Example", None)]
    assert person.name in client.get(reverse("people", args=[case.key])).content.decode()


def test_appointing_nobody_is_refused_beside_the_field(cast, case, browse):
    page = browse(cast.mona).post(reverse("appoint", args=[case.key, "iro"]), EMPTY)
    assert_shown(page, "person")
