"""A password alone reaches no page: neither half-way in, nor in a session that began in any other way."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from accounts import middleware
from accounts.models import User
from accounts.roles import ROLES_IN, PersonRole
from tests.cast import PASSWORD
from tests.doors import give_an_app, give_password, is_in

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


def test_a_session_that_anything_else_began_with_a_password_reaches_no_route(cast):
    """Unlike the door's own half-way session, it claims to be all the way in."""
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
