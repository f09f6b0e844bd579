"""Data quality: a list holds what is wrong and nothing else, and has somebody who answers for it."""

import pytest
from django.urls import reverse

from accounts.roles import PersonRole
from cases.appointments import appoint
from reports.models import ListOwner
from reports.quality import lists
from tests.cases.steps import day, happened, opened


@pytest.fixture(autouse=True)
def _on_the_day(it_is):
    it_is("2025-03-03")


def listed(cast, name):
    return [(line.reference, line.text) for line in lists.found(name, cast.mona)]


def test_each_list_empties_when_what_is_missing_is_recorded(cast, browse, it_is):
    case = opened(cast, on="2025-02-03")
    happened(case, "hearing_listed", "2025-02-03", hearing="cmh", date="2025-02-18")
    happened(cast.amber, "became_looked_after", "2025-02-03", legal_status="not stated")
    assert listed(cast, "without_iro") == [(case.key, "No IRO.")]
    assert listed(cast, "without_guardian") == [(case.key, "Issued Monday 3 February 2025, no guardian.")]
    assert listed(cast, "hearings") == [
        (case.key, "CMH of Tuesday 18 February 2025: neither held, moved nor vacated.")
    ]
    assert listed(cast, "without_legal_status")[0][0] == cast.amber.key
    assert listed(cast, "without_number")[0][0] == cast.amber.key
    pages = browse(cast.mona).get(reverse("quality")).content.decode()
    assert pages.count("Nobody yet") == len(lists.LISTS)
    appoint(cast.iris, PersonRole.IRO, children=[cast.amber], on=day("2025-02-05"), by=cast.mona)
    appoint(
        cast.gwen, PersonRole.GUARDIAN, children=[cast.amber], on=day("2025-02-05"), by=cast.cass, case=case
    )
    happened(case, "hearing_held", "2025-02-18", hearing="cmh")
    happened(cast.amber, "legal_status_changed", "2025-02-10", legal_status="C1 interim care order")
    cast.amber.return_id = "4711"
    cast.amber.save()
    mona = browse(cast.mona)
    for name, one in lists.LISTS.items():
        assert listed(cast, name) == [], name
        assert one.none in mona.get(reverse("quality_list", args=[name])).content.decode().replace(
            "&#x27;", "’"
        )


def test_a_hearing_moved_to_a_day_to_come_is_not_in_the_past(cast):
    case = opened(cast, on="2025-02-03")
    happened(case, "hearing_listed", "2025-02-03", hearing="irh", date="2025-02-18")
    happened(case, "hearing_moved", "2025-02-17", hearing="irh", date="2025-03-20")
    happened(case, "hearing_listed", "2025-02-03", hearing="other", ref="directions", date="2025-02-20")
    happened(case, "hearing_vacated", "2025-02-19", hearing="other", ref="directions")
    assert listed(cast, "hearings") == []


def test_the_iro_manager_names_who_answers_and_it_is_kept(cast, browse, new):
    mona, url = browse(cast.mona), reverse("quality_list", args=["hearings"])
    new()
    assert mona.post(url, {"owner": cast.lena.pk}).status_code == 302
    [(entry, records)] = new()
    assert (entry.verb, records) == ("quality.owner.hearings", {("person", str(cast.lena.pk))})
    assert "Lena Legal answers for this list." in browse(cast.lena).get(url).content.decode()
    mona.post(url, {"owner": cast.lena.pk})
    assert ListOwner.objects.count() == 1
    assert browse(cast.lena).post(url, {"owner": cast.mona.pk}).status_code == 404
    assert "Choose who answers" in mona.post(url, {"owner": ""}).content.decode()
    cast.lena.is_active = False
    cast.lena.save()
    assert "Nobody answers for this list yet." in mona.get(url).content.decode()


def test_whoever_opens_a_list_leaves_whom_they_saw(cast, browse, new):
    case = opened(cast, on="2025-02-03")
    browse(cast.mona).get(reverse("quality_list", args=["without_iro"]))
    entry, records = new()[-1]
    assert (entry.act, records) == ("listed", {("case", case.key), ("child", cast.amber.key)})
    assert lists.found("without_iro", cast.stranger) == []
