"""What goes outside the two services is stood by by two people, and the page leads them through it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from cases.refusal import NotYours, Refusal
from letters import actions, leaving, referral_drafting
from letters.kinds import LetterKind
from letters.leaving import agreement, finding
from tests.letters import referral_steps

K = LetterKind
TODAY = date(2025, 12, 10)


@pytest.fixture
def to_amber(cast, concluded):
    letter = actions.draft(concluded, K.TO_THE_CHILD_YOUNGER, by=cast.gwen, children=[cast.amber])
    said = {"what_was_decided": "The judge decided that you stay with Auntie."}
    return actions.edit(letter, said, by=cast.gwen, seen_version=letter.version)


def test_what_goes_to_a_child_needs_somebody_besides_its_author(cast, to_amber, new):
    letter = actions.approve(to_amber, by=cast.gwen, seen_version=to_amber.version)
    with pytest.raises(Refusal, match=r"Gwen Guardian alone has stood by it. A second person .*: Cass Chief"):
        actions.send(letter, on=TODAY, by=cast.gwen)
    for nobody in (cast.gwen, cast.iris, cast.stranger, cast.lex):
        with pytest.raises(NotYours, match="neither wrote nor approved it"):
            actions.agree(letter, by=nobody)
    new()
    for _ in range(2):
        actions.agree(letter, by=cast.cass)
    assert [(entry.verb, entry.who) for entry, _ in new()] == [("letter.agreed", cast.cass)]
    assert actions.send(letter, on=TODAY, by=cast.gwen).agreed_by == cast.cass


def test_an_approval_by_somebody_who_did_not_write_it_is_the_second_person(cast, to_amber):
    letter = actions.approve(to_amber, by=cast.cass, seen_version=to_amber.version)
    assert actions.send(letter, on=TODAY, by=cast.gwen).is_gone


def test_a_change_asks_the_second_person_again(cast, to_amber):
    letter = actions.approve(to_amber, by=cast.gwen, seen_version=to_amber.version)
    letter = actions.agree(letter, by=cast.cass)
    said = {"what_was_decided": "The judge decided that you go home."}
    letter = actions.edit(letter, said, by=cast.gwen, seen_version=letter.version)
    with pytest.raises(Refusal, match="has not been approved yet"):
        actions.agree(letter, by=User.objects.get(pk=cast.gareth.pk)) if agreement.may_agree(
            cast.gareth, letter
        ) else actions.send(letter, on=TODAY, by=cast.gwen)
    letter = actions.approve(letter, by=cast.gwen, seen_version=letter.version)
    with pytest.raises(Refusal, match="alone has stood by it"):
        actions.send(letter, on=TODAY, by=cast.gwen)


def test_where_there_is_only_one_person_it_says_what_to_do(cast, to_amber):
    User.objects.filter(pk=cast.cass.pk).update(is_active=False)
    letter = actions.approve(to_amber, by=cast.gwen, seen_version=to_amber.version)
    with pytest.raises(
        Refusal, match=r"nobody else at Cafcass Greyhills .invented. can. Ask its administrator"
    ):
        actions.send(letter, on=TODAY, by=cast.gwen)


def test_between_the_two_services_nobody_else_is_asked(cast, handover, monkeypatch):
    assert agreement.is_agreed(handover)
    referral = referral_steps.allocated(cast, cast.coral)
    notice = referral_drafting.draft(referral, K.LA_LEGAL_NOTICE, by=cast.lex)
    notice = referral_steps.to_everybody(notice, by=cast.lex)
    assert agreement.is_agreed(notice)
    within = referral_drafting.draft(referral, K.DELAY_LETTER, by=cast.gareth)
    within = referral_steps.to_everybody(within, by=cast.gareth, child="no")
    assert agreement.is_agreed(within)
    outside = referral_steps.to_everybody(within, by=cast.gareth)
    assert not agreement.is_agreed(outside)
    monkeypatch.setattr(leaving.agreement.readers, "leaves_the_services", lambda letter: False)
    assert agreement.is_agreed(outside), "A test of the test: a check that looks away asks nobody"


def test_on_the_page_each_thing_found_is_resolved_and_the_second_person_agrees(
    cast, to_amber, dara, browse, new
):
    said = {"what_was_decided": "The judge decided that you and Dara Ferris are friends.", "goodbye": "no"}
    letter = actions.edit(to_amber, said, by=cast.gwen, seen_version=to_amber.version)
    check = reverse("letter_check", args=[letter.case.key, letter.key])
    gwen, cass = browse(cast.gwen), browse(cast.cass)
    shown = gwen.get(check).content.decode()
    assert "<mark>Dara Ferris</mark>" in shown
    assert "Approve this letter" not in shown
    [hit] = finding.found_in(letter, cast.gwen)
    field = f"found-{hit.mark[:8]}-why"
    assert (
        "Say why it stays in the letter"
        in gwen.post(f"{check}?keep={hit.mark}", {field: ""}).content.decode()
    )
    assert gwen.post(f"{check}?keep={hit.mark}", {field: "They are."}).status_code == 302
    assert gwen.post(f"{check}?keep={'0' * 64}", {field: "They are."}).status_code == 302
    shown = gwen.get(check).content.decode()
    assert "Kept by Gwen Guardian on Wednesday 10 December 2025: They are." in shown
    gwen.post(check, {"version": letter.version, "seal": gwen.get(check).context["seal"]})
    shown = gwen.get(check).content.decode()
    assert "It is approved, and waits for a second person." in shown
    assert "A second person reads it and agrees before it goes: Cass Chief." in shown
    send = reverse("letter_send", args=[letter.case.key, letter.key])
    assert gwen.get(send).url == check
    shown = cass.get(check)
    assert "I have read it and agree that it is sent" in shown.content.decode()
    new()
    cass.post(f"{check}?agree=yes", {"seal": shown.context["seal"]})
    assert [entry.verb for entry, _ in new()] == ["letter.agreed"]
    assert gwen.get(send).status_code == 200
