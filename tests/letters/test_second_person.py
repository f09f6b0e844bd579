"""What goes outside the two services is stood by by two people, and the page leads them through it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, PersonRole
from cases.refusal import NotYours, Refusal
from letters import actions, distribution, leaving, referral_drafting
from letters.kinds import LetterKind
from letters.leaving import agreement, finding
from letters.models import Recipient
from tests.letters import referral_steps

K, Party = LetterKind, Recipient.Party
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


def test_whoever_saves_what_is_there_already_has_not_written_it(cast, to_amber):
    letter = actions.edit(to_amber, dict(to_amber.answers), by=cast.cass, seen_version=to_amber.version)
    letter = actions.approve(letter, by=cast.gwen, seen_version=letter.version)
    assert not agreement.is_agreed(letter), "Gwen stands alone by her own words"
    assert agreement.is_agreed(actions.agree(letter, by=cast.cass))


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


@pytest.fixture
def referral(cast):
    return referral_steps.allocated(cast)


def going_to(referral, cast, *changed, more=()):
    """A delay letter for those PN 3.22 names, without the child, with these lines of it typed over."""
    letter = referral_drafting.draft(referral, K.DELAY_LETTER, by=cast.gareth)
    rows = [*distribution.chosen(letter), *more]
    for row in rows:
        if row.child:
            row.is_included, row.reason = False, "She is six; her IRO explains it with a picture book."
        for party, said in changed:
            if row.party == party:
                row.name, row.address = said.get("name", row.name), said.get("address", row.address)
    return distribution.choose(letter, rows, by=cast.gareth, seen_version=letter.version)


@pytest.mark.parametrize("party", [Party.IRO_MANAGER, Party.LA_LEGAL, Party.PARENT, Party.OTHER])
def test_somebody_whose_name_is_typed_is_outside_whatever_they_are_called(cast, referral, party):
    somebody = Recipient(
        party=party, name="Peta Parent", address="3 Elsewhere Close", is_included=True, how="post"
    )
    assert not agreement.is_agreed(going_to(referral, cast, more=[somebody]))


def test_an_office_is_still_the_same_after_a_browser_has_sent_its_lines_back(cast, referral):
    User.objects.filter(organisation=cast.northmoor, role="chief_executive").update(is_active=False)
    [office] = [
        row
        for row in distribution.chosen(referral_drafting.draft(referral, K.DELAY_LETTER, by=cast.gareth))
        if row.party == Party.CHIEF_EXECUTIVE
    ]
    sent_back = {"address": office.address.replace("\n", "\r\n")}
    assert sent_back["address"] != office.address
    assert agreement.is_agreed(going_to(referral, cast, (Party.CHIEF_EXECUTIVE, sent_back)))


@pytest.mark.parametrize("said", [{"name": "Peta Parent"}, {"address": "3 Elsewhere Close"}])
def test_an_office_is_within_as_it_is_offered_and_outside_as_soon_as_it_is_typed_over(cast, referral, said):
    User.objects.filter(organisation=cast.northmoor, role="chief_executive").update(is_active=False)
    assert agreement.is_agreed(going_to(referral, cast))
    assert not agreement.is_agreed(going_to(referral, cast, (Party.CHIEF_EXECUTIVE, said)))


def test_the_iro_of_a_voluntary_organisation_is_outside_the_two_services(cast, referral):
    home = Organisation.objects.create(
        name="Example Homes (invented)", kind=OrganisationKind.VOLUNTARY, address="1 Nowhere Road"
    )
    iro = User.objects.create(
        email="vera@example.test", name="Vera Voluntary", role=PersonRole.VOLUNTARY_IRO, organisation=home
    )
    assert agreement.is_agreed(going_to(referral, cast, more=[_given(cast.mona)]))
    assert not agreement.is_agreed(going_to(referral, cast, more=[_given(iro)]))


def _given(person):
    return Recipient(party=Party.IRO, person=person, name=person.name, is_included=True, how="post")


def test_whoever_wrote_the_decision_wrote_the_report_on_it(cast, referral):
    report = referral_drafting.draft(referral, K.DECISION_REPORT, by=cast.lex)
    report = referral_steps.to_everybody(report, by=cast.gareth)
    for person in (cast.gareth, cast.lex):
        referral_steps.decide(referral, by=person)
    report = actions.approve(report, by=cast.gareth, seen_version=report.version)
    assert not agreement.is_agreed(report)
    assert not agreement.may_agree(cast.gareth, report)
    assert agreement.is_agreed(actions.agree(report, by=cast.lex))


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
