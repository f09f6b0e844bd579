"""The screens of a case and of one's work: what stands on them, what it costs, and that looking changes nothing."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, CaseChild, Child, Deadline, Event, Miss
from cases.recordable import told
from tests.cases.screen_steps import issued_three_weeks_ago, words
from tests.cases.steps import TODAY, happened, opened, owed
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def case(cast):
    return issued_three_weeks_ago(cast)


# --- My work --------------------------------------------------------------------------------------------


def groups(client):
    return {name: [row.duty_id for row in rows] for name, rows, _ in client.get("/").context["groups"]}


def test_my_work_is_in_groups_by_when_it_is_due(cast, case, browse):
    assert groups(browse(cast.lena)) == {"Overdue": ["CMH-1"], "Due today": ["CMH-10"]}
    assert groups(browse(cast.gwen)) == {"Due today": ["CMH-7"]}
    assert groups(browse(cast.iris)) == {"Later": ["REV-1"]}


def test_siblings_like_deadlines_are_one_row_that_names_both(cast, case, browse):
    page = browse(cast.lena).get("/")
    [row] = next(rows for name, rows, _ in page.context["groups"] if name == "Overdue")
    assert row.children == "Amber Example, Blake Example"
    assert "Late by 15 working days" in words(page)


def test_the_act_beside_a_row_leads_to_a_form_already_filled_in(cast, case, browse):
    client = browse(cast.lena)
    rows = {row.duty_id: row for _, rows, _ in client.get("/").context["groups"] for row in rows}
    form = client.get(rows["CMH-10"].act_url).context["form"]
    assert form["document"].value() == "Timetable"
    form = client.get(rows["CMH-1"].act_url).context["form"]
    assert sorted(form["children"].value()) == sorted([cast.amber.key, cast.blake.key])
    contact = {
        row.duty_id: row for _, rows, _ in browse(cast.gwen).get("/").context["groups"] for row in rows
    }["CMH-7"]
    assert browse(cast.gwen).get(contact.act_url).context["form"]["between"].value() == "guardian_iro"


def test_a_manager_sees_what_nobody_is_named_for(cast, browse):
    opened(cast, cast.coral, on="2025-03-03")
    assert groups(browse(cast.mona)) == {"Later": ["CMH-2"]}


def test_whoever_owes_nothing_is_told_so(cast, browse):
    assert "You owe nothing" in words(browse(cast.sol).get("/"))


@pytest.mark.parametrize("who", ["lena", "gwen", "iris", "cass"])
def test_no_link_on_ones_pages_leads_to_a_page_that_is_not_there(cast, case, browse, who):
    """What is offered can be done: no button ends in "page not found"."""
    client = browse(getattr(cast, who))
    names = ("case", "chronology", "hearings", "documents", "reviews", "people", "case_letters")
    starts = ["/", *(reverse(name, args=[case.key]) for name in names)]
    found, pages = {}, {start: client.get(start) for start in starts}
    for start, page in pages.items():
        for link in re.findall(r'href="(/[^"#]*)"', page.content.decode()):
            found.setdefault(link.replace("&amp;", "&"), start)
    followed = [link for link in found if not link.startswith(("/static/", "/protocol/"))]
    assert len(followed) > 20
    answers = {link: pages.get(link) or client.get(link) for link in followed}
    gone = {link: found[link] for link, page in answers.items() if page.status_code not in (200, 302)}
    assert not gone


# --- What it costs --------------------------------------------------------------------------------------


def copies(number, **changes):
    columns = [field.attname for field in Deadline._meta.fields if field.attname != "id"]
    like = Deadline.objects.filter(duty="CMH-10").values(*columns).first() | changes
    Deadline.objects.bulk_create(
        Deadline(
            **like
            | {
                "key": f"{changes}{n}",
                "subject": f"Paper {n}",
                "due_on": date(2025, 3, 3) + timedelta(days=n),
            }
        )
        for n in range(number)
    )


def more_cases(number, cast):
    for n in range(number):
        child = Child.objects.create(name=f"Child {n}", born="2020-01-01", authority=cast.northmoor)
        case = Case.objects.create(
            authority=cast.northmoor, cafcass_office=cast.cafcass, opened_on="2025-01-01"
        )
        CaseChild.objects.create(authority=cast.northmoor, case=case, child=child)


def more_events(number, case):
    for n in range(number):
        happened_at = {"case": case, "authority": case.authority, "recorded_at": timezone.now()}
        event = Event.objects.create(**happened_at, happening="contact", on="2025-02-20",
                                     details={"between": "other", "purpose": "other"}, recorded_by=None)  # fmt: skip
        struck = Event.objects.create(**happened_at, happening="struck_out", on="2025-03-03", corrects=event)
        Miss.objects.create(case=case, authority=case.authority, duty="CMH-7", opened_on="2025-02-20", due_on="2025-02-21",
                            key=f"{struck.pk}:{n}", force="good_practice", recorded_at=timezone.now(),
                            annulled_by=struck, annulled_at=timezone.now())  # fmt: skip


@pytest.mark.parametrize(
    ("address", "more"),
    [
        ("my_work", lambda number, cast, case: copies(number, owner_id=cast.mona.pk)),
        ("cases", lambda number, cast, case: more_cases(number, cast)),
        ("case", lambda number, cast, case: copies(number)),
        ("deadlines", lambda number, cast, case: copies(number)),
        ("chronology", lambda number, cast, case: more_events(number, case)),
    ],
)
def test_a_page_asks_the_database_no_more_when_there_are_more_rows(cast, case, browse, address, more):
    client = browse(cast.mona)
    address = reverse(address, args=[case.key] if address in ("case", "deadlines", "chronology") else [])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        assert page.status_code == 200
        return len(queries), len(page.content)

    more(3, cast, case)
    few, short = asked()
    more(17, cast, case)
    many, long = asked()
    assert long > short
    assert many <= few
    assert few <= 25


def test_what_is_owed_on_a_case_is_read_once_whoever_owes_it(cast, case, browse):
    client = browse(cast.mona)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/cases/{case.key}/")
    assert {row.side for row in page.context["authority"]} == {"authority"}
    assert {row.side for row in page.context["cafcass"]} == {"cafcass"}
    assert {row.side for row in page.context["court"]} == {"court"}
    tables = [query["sql"].partition(" FROM ")[2].split(" ")[0] for query in queries]
    assert tables.count('"cases_deadline"') == 1


def test_when_not_everything_fits_on_my_work_it_says_so(cast, case, browse):
    """Two hundred deadlines of sibling pairs are a hundred rows; what is left out must not go unsaid."""
    client = browse(cast.mona)
    copies(110, owner_id=cast.mona.pk, child_id=cast.amber.pk)
    copies(110, owner_id=cast.mona.pk, child_id=cast.blake.pk)
    page = client.get("/")
    assert sum(len(rows) for _, rows, _ in page.context["groups"]) < 200
    assert "Only the 200 that fall due first are shown" in words(page)
    Deadline.objects.filter(owner=cast.mona, subject__startswith="Paper").update(due_on=date(2025, 2, 3))
    late = "Overdue (222)"  # these, and CMH-3 of either child, which is owed by the service
    assert late in words(client.get("/")), "the number is of all that is late"


# --- A case ---------------------------------------------------------------------------------------------


def test_the_head_of_a_case_says_whose_it_is_and_where_it_stands(cast, case, browse):
    text = words(browse(cast.iris).get(f"/cases/{case.key}/"))
    for said in ("Amber Example", "Blake Example", "5 years", "Iris Reviewer", "Gwen Guardian", "Issue to the CMH",
                 "CMH, Tuesday 4 March 2025"):  # fmt: skip
        assert said in text


def test_both_sides_see_what_each_owes(cast, case, browse):
    for person in (cast.gwen, cast.iris):
        page = browse(person).get(f"/cases/{case.key}/")
        assert {row.duty_id for row in page.context["cafcass"]} >= {"CMH-4", "CMH-7"}
        assert {row.duty_id for row in page.context["authority"]} >= {"CMH-1", "CMH-10"}


def test_a_child_under_ten_on_section_20_is_flagged(cast, case, browse):
    happened(cast.amber, "legal_status_changed", "2025-03-01", legal_status="V2 section 20")
    text = words(browse(cast.iris).get(f"/cases/{case.key}/"))
    assert "Amber Example is under 10 and accommodated under section 20" in text
    assert "Blake Example is under 10" not in text


def test_the_final_plan_is_said_to_be_not_endorsed_until_the_iro_endorses_it(cast, case, browse):
    client, address = browse(cast.iris), f"/cases/{case.key}/"
    happened(case, "hearing_held", "2025-03-03", hearing="cmh")
    assert "The final care plan is not endorsed" in words(client.get(address))
    happened(case, "final_evidence_with_iro", "2025-03-03")
    happened(case, "review_held", "2025-03-03", review="R1", significant_issues=False)
    happened(case, "care_plan_view_given", "2025-03-03", review="R1", view="endorsed")
    assert "The final care plan is not endorsed" not in words(client.get(address))


def test_the_chronology_says_when_something_was_typed_later_and_by_whom(cast, case, browse):
    happened(case, "legal_paperwork_sent", "2025-02-17", by=cast.lena, note="By courier")
    text = words(browse(cast.gwen).get(f"/cases/{case.key}/chronology/"))
    assert "Legal paperwork sent to the IRO service" in text
    assert "Recorded on Monday 3 March 2025" in text
    assert "By courier" in text
    assert "recorded by Lena Legal" in text


def test_the_chronology_shows_a_miss_that_was_annulled_struck_through_with_the_reason(cast, case, browse):
    happened(case, "legal_paperwork_sent", "2025-02-10", by=cast.lena)
    text = words(browse(cast.gwen).get(f"/cases/{case.key}/chronology/?as=list"))
    assert "“Legal paperwork sent to the IRO service” on Monday 10 February 2025 was recorded" in text


def test_every_event_of_the_chronology_can_be_told(cast, case, browse):
    page = browse(cast.iris).get(f"/cases/{case.key}/chronology/")
    events = [entry for entry in page.context["entries"] if entry.by != "the clock"]
    assert len(events) == told(case).count()


def test_the_list_of_cases_counts_what_is_overdue(cast, case, browse):
    [shown] = browse(cast.mona).get("/cases/").context["page"].cases
    assert shown.overdue == owed(case).overdue(date(2025, 3, 3)).count() > 0


def test_the_list_of_cases_goes_on_by_key(cast, case, browse):
    more_cases(30, cast)
    client = browse(cast.mona)
    first = client.get("/cases/").context["page"]
    rest = client.get(first.next_url).context["page"]
    keys = [found.key for found in (*first.cases, *rest.cases)]
    assert (len(first.cases), len(keys), len(set(keys)), rest.next_url) == (25, 31, 31, "")


@pytest.mark.parametrize("asked", ["", "no_such_stage", "Blake Example", "z" * 20_000])
def test_a_stage_that_is_none_is_every_stage_and_stands_in_no_address(cast, case, browse, asked):
    client = browse(cast.mona)
    sent = client.post("/cases/", {"words": "", "stage": asked})
    assert sent.url == "/cases/?search=1&stage="
    assert [found.key for found in client.get("/cases/", {"stage": asked}).context["page"].cases] == [
        case.key
    ]


def test_cases_are_listed_by_stage(cast, case, browse):
    client = browse(cast.mona)
    of_its_stage = client.post("/cases/", {"stage": case.stage}, follow=True).context["page"]
    assert [found.key for found in of_its_stage.cases] == [case.key]
    assert not client.post("/cases/", {"stage": "closed"}, follow=True).context["page"].cases


@pytest.mark.parametrize("before", ["9" * 5_000, "9" * 19, "²", "-1", "1e309", "٣"])
def test_a_page_of_cases_before_an_absurd_number_is_a_page_of_cases(cast, case, browse, before):
    assert browse(cast.lena).get("/cases/", {"before": before}).status_code == 200
