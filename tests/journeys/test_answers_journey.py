"""A Monday of the IRO manager: what is late, and what members, inspectors and the public asked. Each file is opened."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest
from docx import Document
from playwright.sync_api import expect
from pypdf import PdfReader

from reports import tasks
from reports.annual import acts as annual
from reports.annual.headings import HEADINGS
from reports.models import AnnualReport, AnswerFile
from tests.journeys import steps
from tests.journeys.steps import day
from tests.referrals import dispute_steps
from tests.reports.fetching import text_of, unzipped

pytestmark = pytest.mark.needs_browser
THEMES = ["health", *["education"] * 5, *["contact"] * 6]
TREND = "What fell due in the last twelve months, and what came of it"


@pytest.fixture
def case(cast, calendar):
    """A year of Amber's and Blake's: a review, a dozen concerns, and much that nobody wrote down."""
    calendar.turns_to("2025-04-28")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2024-06-03")
    steps.given_the_siblings_are_looked_after(cast, case, since="2024-06-03")
    steps.given_an_iro(cast, since="2024-06-05")
    steps.given_a_guardian(cast, case, since="2024-06-05")
    cast.amber.return_id = "1001"
    cast.amber.save()
    steps.given_a_review(
        cast, case, on="2024-06-24", details={"review": "2024-06-24", "significant_issues": False}
    )
    for theme in THEMES:
        dispute_steps.raised(cast, case, "2025-02-10", theme=theme)
    calendar.turns_to("2025-04-28")
    return case


# --- The board ------------------------------------------------------------------------------------------


def test_a_manager_sees_what_is_late_opens_the_list_and_keeps_it(cast, case, at_a_browser):
    mona = at_a_browser(cast.mona).is_signed_in()
    mona.opens("/").follows("Board")
    mona.reads("Board of the IRO service", day("2025-04-28"), "Whose move it is", "Caseload of each IRO")
    then_the_picture_says_what_the_table_under_it_says(mona)

    # The tile opens as many lines as it counts.
    number = number_of(mona, "Critically overdue")
    mona.follows(f"{number} : Critically overdue").reads(
        f"{number} deadlines", "How pressing: Critically overdue"
    )
    assert mona.page.locator("tbody tr").count() == number

    mona.follows("Save this view").fills("Name of the view", "Long overdue").presses("Save the view")
    mona.is_told("The view is saved.").follows("Long overdue").reads(f"{number} deadlines")

    # What was done about a line stands in it; the line stays.
    mona.page.get_by_role("checkbox").first.check()
    mona.presses("Acknowledge").reads("Acknowledge: 1 deadline").presses("Acknowledge")
    mona.is_told("1 deadline acknowledged.").reads(f"{number} deadlines", "Acknowledged by Mona Manager")
    mona.follows("One by one").reads(f"Deadline 1 of {number}", "Acknowledged by Mona Manager")
    mona.follows("Next in this list").reads(f"Deadline 2 of {number}")


def number_of(person, words):
    tile = person.page.locator(".app-tile").filter(has_text=words)
    return int(tile.get_by_role("link").inner_text().split()[0])


def then_the_picture_says_what_the_table_under_it_says(person):
    """To whoever hears the page read out it is one image with a sentence, and the figures are a table."""
    picture = person.page.get_by_role("img", name="What fell due in each of the last twelve months")
    expect(picture).to_be_visible()
    table = person.page.get_by_role("table", name=TREND)
    shares = re.findall(r"\d+% in time", table.inner_text())
    assert table.locator("tbody tr").count() == 12
    first, last = (share.removesuffix(" in time") for share in (shares[0], shares[-1]))
    said = picture.locator("desc").text_content()
    assert said.startswith(f"{first} came in time in "), (said, shares)
    assert f" and {last} in " in said


# --- Answers ----------------------------------------------------------------------------------------------


def test_a_request_under_the_act_is_answered_without_a_small_number(cast, case, at_a_browser, tmp_path):
    mona = at_a_browser(cast.mona).is_signed_in()
    mona.opens("/answers/").follows("Freedom of information requests").reads("No request is waiting.")
    when_a_request_is_taken_down(mona, "FOI 7", "Disputes raised by IROs, by theme")
    mona.reads(
        "Due by the end of",
        day("2025-05-28"),
        "20 working days left",
        "Numbers from one to four are not shown",
    )
    shown = dict(
        mona.page.locator("tbody tr").evaluate_all(
            "rows => rows.map(r => [...r.cells].map(c => c.innerText))"
        )
    )
    assert shown["Health and therapy"] == shown["School and education"] == "Not shown"
    assert (shown["Time with family, brothers and sisters"], shown["Legal status"], shown["In all"]) == (
        "6",
        "0",
        "12",
    )
    draft = mona.page.get_by_label("The reply", exact=True).input_value()
    assert "Health and therapy: Not shown" in draft
    assert "section 40(2)" in draft

    mona.presses("Make the file")
    files = unzipped(when_the_file_is_fetched(mona, tmp_path))
    assert set(files) == {"reply.pdf", "figures.csv", "how-it-was-counted.txt", "guidance.pdf"}
    reply = text_of(files["reply.pdf"])
    assert "Draft: not sent" in reply
    assert "Time with family, brothers and sisters 6" in reply
    figures = dict(csv.reader(io.StringIO(files["figures.csv"].decode("utf-8-sig"))))
    assert (figures["School and education"], figures["In all"]) == ("Not shown", "12")
    assert "SELECT" in files["how-it-was-counted.txt"].decode()

    mona.opens("/answers/foi/").follows("FOI 7").presses("Keep that this reply went")
    mona.is_told("The reply is kept as it went").reads("Answered", day("2025-04-28"), "in time")

    # Nought is an answer; the form by which one refers goes with it.
    mona.opens("/answers/foi/")
    when_a_request_is_taken_down(mona, "FOI 8", "Referrals an IRO made to Cafcass, by year")
    mona.reads("The number is 0.").presses("Make the file")
    files = unzipped(when_the_file_is_fetched(mona, tmp_path))
    assert "The answer is none." in text_of(files["reply.pdf"])
    assert len(PdfReader(io.BytesIO(files["blank-referral-form.pdf"])).pages) >= 1


def test_a_years_report_is_written_signed_and_given_out(cast, case, at_a_browser, tmp_path):
    mona = at_a_browser(cast.mona).is_signed_in()
    mona.opens("/answers/annual/").presses("Open the report of this year")
    then_each_picture_has_its_table(mona)
    mona.follows("Write: The local dispute process")
    mona.fills("What the service says (optional)", "Twelve concerns. The therapy has begun since.").presses(
        "Keep"
    )
    mona.reads("Twelve concerns. The therapy has begun since.").presses("Sign and freeze")
    mona.reads("Nothing is written yet under: Caseloads, staffing and continuity")
    given_the_rest_is_written(cast)
    mona.presses("Sign and freeze").is_told("The report is signed.")
    report = AnnualReport.objects.get()
    mona.reads("Signed by Mona Manager", report.sha256).does_not_read("Sign and freeze")

    mona.presses("Make the PDF")
    pdf = when_the_file_is_fetched(mona, tmp_path).read_bytes()
    assert PdfReader(io.BytesIO(pdf)).metadata.title.startswith("Annual report of the Independent Reviewing")
    said = text_of(pdf)
    for heading in HEADINGS:
        assert heading.title in said
    assert report.sha256 in said
    assert "Twelve concerns. The therapy has begun since." in said

    mona.opens(f"/answers/annual/{report.key}/").presses("Make the document to edit")
    document = Document(when_the_file_is_fetched(mona, tmp_path))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [h.title for h in HEADINGS]
    cells = {tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows}
    hidden = {("Health and therapy", "Not shown"), ("School and education", "Not shown")}
    assert hidden | {("Time with family, brothers and sisters", "6")} <= cells, (
        "one, and what it followed from"
    )


def test_inspectors_get_the_cases_and_the_department_its_reviews(cast, case, at_a_browser, tmp_path):
    mona = at_a_browser(cast.mona).is_signed_in()
    mona.opens("/answers/").follows("Inspection pack").chooses("Cases you name", of="Which cases")
    mona.fills("References (optional)", case.key).fills("What is the file for?", "Inspection, April 2025")
    mona.presses("Make the pack")
    pdf = when_the_file_is_fetched(mona, tmp_path).read_bytes()
    sheets = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    index = next(sheet for sheet in sheets if "Index" in sheet)
    begins = int(re.search(rf"Case {case.key} \.*\s?(\d+)", index)[1])
    assert f"Case {case.key} Amber Example" in sheets[begins - 1]
    said = " ".join(sheets)
    assert "Purpose: Inspection, April 2025" in said
    assert dispute_steps.WORDS["concern"] in said
    assert "Monday 24 June 2024" in said

    mona.opens("/answers/").follows("Reviews for the statutory return")
    mona.reads("2 reviews held in the year; 1 of them in the file.", "The child has no number in the return")
    mona.presses("Make the reviews file")
    rows = list(csv.reader(when_the_file_is_fetched(mona, tmp_path).open(encoding="utf-8-sig")))
    assert rows == [["CHILD", "DOB", "REVIEW", "REVIEW_CODE"], ["1001", "02/04/2019", "24/06/2024", "PN1"]]


def when_a_request_is_taken_down(person, reference, question):
    """Received today, over the last three years."""
    person.presses("Take down a request").fills("Its number in your register", reference)
    person.chooses(question, of="What is asked").presses("Count it")


def when_the_file_is_fetched(person, into):
    """The worker makes it meanwhile; whoever waits finds it on the same page."""
    person.reads("The file is being made.")
    tasks.make_files([AnswerFile.objects.latest("pk").pk])
    person.opens(urlsplit(person.page.url).path).reads("The file is ready")
    return person.downloads("Download the file", into=into)


def given_the_rest_is_written(cast):
    report = AnnualReport.objects.get()
    for heading in HEADINGS[1:]:
        annual.write(report, heading.name, "There was nothing to tell.", by=cast.mona, seen_version=0)


def then_each_picture_has_its_table(person):
    """What a picture says in words are the very cells of the table under it."""
    pictures = person.page.get_by_role("img").all()
    assert pictures
    for picture in pictures:
        title, _, said = picture.get_attribute("aria-label").partition(": ")
        table = person.page.get_by_role("table", name=title, exact=True)
        rows = table.locator("tbody tr").evaluate_all(
            "rows => rows.map(r => [...r.cells].slice(0, 2).map(c => c.innerText))"
        )
        assert said == "; ".join(" ".join(row) for row in rows), title
