"""Guessing: ten tries a quarter of an hour for one account, wherever they seem to come from. The attack as a whole is in
`test_guessing.py`."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import limits
from accounts.addresses import client_address
from accounts.backends import PersonBackend
from tests.accounts.guessing_steps import QUARTER, guess
from tests.cast import PASSWORD
from tests.doors import code_now, give_an_app, give_password, is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(monkeypatch):
    """The e-mail addresses whose password was looked at, each time it was."""
    seen = []
    check = PersonBackend.authenticate

    def watched(self, request, **credentials):
        seen.append(credentials["email"].lower())
        return check(self, request, **credentials)

    monkeypatch.setattr(PersonBackend, "authenticate", watched)
    return seen


def attack(accounts, tries=2000):
    client = Client()
    for nth in range(tries):
        guess(accounts[nth % len(accounts)], nth=nth, client=client)


def test_plant_an_address_that_is_believed_lets_every_guess_through(cast, checked, settings, monkeypatch):
    """Count by the address a request claims, as many do, and the same attack reaches the password every time."""
    monkeypatch.setattr(
        limits, "password_try", lambda request, email: limits._take(request, "password", str(request.headers))
    )
    attack([cast.iris.email], tries=100)
    assert checked.count(cast.iris.email) > 10


@pytest.mark.parametrize("spelling", ["IRIS@example.org", " iris@example.org ", "Iris@Example.ORG"])
def test_another_spelling_gives_no_further_tries(cast, checked, spelling):
    for nth in range(20):
        guess(cast.iris.email if nth % 2 else spelling, nth=nth)
    assert len(checked) <= 10


def test_an_address_that_nobody_has_runs_out_in_the_same_way(cast, checked):
    answers = {}
    for email in (cast.iris.email, "nobody@example.org"):
        answers[email] = [str(guess(email, nth=nth).context["form"].errors) for nth in range(12)]
    assert answers[cast.iris.email] == answers["nobody@example.org"]
    assert limits.WORDS.split(".")[0] in answers[cast.iris.email][-1]


def test_the_right_password_is_refused_too_once_the_tries_are_used_up(cast, checked):
    give_an_app(cast.iris)
    for nth in range(12):
        guess(cast.iris.email, nth=nth)
    answer = give_password(Client(), cast.iris)
    assert answer.status_code == 200
    assert limits.WORDS in answer.content.decode()


def test_a_quarter_of_an_hour_later_one_may_try_again(cast):
    give_an_app(cast.iris)
    with time_machine.travel("2025-05-06T10:00:00+01:00", tick=False) as clock:
        for nth in range(12):
            guess(cast.iris.email, nth=nth)
        clock.shift(QUARTER + 1)
        client = Client()
        sign_in(client, cast.iris)
        assert is_in(client)


def test_signing_in_does_not_give_a_guesser_new_tries(cast, checked):
    give_an_app(cast.iris)
    with time_machine.travel("2025-05-06T10:00:00+01:00", tick=False) as clock:
        for nth in range(60):
            guess(cast.iris.email, nth=nth)
            if nth % 5 == 4:
                give_password(Client(), cast.iris)
            clock.shift(1)
    wrong = len(checked) - 1
    assert wrong <= 10


def test_somebody_who_mistypes_has_ten_tries_in_a_browser_of_theirs(cast, checked):
    give_an_app(cast.iris)
    client = Client()
    with time_machine.travel("2025-05-06T10:00:00+01:00", tick=False) as clock:
        sign_in(client, cast.iris)
        client.post(reverse("sign_out"))
        checked.clear()
        clock.shift(3600)
        for nth in range(15):
            guess(cast.iris.email, nth=nth, client=client)
    assert len(checked) == 10


def test_a_mark_of_another_persons_browser_or_a_forged_one_gives_none(cast, checked):
    give_an_app(cast.ivor)
    client = Client()
    sign_in(client, cast.ivor)
    client.post(reverse("sign_out"))
    checked.clear()
    for nth in range(15):
        guess(cast.iris.email, nth=nth, client=client)
    assert len(checked) == 7
    client.cookies["known_browser"] = f"[{cast.iris.pk}]:made:up"
    guess(cast.iris.email, nth=99, client=client)
    assert len(checked) == 7


def test_codes_are_limited_too(client, iris):
    with time_machine.travel("2025-05-06T10:00:00+01:00", tick=False):
        give_password(client, iris)
        wrong = [client.post(reverse("mfa_authenticate"), {"code": "000000"}) for _ in range(10)]
        assert all("not right" in answer.content.decode() for answer in wrong)
        answer = client.post(reverse("mfa_authenticate"), {"code": code_now()})
        assert limits.WORDS in answer.content.decode()
        assert not is_in(client)


def test_another_browser_gives_no_further_codes(iris):
    with time_machine.travel("2025-05-06T10:00:00+01:00", tick=False):
        for _ in range(10):
            client = Client()
            give_password(client, iris)
            client.post(reverse("mfa_authenticate"), {"code": "000000"})
        client = Client()
        sign_in(client, iris)
        assert not is_in(client)


def test_plant_a_count_that_is_not_kept_lets_codes_be_guessed(client, iris, monkeypatch):
    with time_machine.travel("2025-05-06T10:00:00+01:00", tick=False):
        give_password(client, iris)
        for _ in range(10):
            client.post(reverse("mfa_authenticate"), {"code": "000000"})
            cache.clear()
        client.post(reverse("mfa_authenticate"), {"code": code_now()})
        assert is_in(client)


def test_the_present_password_is_guessed_no_more_often_at_an_open_screen(client, iris):
    client.force_login(iris)
    new = {"new_password1": "three odd words here", "new_password2": "three odd words here"}
    for _ in range(10):
        client.post(reverse("change_password"), {"old_password": "wrong", **new})
    answer = client.post(reverse("change_password"), {"old_password": PASSWORD, **new})
    assert limits.WORDS in answer.content.decode()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "1.1.1.1", "127.0.0.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.1", "1.1.1.1"),
        (2, "1.1.1.1", "127.0.0.1"),
        (1, "nonsense\x7f", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_add_is_believed(rf, settings, proxies, forwarded, seen):
    settings.TRUSTED_PROXIES = proxies
    assert client_address(rf.get("/", headers={"X-Forwarded-For": forwarded})) == seen


def test_behind_a_proxy_of_ours_an_attacker_is_stopped_and_colleagues_elsewhere_are_not(
    cast, settings, plain_pages
):
    settings.TRUSTED_PROXIES = 1
    for nth in range(305):
        Client().post(
            reverse("sign_in"),
            {"login": f"somebody{nth}@example.org", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.9.8.{nth % 250}, 6.6.6.6"},
        )
    give_an_app(cast.iris)
    attacker = give_password(Client(), cast.iris, headers={"X-Forwarded-For": "6.6.6.6"})
    assert limits.WORDS in attacker.content.decode()
    honest = give_password(Client(), cast.iris, headers={"X-Forwarded-For": "192.0.2.7"})
    assert honest.url == reverse("mfa_authenticate")
