"""The second factor of the demonstration's people, for whoever tries the product out."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from config.demonstration.people import SECRET


def code_now():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // app_settings.TOTP_PERIOD))


def seconds_left():
    return app_settings.TOTP_PERIOD - int(time.time()) % app_settings.TOTP_PERIOD


def in_words():
    return (
        f"Second factor for everyone: put the secret {SECRET} into an authenticator app,\n"
        f"or ask for the code of the moment: .venv/bin/python manage.py demo_code   (now: {code_now()})"
    )
