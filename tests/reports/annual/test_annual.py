"""The annual report: figures that follow the facts until it is signed, and what it is given out as."""

import io
import json
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from reports.annual import acts
from reports.annual.headings import HEADINGS
from reports.models import AnnualReport
from tests.cases.steps import day, happened
from tests.pdfs import opened, tags
from tests.referrals import dispute_steps
from tests.reports.fetching import fetched, text_of

YEAR = {"year": "2025"}


@pytest.fixture
def mona(cast, browse, it_is):
    """Amber’s year: looked after, reviewed twice, a concern raised about her."""
    it_is("2025-04-28")
    case = dispute_steps.a_case(cast, on="2024-06-03")
    happened(cast.amber, "became_looked_after", "2024-06-03", legal_status="C1 interim care order")
    for on, code in (("2024-06-24", "PN1"), ("2024-09-20", "PN7")):
        particulars = {"participation": code}
        happened(cast.amber, "review_held", on, review=on, significant_issues=False, particulars=particulars)
    dispute_steps.raised(cast, case, "2025-02-10", formal=True)
    return browse(cast.mona)


def report_of(client):
    answer = client.post(reverse("annual"), YEAR)
    assert answer.status_code == 302
    return AnnualReport.objects.get(year_end=date(2025, 3, 31))


def write_all(client, report):
    for heading in HEADINGS:
        given = {"text": f"Of {heading.name}: words of ours.\n\nA second paragraph.", "version": 0}
        assert (
            client.post(reverse("annual_section", args=[report.key, heading.name]), given).status_code == 302
        )


def page_of(client, report):
    return client.get(reverse("annual_report", args=[report.key])).content.decode()


def table(report, user, title):
    sections = acts.content(report, user)["sections"]
    return {
        row[0]: row[1:] for s in sections for t in s["tables"] if t["title"] == title for row in t["rows"]
    }


def test_a_year_is_written_signed_frozen_and_given_out(cast, mona, browse, new, it_is):
    assert "No report has been begun." in mona.get(reverse("annual")).content.decode()
    report = report_of(mona)
    assert report_of(mona) == report
    page = page_of(mona, report)
    for heading in HEADINGS:
        assert heading.title in page
    assert table(report, cast.mona, "Concerns raised, by theme")["Health and therapy"] == ["1"]
    assert table(report, cast.mona, "Reviews and the steps after them, in time")["First reviews (REV-1)"] == [
        "1 of 1",
        "100%",
    ]
    assert table(report, cast.mona, "Children who took part") == {
        "Reviews of children of four and over, with a code": ["2"], "In which the child took part": ["1"], "Share": ["50%"],
    }  # fmt: skip
    assert table(report, cast.mona, "Continuity") == {"One IRO throughout": ["1"], "More than one IRO": ["0"]}

    refused = mona.post(reverse("annual_sign", args=[report.key]), follow=True).content.decode()
    assert "Nothing is written yet under:" in refused
    write_all(mona, report)
    new()
    mona.post(reverse("annual_sign", args=[report.key]))
    [(entry, records)] = new()
    assert (entry.verb, records) == ("annual_report.signed", {("annual_report", report.key)})
    signed = AnnualReport.objects.get()
    kept = json.loads(signed.frozen)
    assert acts.is_whole(signed)
    assert len(kept["salt"]) == 32, "the hash that is published cannot be tried for what is not"
    exact = page_of(mona, report)
    assert "Here the figures are exact." in exact
    assert "Health and therapy 1;" in exact

    dispute_steps.raised(cast, cast.amber.cases.get(), "2025-02-11", theme="education")
    assert table(signed, cast.mona, "Concerns raised, by theme")["School and education"] == ["0"], "frozen"
    late = {"text": "Something added.", "version": 1}
    answer = mona.post(reverse("annual_section", args=[report.key, "quality"]), late).content.decode()
    assert "is frozen" in answer
    assert "Something added." in answer
    assert json.loads(AnnualReport.objects.get().frozen) == kept
    AnnualReport.objects.update(frozen=signed.frozen.replace("words of ours", "other words"))
    assert "What is kept is no longer what was signed." in page_of(mona, report)
    AnnualReport.objects.update(frozen=signed.frozen)

    url = reverse("annual_file", args=[report.key])
    pdf = fetched(mona, mona.post(url, {"form": "pdf"})).content
    said = text_of(pdf)
    assert signed.sha256 in said
    assert "Of participation: words of ours. A second paragraph." in said
    assert "A number from one to 4 could tell those who know a child who it is about" in said
    assert "Health and therapy Not shown" in said
    assert "Health and therapy 1" not in said
    with opened(pdf) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert str(document.docinfo.Title).startswith("Annual report of the Independent Reviewing Officers")
        roles = tags(document.Root.StructTreeRoot.K)
        assert (roles.count("/H1"), roles.count("/H2")) == (1, len(HEADINGS))
        assert {"/Table", "/TH", "/Figure"} <= set(roles)
    document = Document(io.BytesIO(fetched(mona, mona.post(url, {"form": "docx"})).content))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [heading.title for heading in HEADINGS]
    cells = {tuple(cell.text for cell in row.cells) for drawn in document.tables for row in drawn.rows}
    assert {("Health and therapy", "Not shown"), ("School and education", "0")} <= cells
    assert ("Share", "Not shown") in cells, "what would follow from it"
    assert not any("50%" in row or "1" in row for row in cells)
    assert document.core_properties.language == "en-GB"
    assert any(signed.sha256 in p.text for p in document.paragraphs)


def test_a_figure_opens_what_it_counts_and_pictures_have_words(cast, mona, new):
    report = report_of(mona)
    page = page_of(mona, report)
    assert page.count('<svg class="app-bars" role="img" aria-label="') > 3
    assert 'aria-label="Concerns raised, by theme: Care plan not carried out 0;' in page
    new()
    listed = mona.get(reverse("annual_behind", args=[report.key, "disputes"])).content.decode()
    assert "1 in all, as recorded now." in listed
    [(_, records)] = new()
    assert ("child", cast.amber.key) in records
    assert (
        "There was none in that year."
        in mona.get(reverse("annual_behind", args=[report.key, "referrals"])).content.decode()
    )
    for path in ("/answers/conformance/?", "/answers/return/?"):
        url = page.partition(f'href="{path}')[2].partition('"')[0].replace("&amp;", "&")
        assert mona.get(path + url).status_code == 200


def test_two_who_write_at_once_do_not_lose_each_others_words(cast, mona, browse):
    report = report_of(mona)
    url = reverse("annual_section", args=[report.key, "quality"])
    assert mona.post(url, {"text": "First.", "version": 0}).status_code == 302
    assert mona.post(url, {"text": "Second.", "version": 0}).status_code == 200
    page = mona.post(url, {"text": "Second.", "version": 0}).content.decode()
    assert "changed this section meanwhile" in page
    assert "Second." in page
    assert browse(cast.hal).post(url, {"text": "x", "version": 1}).status_code == 404
    assert browse(cast.hal).get(reverse("annual_report", args=[report.key])).status_code == 200
    assert browse(cast.stranger).get(reverse("annual_report", args=[report.key])).status_code == 404
    assert day("2025-03-31") == report.year_end
