"""The codes of an app and those for recovery: set up once, asked for each time, each counted once, shown to nobody."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from accounts import second_factor
from accounts.forms import sign_in as forms
from tests.accounts.factor_steps import codes_on, enrols_with_an_app, is_taken
from tests.doors import SECRET, code_now, give_an_app, give_password, is_in, sign_in

pytestmark = pytest.mark.django_db


def test_somebody_new_sets_up_an_app_and_is_in(client, cast):
    page = client.get(reverse("mfa_index"))
    assert page.url.startswith(reverse("sign_in"))
    _, codes = enrols_with_an_app(client, cast.sol)
    assert len(codes_on(codes)) == 10
    assert is_in(client)


def test_the_square_and_the_secret_are_on_the_page_and_nothing_is_fetched_for_them(client, cast):
    give_password(client, cast.sol)
    page = client.get(reverse("mfa_activate_totp"))
    words = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in words
    assert client.session["mfa.totp.secret"] in words
    assert "no-store" in page.headers["Cache-Control"]


def test_a_wrong_code_sets_up_nothing_and_the_secret_stays_the_same(client, cast):
    give_password(client, cast.sol)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "The code is not right" in page.content.decode()
    assert client.session["mfa.totp.secret"] == secret
    assert not second_factor.has_one(cast.sol)
    assert not is_in(client)


def test_the_session_has_a_new_key_once_it_is_complete(client, cast):
    give_password(client, cast.sol)
    before = client.session.session_key
    enrols_with_an_app(client, cast.sol)
    assert client.session.session_key != before


def test_recovery_codes_are_shown_once(client, cast):
    enrols_with_an_app(client, cast.sol)
    again = client.get(reverse("mfa_view_recovery_codes"))
    assert codes_on(again) == []
    assert "not shown again" in again.content.decode()


def test_plant_codes_that_are_not_marked_as_seen_are_shown_again(client, cast, monkeypatch):
    monkeypatch.setattr(RecoveryCodes, "mark_as_viewed", lambda codes: None)
    enrols_with_an_app(client, cast.sol)
    assert codes_on(client.get(reverse("mfa_view_recovery_codes")))


def test_a_recovery_code_signs_in_once(client, cast, another_browser):
    _, page = enrols_with_an_app(client, cast.sol)
    code = codes_on(page)[0]
    give_password(another_browser, cast.sol)
    another_browser.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(another_browser)
    third = Client()
    give_password(third, cast.sol)
    third.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_in(third)


@time_machine.travel("2025-05-06T10:00:10+01:00", tick=False)
def test_a_code_counts_once(iris):
    first, second = Client(), Client()
    sign_in(first, iris)
    sign_in(second, iris)
    assert is_in(first)
    assert not is_in(second)


@pytest.fixture
def used_codes_by_the_clock_of_the_story(settings):
    """A real Redis forgets by its own clock, whatever day it is in the story."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.mark.usefixtures("used_codes_by_the_clock_of_the_story")
def test_a_code_does_not_count_again_while_the_clocks_may_differ(iris):
    """A code is taken half a minute early or late: it must stay used for as long as that."""
    with time_machine.travel("2025-05-06T10:00:10+01:00", tick=False) as clock:
        code = code_now()
        assert is_taken(iris, code)
        clock.shift(35)
        assert not is_taken(iris, code)


@pytest.mark.usefixtures("used_codes_by_the_clock_of_the_story")
def test_plant_a_code_that_is_remembered_for_its_half_minute_only_counts_twice(iris, monkeypatch):
    monkeypatch.setattr(forms, "A_CODE_COUNTS_FOR", 30)
    with time_machine.travel("2025-05-06T10:00:10+01:00", tick=False) as clock:
        code = code_now()
        assert is_taken(iris, code)
        clock.shift(35)
        assert is_taken(iris, code)


def test_secrets_are_stored_sealed(iris):
    stored = Authenticator.objects.get(user=iris).data["secret"]
    assert SECRET not in stored
    assert "-----" not in stored
    assert Authenticator.objects.get(user=iris).wrap().validate_code(code_now())


def test_a_secret_sealed_with_a_key_long_gone_is_said_so_and_another_key_still_opens_it(
    client, iris, settings
):
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key altogether"
    give_password(client, iris)
    assert (
        "can no longer be read"
        in client.post(reverse("mfa_authenticate"), {"code": code_now()}).content.decode()
    )
    settings.SECRET_KEY_FALLBACKS = [old]
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_in(client)


def test_another_persons_code_does_not_count(client, cast):
    give_an_app(cast.iris, "A" * 32)
    give_an_app(cast.ivor, "B" * 32)
    give_password(client, cast.iris)
    client.post(reverse("mfa_authenticate"), {"code": code_now("B" * 32)})
    assert not is_in(client)


@pytest.mark.parametrize("typed", ["", "x", "0" * 500, "\x00", "１２３４５６", "<script>", "{{7*7}}", "=1+1"])
def test_whatever_is_typed_as_a_code_is_refused_in_words(client, iris, typed):
    give_password(client, iris)
    assert client.post(reverse("mfa_authenticate"), {"code": typed}).status_code == 200
    assert not is_in(client)


def test_has_one_counts_no_recovery_codes(iris):
    assert second_factor.has_one(iris)
    Authenticator.objects.filter(user=iris).update(type="recovery_codes")
    assert not second_factor.has_one(iris)
