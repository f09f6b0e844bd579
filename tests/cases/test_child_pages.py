"""The children's list, a child's own page, adding a child and putting the record right, through the front door."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.appointments import appoint
from cases.models import Appointment, Child
from tests.cases.steps import day, happened, opened

pytestmark = pytest.mark.usefixtures("today")


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def text(response):
    return " ".join(response.content.decode().split())


def answers(**changed):
    return {
        "name": "Dora Example", "born_day": "5", "born_month": "6", "born_year": "2020", "sex": "F", "parent": "",
    } | changed  # fmt: skip


def looked_after(cast, child, on, status="C1 interim care order"):
    return happened(child, "became_looked_after", on, by=cast.lena, legal_status=status)


def queries_of(client, *where, **query):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert page(client, *where, **query).status_code == 200
    return len(captured)


# --- Who may see ----------------------------------------------------------------------------------------


def test_a_child_of_another_authority_is_not_there(cast, browse):
    stranger = browse(cast.stranger)
    for name in ("child", "child_edit"):
        assert page(stranger, name, cast.amber.key).status_code == 404
    assert "Amber" not in text(page(stranger, "children"))


def test_an_iro_lists_the_children_they_hold_and_no_others(cast, browse):
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-02-03"), by=cast.mona)
    listed = text(page(browse(cast.iris), "children"))
    assert "Amber Example" in listed
    assert "Blake Example" not in listed


def test_nobody_holding_a_child_is_told_what_brings_one(cast, browse):
    assert "on the day you are appointed" in text(page(browse(cast.gwen), "children"))


# --- The list -------------------------------------------------------------------------------------------


def test_the_list_says_status_iro_review_and_open_case(cast, browse):
    looked_after(cast, cast.amber, "2025-02-03", "V2 section 20")
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-02-05"), by=cast.mona)
    case = opened(cast, cast.amber, on="2025-02-10")
    listed = text(page(browse(cast.mona), "children", show="looked_after"))
    assert "V2 section 20" in listed
    assert "Iris Reviewer" in listed
    assert "Monday 3 March 2025" in listed  # twenty working days from 3 February
    assert case.key in listed
    assert "Blake Example" not in listed


def test_the_list_takes_as_many_queries_for_twenty_five_children_as_for_three(cast, browse):
    mona = browse(cast.mona)
    few = queries_of(mona, "children")
    for number in range(22):
        child = Child.objects.create(
            authority=cast.northmoor, name=f"Number {number:02}", born=date(2015, 1, 1)
        )
        looked_after(cast, child, "2025-02-03")
    assert queries_of(mona, "children") == few


def test_the_list_goes_on_by_key_and_shows_every_child_once(cast, browse):
    for number in range(60):
        Child.objects.create(authority=cast.northmoor, name=f"Same Name {number % 3}", born=date(2015, 1, 1))
    mona, seen, url = browse(cast.mona), [], reverse("children")
    while url:
        response = mona.get(url)
        seen += [line.child.pk for line in response.context["page"].lines]
        url = response.context["next_url"]
    assert sorted(seen) == sorted(Child.objects.values_list("pk", flat=True))
    assert len(seen) == len(set(seen)) == 63


def test_a_name_searched_for_never_stands_in_an_address(cast, browse):
    mona = browse(cast.mona)
    response = mona.post(reverse("children"), {"words": "blake", "show": ""})
    assert "blake" not in response.url.lower()
    found = text(mona.get(response.url))
    assert "Blake Example" in found
    assert "Amber Example" not in found
    assert "Amber Example" in text(page(mona, "children"))  # and the next visit starts afresh


def test_a_search_that_finds_nobody_says_so(cast, browse):
    mona = browse(cast.mona)
    assert "No child you may see matches" in text(
        mona.post(reverse("children"), {"words": "zz"}, follow=True)
    )


@pytest.mark.parametrize("shown", ["nobody", "Blake Example", "z" * 20_000])
def test_a_choice_that_is_none_shows_every_child_and_stands_in_no_address(cast, browse, shown):
    mona = browse(cast.mona)
    sent = mona.post(reverse("children"), {"words": "", "show": shown})
    assert sent.url == reverse("children")
    assert "Blake Example" in text(page(mona, "children", show=shown))


def test_without_an_iro_lists_children_in_care_or_in_a_case(cast, browse):
    looked_after(cast, cast.amber, "2025-02-03")
    opened(cast, cast.blake, on="2025-02-10")
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-02-05"), by=cast.mona)
    listed = text(page(browse(cast.mona), "children", show="without_iro"))
    assert "Blake Example" in listed
    assert "Amber Example" not in listed
    assert "Coral Example" not in listed  # neither looked after nor in a case


# --- A child's page -------------------------------------------------------------------------------------


def test_a_childs_page_tells_its_care_from_beginning_to_now(cast, browse):
    looked_after(cast, cast.amber, "2024-10-07", "V2 section 20")
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2024-10-08"), by=cast.mona)
    held = {"participation": {str(cast.amber.pk): "PN1"}}
    happened(
        cast.amber, "review_held", "2024-11-01", by=cast.iris, particulars=held, review="2024-11-01",
        significant_issues=False,
    )  # fmt: skip
    happened(
        cast.amber, "legal_status_changed", "2024-12-02", by=cast.lena, legal_status="C1 interim care order"
    )
    shown = text(page(browse(cast.mona), "child", cast.amber.key))
    assert '<h1 class="govuk-heading-l">Amber Example</h1>' in shown
    assert "PN1: attended and spoke" in shown
    assert "V2 section 20, from Monday 7 October 2024" in shown
    assert "C1 interim care order, from Monday 2 December 2024" in shown
    assert "Hold the second review" in shown
    assert "Iris Reviewer, since Tuesday 8 October 2024" in shown
    assert reverse("record_for_child", args=[cast.amber.key, "review_held"]) in shown
    assert "Why this date?" in shown


def test_a_child_not_looked_after_can_only_begin_to_be(cast, browse):
    shown = text(page(browse(cast.mona), "child", cast.coral.key))
    assert reverse("record_for_child", args=[cast.coral.key, "became_looked_after"]) in shown
    assert reverse("record_for_child", args=[cast.coral.key, "ceased_to_be_looked_after"]) not in shown
    assert "No review is owed: the child is not looked after." in shown


def test_a_guardian_reads_the_page_and_is_offered_nothing_to_record(cast, browse):
    case = opened(cast, cast.amber, on="2025-02-10")
    appoint(cast.gwen, "guardian", children=[cast.amber], case=case, on=day("2025-02-12"), by=cast.cass)
    response = page(browse(cast.gwen), "child", cast.amber.key)
    assert response.status_code == 200
    assert "/record/" not in text(response)
    assert page(browse(cast.gareth), "child", cast.amber.key).status_code == 404


def test_a_childs_page_takes_as_many_queries_for_six_reviews_as_for_one(cast, browse):
    looked_after(cast, cast.amber, "2022-01-04")
    held = ["2022-01-28", "2022-04-27", "2022-10-25", "2023-04-24", "2023-10-20", "2024-04-19"]
    mona = browse(cast.mona)
    happened(cast.amber, "review_held", held[0], review=held[0], significant_issues=False)
    few = queries_of(mona, "child", cast.amber.key)
    for on in held[1:]:
        happened(cast.amber, "review_held", on, review=on, significant_issues=False)
    assert queries_of(mona, "child", cast.amber.key) == few


# --- Adding a child -------------------------------------------------------------------------------------


def test_adding_a_child_leads_to_its_page(cast, browse):
    response = browse(cast.lena).post(reverse("child_new"), answers(name="  Dora   Example "), follow=True)
    added = Child.objects.get(name="Dora Example")
    assert response.redirect_chain == [(reverse("child", args=[added.key]), 302)]
    assert (added.authority, added.born, added.sex) == (cast.northmoor, date(2020, 6, 5), "F")


def test_a_social_worker_holds_the_child_they_add(cast, browse):
    response = browse(cast.sol).post(reverse("child_new"), answers(), follow=True)
    assert response.status_code == 200
    held = Appointment.objects.get(child__name="Dora Example")
    assert (held.person, held.role) == (cast.sol, "social_worker")


@pytest.mark.parametrize("who", ["iris", "gwen", "cass"])
def test_who_does_not_add_children_finds_no_page(cast, browse, who):
    assert page(browse(getattr(cast, who)), "child_new").status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Enter the child’s name"),
        ({"born_year": ""}, "Date of birth must include a year"),
        (
            {"born_year": "2025", "born_month": "3", "born_day": "4"},
            "Date of birth must be today or in the past",
        ),
        ({"sex": ""}, "Choose girl, boy or not recorded"),
        ({"parent": "Nobody Atall"}, "No child called “Nobody Atall” is recorded."),
        ({"parent": "Amber Example"}, "is too young to be the parent"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_above(cast, browse, changed, sentence):
    response = browse(cast.lena).post(reverse("child_new"), answers(**changed))
    shown = text(response)
    assert shown.count(sentence) == 2
    assert not Child.objects.filter(name="Dora Example").exists()
    assert 'value="6"' in shown or "born_month" in changed  # nothing typed is lost


def test_a_child_like_one_recorded_already_is_shown_before_it_is_added(cast, browse):
    lena, typed = (
        browse(cast.lena),
        answers(name="amber example", born_day="2", born_month="4", born_year="2019"),
    )
    warned = lena.post(reverse("child_new"), typed)
    assert "may be recorded already" in text(warned)
    assert reverse("child", args=[cast.amber.key]) in text(warned)
    others = warned.context["form"]["others"].value()
    lena.post(reverse("child_new"), typed | {"others": others})
    assert Child.objects.filter(born=cast.amber.born).count() == 2


def test_a_button_pressed_twice_adds_one_child(cast, browse):
    lena = browse(cast.lena)
    lena.post(reverse("child_new"), answers())
    assert "may be recorded already" in text(lena.post(reverse("child_new"), answers()))
    confirmed = answers(others=Child.objects.get(name="Dora Example").key)
    lena.post(reverse("child_new"), confirmed)
    lena.post(reverse("child_new"), confirmed)
    assert Child.objects.filter(name="Dora Example").count() == 2


# --- Putting the record right ---------------------------------------------------------------------------


def test_a_date_of_birth_cannot_move_past_what_happened(cast, browse):
    looked_after(cast, cast.coral, "2024-03-04")
    url = reverse("child_edit", args=[cast.coral.key])
    late = answers(name="Coral Example", born_day="5", born_month="3", born_year="2024")
    refused = text(browse(cast.mona).post(url, late))
    assert (
        refused.count("“Became looked after” is recorded on Monday 4 March 2024, before that date of birth.")
        == 2
    )
    browse(cast.mona).post(url, late | {"born_day": "1"})
    cast.coral.refresh_from_db()
    assert cast.coral.born == date(2024, 3, 1)


def test_a_parent_is_named_by_name_or_reference(cast, browse):
    mother = Child.objects.create(authority=cast.northmoor, name="Mara Example", born=date(2007, 5, 1))
    url = reverse("child_edit", args=[cast.coral.key])
    right = answers(
        name="Coral Example", born_day="29", born_month="2", born_year="2024", parent="mara example"
    )
    browse(cast.mona).post(url, right)
    cast.coral.refresh_from_db()
    assert cast.coral.parent == mother
    assert f'value="{mother.key}"' in text(page(browse(cast.mona), "child_edit", cast.coral.key))
    assert "Coral Example" in text(page(browse(cast.mona), "child", mother.key))


def test_naming_a_parent_with_the_same_iro_says_that_this_may_not_be(cast, browse):
    mother = Child.objects.create(authority=cast.northmoor, name="Mara Example", born=date(2007, 5, 1))
    appoint(cast.iris, "iro", children=[mother, cast.coral], on=day("2025-02-03"), by=cast.mona)
    right = answers(name="Coral Example", born_day="29", born_month="2", born_year="2024", parent=mother.key)
    url = reverse("child_edit", args=[cast.coral.key])
    assert "now have the same IRO" in text(browse(cast.mona).post(url, right, follow=True))
