"""The second factor: set up once, asked for each time, shown to nobody, reset only by an administrator."""

import json
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import reverse

from accounts import second_factor
from accounts.forms import sign_in as forms
from accounts.models import Session
from tests.doors import SECRET, code_now, give_an_app, give_password, is_in, sign_in
from tests.security_key import SecurityKey

pytestmark = pytest.mark.django_db
HERE = "https://localhost"


def codes_on(page):
    return re.findall(r"<li>(\d{8})</li>", page.content.decode())


def enrols_with_an_app(client, person):
    give_password(client, person)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)


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
        assert _is_taken(iris, code)
        clock.shift(35)
        assert not _is_taken(iris, code)


@pytest.mark.usefixtures("used_codes_by_the_clock_of_the_story")
def test_plant_a_code_that_is_remembered_for_its_half_minute_only_counts_twice(iris, monkeypatch):
    monkeypatch.setattr(forms, "A_CODE_COUNTS_FOR", 30)
    with time_machine.travel("2025-05-06T10:00:10+01:00", tick=False) as clock:
        code = code_now()
        assert _is_taken(iris, code)
        clock.shift(35)
        assert _is_taken(iris, code)


def _is_taken(person, code):
    client = Client()
    give_password(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code})
    return is_in(client)


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


# --- Security keys ----------------------------------------------------------------------------------------


@pytest.fixture
def at_localhost():
    return Client(SERVER_NAME="localhost")


def adds_a_key(client, key, name="Blue key", **how):
    page = client.get(reverse("mfa_add_webauthn"), secure=True)
    options = page.context["js_data"]["creation_options"]
    answer = key.creates(_plain(options), HERE)
    return client.post(
        reverse("mfa_add_webauthn"), {"name": name, "credential": answer}, secure=True, follow=True, **how
    )


def uses_a_key(client, key, origin=HERE):
    page = client.get(reverse("mfa_authenticate"), secure=True)
    answer = key.answers(_plain(page.context["js_data"]["request_options"]), origin)
    return client.post(reverse("mfa_authenticate"), {"credential": answer}, secure=True)


def _plain(options):
    """As the page's script reads them."""
    return json.loads(json.dumps(options, cls=DjangoJSONEncoder))


def test_a_security_key_is_set_up_and_signs_in(at_localhost, cast):
    key = SecurityKey()
    give_password(at_localhost, cast.sol, secure=True)
    page = adds_a_key(at_localhost, key)
    assert len(codes_on(page)) == 10
    at_localhost.post(reverse("sign_out"), secure=True)
    give_password(at_localhost, cast.sol, secure=True)
    uses_a_key(at_localhost, key)
    assert at_localhost.get(reverse("protocol"), secure=True).status_code == 200


def test_a_key_that_answers_another_site_or_another_persons_key_is_refused(at_localhost, cast):
    key = SecurityKey()
    give_password(at_localhost, cast.sol, secure=True)
    adds_a_key(at_localhost, key)
    at_localhost.post(reverse("sign_out"), secure=True)
    give_password(at_localhost, cast.sol, secure=True)
    for answer in (
        uses_a_key(at_localhost, key, "https://evil.example"),
        uses_a_key(at_localhost, SecurityKey()),
    ):
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
    assert at_localhost.get(reverse("protocol"), secure=True).status_code == 302


@pytest.mark.parametrize(
    "answer",
    ["", "x", "null", "[]", "{}", '"a"', "1", '{"id": 1}', '{"id": "a", "rawId": "a", "response": {}}',
     '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA",'
     '"authenticatorData":"AA","signature":"AA"}}'],
)  # fmt: skip
def test_whatever_is_sent_as_a_keys_answer_is_refused_in_words(at_localhost, cast, answer):
    give_password(at_localhost, cast.sol, secure=True)
    at_localhost.get(reverse("mfa_add_webauthn"), secure=True)
    page = at_localhost.post(reverse("mfa_add_webauthn"), {"credential": answer}, secure=True)
    assert page.status_code == 200
    give_an_app(cast.iris)
    other = Client(SERVER_NAME="localhost")
    give_password(other, cast.iris, secure=True)
    other.get(reverse("mfa_authenticate"), secure=True)
    page = other.post(reverse("mfa_authenticate"), {"credential": answer}, secure=True)
    assert page.status_code == 200
    assert other.get(reverse("protocol"), secure=True).status_code == 302


# --- Changing it ------------------------------------------------------------------------------------------


def test_the_last_one_cannot_be_removed_and_another_can(
    at_localhost, cast, django_capture_on_commit_callbacks
):
    enrols_with_an_app(at_localhost, cast.sol)
    app = second_factor.of(cast.sol).get()
    page = at_localhost.post(reverse("remove_second_factor", args=[app.pk]), secure=True)
    assert "the only one you have" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        adds_a_key(at_localhost, SecurityKey())
        at_localhost.post(reverse("remove_second_factor", args=[app.pk]), secure=True)
    assert [factor.type for factor in second_factor.of(cast.sol)] == ["webauthn"]
    assert [message.to for message in mail.outbox] == [[cast.sol.email]] * 2


def test_another_persons_cannot_be_removed(client, cast, iris):
    give_an_app(cast.ivor)
    client.force_login(cast.ivor)
    assert (
        client.post(reverse("remove_second_factor", args=[second_factor.of(iris).get().pk])).status_code
        == 404
    )


def test_some_time_after_signing_in_changing_it_asks_for_a_code_again(client, iris):
    with time_machine.travel("2025-05-06T10:00:10+01:00", tick=False) as clock:
        sign_in(client, iris)
        assert client.get(reverse("mfa_add_webauthn")).status_code == 200
        clock.shift(6 * 60)
        for page in ("mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
            answer = client.get(reverse(page))
            assert answer.status_code == 404 or answer.url.startswith(reverse("mfa_reauthenticate")), page
        confirm = f"{reverse('mfa_reauthenticate')}?next={reverse('mfa_add_webauthn')}"
        assert "The code is not right" in client.post(confirm, {"code": "000000"}).content.decode()
        assert client.post(confirm, {"code": code_now()}).url == reverse("mfa_add_webauthn")
        assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_new_recovery_codes_end_the_old_ones(client, cast, another_browser):
    _, page = enrols_with_an_app(client, cast.sol)
    old = codes_on(page)[0]
    new = codes_on(client.post(reverse("mfa_generate_recovery_codes"), follow=True))
    assert len(new) == 10
    assert not _is_taken(cast.sol, old)
    assert _is_taken(cast.sol, new[0])


# --- Reset by an administrator ----------------------------------------------------------------------------


def test_an_administrator_resets_it_and_the_person_is_told_and_begins_again(
    client, ada, iris, another_browser, django_capture_on_commit_callbacks
):
    another_browser.force_login(iris)
    client.force_login(ada)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("reset_second_factor", args=[iris.pk]))
    assert not second_factor.has_one(iris)
    assert not is_in(another_browser)
    assert not Session.objects.filter(person=iris).exists()
    [told] = mail.outbox
    assert told.to == [iris.email]
    assert ada.name in told.body
    # The old password is of no use to anybody who knows it.
    assert give_password(another_browser, iris).status_code == 200
    link = re.search(r"http\S+(/set-password/\S+)", told.body).group(1)
    form = another_browser.get(link, follow=True).redirect_chain[-1][0]
    words = {"new_password1": "three odd words here", "new_password2": "three odd words here"}
    assert another_browser.post(form, words).url == reverse("mfa_index")


def test_nobody_else_resets_it(client, cast, ada, iris):
    client.force_login(cast.mona)
    assert client.post(reverse("reset_second_factor", args=[iris.pk])).status_code == 404
    client.force_login(ada)
    for person in (cast.gwen, ada):
        assert client.post(reverse("reset_second_factor", args=[person.pk])).status_code == 404
    assert second_factor.has_one(iris)


def test_whoever_runs_the_service_can_reset_it_by_a_command(iris, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("reset_sign_in", "IRIS@example.org")
    assert not second_factor.has_one(iris)
    assert "Whoever runs this service has reset" in mail.outbox[0].body
