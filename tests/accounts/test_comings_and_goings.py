"""Who came in, who was let in or shut out, and by whom: each leaves one entry in the audit trail."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import invitations, moves, second_factor
from accounts.audit.models import AuditEntry, AuditRecord
from accounts.models import LinkWanted, Organisation, User
from tests.cast import PASSWORD
from tests.doors import code_now, give_password, is_in, sign_in

pytestmark = pytest.mark.django_db


def kept():
    """Each entry in brief: what was done, by whom, and to whom."""
    rows = AuditEntry.objects.order_by("pk").prefetch_related("records")
    return [(row.verb, row.who, {(about.kind, about.key) for about in row.records.all()}) for row in rows]


def person(user):
    return {("person", str(user.pk))}


# --- The doors ------------------------------------------------------------------------------------------


def test_coming_in_and_going_out_is_kept_with_where_from(client, iris):
    sign_in(client, iris, REMOTE_ADDR="198.51.100.7")
    client.post(reverse("sign_out"), REMOTE_ADDR="198.51.100.7")
    assert kept() == [("signed_in", iris, person(iris)), ("signed_out", iris, person(iris))]
    assert set(AuditEntry.objects.values_list("address", flat=True)) == {"198.51.100.7"}


def test_the_password_alone_is_not_coming_in(client, iris):
    give_password(client, iris)
    assert not kept()
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert kept() == [("second_factor.refused", None, person(iris))]


def test_a_wrong_guess_is_kept_without_what_was_typed(client, iris):
    client.post(reverse("sign_in"), {"login": "IRIS@example.org", "password": "a guess of mine"})
    client.post(reverse("sign_in"), {"login": "secret.name@example.org", "password": "a guess of mine"})
    assert kept() == [
        ("sign_in.refused", None, person(iris)), ("sign_in.refused", None, {("person", "unknown")}),
    ]  # fmt: skip
    said = [str(vars(row)) for table in (AuditEntry, AuditRecord) for row in table.objects.all()]
    assert not [line for line in said if "secret" in line or "guess" in line or "iris@" in line.casefold()]


def test_nobody_comes_in_whose_coming_cannot_be_kept(client, iris, monkeypatch):
    give_password(client, iris)
    client.raise_request_exception = False
    monkeypatch.setattr(AuditRecord.objects, "bulk_create", _full)
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 500
    monkeypatch.undo()
    assert not is_in(client)


def _full(*_):
    raise DatabaseError("disk full")


def test_a_password_changed_or_chosen_by_a_link_is_kept(client, iris):
    client.force_login(iris)
    words = {"new_password1": "three odd words here", "new_password2": "three odd words here"}
    client.post(reverse("change_password"), words | {"old_password": "wrong"})
    assert not kept()
    client.post(reverse("change_password"), words | {"old_password": PASSWORD})
    stranger = Client()
    link = invitations.password_link(User.objects.get(pk=iris.pk))
    form = stranger.get(link, follow=True).redirect_chain[-1][0]
    stranger.post(form, words)
    assert kept()[0] == ("password.changed", iris, person(iris))
    assert kept()[1] == ("password.chosen", None, person(iris))


def test_whose_link_was_asked_for_is_kept_whether_or_not_there_is_anybody(client, iris):
    for email in ("IRIS@example.org", "secret.name@example.org"):
        client.post(reverse("forgotten_password"), {"email": email}, REMOTE_ADDR="198.51.100.7")
    assert kept() == [
        ("password.forgotten", None, person(iris)), ("password.forgotten", None, {("person", "unknown")}),
    ]  # fmt: skip
    assert set(AuditEntry.objects.values_list("address", flat=True)) == {"198.51.100.7"}
    said = [str(vars(row)) for table in (AuditEntry, AuditRecord) for row in table.objects.all()]
    assert not [line for line in said if "secret" in line or "iris@" in line.casefold()]


def test_who_enrols_leaves_one_entry(client, cast):
    give_password(client, cast.sol)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_now(client.session["mfa.totp.secret"])})
    assert kept()[-1] == ("second_factor.added", cast.sol, person(cast.sol))


# --- The people of an organisation ----------------------------------------------------------------------

NEW = {"name": "New Reviewer", "email": "new@example.org", "telephone": "", "role": "iro", "manager": ""}


def test_adding_somebody_is_one_entry_and_the_invitation_waits_to_be_sent(client, ada):
    client.force_login(ada)
    assert client.post(reverse("person_new"), NEW).status_code == 302
    added = User.objects.get(email="new@example.org")
    assert kept() == [("person.added", ada, person(added))]
    assert LinkWanted.objects.get().person == added


@pytest.mark.parametrize(
    ("change", "verb"),
    [
        ({"telephone": "01632 960001"}, "person.changed"),
        ({"role": "iro_manager"}, "person.role_changed"),
        ({"is_active": ""}, "person.shut_out"),
    ],
)
def test_changing_somebody_says_what_weighs_most(client, cast, ada, change, verb):
    client.force_login(ada)
    now = {"name": cast.iris.name, "email": cast.iris.email, "telephone": "", "role": "iro", "manager": ""}
    client.post(reverse("person", args=[cast.iris.pk]), now | {"is_active": "on"} | change)
    assert kept() == [(verb, ada, person(cast.iris))]


def test_letting_somebody_in_again_is_said(client, cast, ada):
    User.objects.filter(pk=cast.iris.pk).update(is_active=False)
    client.force_login(ada)
    now = {"name": cast.iris.name, "email": cast.iris.email, "telephone": "", "role": "iro", "manager": ""}
    client.post(reverse("person", args=[cast.iris.pk]), now | {"is_active": "on"})
    assert kept() == [("person.let_in", ada, person(cast.iris))]


def test_another_role_is_planned_by_somebody_and_begins_by_itself(cast, ada):
    tomorrow = timezone.localdate() + timedelta(days=1)
    change = moves.plan(cast.iris, "iro_manager", from_on=tomorrow, by=ada)
    for _ in range(2):
        moves.apply_due(today=tomorrow)
    assert kept() == [("role.planned", ada, person(cast.iris)), ("role.begun", None, person(cast.iris))]
    moves.withdraw(change, by=ada)
    assert len(kept()) == 2, "It has begun: there is nothing to withdraw."


def test_a_role_that_begins_today_is_one_entry_and_so_is_taking_a_planned_one_back(cast, ada):
    moves.plan(cast.iris, "iro_manager", from_on=timezone.localdate(), by=ada)
    later = moves.plan(cast.ivor, "iro_manager", from_on=timezone.localdate() + timedelta(days=9), by=ada)
    moves.withdraw(later, by=ada)
    assert [(verb, who) for verb, who, _ in kept()] == [
        ("role.planned", ada), ("role.planned", ada), ("role.withdrawn", ada),
    ]  # fmt: skip


def test_a_reset_of_somebodys_sign_in_is_kept(client, ada, iris):
    client.force_login(ada)
    client.post(reverse("reset_second_factor", args=[iris.pk]))
    second_factor.reset(iris, by=None)
    assert kept() == [("sign_in.reset", ada, person(iris)), ("sign_in.reset", None, person(iris))]


def test_changes_to_an_organisation_are_kept(client, cast, ada):
    client.force_login(ada)
    details = {
        "name": cast.northmoor.name,
        "address": "2 New Road",
        "telephone": "",
        "email": "",
        "letterhead": "",
    }
    client.post(reverse("organisation"), details)
    call_command("add_organisation", "authority", "Westmere Council (invented)")
    westmere = Organisation.objects.get(name="Westmere Council (invented)")
    assert kept() == [
        ("organisation.changed", ada, {("organisation", str(cast.northmoor.pk))}),
        ("organisation.added", None, {("organisation", str(westmere.pk))}),
    ]  # fmt: skip
