"""Choosing whom a referral's letter goes to: those PN 3.22 names, found among the people of the case."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from cases.models import Notice
from cases.refusal import NotYours, Refusal, Stale
from letters import actions, distribution, prefilled, referral_drafting
from letters.kinds import LetterKind
from letters.models import Letter
from tests.letters import referral_steps as steps
from tests.letters.reading import words
from tests.letters.referral_steps import to

pytestmark = pytest.mark.usefixtures("drawn_once")
K = LetterKind
TODAY = date(2025, 12, 10)


def test_those_the_practice_note_names_are_found_among_the_people_of_the_case(cast, delay_begun):
    found = [(row.party, row.name) for row in prefilled.recipients(delay_begun)]
    assert found == [
        ("child", "Amber Example"), ("iro", "Iris Reviewer"), ("chief_executive", "Chas Executive"),
        ("director", "Dora Director"), ("voluntary_head", ""), ("social_worker", "Sol Worker"),
        ("team_manager", "Tess Team"),
    ]  # fmt: skip


def test_siblings_are_recipients_each_and_share_their_workers(cast):
    referral = steps.allocated(cast, cast.amber, cast.blake)
    letter = referral_drafting.draft(referral, K.DELAY_LETTER, by=cast.gareth)
    found = [row.name for row in prefilled.recipients(letter)]
    assert found[:2] == ["Amber Example", "Blake Example"]
    assert found.count("Sol Worker") == 1


def test_an_office_whose_holder_is_not_on_the_system_is_written_to_by_post(cast, delay_begun):
    User.objects.filter(role__in=["chief_executive", "director"]).update(is_active=False)
    offices = [
        row for row in prefilled.recipients(delay_begun) if row.party in ("chief_executive", "director")
    ]
    assert [(row.name, row.how) for row in offices] == [
        ("The Chief Executive", "post"), ("The Director of Children’s Services", "post"),
    ]  # fmt: skip
    assert offices[0].address.startswith("Northmoor Council (invented)\n1 Invented Street")


def test_people_of_an_authority_off_the_system_are_written_to_by_post(cast, delay_begun):
    cast.northmoor.is_on_system = False
    cast.northmoor.save()
    assert {row.how for row in prefilled.recipients(delay_begun) if row.person} == {"post"}


def test_whether_it_goes_to_the_child_has_to_be_decided(cast, delay_begun):
    rows = prefilled.recipients(delay_begun)
    with pytest.raises(Refusal, match="Say whether it goes to Amber Example") as refused:
        distribution.choose(delay_begun, rows, by=cast.gareth, seen_version=1)
    assert refused.value.field == "is_included_0"
    rows[0].is_included = False
    with pytest.raises(Refusal, match="Say why Amber Example is left out, and how the child learns of it"):
        distribution.choose(delay_begun, rows, by=cast.gareth, seen_version=1)


def test_to_leave_out_somebody_the_practice_note_names_takes_a_reason(cast, delay_begun):
    rows = prefilled.recipients(delay_begun)
    rows[0].is_included = True
    director = next(row for row in rows if row.party == "director")
    director.is_included = False
    with pytest.raises(Refusal, match="Say why Dora Director is left out"):
        distribution.choose(delay_begun, rows, by=cast.gareth, seen_version=1)
    director.reason = "She left on Friday; the post is empty."
    distribution.choose(delay_begun, rows, by=cast.gareth, seen_version=1)
    assert to(delay_begun, "director").reason == "She left on Friday; the post is empty."
    assert to(delay_begun, "voluntary_head").reason == "Nobody in this role"


def test_a_report_to_nobody_is_refused_and_nothing_changed(cast, referral, delay_begun):
    letter = actions.edit(delay_begun, steps.WORDS[K.DELAY_LETTER], by=cast.gareth, seen_version=1)
    letter = actions.approve(letter, by=cast.gareth, seen_version=letter.version)
    with pytest.raises(Refusal, match="Choose first who this goes to"):
        actions.send(letter, on=TODAY, by=cast.gareth)
    rows = prefilled.recipients(letter)
    for row in rows:
        row.is_included, row.reason = False, "Not this time."
    letter = distribution.choose(letter, rows, by=cast.gareth, seen_version=letter.version)
    with pytest.raises(Refusal, match="This would go to nobody"):
        actions.send(letter, on=TODAY, by=cast.gareth)
    assert Letter.objects.get().state == "approved"
    assert not referral.case.events.filter(happening="delay_letter_sent").exists()
    assert not Notice.objects.filter(kind="letter").exists()


def test_somebody_who_does_not_use_the_system_cannot_be_reached_on_it(cast, delay_begun):
    rows = prefilled.recipients(delay_begun)
    rows[0].is_included, rows[0].how = True, "on_system"
    with pytest.raises(Refusal, match="Amber Example does not use this system"):
        distribution.choose(delay_begun, rows, by=cast.gareth, seen_version=1)


def test_two_who_choose_at_once_do_not_overwrite_each_other(cast, delay_begun):
    steps.to_everybody(delay_begun, by=cast.gareth)
    with pytest.raises(Stale, match="Somebody changed this letter"):
        distribution.choose(delay_begun, prefilled.recipients(delay_begun), by=cast.cass, seen_version=1)


def test_recipients_are_chosen_by_those_who_send_it_and_not_after_it_has_gone(cast, delay_begun, delay_sent):
    with pytest.raises(NotYours):
        distribution.choose(delay_begun, [], by=cast.iris, seen_version=1)
    with pytest.raises(Refusal, match="It is sent once"):
        distribution.choose(delay_sent, [], by=cast.gareth, seen_version=delay_sent.version)


def test_choosing_on_the_screen_keeps_what_was_typed_when_it_is_refused(cast, delay_begun, client):
    client.force_login(cast.gareth)
    address = reverse("referral_letter_recipients", args=[delay_begun.referral.key, delay_begun.key])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    extra = max(int(name.split("_")[-1]) for name in typed if name.startswith("party_"))
    typed |= {
        "is_included_0": "no", f"name_{extra}": "Pat Parent", f"party_{extra}": "parent",
        f"is_included_{extra}": "yes", f"how_{extra}": "post", f"address_{extra}": "9 Elm Row",
    }  # fmt: skip
    refused = client.post(address, typed)
    assert "Say why Amber Example is left out" in words(refused)
    assert "9 Elm Row" in words(refused)
    client.post(address, typed | {"reason_0": "Her IRO tells her on Friday."})
    added = to(delay_begun, "parent")
    assert (added.name, added.how, added.address) == ("Pat Parent", "post", "9 Elm Row")
    assert to(delay_begun, "child").reason == "Her IRO tells her on Friday."
