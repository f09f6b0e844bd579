"""From signing in to a contact recorded, with the keyboard alone."""

import pytest

from cases.models import Event
from tests.cast import PASSWORD
from tests.doors import code_now, give_an_app
from tests.journeys import steps

pytestmark = pytest.mark.needs_browser
# Whether the element that has the focus shows it: an outline, a shadow or another ground than its neighbours.
SHOWS_FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e)
  const box = e.getBoundingClientRect()
  const label = e.matches('[type=radio], [type=checkbox]') && e.nextElementSibling
  const ring = label ? getComputedStyle(label, '::before') : s
  const visible = box.width > 1 && box.height > 1
  return visible && ((ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) > 0) || ring.boxShadow !== 'none')
}"""
NAME = """() => {
  const e = document.activeElement
  const legend = e.closest('fieldset')?.querySelector('legend')?.innerText ?? ''
  const own = e.labels?.[0]?.innerText ?? e.innerText ?? ''
  return [legend, own].filter(Boolean).join(': ').replace(/\\s+/g, ' ').trim()
}"""


class Keyboard:
    """Fingers on Tab, Space, Enter and the arrows; whatever they come to must show that it has the focus."""

    def __init__(self, person):
        self.person, self.page, self.passed = person, person.page, []

    def goes_to(self, name):
        """On to it by Tab, past the end of the page and round again if need be."""
        self.passed.clear()
        for _ in range(80):
            if self._is_at(name):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{name!r} is out of reach at {self.person.where}: {self.passed}")

    def _is_at(self, name):
        if self.page.evaluate("document.activeElement === document.body"):
            return False
        here = self.page.evaluate(NAME)
        self.passed.append(here)
        assert self.page.evaluate(SHOWS_FOCUS), f"{here!r} has the focus at {self.person.where} and hides it"
        return here.startswith(name)

    def types(self, words):
        self.page.keyboard.type(words)
        return self

    def presses(self, key):
        self.page.keyboard.press(key)
        return self

    def goes_on(self, key="Enter"):
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.person.looks()
        return self


def test_a_contact_is_recorded_without_a_mouse(cast, calendar, at_a_browser):
    calendar.turns_to("2025-04-24")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_an_iro(cast, since="2025-04-22")
    steps.given_a_guardian(cast, case, since="2025-04-22")
    iris = at_a_browser(give_an_app(cast.iris))
    keys = Keyboard(iris.opens("/sign-in/"))

    keys.goes_to("E-mail address").types(cast.iris.email).goes_to("Password").types(PASSWORD).goes_on()
    keys.goes_to("Code").types(code_now()).goes_on()
    iris.reads("My work")
    iris.has_a_session = True

    # The skip link comes first, and leads past the navigation.
    keys.goes_to("Skip to main content").presses("Enter")
    assert iris.page.evaluate("document.activeElement.id") == "main-content"

    iris.opens(f"/cases/{case.key}/")
    keys.goes_to("Record what happened").goes_on()
    keys.goes_to("Contact made").goes_on()
    keys.goes_to("When did it happen?: Day")
    keys.goes_to("Between").presses("Space")
    keys.goes_to("Purpose").presses("Space").presses("ArrowDown").presses("ArrowUp")
    keys.goes_to("How").presses("Space")
    keys.goes_to("Note for the chronology").types("By keyboard alone.")
    keys.goes_to("Record a contact").goes_on()

    iris.is_told("Recorded: Contact made, Thursday 24 April 2025.")
    event = Event.objects.get(happening="contact")
    assert (event.note, event.details["purpose"]) == ("By keyboard alone.", "first_contact")


def test_a_button_that_is_a_link_answers_to_the_space_bar_too(cast, calendar, at_a_browser):
    calendar.turns_to("2025-04-24")
    case = steps.given_proceedings_about_the_siblings(cast, issued="2025-04-17")
    steps.given_an_iro(cast, since="2025-04-22")
    iris = at_a_browser(cast.iris).is_signed_in().opens(f"/cases/{case.key}/")
    Keyboard(iris).goes_to("What if?").goes_on("Space")
    iris.reads("What if …?")
