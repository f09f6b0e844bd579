"""A bad row never stops the rest, and never passes silently."""

import csv

import pytest
import time_machine
from django.core.management.base import CommandError

from cases.models import Child, Event, PeriodOfCare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]


@pytest.fixture
def autumn():
    with time_machine.travel("2024-11-20 10:00", tick=False):
        yield


@pytest.fixture
def sound(a_return):
    """One child with nothing to remark on; each test adds what is wrong."""
    return a_return.child("101").episode("101", "03/06/2024").review("101", "24/06/2024")


BAD_ROWS = {
    "unreadable_date": [
        ("episode", ("101", "31/02/2024"), "episodes.csv", 3),
        ("episode", ("101", "03/06/24"), "episodes.csv", 3),
        ("episode", ("101", ""), "episodes.csv", 3),
        ("review", ("101", "last week"), "reviews.csv", 3),
        ("child", ("102", "?"), "header.csv", 3),
    ],
    "date_out_of_range": [
        ("episode", ("101", "01/01/1888"), "episodes.csv", 3),
        ("child", ("102", "01/01/2090"), "header.csv", 3),
    ],
    "unknown_child": [
        ("episode", ("999", "03/06/2024"), "episodes.csv", 3),
        ("review", ("999", "03/06/2024"), "reviews.csv", 3),
    ],
    "duplicate_child": [("child", ("101",), "header.csv", 3)],
    "duplicate_episode": [("episode", ("101", "03/06/2024", "L", "C1"), "episodes.csv", 3)],
    "missing_child": [
        ("child", ("",), "header.csv", 3),
        ("review", ("1" * 30, "24/06/2024"), "reviews.csv", 3),
    ],
    "unknown_code": [
        ("episode", ("101", "05/08/2024", "P", "Q9"), "episodes.csv", 3),
        ("episode", ("101", "05/08/2024", "Z"), "episodes.csv", 3),
        ("review", ("101", "20/09/2024", "PN9"), "reviews.csv", 3),
        ("review", ("101", "20/09/2024", ""), "reviews.csv", 3),
        ("child", ("102", "02/04/2015", "9"), "header.csv", 3),
    ],
    "before_birth": [
        ("episode", ("101", "03/06/2012"), "episodes.csv", 3),
        ("review", ("101", "03/06/2012"), "reviews.csv", 3),
    ],
    "ends_before_it_begins": [("episode", ("101", "05/08/2024", "P", "C2", "U4", "01/08/2024", "X1"), "episodes.csv", 3)],
    "future_episode": [("episode", ("101", "05/08/2025", "P"), "episodes.csv", 3)],
    "future_review": [("review", ("101", "05/08/2025"), "reviews.csv", 3)],
    "dob_mismatch": [("review", ("101", "20/09/2024", "PN1", "03/04/2015"), "reviews.csv", 3)],
    "outside_care": [("review", ("101", "20/05/2024"), "reviews.csv", 3)],
    "440": [("review", ("101", "20/09/2024", "PN0"), "reviews.csv", 3)],
    "duplicate_review": [("review", ("101", "24/06/2024", "PN5"), "reviews.csv", 3)],
    "open_episode_followed": [("episode", ("101", "05/08/2024", "P"), "episodes.csv", 3)],
    "same_legal_status": [("episode", ("101", "05/08/2024", "L"), "episodes.csv", 3)],
    "start_without_end": [("episode", ("101", "05/08/2024", "S"), "episodes.csv", 3)],
}  # fmt: skip
ALL = [(kind, *row) for kind, rows in BAD_ROWS.items() for row in rows]


@pytest.mark.parametrize(("kind", "part", "cells", "file", "line"), ALL)
def test_a_bad_row_is_named_and_the_rest_imported(
    run, sound, settings, stored_is_rebuilt, kind, part, cells, file, line
):
    getattr(sound, part)(*cells)
    run(sound.write())
    found = [(row["finding"], row["file"], row["line"]) for row in everything(settings)]
    assert (kind, file, str(line)) in found
    assert Child.objects.filter(return_id="101").exists()
    assert Event.objects.filter(
        child__return_id="101", happening="became_looked_after", on="2024-06-03"
    ).exists()
    assert Event.objects.filter(child__return_id="101", happening="review_held", on="2024-06-24").exists()
    stored_is_rebuilt()


def everything(settings):
    """The file with every finding, wherever the command said it is."""
    (path,) = settings.VAR_DIR.glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("ended", "rec", "kind", "is_open"),
    [
        ("", "E4A", "reason_without_end", True),
        ("01/10/2024", "", "end_without_reason", False),
        ("01/10/2024", "X1", "continues_nowhere", True),
        ("01/10/2025", "E4A", "future_end", True),
        ("01/10/2024", "WHAT", "unknown_code", False),
    ],
)
def test_an_end_that_says_only_half(count, a_return, ended, rec, kind, is_open):
    a_return.child("101").episode("101", "03/06/2024", ended=ended, rec=rec)
    assert count(a_return.write())["findings"][kind] == 1
    assert (PeriodOfCare.objects.get().ended_on is None) == is_open


def test_an_end_that_cannot_be_read_is_not_taken_for_no_end(count, a_return):
    a_return.child("101").episode("101", "03/06/2024", ended="30/02/2024", rec="E4A")
    assert count(a_return.write())["findings"]["unreadable_date"] == 1
    assert not PeriodOfCare.objects.exists()


def test_overlapping_episodes_stay_one_period(count, a_return):
    a_return.child("101").episode("101", "03/06/2024", ended="01/08/2024", rec="X1")
    a_return.episode("101", "01/07/2024", rne="P")
    counted = count(a_return.write())
    assert (counted["periods"], counted["findings"]["overlapping_episodes"]) == (1, 1)


def test_short_breaks_and_a_first_episode_that_is_no_start_are_pointed_out(count, a_return):
    a_return.child("101").episode("101", "03/06/2024", rne="P", ls="V4")
    found = count(a_return.write())["findings"]
    assert (found["short_breaks"], found["began_earlier"]) == (1, 1)


def test_a_review_after_the_year_is_imported_and_said(count, a_return):
    a_return.child("101").episode("101", "05/02/2024").review("101", "24/06/2024")
    assert count(a_return.write())["findings"]["after_year_end"] == 1
    assert Event.objects.filter(happening="review_held").exists()


def test_the_end_of_the_year_can_be_given(count, a_return):
    a_return.child("101").episode("101", "05/02/2024").review("101", "24/06/2024")
    assert "after_year_end" not in count(a_return.write(), "--year-end", "31/03/2025")["findings"]


@pytest.mark.parametrize("written", ["31/12/2024", "29/02/2024", "next March"])
def test_a_year_that_does_not_end_in_march_is_refused(count, sound, written):
    with pytest.raises(CommandError, match="is no 31 March"):
        count(sound.write(), "--year-end", written)


def test_rows_with_lost_or_surplus_cells_are_left_out(count, sound):
    folder = sound.write()
    with (folder / "episodes.csv").open("a") as file:
        file.write("101,05/08/2024,P\n101,06/08/2024,P,C2,N1,U4,PR1,,,,,,4244474,what,is,this\n")
    assert count(folder)["findings"]["ragged_row"] == 2
    assert PeriodOfCare.objects.count() == 1


def test_a_child_whose_header_row_is_bad_takes_its_rows_with_it(count, sound):
    sound.child("102", born="unknown").episode("102", "03/06/2024").review("102", "24/06/2024")
    counted = count(sound.write())
    assert counted["children"] == 2
    assert counted["findings"]["child_left_out"] == 2
    assert counted["findings"]["unknown_child"] == 0


def test_a_child_somebody_entered_by_name_may_be_the_same(count, sound, cast):
    sound.child("102", born="02/04/2019")
    assert count(sound.write())["findings"]["perhaps_known"] == 1
    assert count(sound.write())["findings"]["perhaps_known"] == 1


def test_the_first_of_each_kind_are_listed_and_all_of_them_on_request(run, sound):
    for day in range(10, 20):
        sound.review("999", f"{day}/09/2024")
    said = run(sound.write()).out
    assert "unknown_child: 10. The child is not in the header." in said
    assert "reviews.csv, line 3, child 999: The child is not in the header: the row was left out." in said
    assert "… and 5 more." in said
    assert "more." not in run(sound.folder, "--show", "0").out


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(run, sound, settings):
    run(sound.child("=1+1", born="never").write())
    assert [row["child"] for row in everything(settings)] == ["'=1+1"]


def test_progress_is_said_on_the_side(run, sound, monkeypatch):
    monkeypatch.setattr("cases.imports.load.BATCH", 1)
    sound.child("102").child("103")
    said = run(sound.write()).err
    assert [line for line in said.splitlines() if line.startswith("Imported")] == [
        "Imported 1 of 3 children", "Imported 2 of 3 children", "Imported 3 of 3 children",
    ]  # fmt: skip
