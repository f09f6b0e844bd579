"""Local agreements: signed by either party, only ever tighter, gone through every year."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import agreements, clock, rebuild
from cases.agreements import Terms, sign
from cases.models import LocalAgreement
from tests.cases.steps import opened, the

pytestmark = pytest.mark.usefixtures("today")


def answers(party, **changed):
    return {
        "other_party": party.pk,
        "signed_on_day": "3", "signed_on_month": "2", "signed_on_year": "2025",
        "from_on_day": "3", "from_on_month": "2", "from_on_year": "2025",
        "signed_for_cafcass": "Priya Shah, Head of Service",
        "signed_for_authority": "Tom Reid, Head of Safeguarding",
        "variations": ["IRH-6"],
        "tighter_CMH-2": "3",
        "submission": str(uuid.uuid4()),
        "step": "check",
    } | changed  # fmt: skip


def signed(cast, on=date(2025, 2, 3), **more):
    return sign(Terms(cast.northmoor, cast.cafcass, on, on, "Priya Shah", "Tom Reid", **more), by=cast.mona)


def said(response):
    return " ".join(response.content.decode().split())


def post(client, data):
    return client.post(reverse("agreement_new"), data, follow=True)


# --- Signing --------------------------------------------------------------------------------------------


def test_the_terms_are_checked_and_then_signed_and_the_yearly_review_falls_due(cast, browse):
    mona, typed = browse(cast.mona), answers(cast.cafcass)
    checked = said(post(mona, typed))
    assert "Check before signing" in checked
    assert "5 working days" in checked
    assert "3 working days" in checked
    assert not LocalAgreement.objects.exists()
    shown = said(post(mona, typed | {"step": "sign"}))
    agreement = LocalAgreement.objects.get()
    assert (agreement.authority, agreement.cafcass_office) == (cast.northmoor, cast.cafcass)
    assert (agreement.variations, agreement.tighter) == (["IRH-6"], {"CMH-2": 3})
    review = agreement.deadline_set.get()
    assert (review.duty, review.due_on, review.state) == ("GOV-2", date(2026, 2, 3), "open")
    assert "Tuesday 3 February 2026" in shown


def test_the_check_page_carries_every_answer_back(cast, browse):
    mona, typed = browse(cast.mona), answers(cast.cafcass)
    carried = dict(post(mona, typed).context["form"].carried)
    changed = said(post(mona, carried | {"step": "change"}))
    assert "Priya Shah, Head of Service" in changed
    assert 'name="from_on_day" type="text" value="3"' in changed
    assert not LocalAgreement.objects.exists()
    post(mona, carried | {"step": "sign"})
    assert LocalAgreement.objects.get().from_on == date(2025, 2, 3)


def test_a_cafcass_manager_signs_with_an_authority(cast, browse):
    post(browse(cast.cass), answers(cast.northmoor, step="sign"))
    assert LocalAgreement.objects.get().authority == cast.northmoor


def test_pressing_sign_twice_signs_once(cast, browse):
    mona, typed = browse(cast.mona), answers(cast.cafcass, step="sign")
    first, second = post(mona, typed), post(mona, typed)
    assert first.redirect_chain == second.redirect_chain
    assert LocalAgreement.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"tighter_CMH-2": "7"}, "7 for CMH-2 is looser than the Protocol: it must be 0 to 5."),
        ({"tighter_IRH-10": "4"}, "4 for IRH-10 is looser than the Protocol: it must be 5 or more."),
        ({"tighter_END-1": "-1"}, "-1 for END-1 is looser than the Protocol: it must be 0 to 10."),
        ({"tighter_CMH-2": "three"}, "The limit for CMH-2 must be a whole number of working days"),
        ({"other_party": ""}, "Choose the other party"),
        ({"signed_for_cafcass": ""}, "Enter who signed for Cafcass"),
        ({"signed_on_month": "4"}, "Date signed must be today or in the past"),
        ({"from_on_day": "1"}, "it cannot be in force before that."),
    ],
)
@pytest.mark.parametrize("step", ["check", "sign"])
def test_what_cannot_be_agreed_is_said_beside_the_field_and_above(cast, browse, changed, sentence, step):
    shown = said(post(browse(cast.mona), answers(cast.cafcass, step=step, **changed)))
    assert shown.count(sentence) == 2
    assert "Tom Reid, Head of Safeguarding" in shown
    assert not LocalAgreement.objects.exists()


def test_a_second_agreement_from_the_same_day_is_refused(cast, browse):
    signed(cast)
    shown = said(post(browse(cast.mona), answers(cast.cafcass)))
    assert "There is already an agreement of these two from Monday 3 February 2025." in shown


def test_review_clocks_and_the_courts_weeks_are_not_offered():
    offered = {duty.id for duty in agreements.TIGHTENABLE}
    assert {"CMH-2", "CMH-10", "END-3", "IRH-10", "REF-12"} <= offered
    assert not {"REV-1", "REV-4", "IRH-16", "GOV-2", "CMH-1"} & offered


# --- What follows from it -------------------------------------------------------------------------------


def test_what_opened_since_it_is_in_force_is_counted_again(cast):
    before = opened(cast, cast.amber, on="2025-01-27")
    since = opened(cast, cast.blake, on="2025-02-24")
    assert the(since, "CMH-2").due_on == date(2025, 3, 3)
    agreement = signed(cast, tighter={"CMH-2": 3})
    assert agreements.cases_governed_by(agreement) == [since.pk]
    assert the(since, "CMH-2").due_on == date(2025, 2, 27)
    assert the(before, "CMH-2").due_on == date(2025, 2, 3)
    assert rebuild.check()[1] == []


def test_many_cases_wait_on_their_rows_until_the_clock_counts_them_again(cast, monkeypatch):
    cases = [opened(cast, child, on="2025-02-24") for child in (cast.amber, cast.blake, cast.coral)]
    monkeypatch.setattr(agreements, "AT_ONCE", 2)
    agreement = signed(cast, tighter={"CMH-2": 3})
    assert clock.stale_cases() == [[case.pk for case in cases]]
    for _ in range(2):
        agreements.reproject([case.pk for case in cases])
    assert clock.stale_cases() == []
    assert {the(case, "CMH-2").due_on for case in cases} == {date(2025, 2, 27)}
    assert rebuild.check()[1] == []
    assert agreement.deadline_set.count() == 1


def test_signing_the_next_version_answers_the_review_of_the_last(cast):
    old = signed(cast, on=date(2024, 2, 5))
    signed(cast, on=date(2025, 2, 3))
    review = old.deadline_set.get()
    assert (review.due_on, review.state, review.met_on) == (date(2025, 2, 5), "met", date(2025, 2, 3))
    assert rebuild.check()[1] == []


# --- Reviewing ------------------------------------------------------------------------------------------


def test_a_local_review_meets_the_deadline_and_the_next_is_a_year_on(cast, browse):
    agreement = signed(cast, on=date(2024, 4, 2))
    url = reverse("agreement_review", args=[agreement.pk])
    typed = {
        "on_day": "3",
        "on_month": "3",
        "on_year": "2025",
        "note": "It works.",
        "submission": uuid.uuid4(),
    }
    for _ in range(2):
        shown = said(browse(cast.cass).post(url, typed, follow=True))
    assert "It works." in shown
    stored = list(agreement.deadline_set.order_by("due_on").values_list("due_on", "state"))
    assert stored == [(date(2025, 4, 2), "met"), (date(2026, 3, 3), "open")]


def test_a_review_before_the_signing_is_refused(cast, browse):
    agreement = signed(cast)
    url = reverse("agreement_review", args=[agreement.pk])
    typed = {"on_day": "1", "on_month": "2", "on_year": "2025", "submission": uuid.uuid4()}
    assert said(browse(cast.mona).post(url, typed)).count("it cannot have been reviewed before that.") == 2


# --- Who may see ----------------------------------------------------------------------------------------


def test_another_agency_does_not_find_it(cast, browse):
    agreement = signed(cast)
    stranger = browse(cast.stranger)
    for name in ("agreement", "agreement_review"):
        assert stranger.get(reverse(name, args=[agreement.pk])).status_code == 404
    assert "Cafcass Greyhills" not in said(stranger.get(reverse("agreements")))


def test_people_of_both_agencies_read_it_and_only_managers_sign(cast, browse):
    agreement = signed(cast)
    for person in (cast.iris, cast.gwen):
        client = browse(person)
        assert client.get(reverse("agreement", args=[agreement.pk])).status_code == 200
        assert client.get(reverse("agreement_new")).status_code == 404
        assert client.get(reverse("agreement_review", args=[agreement.pk])).status_code == 404
        assert reverse("agreement_new") not in said(client.get(reverse("agreements")))


def test_the_list_says_how_each_stands_in_as_many_queries_for_four_as_for_one(cast, browse):
    mona = browse(cast.mona)
    signed(cast, on=date(2022, 1, 4))
    with CaptureQueriesContext(connection) as few:
        mona.get(reverse("agreements"))
    for year in (2023, 2024, 2025):
        signed(cast, on=date(year, 1, 6))
    with CaptureQueriesContext(connection) as many:
        shown = said(mona.get(reverse("agreements")))
    assert len(many) == len(few)
    assert shown.count("Followed by another") == 3
    assert shown.count(">In force<") == 1


def test_no_agreement_yet_is_said(cast, browse):
    assert "Your agency has signed no agreement here." in said(browse(cast.iris).get(reverse("agreements")))
