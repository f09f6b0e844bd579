"""What every test may count on. PostgreSQL and Redis themselves come from `tests/private_servers.py`."""

import gc
import os

import hypothesis
import pytest

from tests.chapters import _telling, _told, pytest_generate_tests, scene
from tests.programs import chromium

__all__ = ["_telling", "_told", "pytest_generate_tests", "scene"]

# A machine that is busy is no fault of what is tried on it.
hypothesis.settings.register_profile(
    "however busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("however busy")


def pytest_collection_finish():
    """What was imported and collected stays to the end: looking whether it is garbage cost a twentieth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test finds what another one left behind; sign-in limits, for one, are counted in the cache."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _audit_can_be_emptied():
    """A test that commits leaves an empty database behind, which the append-only triggers would refuse."""
    from django.db import connection

    from accounts.audit import triggers

    # Of every connection: beside Playwright's event loop, Django makes one of its own.
    operations, vendor = type(connection.ops), connection.vendor
    flush = operations.sql_flush

    def without_triggers(self, *args, **kwargs):
        statements = flush(self, *args, **kwargs)
        return statements and [*triggers.removals(vendor), *statements, *triggers.statements(vendor)]

    operations.sql_flush = without_triggers
    yield
    operations.sql_flush = flush


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """A hash made to be slow would be most of what the tests do."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _static_files_are_left_to_browsers(settings):
    """Else every new client looks through all of them; browsers are served by Django's own live server."""
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture(autouse=True)
def _force_login_gives_the_second_factor(monkeypatch):
    """`Client.force_login` stands for somebody who has come all the way in, as the doors would leave them."""
    from django.test import Client

    from tests.doors import come_all_the_way_in

    only_the_password = Client.force_login

    def force_login(self, user, backend=None):
        only_the_password(self, user, backend)
        come_all_the_way_in(self, user)

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(scope="session")
def browser():
    """One headless Chromium for all tests of a worker that are marked `needs_browser`."""
    from django.db import connections
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would otherwise take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = [
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    flags += ["--disable-sync", "--disable-quic"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield chrome
        connections.close_all()
        chrome.close()


@pytest.fixture
def page(browser, live_server):
    """A page of a browser nobody has used before. Whatever its console complains of fails the test."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    complaints = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)
