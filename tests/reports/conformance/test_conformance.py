"""Conformance: every number is that of its list, and of a count made another way."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from accounts.roles import PersonRole
from cases import clock
from cases.appointments import appoint
from cases.models import Deadline
from protocol.working_days import ENGLAND
from reports.conformance import outcomes, slices
from tests.cases.steps import day, happened, opened

SPAN = {"from_on": day("2025-01-01"), "until_on": day("2025-12-31")}


@pytest.fixture
def told(cast, it_is):
    """One case where the IRO was allocated in time and the guardian late, and one where nothing was done."""
    it_is("2025-02-05")
    first = opened(cast, cast.amber, on="2025-02-03")
    appoint(cast.iris, PersonRole.IRO, children=[cast.amber], on=day("2025-02-05"), by=cast.mona)
    appoint(cast.lena, PersonRole.LA_LEGAL, children=[cast.amber], on=day("2025-02-05"), by=cast.lena)
    happened(
        first, "document_received", "2025-02-05", document="Timetable", kind="Court timetable or directions"
    )
    opened(cast, cast.coral, on="2025-02-03")
    it_is("2025-02-24")
    clock.tick()
    appoint(cast.ivor, PersonRole.IRO, children=[cast.coral], on=day("2025-02-24"), by=cast.mona)
    appoint(
        cast.gwen, PersonRole.GUARDIAN, children=[cast.amber], on=day("2025-02-24"), by=cast.cass, case=first
    )
    happened(first, "hearing_listed", "2025-02-03", hearing="cmh", date="2025-02-18")
    happened(first, "hearing_held", "2025-02-18", hearing="cmh")
    it_is("2025-03-31")
    clock.tick()
    return first


def measured(user, today="2025-03-31"):
    found = outcomes.by_duty(slices.asked(SPAN, day(today)).deadlines(user), today=day(today))
    return {one.duty.id: one for one in found}


def test_every_number_is_that_of_its_list_and_of_overdue_and_slices_add_up(cast, told):
    allocated = measured(cast.mona)["CMH-2"]
    assert (allocated.counts[outcomes.MET], allocated.counts[outcomes.LATE]) == (1, 1)
    due = Deadline.objects.get(duty="CMH-2", met_on="2025-02-24").due_on
    late = ENGLAND.working_days_between(due, day("2025-02-24"))
    assert (allocated.share_met, allocated.median_late, allocated.worst_late) == (50, late, late)
    today, sliced = day("2025-03-31"), slices.asked(SPAN, day("2025-03-31"))
    for duty, one in measured(cast.mona).items():
        for result, number in one.counts.items():
            found = sliced.deadlines(cast.mona).filter(
                outcomes.where(result, today), duty=duty, force=one.force
            )
            assert found.count() == number, (duty, result)
    missed = sum(one.counts[outcomes.MISSED] for one in measured(cast.mona).values())
    overdue = Deadline.objects.visible_to(cast.mona).overdue(today).filter(due_on__gte="2025-01-01").count()
    gone = Deadline.objects.filter(state="not_required", is_missed=True).count()
    assert missed == overdue + gone
    assert overdue > 0
    whole = Counter(slices.asked(SPAN, today).deadlines(cast.mona).values_list("owing", flat=True))
    for agency, number in whole.items():
        if agency:
            assert slices.asked(SPAN | {"owing": str(agency)}, today).deadlines(cast.mona).count() == number
    owners = set(sliced.deadlines(cast.mona).exclude(owner=None).values_list("owner", flat=True))
    assert owners
    for owner in owners:
        theirs = slices.asked(SPAN | {"owner": str(owner)}, today).deadlines(cast.mona)
        assert set(theirs.values_list("owner", flat=True)) == {owner}
    assert not slices.asked(SPAN, today).deadlines(cast.stranger).exists()


def test_the_pages_say_what_was_counted_and_open_its_lists(cast, told, browse, new):
    mona = browse(cast.mona)
    page = mona.get(reverse("conformance"), SPAN).content.decode()
    binding, _, apart = page.partition("Listed apart:")
    for duty, one in measured(cast.mona).items():
        link = f">{duty}</a>"
        assert link in (binding if one.force.breach else apart), duty
    assert re.search(r"50%", binding)
    url = re.search(r'href="(/answers/conformance/CMH-2/\?[^"]*result=met_late)"', page)[1].replace(
        "&amp;", "&"
    )
    new()
    listed = mona.get(url).content.decode()
    assert "1 deadline." in listed
    assert "Coral Example" in listed
    [(entry, records)] = new()
    assert (entry.act, ("child", cast.coral.key) in records) == ("listed", True)
    assert "No deadline of this duty" in mona.get(url.replace("met_late", "excused")).content.decode()
    page = " ".join(mona.get(reverse("conformance_path"), SPAN).content.decode().split())
    assert "1 case: Proceedings issued, CMH held" in page
    assert "1 case: Proceedings issued</li>" in page
    assert "Day 12 to day 18 from issue (PD12A)" in page
    assert "15 days, half of them less" in page
    assert "1, the longest 41 days" in page, "from the CMH of 18 February to 31 March"


def test_what_is_not_said_leaves_nothing_out_of_the_last_year():
    today = day("2025-03-31")
    assert slices.asked({}, today).from_on == day("2024-03-29")
    backwards = {"from_on": SPAN["until_on"], "until_on": SPAN["from_on"]}
    assert slices.asked(backwards, today) == slices.asked(SPAN, today)


def test_what_cannot_be_is_said_on_the_form_and_what_was_typed_stays(cast, told, browse):
    """Whoever may see nothing of an agency or a person does not find it among the choices either."""
    typed = {
        "from_on_day": "31",
        "from_on_month": "2",
        "from_on_year": "2025",
        "part": "x",
        "owing": "1 OR 1",
    }
    page = (
        browse(cast.mona)
        .get(reverse("conformance"), typed | {"owner": str(cast.stranger.pk)})
        .content.decode()
    )
    assert "First day must be a real date" in page
    assert page.count("Select a valid choice") >= 3
    assert re.search(r'name="from_on_day"[^>]*value="31"', page)
    assert cast.stranger.name not in page
    whole = browse(cast.mona).get(reverse("conformance")).context["slice"]
    assert browse(cast.mona).get(reverse("conformance"), typed).context["slice"] == whole


def test_where_nothing_fell_due_the_page_says_so(cast, browse, it_is):
    it_is("2025-03-31")
    mona = browse(cast.mona)
    assert "Nothing fell due in that time." in mona.get(reverse("conformance")).content.decode()
    assert "No case was opened in that time." in mona.get(reverse("conformance_path")).content.decode()
