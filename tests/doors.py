"""The doors, for tests: what a person has in their hands, and what a session looks like inside."""

import time
from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.urls import reverse

from accounts import sessions
from tests.cast import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def come_all_the_way_in(client, person):
    """Write into the session what the doors write there once the second factor is given."""
    session = client.session
    record_authentication(SimpleNamespace(session=session), person, method="mfa", type="totp")
    sessions.begin(session)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def give_an_app(person, secret=SECRET):
    """The person has an authenticator app with this secret."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, secret)
    return person


def code_now(secret=SECRET, *, at=None):
    """What the app shows."""
    return format_hotp_value(hotp_value(secret, int(at or time.time()) // 30))


def give_password(client, person, password=PASSWORD, **how):
    return client.post(reverse("sign_in"), {"login": person.email, "password": password}, **how)


def sign_in(client, person, password=PASSWORD, **how):
    """Both steps, as a person takes them who has an app already."""
    give_password(client, person, password, **how)
    return client.post(reverse("mfa_authenticate"), {"code": code_now()}, **how)


def is_in(client):
    """Whether a page opens that is for people who have come all the way in."""
    return client.get(reverse("change_password")).status_code == 200
