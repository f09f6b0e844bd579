"""What exporting systems do to a return on its way: all of it is read, none of it in silence."""

import json

import pytest
import time_machine
from django.core.management.base import CommandError

from cases.models import Child, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]


@pytest.fixture
def autumn():
    with time_machine.travel("2024-11-20 10:00", tick=False):
        yield


@pytest.fixture
def small(a_return):
    a_return.child("101").episode("101", "03/06/2024", ls="V2", ended="01/07/2024", rec="X1")
    a_return.episode("101", "01/07/2024", rne="U", ls="C1", place="A3").review("101", "24/06/2024")
    a_return.child("102", sex="1").episode("102", "04/11/2024")
    return a_return


def facts():
    events = Event.objects.order_by("child__return_id", "on", "pk")
    return [(e.child.return_id, e.happening, e.on, e.details, e.particulars) for e in events]


def test_xml_says_the_same_as_csv(count, small):
    by_csv = count(small.write())
    said = facts()
    Event.objects.all().delete()
    Child.objects.exclude(return_id="").delete()
    assert count(small.write_xml()) == by_csv
    assert facts() == said
    assert set(Child.objects.exclude(return_id="").values_list("return_id", "sex")) == {
        ("101", "F"),
        ("102", "M"),
    }


def test_a_directory_may_hold_the_xml_file(count, small, tmp_path):
    folder = tmp_path / "xml only"
    folder.mkdir()
    (folder / "Return.XML").write_text(small.write_xml().read_text())
    assert count(folder)["children"] == 2


def test_csv_beside_xml_wins_and_the_other_is_named(run, small):
    folder = small.write()
    (folder / "other.xml").write_text("<EXPSSDA903/>")
    said = run(folder).out
    assert "other.xml was not read" in said
    assert "2 children" in said


def test_marks_line_ends_and_numbers_of_a_spreadsheet(count, small, next_year):
    expected = count(small.write())
    folder = small.folder
    for name in ("header", "episodes", "reviews"):
        words = small.csv(name, line_end="\r\n").replace("101,", "101.0,").removesuffix("\r\n")
        (folder / f"{name}.csv").unlink()
        (folder / f"SSDA903 {name.upper()} 2025.CSV").write_bytes(b"\xef\xbb\xbf" + words.encode())
    assert count(folder) == expected
    assert Child.objects.exclude(return_id="").count() == 2


@pytest.mark.parametrize(
    ("written", "sex"), [("1", "M"), ("2", "F"), ("1.0", "M"), ("M", "M"), ("f", "F"), ("U", "U"), ("", "U")]
)
def test_sex_in_every_spelling(count, a_return, written, sex):
    assert "unknown_code" not in count(a_return.child("101", sex=written).write())["findings"]
    assert Child.objects.get(return_id="101").sex == sex


@pytest.mark.parametrize(
    "written", ["03/06/2024", "3/6/2024", "2024-06-03", "03/06/2024 00:00:00", "2024-06-03T00:00"]
)
def test_dates_in_every_spelling(count, a_return, written):
    count(a_return.child("101").episode("101", written).write())
    assert Event.objects.get().on.isoformat() == "2024-06-03"


def test_an_extra_column_is_said_once(count, small):
    folder = small.write()
    lines = (folder / "header.csv").read_text().splitlines()
    (folder / "header.csv").write_text(
        "\n".join([f"{lines[0]},NHS_NUMBER", *(f"{line},1" for line in lines[1:])])
    )
    assert count(folder)["findings"]["unknown_column"] == 1


def test_blank_lines_are_no_rows(count, small):
    folder = small.write()
    (folder / "header.csv").write_text((folder / "header.csv").read_text() + "\n,,,,,,\n\n")
    assert count(folder)["findings"]["unknown_child"] == 0
    assert "missing_child" not in count(folder)["findings"]


def test_a_missing_part_and_a_missing_column_are_said(run, small):
    folder = small.write()
    (folder / "reviews.csv").unlink()
    words = (folder / "episodes.csv").read_text()
    (folder / "episodes.csv").write_text(words.replace(",REC,", ",SOMETHING,"))
    said = run(folder).out
    assert "The return has no reviews file" in said
    assert "episodes.csv, line 1: There is no column REC: it was read as empty." in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("CHILD,SEX\n101,2\n", "has no column DOB"),
        ("", "has no column CHILD and no DOB"),
    ],
)
def test_a_header_without_children_is_no_return(run, small, content, why):
    folder = small.write()
    (folder / "header.csv").write_text(content)
    with pytest.raises(CommandError, match=why) as refused:
        run(folder)
    assert refused.value.returncode == 2
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<EXPSSDA903><CHILD><HEADER></EXPSSDA903>", "line 1, is not XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><EXPSSDA903>&b;</EXPSSDA903>', "declares a document type"),
        ("<something/>", "it is no statutory return"),
    ],
)
def test_xml_that_is_no_return(run, tmp_path, content, why):
    path = tmp_path / "a.xml"
    path.write_text(content)
    with pytest.raises(CommandError, match=why):
        run(path)


def test_two_files_for_one_part_are_not_chosen_between(run, small):
    folder = small.write()
    (folder / "header 2023.csv").write_text("CHILD,DOB\n")
    with pytest.raises(CommandError, match="all of them called header"):
        run(folder)


def test_an_empty_directory_and_one_that_is_not_there(run, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match="there is no return in it"):
        run(tmp_path / "empty")
    with pytest.raises(CommandError, match="There is nothing at"):
        run(tmp_path / "nowhere")


def test_an_authority_nobody_added(run, small):
    with pytest.raises(CommandError, match="Northmoor Council") as refused:
        run(small.write(), authority="Nowhere")
    assert refused.value.returncode == 2
    assert "add it first" in str(refused.value)


def test_a_cafcass_office_is_no_authority(run, small, cast):
    with pytest.raises(CommandError, match="No authority here"):
        run(small.write(), authority=cast.cafcass.name)


def test_json_stands_alone_on_standard_output(run, small):
    said = run(small.write(), "--json")
    assert json.loads(said.out)["children"] == 2
    assert "Imported 2 of 2 children" in said.err
