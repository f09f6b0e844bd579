"""Sessions end by themselves, say so in time, and lose nothing that was typed."""

import json
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import kept_work, sessions
from accounts.models import KeptWork, Session, User
from accounts.sessions import SessionStore
from tests.doors import give_an_app, is_in, sign_in

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600
POLL = {"X-Background": "yes"}
START = "2025-05-06T09:00:00+01:00"
DETAILS = {
    "name": "New Reviewer",
    "email": "new@example.org",
    "telephone": "01632 960123",
    "role": "iro",
    "manager": "",
}


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as travelling:
        yield travelling


@pytest.fixture
def at_work(client, clock, iris):
    sign_in(client, iris)
    return client


def is_in_after(client, clock, seconds, **how):
    clock.shift(seconds)
    return client.get(reverse("change_password"), **how).status_code == 200


def test_fourteen_minutes_of_nothing_do_not_end_it_and_fifteen_do(at_work, clock):
    assert is_in_after(at_work, clock, 14 * MINUTE + 59)
    assert is_in_after(at_work, clock, 14 * MINUTE + 59)
    assert not is_in_after(at_work, clock, 15 * MINUTE)


def test_twelve_hours_are_the_most_however_busy_one_is(at_work, clock):
    for _ in range(12 * 6 - 1):
        assert is_in_after(at_work, clock, 10 * MINUTE)
    assert not is_in_after(at_work, clock, 10 * MINUTE)


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(at_work, clock):
    for _ in range(14):
        clock.shift(MINUTE)
        assert at_work.get(reverse("stay"), headers=POLL).status_code == 200
        assert at_work.post(reverse("stay"), headers=POLL).status_code == 200
    assert at_work.get(reverse("stay"), headers=POLL).json()["seconds"] == MINUTE
    clock.shift(MINUTE)
    assert at_work.get(reverse("stay"), headers=POLL).status_code == 401
    assert not is_in(at_work)


def test_plant_polling_that_counts_as_presence_keeps_a_session_for_ever(at_work, clock, monkeypatch):
    monkeypatch.setattr(sessions, "is_background", lambda request: False)
    for _ in range(30):
        clock.shift(MINUTE)
        at_work.get(reverse("stay"), headers=POLL)
    assert is_in(at_work)


def test_the_limit_is_kept_by_the_service_whatever_the_browser_does_with_its_cookie(at_work, clock):
    cookie = at_work.cookies["sessionid"].value
    clock.shift(16 * MINUTE)
    another = Client()
    another.cookies["sessionid"] = cookie
    assert not is_in(another)
    assert not Session.objects.filter(session_key=cookie).exists()


def test_a_session_that_does_not_say_when_it_began_is_over(client, clock, iris):
    client.force_login(iris)
    session = client.session
    del session[sessions.BEGAN]
    session.save()
    assert not is_in(client)


def test_a_session_whose_first_page_is_never_opened_ends_all_the_same(at_work, clock):
    assert not is_in_after(at_work, clock, 16 * MINUTE)


def test_pressing_the_button_extends_it(at_work, clock):
    clock.shift(13 * MINUTE)
    assert at_work.post(reverse("stay")).json() == {"seconds": 15 * MINUTE, "may_stay": True}
    assert is_in_after(at_work, clock, 14 * MINUTE)


def test_the_button_does_not_extend_it_beyond_twelve_hours(at_work, clock):
    for _ in range(70):
        clock.shift(10 * MINUTE)
        at_work.post(reverse("stay"))
    clock.shift(10 * MINUTE)
    answer = at_work.post(reverse("stay")).json()
    assert answer == {"seconds": 10 * MINUTE, "may_stay": False}


def test_every_page_says_when_it_ends_and_warns_at_least_two_minutes_before(at_work, clock):
    page = at_work.get(reverse("change_password")).content.decode()
    assert re.search(r"You will be signed out at\s*<time[^>]*>09:15</time>", page)
    assert int(re.search(r'data-warn="(\d+)"', page).group(1)) >= 2 * MINUTE
    assert int(re.search(r'data-seconds="(\d+)"', page).group(1)) == 15 * MINUTE
    assert "<dialog" in page


def test_who_is_not_signed_in_is_told_of_no_end(client):
    page = client.get(reverse("sign_in")).content.decode()
    assert "signed out at" not in page
    assert "<dialog" not in page


def test_one_is_told_why_and_comes_back_to_the_page(at_work, clock):
    clock.shift(16 * MINUTE)
    answer = at_work.get("/protocol/?stage=x")
    assert answer.url == "/sign-in/?next=/protocol/%3Fstage%3Dx"
    assert "nothing happened for 15 minutes" in at_work.get(answer.url).content.decode()


def test_an_htmx_request_goes_to_the_door_as_a_whole_page(at_work, clock):
    clock.shift(16 * MINUTE)
    answer = at_work.get(reverse("change_password"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in/?next=")


# --- What was typed ---------------------------------------------------------------------------------------


@pytest.fixture
def over(client, clock, ada):
    """Ada has filled in a form, and went away from it for too long."""
    give_an_app(ada)
    sign_in(client, ada)
    clock.shift(16 * MINUTE)


@pytest.fixture
def too_late(client, clock, over):
    """She sends it all the same."""
    answer = sends_the_form(client)
    clock.shift(MINUTE)
    return answer


def sends_the_form(client):
    page = "http://testserver" + reverse("person_new")
    return client.post(
        reverse("person_new"), DETAILS | {"csrfmiddlewaretoken": "x"}, headers={"Referer": page}
    )


def test_what_the_page_asked_in_the_meantime_does_not_lose_it(client, ada, over):
    assert client.get(reverse("stay"), headers=POLL).status_code == 401
    assert sends_the_form(client).url == f"/sign-in/?next={reverse('person_new')}"
    assert KeptWork.objects.get().person == ada


def test_another_window_in_which_one_is_told_first_does_not_lose_it(client, ada, over):
    assert "nothing happened" in client.get("/protocol/", follow=True).content.decode()
    answer = sends_the_form(client)
    assert KeptWork.objects.get().person == ada
    told = client.get(answer.url).content.decode()
    assert "comes back" in told
    assert "nothing happened" not in told, "That has been said"


def test_who_signed_out_or_never_was_in_leaves_nothing(client, ada):
    sends_the_form(client)
    give_an_app(ada)
    sign_in(client, ada)
    client.post(reverse("sign_out"))
    sends_the_form(client)
    assert not KeptWork.objects.exists()


def test_nothing_is_kept_for_whoever_was_in_before_the_last_person(client, clock, iris, ada):
    sign_in(client, iris)
    clock.shift(16 * MINUTE)
    client.get("/protocol/")
    give_an_app(ada)
    sign_in(client, ada)
    client.post(reverse("sign_out"))
    sends_the_form(client)
    assert not KeptWork.objects.exists()


def test_nothing_is_done_and_what_was_typed_comes_back(client, clock, ada, too_late):
    assert too_late.url == f"/sign-in/?next={reverse('person_new')}"
    assert not User.objects.filter(email="new@example.org").exists()
    assert "comes back" in client.get(too_late.url).content.decode()
    sign_in(client, ada)
    page = client.get(reverse("person_new"))
    typed = json.loads(re.search(r'id="kept-work"[^>]*>(.*?)</script>', page.content.decode()).group(1))
    assert typed == {name: [value] for name, value in DETAILS.items()}


def test_it_can_be_sent_as_it_was_and_is_then_no_longer_kept(client, ada, too_late):
    sign_in(client, ada)
    page = client.get(reverse("person_new")).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert client.post(reverse("person_new"), hidden).status_code == 302
    assert User.objects.filter(email="new@example.org").exists()
    assert not KeptWork.objects.exists()


def test_it_can_be_thrown_away(client, ada, too_late):
    sign_in(client, ada)
    client.post(reverse("throw_away_kept_work", args=[KeptWork.objects.get().pk]))
    assert not KeptWork.objects.exists()
    assert "kept-work" not in client.get(reverse("person_new")).content.decode()


def test_another_person_at_the_same_computer_finds_nothing(client, ada, cast, too_late):
    other = User.objects.create_user(
        "otto@example.org", "a long pass phrase for tests", name="Otto", organisation=cast.northmoor,
        role="administrator",
    )  # fmt: skip
    give_an_app(other)
    sign_in(client, other)
    page = client.get(reverse("person_new")).content.decode()
    assert "New Reviewer" not in page
    assert client.post(reverse("throw_away_kept_work", args=[KeptWork.objects.get().pk])).status_code == 404


def test_plant_work_kept_for_whoever_comes_next_is_read_by_another(client, ada, cast, too_late, monkeypatch):
    monkeypatch.setattr(kept_work, "waiting_for", lambda person, page: KeptWork.objects.first())
    monkeypatch.setattr(kept_work, "pages_of", lambda person: True)
    other = User.objects.create_user(
        "otto@example.org", "a long pass phrase for tests", name="Otto", organisation=cast.northmoor,
        role="administrator",
    )  # fmt: skip
    give_an_app(other)
    sign_in(client, other)
    assert "New Reviewer" in client.get(reverse("person_new")).content.decode()


def test_it_is_stored_sealed_and_without_secrets(client, clock, iris):
    sign_in(client, iris)
    clock.shift(16 * MINUTE)
    client.post(
        reverse("change_password"), {"old_password": "hush", "new_password1": "hush", "a_note": "Amber"}
    )
    kept = KeptWork.objects.get()
    assert "Amber" not in kept.sealed
    assert kept_work.typed(kept) == {"a_note": ["Amber"]}


def test_it_is_kept_for_a_day(client, clock, ada, too_late):
    clock.shift(25 * HOUR)
    sign_in(client, ada)
    assert "kept-work" not in client.get(reverse("person_new")).content.decode()
    kept_work.forget_old()
    assert not KeptWork.objects.exists()


def test_a_form_from_elsewhere_is_not_kept(clock, iris):
    client = Client(enforce_csrf_checks=True)
    client.force_login(iris)
    clock.shift(16 * MINUTE)
    assert client.post(reverse("change_password"), {"a_note": "planted"}).status_code == 403
    assert not KeptWork.objects.exists()


def test_after_twelve_hours_too_what_was_typed_is_kept(at_work, clock):
    for _ in range(71):
        clock.shift(10 * MINUTE)
        at_work.get(reverse("stay"))
    clock.shift(14 * MINUTE)
    at_work.post(reverse("change_password"), {"a_note": "Amber"})
    assert KeptWork.objects.count() == 1


def test_sessions_that_are_over_leave_no_rows(at_work, clock):
    clock.shift(25 * HOUR)
    SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_a_file_of_code_and_a_huge_text_are_not_kept(at_work, clock):
    clock.shift(16 * MINUTE)
    at_work.post(reverse("change_password"), {"a_note": "x" * 300_000})
    assert not KeptWork.objects.exists()
