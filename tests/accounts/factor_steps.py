"""When: somebody sets up a second factor, an app or a security key, and gives what it shows."""

import json
import re

from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import reverse

from tests.doors import code_now, give_password, is_in

HERE = "https://localhost"


def codes_on(page):
    return re.findall(r"<li>(\d{8})</li>", page.content.decode())


def enrols_with_an_app(client, person):
    give_password(client, person)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)


def is_taken(person, code):
    client = Client()
    give_password(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code})
    return is_in(client)


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
