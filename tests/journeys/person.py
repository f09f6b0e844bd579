"""A person at a browser. Every page they come to is looked at: axe, the console, a phone's width, a title of its own."""

import re
import time

from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from cases.dates import weekday_date
from tests.cast import PASSWORD
from tests.doors import code_now, give_an_app
from tests.journeys.looking import AXE_AT, axe_finds, shows_at_a_glance

DESKTOP = {"width": 1280, "height": 900}
PARTS = ("Day", "Month", "Year")


def _spoken(name):
    """A name as it begins; before the part that only a screen reader says, there may be a space."""
    words = re.escape(name).replace(":", r"\s*:")
    return re.compile(rf"^\s*{words}", re.IGNORECASE)


class Person:
    """Somebody who reads, follows links and fills in forms; the steps are written with these few words."""

    def __init__(self, browser, site, user, *, has_script=True, screen=DESKTOP):
        self.user, self.site, self.screen = user, site, screen
        self.has_script = has_script
        self.has_a_session = False
        self.code_of = 0.0
        self.visited, self.complaints, self.found = [], [], []
        self.context = browser.new_context(
            base_url=site,
            locale="en-GB",
            timezone_id="Europe/London",
            viewport=screen,
            java_script_enabled=has_script,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(8_000)
        self.context.set_default_navigation_timeout(30_000)  # the first page of a busy machine takes its time
        self.page = self.context.new_page()
        self.twin = None if has_script else self._page_for_axe(browser)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message):
        is_expected = "status of 404" in message.text
        if message.type == "error" and not is_expected:
            self.complaints.append(message.text)

    # --- Coming and going -------------------------------------------------------------------------------

    def signs_in(self):
        """By the door, as a person does: the password, then the code that their app shows."""
        self.opens("/sign-in/")
        self.fills("E-mail address", self.user.email)
        self.fills("Password", PASSWORD)
        give_an_app(self.user)
        self.presses("Sign in")
        self.fills("Code", self._fresh_code())
        self.presses("Continue")
        self.has_a_session = True
        return self

    def _fresh_code(self):
        """A code counts once: who signs in twice within half a minute waits for the next, or takes it early."""
        at = max(time.time(), self.code_of + 30)
        self.code_of = at
        return code_now(at=at)

    def is_signed_in(self):
        """Has signed in before; sessions end as the story's weeks go by."""
        client = Client()
        client.force_login(self.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.has_a_session = True
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.site}])
        return self

    def opens(self, path):
        response = self.page.goto(path)
        assert response.status == 200, f"{path} answered {response.status}"
        self.looks()
        return self

    def is_refused(self, path):
        """What is not yours answers as if it were not there."""
        assert self.page.goto(path).status == 404, f"{path} opened for {self.user.name}"
        self.looks()

    def follows(self, name, *, within=None):
        return self._goes("link", name, within)

    def presses(self, name, *, within=None):
        return self._goes("button", name, within)

    def _in(self, heading):
        """The whole page, or the smallest part of it that holds the words."""
        if heading is None:
            return self.page
        parts = self.page.locator("main li, tr, section, .moj-timeline__item, .govuk-summary-list__row")
        return parts.filter(has_text=heading).last

    def _goes(self, role, name, within):
        way = self._in(within).get_by_role(role, name=_spoken(name)).first
        try:
            expect(way).to_be_visible()
        except AssertionError:
            offered = self.page.get_by_role(role).all_inner_texts()
            raise AssertionError(f"No {role} {name!r} at {self.where}; there are {offered}") from None
        with self.page.expect_navigation() as leaving:
            way.click()
        assert leaving.value.status == 200, f"{self.where} answered {leaving.value.status}"
        self.looks()
        return self

    def downloads(self, name, *, into):
        with self.page.expect_download() as coming:
            self.page.get_by_role("button", name=_spoken(name)).click()
        path = into / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    # --- Filling in -------------------------------------------------------------------------------------

    def fills(self, label, words):
        self.page.get_by_label(label, exact=True).fill(words)
        return self

    def fills_date(self, legend, day):
        group = self.page.get_by_role("group", name=legend)
        for part, value in zip(PARTS, (day.day, day.month, day.year), strict=True):
            group.get_by_label(part).fill(str(value))
        return self

    def chooses(self, option, *, of=None):
        """One radio, or one line of a select."""
        if (
            of
            and (select := self.page.get_by_label(of, exact=True).and_(self.page.locator("select"))).count()
        ):
            select.select_option(label=option)
        else:
            scope = self.page.get_by_role("group", name=of) if of else self.page
            scope.get_by_role("radio", name=option, exact=True).check()
        return self

    def ticks(self, *names):
        for name in names:
            self.page.get_by_role("checkbox", name=name).check()
        return self

    def unticks(self, *names):
        for name in names:
            self.page.get_by_role("checkbox", name=name).uncheck()
        return self

    # --- Reading ----------------------------------------------------------------------------------------

    def reads(self, *words, within=None):
        for wanted in words:
            try:
                expect(self._seen(wanted, within)).to_be_visible()
            except AssertionError:
                raise AssertionError(f"{wanted!r} is not to be read at {self.where}: {self.words}") from None
        return self

    def does_not_read(self, *words, within=None):
        for unwanted in words:
            expect(self._in(within).get_by_text(unwanted).filter(visible=True)).to_have_count(0)
        return self

    def _seen(self, words, within):
        words = weekday_date(words) if hasattr(words, "weekday") else words
        return self._in(within).get_by_text(words).filter(visible=True).first

    def stands_at(self, stage):
        """The stage of the case that is marked as the present one."""
        expect(self.page.locator("[aria-current=step]")).to_contain_text(stage)
        return self

    def is_told(self, words):
        """The banner that says what has just been done."""
        expect(self.page.get_by_role("alert").get_by_text(words)).to_be_visible()
        return self

    def is_told_of_a_problem(self, words):
        """The summary says it first, and leads to the field."""
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_contain_text(words)
        assert self.page.title().startswith("Error: "), self.page.title()
        return self

    def finds_typed(self, label, words):
        expect(self.page.get_by_label(label, exact=True)).to_have_value(words)
        return self

    @property
    def where(self):
        return self.page.url.removeprefix(self.site)

    @property
    def words(self):
        """All that stands on the page."""
        return re.sub(r"\s+", " ", self.page.locator("body").inner_text())

    # --- What every page is held to ---------------------------------------------------------------------

    def looks(self):
        """Collects what is wrong with the page; the walk fails at its end with all of it."""
        self.visited.append(self.where)
        self.found += [f"{self.where}: {fault}" for fault in self._faults()]
        self.found += [f"{self.where}: the console says {said}" for said in self.complaints]
        self.complaints.clear()

    def _faults(self):
        yield from axe_finds(self.page if self.has_script else self._twin_of_the_page())
        yield from shows_at_a_glance(self.page, self.screen)

    def _page_for_axe(self, browser):
        """Axe waits on timers, which a browser without script never fires: it looks at a copy of the page."""
        context = browser.new_context(base_url=self.site, viewport=self.screen)
        context.route(
            "**/*.js", lambda route: route.continue_() if AXE_AT in route.request.url else route.abort()
        )
        page = context.new_page()
        page.goto("/health")
        return page

    def _twin_of_the_page(self):
        self.twin.set_content(self.page.content())
        return self.twin

    def leaves(self):
        self.context.close()
        if self.twin:
            self.twin.context.close()
