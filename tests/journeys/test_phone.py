"""On a telephone: the pages a person opens between two visits, and a contact recorded from the car park."""

from datetime import date

import pytest

from accounts.roles import PersonRole
from cases import whereabouts
from cases.appointments import appoint
from letters import actions as letters
from letters.kinds import LetterKind
from tests.journeys import steps, stories
from tests.journeys.looking import PHONE

pytestmark = pytest.mark.needs_browser
# What one presses with a thumb is not smaller than WCAG 2.2 asks (24 by 24), unless it stands in a line of text.
TOO_SMALL = """() => [...document.querySelectorAll('button, .govuk-button, select, input:not([type=hidden]), summary')]
  .filter(e => e.checkVisibility())
  .filter(e => { const b = e.getBoundingClientRect(); return b.width < 24 || b.height < 24 })
  .map(e => e.outerHTML.slice(0, 120))"""


def test_the_main_pages_fit_a_phone_and_a_row_of_a_table_is_read_as_a_card(cast, calendar, at_a_browser):
    story = stories.tell(cast, calendar)
    iris = at_a_browser(cast.iris, screen=PHONE).is_signed_in()
    then_a_row_of_a_table_is_read_as_a_card(iris.opens(f"/cases/{story.case.key}/people/"))
    case = f"/cases/{story.case.key}"
    for path in (
        "/", "/cases/", "/children/", f"{case}/", f"{case}/deadlines/", f"{case}/chronology/", f"{case}/hearings/",
        f"{case}/documents/", f"{case}/reviews/", f"{case}/people/", f"{case}/letters/",
        f"/children/{cast.amber.key}/", f"/deadlines/{story.deadline.pk}/why/", "/protocol/END-3/",
    ):  # fmt: skip
        iris.opens(path)
        assert iris.page.evaluate(TOO_SMALL) == [], f"too small for a thumb at {path}"


def then_a_row_of_a_table_is_read_as_a_card(iris):
    cell = iris.page.locator("td[data-label=From]").first
    said = cell.evaluate("e => getComputedStyle(e, '::before').content")
    assert "From" in said
    assert cell.evaluate("e => e.getBoundingClientRect().width") > 200


def test_a_contact_is_recorded_on_a_phone(cast, calendar, at_a_browser):
    calendar.turns_to("2025-04-24")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_an_iro(cast, since="2025-04-22")
    steps.given_a_guardian(cast, case, since="2025-04-22")
    gwen = at_a_browser(cast.gwen, screen=PHONE)
    gwen.signs_in()
    steps.when_something_is_recorded(gwen, case, "Contact made")
    gwen.chooses("Guardian and IRO", of="Between").chooses("First contact", of="Purpose")
    gwen.chooses("Telephone", of="How").presses("Record a contact")
    gwen.is_told("Recorded: Contact made, Thursday 24 April 2025.")


def test_a_word_longer_than_a_phone_is_broken_and_not_the_page(cast, calendar, at_a_browser):
    calendar.turns_to("2025-04-24")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_a_guardian(cast, case, since="2025-04-22")
    letter = letters.draft(case, LetterKind.TO_THE_CHILD_YOUNGER, by=cast.gwen, children=[cast.amber])
    said = {"what_was_decided": f"You may visit {'Llanfairpwllgwyngyll' * 4} at 9 Larch Lane."}
    letters.edit(letter, said, by=cast.gwen, seen_version=letter.version)
    appoint(cast.sol, PersonRole.SOCIAL_WORKER, children=[cast.amber], on=date(2025, 4, 17), by=cast.lena)
    whereabouts.add(
        cast.amber, by=cast.sol, kind="placement", address="9 Larch Lane", postcode="", audience="iro_and_social_work",
        from_on=date(2025, 4, 20),
    )  # fmt: skip
    gwen = at_a_browser(cast.gwen, screen=PHONE).is_signed_in()
    gwen.opens(f"/cases/{case.key}/letters/{letter.key}/check/")
    assert gwen.page.locator("blockquote").count() == 1
