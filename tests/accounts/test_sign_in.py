"""The front door: a password alone reaches no page, and no answer tells who has an account."""

import re
import statistics
import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

from accounts import invitations, middleware, second_factor
from accounts.models import User
from accounts.roles import ROLES_IN, PersonRole
from tests.cast import PASSWORD
from tests.doors import code_now, give_an_app, give_password, is_in, sign_in

pytestmark = pytest.mark.django_db
# Open to everybody: they belong to coming in; the blank form is public, and a calendar's address is itself the key.
PUBLIC = {
    "health", "sign_in", "account_login", "sign_out", "forgotten_password", "password_link_sent", "set_password",
    "mfa_authenticate", "blank_referral_form", "calendar",
}  # fmt: skip
ENROLMENT = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "stay"}
VARIABLE = re.compile(r"<(?:(\w+):)?\w+>")
FILLED_WITH = {"uuid": "00000000-0000-4000-8000-000000000001"}


def routes(patterns=None, before=""):
    """Name and address of every route there is, each variable filled with something."""
    for pattern in patterns or get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            address = "/" + VARIABLE.sub(lambda variable: FILLED_WITH.get(variable[1], "1"), route)
            assert resolve(address), address
            yield pattern.name, address


def reached(client, *, leave_out=PUBLIC | ENROLMENT):
    """The routes that answer with anything but the way to the door. Signing out is not tried: it would be last."""
    doors = (reverse("mfa_index"), reverse("sign_in"))
    for name, address in routes():
        if name in leave_out:
            continue
        for method in (client.get, client.post):
            answer = method(address)
            if answer.status_code != 302 or not answer.url.startswith(doors):
                yield name


def people_of_every_role(cast):
    organisations = (cast.northmoor, cast.cafcass, cast.cafcass_legal)
    for organisation in organisations:
        for role in ROLES_IN[organisation.kind]:
            email = f"{role}.{organisation.pk}@example.org"
            yield User.objects.create_user(email, PASSWORD, name=role, organisation=organisation, role=role)


def test_password_and_code_open_the_door(client, iris):
    assert give_password(client, iris).url == reverse("mfa_authenticate")
    assert not is_in(client)
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert answer.url == reverse("my_work")
    assert is_in(client)


def test_one_comes_back_to_the_page_one_wanted_but_never_to_another_service(client, iris, another_browser):
    client.post("/sign-in/?next=/protocol/", {"login": iris.email, "password": PASSWORD})
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).url == "/protocol/"
    another = give_an_app(iris.manager)
    another_browser.post(
        "/sign-in/?next=//elsewhere.example/", {"login": another.email, "password": PASSWORD}
    )
    answer = another_browser.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert answer.url == reverse("my_work")


def test_the_password_alone_of_somebody_who_has_an_app_reaches_no_route(client, iris):
    give_password(client, iris)
    assert list(reached(client, leave_out=PUBLIC)) == []
    assert client.get(reverse("sign_in")).url == reverse("mfa_authenticate"), "still half-way in"


def test_the_password_alone_of_somebody_new_reaches_only_the_pages_to_enrol(client, cast):
    give_password(client, cast.sol)
    assert list(reached(client)) == []
    assert client.get(reverse("mfa_index")).status_code == 200


def test_every_role_needs_a_second_factor(cast):
    everybody = list(people_of_every_role(cast))
    assert {person.role for person in everybody} == set(PersonRole) - {PersonRole.VOLUNTARY_IRO}
    for person in everybody:
        client = Client()
        give_password(client, person)
        assert client.get(reverse("protocol")).url == reverse("mfa_index"), person.role


def test_a_session_begun_with_a_password_in_any_other_way_is_nobodys(client, iris):
    assert client.login(username=iris.email, password=PASSWORD)
    assert not is_in(client)


def test_plant_without_the_check_of_how_a_session_began_a_password_reaches_pages(client, cast, monkeypatch):
    monkeypatch.setattr(middleware.second_factor, "was_given", lambda request, person: True)
    give_password(client, cast.sol)
    assert "protocol" in reached(client)


def test_navigation_shows_only_when_one_is_all_the_way_in(client, cast):
    give_password(client, cast.sol)
    page = client.get(reverse("mfa_index"), follow=True).content.decode()
    assert "moj-primary-navigation" not in page
    assert cast.sol.name in page
    lost = client.get("/there-is-no-such-page/").content.decode()
    assert cast.sol.name not in lost


@pytest.mark.parametrize(
    "stranger", ["nobody@example.org", "IRIS@EXAMPLE.ORG", "invited@example.org", "left@example.org"]
)
def test_who_has_no_account_is_refused_in_the_same_words(client, cast, stranger):
    for email in ("invited@example.org", "left@example.org"):
        User.objects.create_user(email, None, name="X", organisation=cast.northmoor, role="iro")
    User.objects.filter(email="left@example.org").update(is_active=False)
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


def test_nobody_registers_and_only_the_pages_of_ours_are_routed():
    for name in ("account_signup", "account_email", "socialaccount_connections", "socialaccount_signup"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_somebody_half_way_in_may_begin_again_as_somebody_else(client, iris):
    give_password(client, iris)
    assert client.get(reverse("sign_in")).url == reverse("mfa_authenticate")
    client.post(reverse("sign_out"))
    assert client.get(reverse("sign_in")).status_code == 200


def test_an_invitation_goes_on_to_enrol_and_then_opens_the_door(client, cast, another_browser, ada):
    another_browser.force_login(ada)
    another_browser.post(
        reverse("person_new"),
        {"name": "New Reviewer", "email": "new@example.org", "telephone": "", "role": "iro", "manager": ""},
    )
    invitations.send_links()
    link = re.search(r"http\S+(/set-password/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    chosen = client.post(
        form, {"new_password1": "three odd words here", "new_password2": "three odd words here"}
    )
    assert chosen.url == reverse("mfa_index")
    assert not is_in(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    assert client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}).status_code == 302
    assert is_in(client)


def test_a_new_password_by_e_mail_does_not_go_round_the_second_factor(client, iris):
    client.post(reverse("forgotten_password"), {"email": iris.email})
    invitations.send_links()
    link = re.search(r"http\S+(/set-password/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    words = {"new_password1": "three odd words here", "new_password2": "three odd words here"}
    assert client.post(form, words).url == reverse("sign_in")
    assert not is_in(client)
    assert give_password(client, iris, "three odd words here").url == reverse("mfa_authenticate")


def test_a_link_leads_where_the_service_is_and_not_where_the_request_says(client, iris, settings):
    client.post(reverse("forgotten_password"), {"email": iris.email}, HTTP_HOST="127.0.0.1")
    invitations.send_links()
    assert f"{settings.SITE_ADDRESS}/set-password/" in mail.outbox[0].body


def test_asking_for_a_link_does_the_same_work_whoever_asks(client, iris):
    asked = []
    for email in (iris.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("forgotten_password"), {"email": email})
        asked.append(len(queries))
    assert asked[0] == asked[1] > 0


def test_people_of_the_demonstration_are_nobody_in_production(client, iris, settings):
    User.objects.filter(pk=iris.pk).update(is_demonstration=True)
    sign_in(client, iris)
    assert is_in(client)
    settings.IS_PRODUCTION = True
    assert not is_in(client)
    client.post(reverse("sign_out"))
    assert "not right" in str(give_password(client, iris).context["form"].errors)


def test_has_one_counts_no_recovery_codes(iris):
    assert second_factor.has_one(iris)
    Authenticator.objects.filter(user=iris).update(type="recovery_codes")
    assert not second_factor.has_one(iris)
