"""Coming in from an authority's own directory: it says who somebody is, and never makes anybody."""

import re

import pytest
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts import adapters
from accounts.models import User
from tests import urls_with_a_directory

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrives(settings, client, cast):
    """Somebody whom the directory vouches for, back from there."""
    settings.ROOT_URLCONF = urls_with_a_directory.__name__
    settings.OIDC_SERVER = "https://directory.example"
    settings.OIDC_ORGANISATION = cast.northmoor.name
    there = {"provider_id": "directory", "name": "Directory", "client_id": "us", "secret": "hush"}
    there["settings"] = {"server_url": settings.OIDC_SERVER}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [there]}}

    def arrive(email, *, uid="1", is_verified=True):
        request = RequestFactory().get("/sign-in/directory/callback/")
        SessionMiddleware(lambda r: HttpResponse()).process_request(request)
        MessageMiddleware(lambda r: HttpResponse()).process_request(request)
        request.user = AnonymousUser()
        said = {"sub": uid, "email": email, "email_verified": is_verified}
        with context.request_context(request):
            provider = get_adapter(request).get_provider(request, "directory")
            return request, complete_login(request, provider.sociallogin_from_response(request, said))

    return arrive


def test_somebody_invited_comes_in_by_the_directory_and_still_gives_a_second_factor(arrives, iris):
    request, answer = arrives("iris@example.org")
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in request.session


@pytest.mark.parametrize("email", ["nobody@example.org", "gwen@example.org", "stella@example.org"])
def test_the_directory_makes_nobody_and_speaks_only_for_its_own(arrives, email):
    before = User.objects.count()
    request, answer = arrives(email)
    assert answer.url == reverse("directory_unknown")
    assert User.objects.count() == before
    assert "_auth_user_id" not in request.session


def test_an_address_that_the_directory_has_not_verified_is_nobodys(arrives, iris):
    assert arrives("iris@example.org", is_verified=False)[1].url == reverse("directory_unknown")


def test_a_leaver_does_not_come_in_by_the_directory(arrives, iris):
    arrives("iris@example.org")
    User.objects.filter(pk=iris.pk).update(is_active=False)
    assert arrives("iris@example.org")[1].url == reverse("directory_unknown")


def test_where_no_directory_is_configured_there_is_no_way_to_one(client):
    assert client.post("/sign-in/directory/").status_code == 404
    assert "Sign in with" not in client.get(reverse("sign_in")).content.decode()


def test_where_one_is_the_sign_in_page_offers_it(arrives, client, settings):
    settings.OIDC_NAME = "Northmoor’s directory"
    assert "Sign in with Northmoor’s directory" in client.get(reverse("sign_in")).content.decode()
    assert "You have no account here" in client.get(reverse("directory_unknown")).content.decode()


@pytest.mark.parametrize(
    ("asked", "goes_on"), [("/protocol/", "/protocol/"), ("https://elsewhere.example/", None)]
)
def test_who_comes_by_it_goes_on_to_the_page_they_asked_for(arrives, client, monkeypatch, asked, goes_on):
    gone = []
    monkeypatch.setattr(
        OpenIDConnectProvider,
        "redirect",
        lambda provider, request, process, next_url=None: gone.append(next_url) or HttpResponse(),
    )
    page = client.get(reverse("sign_in"), {"next": asked}).content.decode()
    form = page[page.index(f'action="{reverse("directory")}"') :]
    hidden = re.search(r'<input type="hidden" name="next" value="([^"]*)"', form)
    client.post(reverse("directory"), {"next": hidden.group(1)} if hidden else {"next": asked})
    assert gone == [goes_on]


def test_plant_a_directory_believed_about_everybody_lets_another_organisations_people_in(
    arrives, monkeypatch
):
    monkeypatch.setattr(
        adapters.Directory,
        "_invited",
        lambda directory, arriving: User.objects.get(email=arriving.email_addresses[0].email),
    )
    assert arrives("gwen@example.org")[1].url != reverse("directory_unknown")
