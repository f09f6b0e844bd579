"""Everything works in a browser that runs no script: a mistake loses nothing that was typed."""

import pytest

from cases.models import Event
from tests.journeys import steps

pytestmark = pytest.mark.needs_browser
NOTE = "Note for the chronology (optional)"


def test_a_fact_is_recorded_and_a_wrong_date_keeps_what_was_typed(cast, calendar, at_a_browser):
    calendar.turns_to("2025-04-24")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_an_iro(cast, since="2025-04-22")
    steps.given_a_guardian(cast, case, since="2025-04-22")
    iris = at_a_browser(cast.iris, has_script=False)

    iris.signs_in()
    steps.when_something_is_recorded(iris, case, "Contact made")
    iris.page.get_by_role("group", name="When did it happen?").get_by_label("Day").fill("31")
    iris.page.get_by_role("group", name="When did it happen?").get_by_label("Month").fill("february")
    iris.chooses("Guardian and IRO", of="Between").chooses("First contact", of="Purpose")
    iris.chooses("Telephone", of="How").fills(NOTE, "A long note, typed once.")
    iris.presses("Record a contact")

    iris.is_told_of_a_problem("The date it happened must be a real date")
    iris.page.locator(".govuk-error-summary").get_by_role("link").first.click()
    assert iris.page.url.endswith("#id_on_0")
    iris.finds_typed("Day", "31").finds_typed("Month", "february")
    iris.finds_typed(NOTE, "A long note, typed once.")
    assert iris.page.get_by_role("radio", name="Telephone").is_checked()

    iris.fills_date("When did it happen?", steps.day("2025-04-23")).presses("Record a contact")
    iris.is_told("Recorded: Contact made, Wednesday 23 April 2025.")
    assert Event.objects.get(happening="contact").note == "A long note, typed once."


def test_what_needs_a_script_is_not_offered_without_one(cast, calendar, at_a_browser):
    calendar.turns_to("2025-04-24")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_an_iro(cast, since="2025-04-22")
    iris = at_a_browser(cast.iris, has_script=False).is_signed_in()
    iris.opens(f"/cases/{case.key}/").does_not_read("Print this case")

    # What belongs to one choice shows only with it, by the style sheet alone.
    event = Event.objects.get(happening="proceedings_issued")
    iris.opens(f"/cases/{case.key}/events/{event.pk}/correct/").does_not_read("The day it happened")
    iris.chooses("It happened on another day").reads("The day it happened")
