"""Guessing for hours, from everywhere it seems, while thirty colleagues behind the same gateway come to work.

What a limit is and whom it counts stands in `test_limits.py`; here is the attack as a whole, and that nothing in an
answer, in its bytes or in the work that is done for it, tells who has an account.

An attack takes as long with `make test` as with `make test-full`, where it guesses nearly three times as often.
"""

import os
import re
import time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import limits, middleware
from accounts.backends import PersonBackend
from accounts.models import User
from accounts.views.second_factor import Give
from accounts.views.sign_in import SignIn
from tests.accounts.test_sign_in import PUBLIC, reached, routes
from tests.cast import PASSWORD
from tests.doors import give_an_app, give_password, is_in, sign_in

pytestmark = pytest.mark.django_db
IN_FULL = os.environ.get("TEST_IN_FULL") == "1"
# Of five accounts each eighteen times a quarter or oftener, where ten are looked at.
GUESSES = 2_000 if IN_FULL else 720
CODES = 200 if IN_FULL else 80
QUARTER = 15 * 60
MORNING = "2025-05-06T07:00:00+01:00"
CHANCE = (rb'name="csrfmiddlewaretoken" value="[^"]*"', rb'nonce="[^"]*"', rb'X-CSRFToken": "[^"]*"')


@pytest.fixture
def plain_pages(monkeypatch):
    """Thousands of refusals, each only as its words: drawing the page would be most of the work."""
    for view in (SignIn, Give):
        monkeypatch.setattr(
            view, "render_to_response", lambda view, facts, **how: HttpResponse(str(facts["form"].errors))
        )


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


def claims(nth):
    """Another address each time, in every header that a proxy might write."""
    somewhere = f"{nth % 223 + 1}.{nth // 223 % 256}.{nth * 7 % 256}.{nth * 31 % 256}"
    return {"X-Forwarded-For": somewhere, "Forwarded": f"for={somewhere}", "X-Real-IP": somewhere}


def guess(client, email, nth):
    return client.post(reverse("sign_in"), {"login": email, "password": f"wrong {nth}"}, headers=claims(nth))


def two_hours_of_guessing(accounts, clock, tries=GUESSES, meanwhile=lambda nth: None):
    client = Client()
    for nth in range(tries):
        guess(client, accounts[nth % len(accounts)], nth)
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
            guess(attacker, f"somebody{nth}@example.org", nth)
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


# --- Nothing tells who has an account -----------------------------------------------------------------------------


@pytest.fixture
def strangers(cast):
    """One of each kind that cannot come in, as against Iris, who could."""
    for email in ("invited@example.org", "left@example.org"):
        User.objects.create_user(email, None, name="Somebody", organisation=cast.northmoor, role="iro")
    User.objects.filter(email="left@example.org").update(is_active=False, password=make_password(PASSWORD))
    return ["nobody@example.org", "invited@example.org", "left@example.org"]


def bare(answer, email):
    """The bytes of an answer without what is chance in it, and without what was typed."""
    content = answer.content.replace(email.encode(), b"(typed)")
    for pattern in CHANCE:
        content = re.sub(pattern, b"", content)
    headers = {
        name: re.sub(r"nonce-[^']+", "", value)
        for name, value in answer.items()
        if name not in ("X-Request-ID",)
    }
    return (
        answer.status_code,
        content,
        {**headers, "Content-Length": "", "Expires": ""},
        sorted(answer.cookies),
    )


@pytest.mark.parametrize("tries", [1, 12], ids=["a wrong password", "too many of them"])
def test_a_refusal_is_the_same_in_every_byte_whoever_is_refused(cast, strangers, tries):
    answers = {}
    for email in [give_an_app(cast.iris).email, *strangers]:
        client = Client()
        for _ in range(tries):
            answer = client.post(reverse("sign_in"), {"login": email, "password": "wrong"})
        answers[email] = bare(answer, email)
    for answer in answers.values():
        assert answer == answers[cast.iris.email]
    assert (limits.WORDS.encode() in answers[cast.iris.email][1]) == (tries > 10)


def test_asking_for_a_new_password_is_answered_the_same_in_every_byte(cast, strangers):
    answers = []
    for email in [cast.iris.email, *strangers]:
        for _ in range(7):
            answer = Client().post(reverse("forgotten_password"), {"email": email}, follow=True)
        answers.append(bare(answer, email))
    assert all(answer == answers[0] for answer in answers)


def test_the_same_hashing_and_the_same_questions_to_the_database_whoever_is_refused(
    cast, strangers, monkeypatch
):
    """Rather than to measure fine: no work depends on who it is, so no time can."""
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *given, **how: hashed.append(1) or encode(*given, **how)
    )
    work = {}
    for email in [give_an_app(cast.iris).email, *strangers]:
        hashed.clear()
        with CaptureQueriesContext(connection) as queries:
            Client().post(reverse("sign_in"), {"login": email, "password": "wrong"})
        work[email] = len(hashed), [re.sub(r"'[^']*'|\d+", "", query["sql"])[:40] for query in queries]
    assert all(done == work[cast.iris.email] for done in work.values()), work
    assert work[cast.iris.email][0] == 1


def test_plant_a_door_that_looks_further_for_whom_it_knows_is_found(cast, monkeypatch):
    check = PersonBackend.authenticate

    def curious(self, request, **credentials):
        for person in User.objects.filter(email=credentials["email"]):
            person.refresh_from_db()
        return check(self, request, **credentials)

    monkeypatch.setattr(PersonBackend, "authenticate", curious)
    asked = []
    for email in (cast.iris.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            Client().post(reverse("sign_in"), {"login": email, "password": "wrong"})
        asked.append(len(queries))
    assert asked[0] > asked[1]


# --- The password alone -------------------------------------------------------------------------------------------


def test_a_session_that_anything_else_began_with_a_password_reaches_no_route(cast):
    """The door's own half-way session is tried in `test_sign_in.py`; this one claims to be all the way in."""
    person, doors = give_an_app(cast.iris), (reverse("sign_in"), reverse("mfa_index"))
    for name, address in routes():
        for method in () if name in PUBLIC else ("get", "post"):
            browser = Client()
            browser.login(username=person.email, password=PASSWORD)
            answer = getattr(browser, method)(address)
            assert answer.status_code == 302, (name, method)
            assert answer.url.startswith(doors), (name, answer.url)


def test_plant_a_middleware_that_lets_a_password_through_to_one_route_is_found(client, cast, monkeypatch):
    begun = middleware.SecondFactorFirst.process_view

    def lets_one_through(self, request, view, args, kwargs):
        if request.enrolling is not None and request.path == reverse("protocol"):
            request.user = request.enrolling
            return None
        return begun(self, request, view, args, kwargs)

    monkeypatch.setattr(middleware.SecondFactorFirst, "process_view", lets_one_through)
    give_password(client, cast.sol)
    assert set(reached(client)) - {"mfa_index"} == {"protocol"}
