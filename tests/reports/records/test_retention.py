"""How long a record is kept, by which rule, and who is shown what is due."""

from datetime import date

import pytest

from accounts.models import User
from cases.actions import record
from cases.appointments import appoint
from cases.models import Child
from cases.opening import open_case
from reports.records import holds, retention
from reports.records.models import Hold
from tests.cases.conftest import browse, it_is, new
from tests.cast import assemble

__all__ = ["browse", "it_is", "new"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(it_is):
    it_is("2025-03-03")
    return assemble()


def looked_after(child, by, *, since="2024-03-04", until=None):
    said = {"legal_status": "C2 full care order"}
    record(child, "became_looked_after", on=date.fromisoformat(since), by=by, details=said)
    if until:
        record(child, "ceased_to_be_looked_after", on=date.fromisoformat(until), by=by)
    return child


@pytest.mark.parametrize(
    ("born", "years", "on"),
    [
        (date(2019, 4, 2), 75, date(2094, 4, 2)),
        (date(2024, 2, 29), 75, date(2099, 3, 1)),
        (date(2024, 2, 29), 76, date(2100, 3, 1)),
        (date(2020, 2, 29), 80, date(2100, 3, 1)),
        (date(2021, 12, 31), 25, date(2046, 12, 31)),
    ],
)
def test_a_birthday_of_a_leap_day_is_the_first_of_march(born, years, on):
    assert retention.birthday(born, years) == on


def test_a_looked_after_childs_record_is_kept_until_the_seventy_fifth_birthday(cast, it_is):
    looked_after(cast.amber, cast.lena, until="2025-01-06")
    kept = retention.kept(cast.amber)
    assert kept.until == date(2094, 4, 1)
    assert "reg 50(1)(a)" in kept.ground
    assert not amber_due(cast, date(2094, 4, 1))
    assert amber_due(cast, date(2094, 4, 2))


def amber_due(cast, today):
    return retention.due(Child.objects.filter(pk=cast.amber.pk), today=today)


def test_no_setting_shortens_what_the_law_says(cast, settings):
    settings.RETENTION_OTHERS_AGE = 80
    looked_after(cast.amber, cast.lena, until="2025-01-06")
    assert retention.kept(cast.amber).until == date(2094, 4, 1)
    assert amber_due(cast, date(2094, 4, 2))


def test_a_child_who_had_an_iro_counts_as_looked_after_though_no_period_was_recorded(cast):
    appoint(cast.iris, "iro", children=[cast.amber], on=date(2025, 3, 3), by=cast.mona)
    assert retention.kept(cast.amber).until == date(2094, 4, 1)


def test_other_records_follow_the_authoritys_own_schedule(cast, settings):
    kept = retention.kept(cast.amber)
    assert kept.until == date(2044, 4, 1)
    assert "Limitation Act 1980" in kept.ground
    settings.RETENTION_OTHERS_AGE = 30
    assert retention.kept(cast.amber).until == date(2049, 4, 1)


def test_a_late_event_keeps_such_a_record_longer(cast, it_is):
    it_is("2043-06-02")
    case = open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=[cast.amber],
        entering="entered_pre_proceedings", on=date(2043, 6, 2), by=cast.lena,
    )  # fmt: skip
    assert retention.kept(cast.amber).until is None
    record(case, "case_closed", on=date(2043, 6, 2), by=cast.mona, details={"reason": "It ended well."})
    kept = retention.kept(cast.amber)
    assert kept.until == date(2049, 6, 1)
    assert "6 years after the last thing that happened" in kept.ground


def test_while_something_goes_on_there_is_no_date(cast):
    looked_after(cast.amber, cast.lena)
    assert retention.kept(cast.amber).until is None
    assert "is looked after" in retention.kept(cast.amber).ground
    assert not retention.due(Child.objects.filter(pk=cast.amber.pk), today=date(2150, 1, 1))


def test_what_is_due_is_listed_with_its_reason_for_those_who_keep_records(cast, it_is, browse, new):
    looked_after(cast.amber, cast.lena, until="2025-01-06")
    it_is("2095-01-03")
    holds.place(cast.blake, by=cast.lena, ground=Hold.Ground.INQUIRY, reason="Inquiry 12.")
    new()
    for keeper in (cast.mona, cast.hal, cast.lena):
        page = browse(keeper).get("/records/").content.decode()
        assert "Amber Example" in page
        assert "Friday 2 April 2094" in page
        assert "75th birthday" in page
        assert "A public inquiry" in page
    [(entry, records), *others] = new()
    assert (entry.act, len(others)) == ("listed", 2)
    assert ("child", cast.amber.key) in records
    for other in User.objects.exclude(role__in=("iro_manager", "head_of_service", "la_legal")):
        assert browse(other).get("/records/").status_code == 404, other
    assert "Amber" not in browse(cast.stranger).get("/records/").content.decode()


def test_when_nothing_is_due_the_page_says_what_would_appear(cast, browse):
    page = browse(cast.mona).get("/records/").content.decode()
    assert "No record is due." in page
    assert "Nothing has been disposed of" in page


def test_a_hold_is_placed_and_lifted_with_a_reason_on_the_page(cast, browse, new):
    lena, where = browse(cast.lena), f"/children/{cast.amber.key}/keeping/"
    new()
    said = lena.post(f"{where}hold/", {"ground": "litigation", "reason": " "}).content.decode()
    assert "Say which claim" in said
    lena.post(f"{where}hold/", {"ground": "litigation", "reason": "Claim 7."})
    lena.post(f"{where}hold/", {"ground": "litigation", "reason": "Claim 7."})
    assert "Claim 7." in lena.get(where).content.decode()
    assert "Say why the record need no longer be held" in lena.post(f"{where}lift/", {}).content.decode()
    lena.post(f"{where}lift/", {"reason": "Settled."})
    assert holds.standing(cast.amber) is None
    changes = [entry.verb for entry, _ in new() if entry.act == "changed"]
    assert changes == ["record.held", "record.released"]


def test_agreeing_where_nothing_is_proposed_is_refused_in_a_sentence(cast, browse):
    said = browse(cast.mona).post(f"/children/{cast.amber.key}/keeping/agree/").content.decode()
    assert "Nobody has proposed to dispose of this record" in said
    assert browse(cast.mona).post(f"/children/{cast.amber.key}/keeping/burn/").status_code == 404
