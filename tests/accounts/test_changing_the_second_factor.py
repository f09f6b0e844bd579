"""A second factor is changed by whoever has it, and reset only by an administrator or who runs the service."""

import re

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from accounts import second_factor
from accounts.models import Session
from tests.accounts.factor_steps import adds_a_key, codes_on, enrols_with_an_app, is_taken
from tests.doors import code_now, give_an_app, give_password, is_in, sign_in
from tests.security_key import SecurityKey

pytestmark = pytest.mark.django_db


def test_the_last_one_cannot_be_removed_and_another_can(
    at_localhost, cast, django_capture_on_commit_callbacks
):
    enrols_with_an_app(at_localhost, cast.sol)
    app = second_factor.of(cast.sol).get()
    page = at_localhost.post(reverse("remove_second_factor", args=[app.pk]), secure=True)
    assert "the only one you have" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        adds_a_key(at_localhost, SecurityKey())
        at_localhost.post(reverse("remove_second_factor", args=[app.pk]), secure=True)
    assert [factor.type for factor in second_factor.of(cast.sol)] == ["webauthn"]
    assert [message.to for message in mail.outbox] == [[cast.sol.email]] * 2


def test_another_persons_cannot_be_removed(client, cast, iris):
    give_an_app(cast.ivor)
    client.force_login(cast.ivor)
    assert (
        client.post(reverse("remove_second_factor", args=[second_factor.of(iris).get().pk])).status_code
        == 404
    )


def test_some_time_after_signing_in_changing_it_asks_for_a_code_again(client, iris):
    with time_machine.travel("2025-05-06T10:00:10+01:00", tick=False) as clock:
        sign_in(client, iris)
        assert client.get(reverse("mfa_add_webauthn")).status_code == 200
        clock.shift(6 * 60)
        for page in ("mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
            answer = client.get(reverse(page))
            assert answer.status_code == 404 or answer.url.startswith(reverse("mfa_reauthenticate")), page
        confirm = f"{reverse('mfa_reauthenticate')}?next={reverse('mfa_add_webauthn')}"
        assert "The code is not right" in client.post(confirm, {"code": "000000"}).content.decode()
        assert client.post(confirm, {"code": code_now()}).url == reverse("mfa_add_webauthn")
        assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_new_recovery_codes_end_the_old_ones(client, cast):
    _, page = enrols_with_an_app(client, cast.sol)
    old = codes_on(page)[0]
    new = codes_on(client.post(reverse("mfa_generate_recovery_codes"), follow=True))
    assert len(new) == 10
    assert not is_taken(cast.sol, old)
    assert is_taken(cast.sol, new[0])


# --- Reset by an administrator ----------------------------------------------------------------------------


def test_an_administrator_resets_it_and_the_person_is_told_and_begins_again(
    client, ada, iris, another_browser, django_capture_on_commit_callbacks
):
    another_browser.force_login(iris)
    client.force_login(ada)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("reset_second_factor", args=[iris.pk]))
    assert not second_factor.has_one(iris)
    assert not is_in(another_browser)
    assert not Session.objects.filter(person=iris).exists()
    [told] = mail.outbox
    assert told.to == [iris.email]
    assert ada.name in told.body
    # The old password is of no use to anybody who knows it.
    assert give_password(another_browser, iris).status_code == 200
    link = re.search(r"http\S+(/set-password/\S+)", told.body).group(1)
    form = another_browser.get(link, follow=True).redirect_chain[-1][0]
    words = {"new_password1": "three odd words here", "new_password2": "three odd words here"}
    assert another_browser.post(form, words).url == reverse("mfa_index")


def test_nobody_else_resets_it(client, cast, ada, iris):
    client.force_login(cast.mona)
    assert client.post(reverse("reset_second_factor", args=[iris.pk])).status_code == 404
    client.force_login(ada)
    for person in (cast.gwen, ada):
        assert client.post(reverse("reset_second_factor", args=[person.pk])).status_code == 404
    assert second_factor.has_one(iris)


def test_whoever_runs_the_service_can_reset_it_by_a_command(iris, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("reset_sign_in", "IRIS@example.org")
    assert not second_factor.has_one(iris)
    assert "Whoever runs this service has reset" in mail.outbox[0].body
