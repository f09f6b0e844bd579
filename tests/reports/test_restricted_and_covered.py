"""Boards, finding, answers and notices where a case is restricted or somebody is away: the list decides, cover carries."""

import pytest
from django.urls import reverse

from accounts.audit.models import AuditEntry
from accounts.models import User
from cases import clock, covering, emergencies, exports, inbox, preferences, restricting
from cases.appointments import appoint
from cases.models import CaseChild, Deadline, Notice
from reports import following_up
from reports.exports.dump import whole_case
from reports.exports.lists import LISTS
from reports.feed import happenings
from reports.files import asking, making
from reports.measures import groups
from reports.measures.slices import Slice
from reports.models import AnswerFile
from tests.cases.steps import day, happened, opened
from tests.reports.fetching import fetched

WHY = {"purpose": "Monthly performance meeting", "form": "csv"}


@pytest.fixture
def today(it_is):
    return it_is("2025-03-03").date()


@pytest.fixture
def case(cast, today):
    """Amber's, with a document that LA legal owes by name and late; Blake is in another, which nobody restricts."""
    case, other = (opened(cast, child, on="2025-02-10") for child in (cast.amber, cast.blake))
    for one, child in ((case, cast.amber), (other, cast.blake)):
        happened(child, "became_looked_after", "2025-02-10", legal_status="C1 interim care order")
        happened(one, "hearing_listed", "2025-02-10", hearing="cmh", date="2025-03-19")
        appoint(cast.iris, "iro", children=[child], on=day("2025-02-12"), by=cast.mona)
    appoint(cast.lena, "la_legal", children=[cast.amber], on=day("2025-02-12"), by=cast.lena)
    happened(case, "document_received", "2025-02-17", document="Plan", kind="Interim care plan")
    clock.tick()
    return case


def restricted(cast, case):
    """For Iris and Hal, and no longer for Mona, who restricted it."""
    return restricting.restrict(case, by=cast.mona, reason="Close.", readers=[cast.iris, cast.hal])


def everything_of(user, today):
    """Every list as a file, and what a board counts and a search finds of it."""
    rows = [str(cells) for made in LISTS.values() for cells, _ in made.rows(user, today)]
    children = [str(member.child.name) for member in groups.members(user).select_related("child")]
    owed = [str(row.case and row.case.key) for row in Slice().rows(user, today).select_related("case")]
    return " ".join([*rows, *children, *owed])


def test_nothing_of_a_restricted_case_is_counted_listed_or_found_beyond_its_list(cast, case, today, browse):
    restricted(cast, case)
    for person, is_shown in ((cast.mona, False), (cast.lena, False), (cast.hal, True), (cast.iris, True)):
        told = everything_of(person, today)
        assert ("Amber" in told, case.key in told) == (is_shown, is_shown), person.name
        client = browse(person)
        client.post(reverse("find"), {"words": "Amber"})
        found = client.get("/find/?search=1").context["found"]
        assert (bool(found.children), bool(found.cases)) == (is_shown, is_shown), person.name
    mona = browse(cast.mona)
    late = Deadline.objects.filter(case=case).overdue(today).first()
    assert mona.get(reverse("board_deadline", args=[late.pk])).status_code == 404
    for page in ("board_iro_service", "statutory_return", "conformance", "answers"):
        shown = mona.get(reverse(page)).content.decode()
        assert case.key not in shown, page
        assert "Amber" not in shown, page
    refused = mona.post(reverse("export_case"), {"reference": case.key, **WHY}).content.decode()
    assert "No case you may see has that reference." in refused


def test_each_page_that_counts_says_what_is_not_counted_whether_or_not_there_is_any(cast, case, browse):
    mona = browse(cast.mona)
    for page in ("board_iro_service", "conformance"):
        assert "A restricted case is counted only for the people on its list." in (
            mona.get(reverse(page)).content.decode()
        )
    assert "in a restricted case" in mona.get(reverse("statutory_return")).content.decode()


def test_a_file_made_before_a_case_was_restricted_is_not_fetched_afterwards(cast, case, browse):
    mona = browse(cast.mona)
    asked = mona.post(reverse("export", args=["cases"]), WHY)
    fetched(mona, asked)
    file = AnswerFile.objects.get()
    assert ["case", case.key] in file.opened
    restricted(cast, case)
    fetch = reverse("answer_file_fetch", args=[file.key])
    before = AuditEntry.objects.filter(act="exported").count()
    assert mona.post(fetch)["Location"] == asked["Location"]
    assert "no longer yours to open" in mona.get(asked["Location"]).content.decode()
    assert AuditEntry.objects.filter(act="exported").count() == before
    again = mona.post(reverse("export", args=["cases"]), WHY)
    assert case.key not in fetched(mona, again).content.decode()


def test_a_large_file_is_told_when_it_is_fetched_and_once(cast, case, browse, monkeypatch):
    monkeypatch.setattr(exports, "LARGE", 1)
    User.objects.create_user(
        "ada@example.org", name="Ada Minister", organisation=cast.northmoor, role="administrator"
    )
    file = asking.ask("export", by=cast.mona, title="Cases", purpose="Meeting", list="cases", form="xlsx")
    making.make([file.pk])
    assert AnswerFile.objects.get().rows == 2
    assert not Notice.objects.filter(kind="export").exists(), "It has not left yet"
    mona = browse(cast.mona)
    for _ in range(2):
        mona.post(reverse("answer_file_fetch", args=[file.key]))
    notice = Notice.objects.get(kind="export")
    assert notice.recipient.name == "Ada Minister"
    [line] = inbox.waiting(notice.recipient)
    assert line.words == "A large export: Mona Manager, 2 rows"


def test_a_whole_case_leaves_out_what_is_a_childs_own_in_another_that_is_restricted(cast, case):
    other = cast.blake.cases.get()
    CaseChild.objects.create(authority=cast.northmoor, case=other, child=cast.amber)
    restricted(cast, case)
    whole = whole_case(other, cast.mona)
    by_key = {child["key"]: child for child in whole["children"]}
    assert by_key[cast.blake.key]["periods_of_care"]
    assert by_key[cast.amber.key]["periods_of_care"] == []
    care = {event["child"] for event in whole["events"] if event["of"] == "child"}
    assert care == {cast.blake.key}


# --- Notices and calendars --------------------------------------------------------------------------------------


def late(case, today):
    return list(Deadline.objects.filter(case=case, duty="CMH-10").overdue(today))


def test_a_chase_of_a_restricted_case_writes_to_nobody_who_is_not_on_its_list(cast, case, today):
    following_up.chase(late(case, today), by=cast.mona, on=today)
    restricted(cast, case)
    assert following_up.tell_chased() == 0
    assert not Notice.objects.filter(kind=Notice.Kind.CHASE).exists()


def test_a_chase_reaches_whoever_stands_in(cast, case, today):
    lars = User.objects.create_user(
        "lars@example.org", name="Lars Legal", organisation=cast.northmoor, role="la_legal"
    )
    covering.arrange(cast.lena, lars, from_on=today, until_on=today, by=cast.lena)
    assert {person.name for person in following_up.asked(late(case, today)[0])} == {
        "Lena Legal",
        "Lars Legal",
    }
    following_up.chase(late(case, today), by=cast.mona, on=today)
    assert following_up.tell_chased() == 2


def test_the_inbox_forgets_a_case_that_was_restricted_and_tells_of_an_emergency(cast, case, today):
    assert any(case.key == line.reference for line in inbox.of(cast.lena))
    preferences.choose("daily", by=cast.lena)
    Notice.objects.filter(recipient=cast.lena).update(inbox_only=True)
    of_the_case, of_all = (
        Notice.objects.filter(recipient=cast.lena, case=case).count(),
        preferences.kept_back(cast.lena),
    )
    assert of_the_case
    restricted(cast, case)
    assert not any(case.key == line.reference for line in inbox.of(cast.lena))
    assert preferences.kept_back(cast.lena) == of_all - of_the_case
    emergencies.open_case(case.key, by=cast.sol, reason="The child is missing.")
    [told] = [line for line in inbox.of(cast.tess) if "emergency" in line.words]
    assert told.url == reverse("emergency")


def test_the_calendar_of_whoever_stands_in_has_the_hearings_of_whoever_is_away(cast, case, today):
    def hearings(person):
        return [
            entry for entry in happenings.entries(person, today=today) if entry.about.startswith("hearing")
        ]

    assert not hearings(cast.ivor)
    covering.arrange(cast.iris, cast.ivor, from_on=today, until_on=today, by=cast.mona, cases=[case])
    assert [entry.records[0] for entry in hearings(cast.ivor)] == [("case", case.key)]
    restricted(cast, case)
    assert not hearings(cast.ivor)


def test_who_was_appointed_from_a_list_and_may_not_open_the_case_is_told_of(cast, case, browse, today):
    restricting.restrict(case, by=cast.mona, reason="Close.", readers=[cast.iris, cast.mona])
    review = Deadline.objects.filter(child=cast.amber, case=None).still_open().first()
    address = f"{reverse('board_follow_up', args=['reassign'])}?deadline={review.pk}"
    data = {"person": cast.ivor.pk, "on_day": "3", "on_month": "3", "on_year": "2025"}
    page = browse(cast.mona).post(address, data, follow=True).content.decode()
    assert "The case is restricted: they cannot open it" in page
