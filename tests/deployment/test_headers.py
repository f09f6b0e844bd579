"""Every answer says which request it was, what a browser may do with it, and that the next one comes over HTTPS."""

import pytest
from django.test import override_settings
from django.urls import reverse

from config.requests import RequestId
from tests.deployment.starting import run


@pytest.mark.django_db
def test_every_answer_has_a_permissions_policy_and_an_id_of_its_own(client):
    first, second = client.get("/health"), client.get(reverse("sign_in"), headers={"X-Request-ID": "mine"})
    for answer in (first, second):
        assert "camera=()" in answer["Permissions-Policy"]
        assert "geolocation=()" in answer["Permissions-Policy"]
        assert len(answer["X-Request-ID"]) == 16
    assert first["X-Request-ID"] != second["X-Request-ID"]


@pytest.mark.django_db
def test_what_is_logged_during_a_request_carries_its_id(client, caplog):
    caplog.handler.addFilter(RequestId())
    answer = client.get("/nothing-is-here/")
    assert answer.status_code == 404
    [logged] = [line for line in caplog.records if line.name == "django.request"]
    assert logged.request_id == answer["X-Request-ID"]


def test_in_production_browsers_come_back_over_https_only():
    said = run(
        "-c",
        "from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)",
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    assert said.stdout.split() == ["31536000", "True", "True", "True"]


@pytest.mark.django_db
@override_settings(
    SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True
)
def test_over_https_every_answer_asks_browsers_to_come_back_so(client):
    for address in ("/health", "/there-is-no-such-page/", "/"):
        told = client.get(address, secure=True).headers["Strict-Transport-Security"]
        assert told == "max-age=31536000; includeSubDomains; preload"
