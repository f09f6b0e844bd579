"""Guessing for hours, from everywhere it seems, while thirty colleagues behind the same gateway come to work.

What a limit is and whom it counts stands in `test_limits.py`; here is the attack as a whole.

An attack takes as long with `make test` as with `make test-full`, where it guesses nearly three times as often.
"""

import time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from accounts.backends import PersonBackend
from accounts.models import User
from tests.accounts.guessing_steps import QUARTER, claims, guess
from tests.cast import PASSWORD
from tests.doors import give_an_app, give_password, is_in, sign_in
from tests.in_full import IN_FULL

pytestmark = pytest.mark.django_db
# Of five accounts each eighteen times a quarter or oftener, where ten are looked at.
GUESSES = 2_000 if IN_FULL else 720
CODES = 200 if IN_FULL else 80
MORNING = "2025-05-06T07:00:00+01:00"


@pytest.fixture
def looked_at(monkeypatch):
    """By account, the moments at which a wrong password of it was really looked at."""
    moments, check = {}, PersonBackend.authenticate

    def watched(self, request, **credentials):
        person = check(self, request, **credentials)
        if person is None:
            moments.setdefault(credentials["email"].strip().lower(), []).append(time.time())
        return person

    monkeypatch.setattr(PersonBackend, "authenticate", watched)
    return moments


def at_most_in_a_quarter(moments):
    """The most that fell into any fifteen minutes."""
    return max((sum(begin <= one < begin + QUARTER for one in moments) for begin in moments), default=0)


def colleagues(organisation, number):
    password = make_password(PASSWORD)
    people = [
        User(email=f"colleague{n}@example.org", name=f"Colleague {n}", organisation=organisation, role="iro", password=password)
        for n in range(number)
    ]  # fmt: skip
    return [give_an_app(person) for person in User.objects.bulk_create(people)]


def two_hours_of_guessing(accounts, clock, tries=GUESSES, meanwhile=lambda nth: None):
    client = Client()
    for nth in range(tries):
        guess(accounts[nth % len(accounts)], nth=nth, client=client)
        clock.shift(2 * 3600 / tries)
        meanwhile(nth)


def test_two_hours_of_guessing_look_at_ten_a_quarter_and_thirty_of_thirty_come_to_work(
    cast, looked_at, plain_pages
):
    """Every honest colleague signs in once in the course of it, the attacked among them, in a browser of their own."""
    office = colleagues(cast.northmoor, 30)
    browsers, came_in = [Client() for _ in office], set()
    with time_machine.travel(MORNING, tick=False) as clock:
        for client, person in zip(browsers[:5], office[:5], strict=True):
            sign_in(client, person)
            client.post(reverse("sign_out"))
        clock.shift(QUARTER)

        between = GUESSES // 33

        def somebody_comes(nth):
            if nth % between == between - 1 and (place := nth // between) < 30:
                sign_in(browsers[place], office[place])
                if is_in(browsers[place]):
                    came_in.add(place)

        attacked = [person.email for person in office[:5]]
        two_hours_of_guessing(attacked, clock, meanwhile=somebody_comes)
    assert len(came_in) == 30
    assert set(looked_at) == set(attacked)
    for moments in looked_at.values():
        assert len(moments) > 10, "The attack went on for hours: more than one quarter was used"
        assert at_most_in_a_quarter(moments) <= 10


def test_plant_a_limit_for_each_address_only_lets_an_account_be_guessed(
    cast, looked_at, plain_pages, settings
):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "password": "300/15m/ip"}
    settings.TRUSTED_PROXIES = 1
    with time_machine.travel(MORNING, tick=False) as clock:
        two_hours_of_guessing([cast.iris.email], clock, tries=40)
    assert at_most_in_a_quarter(looked_at[cast.iris.email]) == 40 // 8


def test_somebody_inside_who_tries_everybodys_account_keeps_no_known_browser_out(
    cast, looked_at, plain_pages
):
    """One gateway for all: its own limit is used up by the attack, and those who work here come in all the same."""
    office = colleagues(cast.northmoor, 30)
    browsers = [Client() for _ in office]
    with time_machine.travel(MORNING, tick=False) as clock:
        for client, person in zip(browsers, office, strict=True):
            sign_in(client, person)
            client.post(reverse("sign_out"))
        clock.shift(3600)
        attacker = Client()
        for nth in range(320):
            guess(f"somebody{nth}@example.org", nth=nth, client=attacker)
        assert sum(map(len, looked_at.values())) == 300
        for client, person in zip(browsers, office, strict=True):
            sign_in(client, person)
        assert sum(map(is_in, browsers)) == 30


def test_codes_from_everywhere_are_looked_at_ten_times_a_quarter(cast, plain_pages, monkeypatch):
    """By somebody who has the password: new browsers, recovery codes and other addresses give no further tries."""
    person, looked, check = give_an_app(cast.iris), [], TOTP.validate_code
    monkeypatch.setattr(
        TOTP, "validate_code", lambda app, code: looked.append(time.time()) or check(app, code)
    )
    with time_machine.travel(MORNING, tick=False) as clock:
        for nth in range(CODES):
            client = Client()
            give_password(client, person, headers=claims(nth))
            code = f"{nth:06d}" if nth % 2 else f"{nth:08d}"
            client.post(reverse("mfa_authenticate"), {"code": code}, headers=claims(nth))
            clock.shift(2_000 / CODES)
    assert len(looked) > 10, "Half an hour and more: a second quarter was used"
    assert at_most_in_a_quarter(looked) == 10


def test_plant_codes_that_are_counted_by_browser_can_be_guessed(cast, plain_pages, monkeypatch):
    looked, check = [], TOTP.validate_code
    monkeypatch.setattr(
        TOTP, "validate_code", lambda app, code: looked.append(time.time()) or check(app, code)
    )
    monkeypatch.setattr("allauth.mfa.base.forms.check_rate_limit", lambda person: lambda: None)
    person = give_an_app(cast.iris)
    with time_machine.travel(MORNING, tick=False):
        for nth in range(12):
            client = Client()
            give_password(client, person)
            client.post(reverse("mfa_authenticate"), {"code": f"{nth:06d}"})
    assert at_most_in_a_quarter(looked) > 10
