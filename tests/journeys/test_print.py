"""On paper: what the reader needs, whose case it is, and nothing to press."""

import pytest
from playwright.sync_api import expect

from tests.journeys import stories
from tests.pdfs import sheets_of

pytestmark = pytest.mark.needs_browser
NOT_ON_PAPER = ("header.app-header", "nav", "footer.app-footer", "main .govuk-button", ".app-deadline__act")


def test_paper_has_what_the_reader_needs(cast, calendar, at_a_browser, tmp_path):
    story = stories.tell(cast, calendar)
    iris = at_a_browser(cast.iris).is_signed_in()
    iris.opens(f"/cases/{story.case.key}/chronology/")
    then_a_printed_case_says_whose_it_is_on_every_sheet(iris, story, into=tmp_path)
    then_navigation_and_buttons_stay_on_the_screen(iris, story)


def then_navigation_and_buttons_stay_on_the_screen(iris, story):
    for path in ("/", f"/cases/{story.case.key}/", f"/cases/{story.case.key}/chronology/"):
        iris.opens(path).page.emulate_media(media="print")
        expect(iris.page.locator("h1")).to_be_visible()
        for part in NOT_ON_PAPER:
            expect(iris.page.locator(part).filter(visible=True)).to_have_count(0)
        iris.page.emulate_media(media="screen")


def then_a_printed_case_says_whose_it_is_on_every_sheet(iris, story, *, into):
    paper = into / "chronology.pdf"
    iris.page.pdf(path=paper, format="A4")
    sheets = sheets_of(paper.read_bytes())
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert f"Case {story.case.key}" in sheet, f"sheet {number}: {sheet[:200]}"
    assert "Amber Example" in sheets[0]
    assert not any("Sign out" in sheet or "Correct this" in sheet for sheet in sheets)
