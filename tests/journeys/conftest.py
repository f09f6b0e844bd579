"""What the journeys share: the cast, a calendar, and browsers for the people in the story."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler

from cases import clock
from tests.cast import assemble
from tests.journeys.looking import AXE
from tests.journeys.person import Person

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Calendar:
    """The day of the story. The clock is woken as each one begins; time runs on within it."""

    def __init__(self):
        self.travelling, self.everybody = None, []

    def turns_to(self, day, at="09:00"):
        day = date.fromisoformat(day) if isinstance(day, str) else day
        self.stops()
        moment = datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=LONDON)
        self.travelling = time_machine.travel(moment, tick=True)
        self.travelling.start()
        clock.tick()
        for person in self.everybody:
            if person.has_a_session:
                person.is_signed_in()
        return day

    def stops(self):
        if self.travelling:
            self.travelling.stop()
            self.travelling = None


@pytest.fixture
def calendar(transactional_db):
    calendar = Calendar()
    yield calendar
    calendar.stops()


@pytest.fixture
def cast(transactional_db):
    return assemble()


@pytest.fixture
def _static_files_are_kept(monkeypatch):
    """A browser fetches them once, as it does where they are deployed. Ten years: the server's date is the story's."""
    serve = StaticFilesHandler.serve

    def serve_to_be_kept(self, request):
        response = serve(self, request)
        response["Cache-Control"] = "max-age=315360000"
        return response

    monkeypatch.setattr(StaticFilesHandler, "serve", serve_to_be_kept)


@pytest.fixture
def _axe_is_at_hand(settings):
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, (AXE.parent.name, AXE.parent)]


@pytest.fixture
def at_a_browser(browser, live_server, calendar, _static_files_are_kept, _axe_is_at_hand):
    """Gives a person a browser of their own. All that was wrong with any page they saw fails the test at its end."""

    def sit_down(user, **how):
        person = Person(browser, live_server.url, user, **how)
        calendar.everybody.append(person)
        return person

    yield sit_down
    found = [fault for person in calendar.everybody for fault in person.found]
    for person in calendar.everybody:
        person.leaves()
    assert not found, "\n".join(dict.fromkeys(found))
