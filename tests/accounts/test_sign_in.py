"""The front door: how one comes in by it, by an invitation and by a new password, and that nothing goes round it."""

import re

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse

from accounts import invitations
from accounts.models import User
from tests.cast import PASSWORD
from tests.doors import code_now, give_an_app, give_password, is_in, sign_in

pytestmark = pytest.mark.django_db


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


def test_navigation_shows_only_when_one_is_all_the_way_in(client, cast):
    give_password(client, cast.sol)
    page = client.get(reverse("mfa_index"), follow=True).content.decode()
    assert "moj-primary-navigation" not in page
    assert cast.sol.name in page
    lost = client.get("/there-is-no-such-page/").content.decode()
    assert cast.sol.name not in lost


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


def test_people_of_the_demonstration_are_nobody_in_production(client, iris, settings):
    User.objects.filter(pk=iris.pk).update(is_demonstration=True)
    sign_in(client, iris)
    assert is_in(client)
    settings.IS_PRODUCTION = True
    assert not is_in(client)
    client.post(reverse("sign_out"))
    assert "not right" in str(give_password(client, iris).context["form"].errors)
