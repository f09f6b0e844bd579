"""Nothing in an answer, in its bytes or in the work that is done for it, tells who has an account."""

import re
import statistics
import time

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher, make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import limits
from accounts.backends import PersonBackend
from accounts.models import User
from tests.cast import PASSWORD
from tests.doors import give_an_app

pytestmark = pytest.mark.django_db
CHANCE = (rb'name="csrfmiddlewaretoken" value="[^"]*"', rb'nonce="[^"]*"', rb'X-CSRFToken": "[^"]*"')


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


# --- The answer ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stranger", ["nobody@example.org", "IRIS@EXAMPLE.ORG", "invited@example.org", "left@example.org"]
)
def test_who_has_no_account_is_refused_in_the_same_words(client, strangers, stranger):
    known = client.post(reverse("sign_in"), {"login": "iris@example.org", "password": "wrong"})
    unknown = client.post(reverse("sign_in"), {"login": stranger, "password": "wrong"})
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors
    assert set(known.headers) == set(unknown.headers)
    assert set(known.cookies) == set(unknown.cookies)


def test_a_leaver_with_the_right_password_reads_the_same_words(client, cast):
    User.objects.filter(pk=cast.iris.pk).update(is_active=False)
    left = client.post(reverse("sign_in"), {"login": cast.iris.email, "password": PASSWORD})
    wrong = client.post(reverse("sign_in"), {"login": cast.ivor.email, "password": "wrong"})
    assert left.context["form"].errors == wrong.context["form"].errors


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


# --- The work -----------------------------------------------------------------------------------------------------


@pytest.fixture
def slow_hash(cast, settings, monkeypatch):
    """So slow that leaving it out would show."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 300_000)
    cast.iris.set_password(PASSWORD)
    cast.iris.save()


def test_the_same_work_is_done_for_somebody_who_has_no_account(client, cast, slow_hash):
    known = _seconds(client, cast.iris.email)
    unknown = _seconds(client, "nobody@example.org")
    assert 0.5 < unknown / known < 2


def test_plant_a_door_that_hashes_only_for_people_it_knows_is_told_by_its_time(
    client, cast, slow_hash, monkeypatch
):
    monkeypatch.setattr("django.contrib.auth.backends.UserModel.set_password", lambda person, password: None)
    assert _seconds(client, "nobody@example.org") / _seconds(client, cast.iris.email) < 0.5


def _seconds(client, email):
    times = []
    for _ in range(3):
        began = time.perf_counter()
        client.post(reverse("sign_in"), {"login": email, "password": "wrong"})
        times.append(time.perf_counter() - began)
    return statistics.median(times)


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


def test_asking_for_a_link_does_the_same_work_whoever_asks(client, iris):
    asked = []
    for email in (iris.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("forgotten_password"), {"email": email})
        asked.append(len(queries))
    assert asked[0] == asked[1] > 0
