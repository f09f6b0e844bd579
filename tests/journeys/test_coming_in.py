"""Coming in for the first time, and staying: looked at as every page is."""

import pytest

from tests.cast import PASSWORD
from tests.doors import code_now

pytestmark = pytest.mark.needs_browser


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_somebody_new_sets_up_an_app(cast, calendar, at_a_browser, has_script):
    calendar.turns_to("2025-04-24")
    sol = at_a_browser(cast.sol, has_script=has_script)
    sol.opens("/sign-in/").fills("E-mail address", cast.sol.email).fills("Password", PASSWORD).presses(
        "Sign in"
    )
    sol.reads("Set up your second factor").presses("Use an app")
    sol.page.get_by_text("I cannot use the square").click()
    secret = sol.page.locator(".govuk-details__text strong").inner_text()
    sol.fills("Code", code_now(secret)).presses("Turn on the app")
    sol.reads("Your recovery codes", "They are shown only now.")
    sol.presses("I have kept them").reads("My work")


def test_a_security_key_is_set_up_in_a_real_browser(cast, calendar, at_a_browser):
    """The browser's own make-believe key stands in for one of metal."""
    sol = at_a_browser(cast.sol)
    devtools = sol.context.new_cdp_session(sol.page)
    devtools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator", {"options": kind | {"automaticPresenceSimulation": True}}
    )
    sol.opens("/sign-in/").fills("E-mail address", cast.sol.email).fills("Password", PASSWORD).presses(
        "Sign in"
    )
    sol.presses("Use a security key").presses("Set up the key").reads("Your recovery codes")
    sol.page.get_by_role("button", name="Sign out").click()
    sol.fills("E-mail address", cast.sol.email).fills("Password", PASSWORD).presses("Sign in")
    sol.presses("Use your security key").reads("My work")


def test_one_is_warned_in_time_and_stays(cast, calendar, at_a_browser, settings):
    settings.SESSION_WARNING_SECONDS = settings.SESSION_IDLE_SECONDS
    iris = at_a_browser(cast.iris).is_signed_in().opens("/protocol/")
    warning = iris.page.get_by_role("dialog", name="You are about to be signed out")
    warning.wait_for(timeout=12_000)
    iris.looks()
    settings.SESSION_WARNING_SECONDS = 180
    with iris.page.expect_response("**/stay-signed-in/") as said:
        warning.get_by_role("button", name="Stay signed in").click()
    assert said.value.status == 200
