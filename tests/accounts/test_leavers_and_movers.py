"""A leaver is out at once, everywhere; a mover has the new role on its day."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import backends, checks, moves, tasks
from accounts.models import RoleChange, Session, User
from accounts.roles import PersonRole
from config.demonstration.people import SECRET
from tests.doors import code_now, give_password, is_in, sign_in

pytestmark = pytest.mark.django_db
TUESDAY = "2025-05-06T09:00:00+01:00"


def leaves(client, ada, person):
    client.force_login(ada)
    return client.post(
        reverse("person", args=[person.pk]),
        {"name": person.name, "email": person.email, "telephone": "", "role": person.role, "manager": ""},
    )


def test_a_leaver_is_out_at_the_next_click_in_every_browser_and_their_sessions_are_gone(client, ada, iris):
    browsers = [Client(), Client(), Client()]
    for browser in browsers:
        browser.force_login(iris)
        assert is_in(browser)
    assert leaves(client, ada, iris).status_code == 302
    assert not any(is_in(browser) for browser in browsers)
    assert not Session.objects.filter(person=iris).exists()
    assert is_in(client), "only the leaver's"


def test_a_leaver_is_out_however_it_was_written_down(client, iris):
    client.force_login(iris)
    User.objects.filter(pk=iris.pk).update(is_active=False)
    assert not is_in(client)


def test_a_leaver_half_way_in_gets_no_further(client, iris):
    give_password(client, iris)
    User.objects.filter(pk=iris.pk).update(is_active=False)
    sign_in(client, iris)
    assert not is_in(client)


def test_plant_a_door_that_does_not_ask_whether_they_are_still_there_lets_a_leaver_stay(
    client, iris, monkeypatch
):
    client.force_login(iris)
    User.objects.filter(pk=iris.pk).update(is_active=False)
    monkeypatch.setattr(backends.PersonBackend, "user_can_authenticate", lambda backend, person: True)
    assert is_in(client)


def test_somebody_who_comes_back_has_no_old_session(client, ada, iris, another_browser):
    another_browser.force_login(iris)
    leaves(client, ada, iris)
    User.objects.filter(pk=iris.pk).update(is_active=True)
    assert not is_in(another_browser)


def left_open(client, ada, person):
    """What a browser would send from the page as it was shown."""
    client.force_login(ada)
    form = client.get(reverse("person", args=[person.pk])).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in sent.items() if value is not False}


def test_a_page_left_open_lets_no_leaver_in_again(client, ada, iris, another_browser):
    stale = left_open(client, ada, iris) | {"telephone": "01632 960999"}
    assert stale["is_active"] is True
    leaves(client, ada, iris)
    answer = client.post(reverse("person", args=[iris.pk]), stale)
    said = answer.content.decode()
    assert "is IRO now and may not sign in. Nothing was saved." in said
    assert "01632 960999" in said
    iris.refresh_from_db()
    assert (iris.is_active, iris.telephone) == (False, "")
    again = stale | {"seen": answer.context["form"]["seen"].value()}
    del again["is_active"]
    assert client.post(reverse("person", args=[iris.pk]), again).status_code == 302
    iris.refresh_from_db()
    assert (iris.is_active, iris.telephone) == (False, "01632 960999")


def test_a_page_left_open_puts_no_mover_back(client, ada, iris):
    stale = left_open(client, ada, iris)
    User.objects.filter(pk=iris.pk).update(role="iro_manager")
    assert (
        "is IRO manager now and may sign in"
        in client.post(reverse("person", args=[iris.pk]), stale).content.decode()
    )
    assert role_of(iris) == "iro_manager"


# --- Movers -----------------------------------------------------------------------------------------------


def plans(client, ada, person, role, day):
    client.force_login(ada)
    return client.post(
        reverse("role_change", args=[person.pk]),
        {"role": role, "from_on_day": day.day, "from_on_month": day.month, "from_on_year": day.year},
    )


def role_of(person):
    return User.objects.get(pk=person.pk).role


@time_machine.travel(TUESDAY, tick=False)
def test_the_new_role_begins_on_its_day_and_not_before(client, ada, iris):
    assert plans(client, ada, iris, "iro_manager", date(2025, 6, 2)).status_code == 302
    assert (
        "IRO manager from Monday 2 June 2025"
        in client.get(reverse("person", args=[iris.pk])).content.decode()
    )
    moves.apply_due(today=date(2025, 6, 1))
    assert role_of(iris) == "iro"
    assert moves.apply_due(today=date(2025, 6, 2)) == 1
    assert role_of(iris) == "iro_manager"
    assert moves.apply_due(today=date(2025, 6, 2)) == 0


def test_it_is_honoured_on_the_day_even_while_the_clock_stands_still(client, ada, iris, another_browser):
    with time_machine.travel(TUESDAY, tick=False):
        plans(client, ada, iris, "administrator", date(2025, 5, 7))
        another_browser.force_login(iris)
        assert another_browser.get(reverse("people_admin")).status_code == 404
    with time_machine.travel("2025-05-07T00:00:01+01:00", tick=False):
        another_browser.force_login(iris)
        assert another_browser.get(reverse("people_admin")).status_code == 200


def test_plant_a_door_that_leaves_moves_to_the_clock_alone_is_late(
    client, ada, iris, another_browser, monkeypatch
):
    monkeypatch.setattr(backends.moves, "apply_due", lambda **how: 0)
    moves_tomorrow = date(2025, 5, 7)
    with time_machine.travel(TUESDAY, tick=False):
        RoleChange.objects.create(person=iris, role="administrator", from_on=moves_tomorrow, made_by=ada)
    with time_machine.travel("2025-05-07T00:00:01+01:00", tick=False):
        another_browser.force_login(iris)
        assert another_browser.get(reverse("people_admin")).status_code == 404


@time_machine.travel(TUESDAY, tick=False)
def test_a_change_from_today_is_made_today(client, ada, iris):
    plans(client, ada, iris, "iro_manager", timezone.localdate())
    assert role_of(iris) == "iro_manager"


@time_machine.travel(TUESDAY, tick=False)
def test_several_changes_come_in_their_order_after_a_week_of_silence(ada, iris):
    for role, day in (("team_manager", 8), ("iro_manager", 7), ("head_of_service", 9)):
        moves.plan(iris, role, from_on=date(2025, 5, day), by=ada)
    moves.apply_due(today=date(2025, 5, 20))
    assert role_of(iris) == "head_of_service"


@time_machine.travel(TUESDAY, tick=False)
def test_a_change_that_has_not_come_can_be_withdrawn_and_one_that_has_cannot(client, ada, iris):
    plans(client, ada, iris, "iro_manager", date(2025, 6, 2))
    change = RoleChange.objects.get()
    assert client.post(reverse("withdraw_role_change", args=[iris.pk, change.pk])).status_code == 302
    assert not RoleChange.objects.exists()
    plans(client, ada, iris, "iro_manager", date(2025, 5, 6))
    change = RoleChange.objects.get()
    assert client.post(reverse("withdraw_role_change", args=[iris.pk, change.pk])).status_code == 404


@time_machine.travel(TUESDAY, tick=False)
def test_nobody_moves_back_in_time_or_to_a_role_their_organisation_has_not(client, ada, iris):
    assert list(plans(client, ada, iris, "iro_manager", date(2025, 5, 5)).context["form"].errors) == [
        "from_on"
    ]
    assert list(plans(client, ada, iris, "guardian", date(2025, 6, 2)).context["form"].errors) == ["role"]
    assert not RoleChange.objects.exists()


@time_machine.travel(TUESDAY, tick=False)
def test_only_an_administrator_of_their_own_organisation_plans_it(client, cast, ada):
    assert plans(client, cast.mona, cast.iris, "iro_manager", date(2025, 6, 2)).status_code == 404
    assert plans(client, ada, cast.gwen, "guardian", date(2025, 6, 2)).status_code == 404
    assert not RoleChange.objects.exists()


def test_the_clock_moves_people(ada, iris):
    with time_machine.travel(TUESDAY, tick=False):
        moves.plan(iris, PersonRole.IRO_MANAGER, from_on=date(2025, 5, 7), by=ada)
    with time_machine.travel("2025-05-07T00:01:00+01:00", tick=False):
        tasks.keep_the_doors()
        assert role_of(iris) == "iro_manager"


# --- Production -------------------------------------------------------------------------------------------


def test_the_check_before_deployment_names_people_of_the_demonstration(iris, settings):
    settings.IS_PRODUCTION = True
    assert list(checks.nobody_is_invented(None)) == []
    User.objects.filter(pk=iris.pk).update(is_demonstration=True)
    [said] = checks.nobody_is_invented(None)
    assert said.id == "accounts.E001"


def test_the_command_says_the_code_of_the_demonstrations_people(capsys):
    with time_machine.travel(TUESDAY, tick=False):
        call_command("demo_code")
        assert capsys.readouterr().out.startswith(code_now(SECRET))
