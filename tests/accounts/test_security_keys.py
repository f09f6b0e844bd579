"""Security keys as a second factor: set up, used, and refused where an answer is not theirs."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.factor_steps import adds_a_key, codes_on, uses_a_key
from tests.doors import give_an_app, give_password
from tests.security_key import SecurityKey

pytestmark = pytest.mark.django_db


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
    ["", "x", "[" * 3_000, "null", "[]", "{}", '"a"', "1", '{"id": 1}', '{"id": "a", "rawId": "a", "response": {}}',
     '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA",'
     '"authenticatorData":"AA","signature":"AA"}}'],
    ids=lambda answer: answer[:20] or "nothing",
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
