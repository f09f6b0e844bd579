"""An administrator brings people in; each chooses a password of their own."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts import invitations
from accounts.models import User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def details(**changes):
    return {
        "name": "New Reviewer",
        "email": "new@example.org",
        "telephone": "",
        "role": "iro",
        "manager": "",
    } | changes


def test_a_person_added_is_invited_and_chooses_a_password(client, ada):
    client.force_login(ada)
    client.post(reverse("person_new"), details())
    client.logout()
    assert not mail.outbox, "A link goes out once the person is saved, and not before."
    invitations.send_links()

    link = re.search(r"http\S+(/set-password/\S+)", mail.outbox[0].body).group(1)
    form_page = client.get(link, follow=True)
    client.post(
        form_page.redirect_chain[-1][0],
        {"new_password1": "three odd words here", "new_password2": "three odd words here"},
    )
    assert client.login(username="new@example.org", password="three odd words here")


def test_before_the_password_is_chosen_nobody_can_sign_in_as_them(client, ada):
    client.force_login(ada)
    client.post(reverse("person_new"), details())
    client.logout()
    assert not client.login(username="new@example.org", password="")


def test_an_authority_employs_no_guardian(client, ada):
    client.force_login(ada)
    page = client.post(reverse("person_new"), details(role="guardian"))
    assert page.status_code == 200
    assert page.context["form"].errors["role"]
    assert not User.objects.filter(email="new@example.org").exists()


def test_an_e_mail_address_belongs_to_one_person_whatever_its_capitals(client, cast, ada):
    client.force_login(ada)
    page = client.post(reverse("person_new"), details(email="IRIS@example.org"))
    assert "Somebody already has an account with this e-mail address." in page.context["form"].errors["email"]


def test_another_organisations_people_are_as_if_not_there(client, cast, ada):
    client.force_login(ada)
    assert client.get(reverse("person", args=[cast.gwen.pk])).status_code == 404


def test_only_an_administrator_administers(client, cast):
    client.force_login(cast.mona)
    for page in (reverse("people_admin"), reverse("person_new"), reverse("organisation")):
        assert client.get(page).status_code == 404


def test_a_leaver_can_no_longer_sign_in(client, cast, ada):
    client.force_login(ada)
    client.post(
        reverse("person", args=[cast.iris.pk]),
        details(name="Iris Reviewer", email="iris@example.org", is_active=""),
    )
    client.logout()
    assert not client.login(username="iris@example.org", password=PASSWORD)


def test_a_forgotten_password_is_answered_alike_whoever_asks(client, cast):
    known = client.post(reverse("forgotten_password"), {"email": "iris@example.org"})
    unknown = client.post(reverse("forgotten_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    invitations.send_links()
    invitations.send_links()
    assert [message.to for message in mail.outbox] == [["iris@example.org"]]


def test_the_administrator_keeps_the_details_that_letters_carry(client, cast, ada):
    client.force_login(ada)
    client.post(
        reverse("organisation"),
        {"name": "Northmoor Council (invented)", "address": "2 New Road", "telephone": "01632 960001", "email": "",
         "letterhead": "Director: Dora Director"},
    )  # fmt: skip
    cast.northmoor.refresh_from_db()
    assert cast.northmoor.address == "2 New Road"


def test_who_gets_another_e_mail_address_is_told_at_the_old_one(
    client, cast, ada, django_capture_on_commit_callbacks
):
    client.force_login(ada)
    changed = details(name="Iris Reviewer", email="iris.new@example.org", is_active="on")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("person", args=[cast.iris.pk]), changed)
    assert [message.to for message in mail.outbox] == [["iris@example.org"]]
    assert "iris.new@example.org" in mail.outbox[0].body


def test_a_link_that_could_not_be_sent_is_sent_with_the_next_tick(client, cast, monkeypatch):
    client.post(reverse("forgotten_password"), {"email": "iris@example.org"})
    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", _no_mail)
        with pytest.raises(OSError, match="no mail"):
            invitations.send_links()
    invitations.send_links()
    assert [message.to for message in mail.outbox] == [["iris@example.org"]]


def _no_mail(message):
    raise OSError("no mail today")
