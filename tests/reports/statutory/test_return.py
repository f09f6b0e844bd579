"""The reviews of a year go out as the file that is submitted, and come back with exactly what the list says."""

import io
from collections import Counter

import pytest
from django.core.management import call_command
from django.urls import reverse

from cases.imports.plan import participation_of
from cases.models import Child, Event
from tests.cases.imports.conftest import AReturn
from tests.cases.steps import happened
from tests.reports.fetching import fetched
from tests.reports.importing import found_in_reviews

YEAR = {"year": "2025"}


@pytest.fixture(autouse=True)
def _on_the_day(it_is):
    it_is("2025-06-02")


@pytest.fixture
def a_return(tmp_path):
    """A year with every fault a review can have, and two reviews without one."""
    made = AReturn(tmp_path / "theirs")
    made.child("1001", born="02/04/2015").episode("1001", "01/05/2023")
    made.review("1001", "14/05/2024", "PN1").review("1001", "11/11/2024", "PN0")
    made.child("1002", born="02/04/2022").episode("1002", "01/05/2024")
    made.review("1002", "21/05/2024", "PN3").review("1002", "08/07/2024", "PN0")
    made.child("1003", born="02/04/2014").episode("1003", "01/05/2024", ended="01/08/2024", rec="E4A")
    made.review("1003", "03/02/2025", "PN6").review("1003", "21/05/2024", "")
    return made


@pytest.fixture
def imported(cast, settings, tmp_path):
    settings.VAR_DIR = tmp_path

    def run(folder):
        """The kinds and children of what an import finds in the reviews."""
        out = io.StringIO()
        call_command(
            "import_ssda903", str(folder), "--authority", cast.northmoor.name, "--year-end", "31/03/2025", "--show",
            "0", stdout=out, stderr=io.StringIO(),
        )  # fmt: skip
        return found_in_reviews(out.getvalue()), out.getvalue()

    return run


def reviews_file(client, what="reviews"):
    return fetched(client, client.post(reverse("statutory_file"), YEAR | {"what": what})).content.decode(
        "utf-8-sig"
    )


def test_the_file_goes_out_and_comes_back_with_what_the_list_says(cast, browse, a_return, imported, new):
    first, _ = imported(a_return.write())
    mona = browse(cast.mona)
    page = mona.get(reverse("statutory_return"), YEAR).content.decode()
    assert "6 reviews held in the year; 6 of them in the file." in page
    new()
    written = reviews_file(mona)
    entry, records = new()[-1]
    assert (entry.act, entry.verb) == ("exported", "answer_file_fetch")
    assert {key for kind, key in records if kind == "child"} == set(
        Child.objects.exclude(return_id="").values_list("key", flat=True)
    )
    assert written.splitlines()[:2] == ["CHILD,DOB,REVIEW,REVIEW_CODE", "1001,02/04/2015,14/05/2024,PN1"]
    assert len(written.splitlines()) == 7
    (a_return.folder / "reviews.csv").write_text(written)
    before = Event.objects.count()
    again, said = imported(a_return.folder)
    listed = reviews_file(mona, "doubts").splitlines()[1:]
    told = Counter()
    for line in listed:
        cells = [cell.strip('"') for cell in line.split('","')]
        told[cells[0], cells[2]] += 1
    assert told == again == first
    assert told == {
        ("440", "1001"): 1, ("441", "1002"): 1, ("outside_care", "1003"): 1, ("unknown_code", "1003"): 1,
    }  # fmt: skip
    assert "Nothing changed: all of it was here already." in said
    assert Event.objects.count() == before
    assert page.count("PN0 on 11 November 2024, when the child was 9.") == 1


def test_a_child_without_a_number_is_on_the_list_and_not_in_the_file(cast, browse):
    happened(cast.amber, "became_looked_after", "2024-05-01", legal_status="C2 full care order")
    review = {"review": "2024-05-28", "significant_issues": False}
    happened(cast.amber, "review_held", "2024-05-28", particulars={"participation": "PN1"}, **review)
    mona = browse(cast.mona)
    page = mona.get(reverse("statutory_return"), YEAR).content.decode()
    assert "1 review held in the year; 0 of them in the file." in page
    assert "Give the child the number it has in the return" in page
    assert reviews_file(mona).splitlines() == ["CHILD,DOB,REVIEW,REVIEW_CODE"]
    assert (
        "No review is recorded as held in that year."
        in mona.get(reverse("statutory_return"), {"year": "2023"}).content.decode()
    )


def test_the_number_is_given_on_the_childs_record_and_each_child_has_its_own(cast, browse):
    mona, url = browse(cast.mona), reverse("child_edit", args=[cast.amber.key])
    given = {"name": "Amber Example", "born": "2019-04-02", "sex": "F", "return_id": "4711"}
    assert mona.post(url, given).status_code == 302
    assert Child.objects.get(pk=cast.amber.pk).return_id == "4711"
    other = {"name": "Blake Example", "born": "2021-09-14", "sex": "M", "return_id": "4711"}
    page = mona.post(reverse("child_edit", args=[cast.blake.key]), other).content.decode()
    assert "Another child of the authority has the number 4711" in page
    assert "Amber" not in page


def test_what_a_person_recorded_of_the_same_day_counts(cast, browse, a_return, imported):
    imported(a_return.write())
    child = Child.objects.get(return_id="1003")
    blank = Event.objects.get(child=child, happening="review_held", on="2024-05-21")
    assert participation_of(blank) == ""
    typed = Event.objects.create(
        authority=child.authority, child=child, happening="review_held", on=blank.on, details=blank.details,
        particulars={"participation": "PN2"}, recorded_at=blank.recorded_at, recorded_by=cast.iris,
    )  # fmt: skip
    assert typed.recorded_by == cast.iris
    assert "1003,02/04/2014,21/05/2024,PN2" in reviews_file(browse(cast.mona))
