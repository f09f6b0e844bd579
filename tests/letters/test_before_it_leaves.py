"""Before a letter leaves: what may not be meant to is found and resolved, what changed is refused, two people stand by
what goes outside the two services, and anybody may ask how another would see it."""

from dataclasses import fields, replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Appointment, Child, Restriction, Whereabouts
from cases.opening import open_case
from cases.refusal import NotYours, Refusal, Stale
from letters import actions, agreed_wording, distribution, leaving, press, referral_drafting, wording
from letters.contents import CONTENTS
from letters.kinds import WRITTEN, LetterKind
from letters.leaving import addresses, agreement, finding, names, pool
from letters.leaving.text import Text, of_html
from letters.models import Letter, Resolution
from letters.seen_by import letter as letter_seen_by
from protocol.happenings import Happening
from tests.cases.test_see_as import PARTS, stored
from tests.letters import referral_steps
from tests.letters.conftest import FULL_HANDOVER

K = LetterKind
TODAY = date(2025, 12, 10)
POSTCODE = "SW1A 1AA"
WHY = "She asked me to give it: it is her school’s."

# --- What is found in a text ----------------------------------------------------------------------------------------


def marked(text, places):
    return [text.written[start:end] for start, end in places]


def test_a_postcode_is_found_however_it_is_typed():
    for typed in (
        "SW1A 1AA", "sw1a1aa", "S W 1 A  1 A A", "SWIA lAA", "ＳＷ１Ａ １ＡＡ", "SW1A\n1AA", "SW1A-1AA", "sw1a.1aa",
        "S\u200bW1A 1A\u00adA", "(SW1A1AA)", "SW1A\u00a01AA",
    ):  # fmt: skip
        text = Text(f"She goes to {typed}, on Mondays.")
        assert len(marked(text, addresses.postcodes(text, POSTCODE))) == 1, typed
    for other in ("SW1A 1AB", "SW1A 1A", "XSW1A 1AA", "SW1A 1AAX", "SW1B 1AA", "in 10 or 11 days"):
        text = Text(f"She goes to {other}, on Mondays.")
        assert not marked(text, addresses.postcodes(text, POSTCODE)), other
    assert len(marked(Text("OX1O OAB"), addresses.postcodes(Text("OX1O OAB"), "OX10 0AB"))) == 1


def test_a_house_is_found_by_number_and_street_and_another_house_of_the_street_is_not():
    home = addresses.Address("Flat 2, 12 Elm Road\nNowhere\nSW1A 1AA")
    for typed, there in (
        ("12 Elm Rd.", "12 Elm Rd"), ("at 12, elm road", "12, elm road"), ("l2 Elm Road", "l2 Elm Road"),
        ("on Elm Road", "Elm Road"), ("twelve Elm Road", "Elm Road"), ("14 Elm Road is the school", None),
        ("an elm by the road", None), ("Nowhere is far", None),
    ):  # fmt: skip
        text = Text(typed)
        assert marked(text, addresses.streets(text, home)) == ([there] if there else []), typed
    everywhere = addresses.Address("12A High Street, Nowhere")
    for typed, count in (
        ("12a High St", 1),
        ("the High Street", 0),
        ("12 High Street", 0),
        ("12 A High Street", 1),
    ):
        assert len(marked(Text(typed), addresses.streets(Text(typed), everywhere))) == count, typed
    named = addresses.Address("Rose Cottage\nNowhere")
    assert len(marked(Text("at rose cottage"), addresses.streets(Text("at rose cottage"), named))) == 1


def named(written, who, own=()):
    text = Text(written)
    belong = names.own_words(text, [names.Name(name) for name in own])
    return marked(text, names.found(text, names.Name(who), belong))


def test_a_name_is_found_whole_or_with_its_parts_near_each_other():
    for written, who in (
        ("We met Dara O’Brien’s aunt.", "Dara O'Brien"), ("OBRIEN, Dara was seen.", "Dara O'Brien"),
        ("Dára J. Ferris came.", "Dara Ferris"), ("Dara, whose surname is Ferris, came.", "Dara Ferris"),
        ("the dara ferris file", "Dara Ferris"), ("Mr Dara Smith-Jones", "Dara Smith Jones"),
        ("April May came.", "April May"), ("Ferris, Miss Dara", "Miss Dara Ferris"),
    ):  # fmt: skip
        assert named(written, who), written


def test_no_absurd_noise():
    for written, who, own in (
        ("Dara is well.", "Dara Ferris", ()), ("The Ferris family came.", "Dara Ferris", ()),
        ("Ferris came. Dara went.", "Dara Ferris", ()), ("In April or May Mark will see.", "April May", ()),
        ("in april may come", "April May", ()), ("for example, the amber light", "Amber Example", ()),
        ("Will Mark go?", "Mark Will", ()), ("Madonna is well.", "Madonna", ()),
        ("Gwen Guard visited Amber Ferris.", "Gwen Ferris", ("Gwen Guard", "Amber Ferris")),
        ("I spoke to Dara. Ferris is her cat.", "Dara Ferris", ()),
    ):  # fmt: skip
        assert not named(written, who, own), written


# What a wording need not say, or says only after another answer than the sample’s.
NEED_NOT_SAY = {"guardian_telephone"}


def test_every_field_of_every_letter_is_compared():
    unseen = set()
    for kind in WRITTEN:
        sample = CONTENTS[kind].sample()
        words = wording.national(kind)
        for field in fields(sample):
            value = getattr(sample, field.name)
            if isinstance(value, str | tuple):
                planted = POSTCODE if isinstance(value, str) else (*value, POSTCODE)
                text = Text(of_html(press.page(replace(sample, **{field.name: planted}), words)))
                if not list(addresses.postcodes(text, POSTCODE)):
                    unseen.add(field.name)
    assert unseen <= NEED_NOT_SAY


# --- What is found in a letter, and for whom ------------------------------------------------------------------------


def lives(child, audience, address="12 Elm Road\nNowhere", postcode=POSTCODE):
    return Whereabouts.objects.create(
        authority=child.authority, child=child, kind="placement", address=address, postcode=postcode,
        audience=audience, from_on=date(2025, 6, 2), recorded_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def dara(cast, case):
    """A child of another case of Gwen's, whose IRO is Ivor; nobody of Northmoor but they knows her."""
    child = Child.objects.create(name="Dara Ferris", authority=cast.northmoor, born=date(2016, 5, 9))
    other = open_case(
        authority=cast.northmoor, cafcass_office=cast.cafcass, children=[child],
        entering=Happening.PROCEEDINGS_ISSUED, on=date(2025, 6, 2), by=cast.lena,
    )  # fmt: skip
    appoint(cast.gwen, PersonRole.GUARDIAN, children=[child], on=date(2025, 6, 4), by=cast.cass, case=other)
    appoint(cast.ivor, PersonRole.IRO, children=[child], on=date(2025, 6, 9), by=cast.mona)
    return child


def handing_over(case, by, **said):
    letter = actions.draft(case, K.APPENDIX_2, by=by)
    answers = {**FULL_HANDOVER, "matters": [], **said}
    return actions.edit(letter, answers, by=by, seen_version=letter.version)


def said_of(letter, by):
    return [(str(hit.what), hit.found) for hit in finding.found_in(letter, by)]


def test_an_ordinary_letter_has_nothing_to_resolve(cast, concluded, handover, dara):
    lives(cast.amber, "iro_and_social_work")
    for person in (cast.gwen, cast.cass, cast.iris):
        assert not finding.found_in(handover, person)


def test_addresses_and_names_are_found_in_their_sentences_and_only_resolved_does_the_letter_go(
    cast, concluded, dara, new
):
    lives(cast.amber, "iro_and_social_work")
    oversight = "Watch the school. Amber is well at 12 elm rd. Dara Ferris was not."
    letter = handing_over(
        concluded, cast.gwen, oversight=oversight, outcome="As Ivor Reviewer said: care orders."
    )
    assert said_of(letter, cast.gwen) == [
        ("address", "12 elm rd"), ("name", "Dara Ferris"), ("name", "Ivor Reviewer"),
    ]  # fmt: skip
    address, name, person = finding.found_in(letter, cast.gwen)
    assert (address.before.strip(), address.after) == ("Amber is well at", ".")
    assert name.words == "Dara Ferris is the name of a child of another case."
    for act in (lambda: actions.approve(letter, by=cast.gwen, seen_version=letter.version),):
        with pytest.raises(Refusal, match="3 things in this letter may not be meant to leave"):
            act()
    with pytest.raises(Refusal, match="Say why it stays"):
        actions.keep(letter, name.mark, why="  ", by=cast.gwen)
    new()
    for _ in range(2):
        actions.keep(letter, name.mark, why=WHY, by=cast.gwen)
    actions.keep(letter, person.mark, why="He stood in for Iris.", by=cast.cass)
    entries = new()
    assert [(entry.verb, entry.who, entry.why) for entry, _ in entries] == [
        ("letter.found_and_kept", cast.gwen, ""), ("letter.found_and_kept", cast.cass, ""),
    ]  # fmt: skip
    mended = {**FULL_HANDOVER, "matters": [], "oversight": "Amber is well. Dara Ferris was not.",
              "outcome": "As Ivor Reviewer said: care orders."}  # fmt: skip
    letter = actions.edit(letter, mended, by=cast.gwen, seen_version=letter.version)
    [(entry, records)] = new()
    out = Resolution.objects.get(outcome="taken_out")
    assert (entry.verb, out.by, out.what) == ("letter.edited", cast.gwen, "address")
    assert ("resolution", str(out.pk)) in records
    letter = actions.approve(letter, by=cast.gwen, seen_version=letter.version)
    assert actions.send(letter, on=TODAY, by=cast.gwen).is_gone
    kept = Resolution.objects.filter(letter=letter, outcome="kept")
    assert sorted(row.why for row in kept) == ["He stood in for Iris.", WHY]
    trail = str([(vars(entry), records) for entry, records in entries])
    assert not [word for word in ("Dara", "school’s", "Elm") if word in trail]


def test_another_sentence_is_another_question(cast, concluded, dara):
    letter = handing_over(concluded, cast.gwen, oversight="Dara Ferris is at her school.")
    [hit] = finding.found_in(letter, cast.gwen)
    actions.keep(letter, hit.mark, why=WHY, by=cast.gwen)
    assert not finding.unresolved(letter, cast.gwen)
    mended = {**FULL_HANDOVER, "matters": [], "oversight": "Dara Ferris hit her."}
    letter = actions.edit(letter, mended, by=cast.gwen, seen_version=letter.version)
    assert [hit.found for hit in finding.unresolved(letter, cast.gwen)] == ["Dara Ferris"]
    with pytest.raises(Refusal, match="does not stand in it any more"):
        actions.keep(letter, hit.mark, why=WHY, by=cast.gwen)


def test_a_confidential_address_that_is_not_for_the_writer_says_only_whom_to_ask(cast, concluded, browse):
    lives(cast.coral, "named", address="9 Larch Lane\nElsewhere", postcode="ZZ9 9ZZ")
    letter = handing_over(concluded, cast.gwen, oversight="She is at zz99zz now.")
    [hit] = finding.found_in(letter, cast.gwen)
    assert hit.words == "An address that is confidential. You may not be told whose it is."
    assert hit.ask == "Ask Mona Manager of Northmoor Council (invented) whether it may stand in this letter."
    page = browse(cast.gwen).get(reverse("letter_check", args=[concluded.key, letter.key])).content.decode()
    assert "<mark>zz99zz</mark>" in page
    for secret in ("Coral", "Larch", "Elsewhere", "Only the people named", "ZZ9 9ZZ"):
        assert secret not in page, secret


def test_whoever_may_read_the_address_is_told_whose_it_is_and_which_reader_may_not(cast, concluded):
    appoint(cast.sol, PersonRole.SOCIAL_WORKER, children=[cast.amber], on=TODAY, by=cast.lena)
    row = lives(cast.amber, "named")
    row.named.add(cast.gwen, cast.iris)
    letter = handing_over(concluded, cast.gwen, oversight=f"She is at {POSTCODE}.")
    [hit] = finding.found_in(letter, cast.gwen)
    assert hit.words == (
        "Placement of Amber Example, confidential. Only the people named may read it. "
        "Not among them, and given this letter: Sol Worker."
    )


def test_an_address_for_everybody_who_opens_the_record_is_no_hit(cast, concluded):
    lives(cast.amber, "everybody")
    assert not finding.found_in(handing_over(concluded, cast.gwen, oversight=POSTCODE), cast.gwen)


def test_nobody_learns_from_a_letter_that_a_name_is_known_elsewhere(cast, concluded, dara):
    """Ivor’s case is no case of Iris’s manager’s stranger: typing names in tells nothing about other people’s cases."""
    Child.objects.create(name="Zelda Quarry", authority=cast.southmere, born=date(2016, 5, 9))
    letter = handing_over(concluded, cast.gwen, oversight="Zelda Quarry and Dara Ferris are friends.")
    assert said_of(letter, cast.gwen) == [("name", "Dara Ferris")]
    Appointment.objects.filter(child=dara, person=cast.gwen).update(until_on=TODAY)
    assert said_of(letter, cast.gwen) == []
    assert said_of(letter, cast.cass) == [("name", "Dara Ferris")], (
        "The manager sees the whole office’s cases"
    )


def test_a_name_that_is_in_this_case_too_is_no_hit(cast, concluded, dara):
    dara.name = cast.blake.name
    dara.save()
    letter = handing_over(concluded, cast.gwen, oversight="Blake Example and Amber Example are well.")
    assert said_of(letter, cast.gwen) == []


def test_a_check_that_looks_away_lets_the_letter_go(cast, concluded, dara, monkeypatch):
    """A test of the tests above: without the names and the addresses nothing is held."""
    lives(cast.amber, "iro_and_social_work")
    letter = handing_over(concluded, cast.gwen, oversight=f"Dara Ferris is at {POSTCODE}.")
    assert len(finding.unresolved(letter, cast.gwen)) == 2
    monkeypatch.setattr(pool, "others", lambda *_: [])
    assert len(finding.unresolved(letter, cast.gwen)) == 1
    monkeypatch.setattr(addresses, "postcodes", lambda *_: [])
    assert not finding.unresolved(letter, cast.gwen)


# --- Changed since it was read --------------------------------------------------------------------------------------


def test_what_changed_since_it_was_approved_is_refused_and_approved_again(cast, handover):
    cast.gwen.telephone = "01632 960999"
    cast.gwen.save()
    with pytest.raises(
        Stale, match="has changed since Gwen Guardian approved it on Wednesday 10 December 2025"
    ):
        actions.send(handover, on=TODAY, by=cast.gwen)
    text = wording.national(K.APPENDIX_2).replace("</p>", " Kindly.</p>", 1)
    again = actions.approve(handover, by=cast.gwen, seen_version=handover.version)
    agreed_wording.replace_wording(cast.cafcass, K.APPENDIX_2, text, by=cast.cass, seen_number=0)
    with pytest.raises(Stale):
        actions.send(again, on=TODAY, by=cast.gwen)
    again = actions.approve(again, by=cast.gwen, seen_version=again.version)
    assert "01632 960999" in actions.send(again, on=TODAY, by=cast.gwen).page


def test_the_day_of_sending_is_no_change(cast, handover, time_machine):
    time_machine.move_to("2025-12-12 10:00:00+00:00", tick=False)
    assert actions.send(handover, on=date(2025, 12, 11), by=cast.gwen).sent_on == date(2025, 12, 11)


def test_what_was_read_is_what_is_approved(cast, concluded, browse):
    letter = handing_over(concluded, cast.gwen)
    address = reverse("letter_check", args=[concluded.key, letter.key])
    client = browse(cast.gwen)
    seen = client.get(address).context["seal"]
    cast.cafcass.address = "2 Moved Street\nNowhere"
    cast.cafcass.save()
    client.post(address, {"version": letter.version, "seal": seen}, follow=True)
    assert Letter.objects.get(pk=letter.pk).state == "draft"
    page = client.get(address)
    assert "has changed since you opened it" in page.content.decode() or page.context["seal"] != seen
    client.post(address, {"version": letter.version, "seal": page.context["seal"]})
    assert Letter.objects.get(pk=letter.pk).state == "approved"


def test_other_recipients_than_were_approved_ask_for_approval_again(cast):
    referral = referral_steps.allocated(cast)
    letter = referral_steps.ready(referral, K.DELAY_LETTER, by=cast.gareth)
    rows = distribution.chosen(letter)
    rows[0].is_included, rows[0].address = True, "At another place"
    letter = distribution.choose(letter, rows, by=cast.gareth, seen_version=letter.version)
    with pytest.raises(Stale, match="or who it goes to, has changed"):
        actions.send(letter, on=TODAY, by=cast.gareth)


# --- Readers a wall keeps out, and the copies of a referral's letter --------------------------------------------------


def test_a_recipient_who_may_not_open_the_case_and_an_address_in_a_copy_are_found(cast, browse):
    referral = referral_steps.allocated(cast)
    lives(cast.amber, "named", address="At 12 Elm Road")
    letter = referral_drafting.draft(referral, K.DELAY_LETTER, by=cast.gareth)
    letter = actions.edit(
        letter, referral_steps.WORDS[K.DELAY_LETTER], by=cast.gareth, seen_version=letter.version
    )
    rows = distribution.chosen(letter)
    rows[0].is_included, rows[0].address = True, "12 Elm Rd"
    letter = distribution.choose(letter, rows, by=cast.gareth, seen_version=letter.version)
    Appointment.objects.filter(person=cast.sol).update(until_on=TODAY)
    address, reader = finding.found_in(letter, cast.gareth)
    assert (address.where, address.found) == ("The copy to Amber Example", "12 Elm Rd")
    assert reader.words == "Sol Worker is given this letter and may not open this case."
    check = reverse("referral_letter_check", args=[referral.key, letter.key])
    page = browse(cast.gareth)
    shown = page.get(check).content.decode()
    assert "The copy to Amber Example" in shown
    assert "Sol Worker is given this letter" in shown
    page.post(f"{check}?keep={reader.mark}", {f"found-{reader.mark[:8]}-why": WHY})
    actions.keep(letter, address.mark, why=WHY, by=cast.gareth)
    letter = actions.approve(letter, by=cast.gareth, seen_version=letter.version)
    actions.agree(letter, by=cast.cass)
    send = reverse("referral_letter_send", args=[referral.key, letter.key])
    page.post(send, {"on": TODAY.isoformat()})
    assert Letter.objects.get(pk=letter.pk).is_gone


def test_on_a_restricted_case_whoever_is_not_on_the_list_is_found(cast, concluded, handover):
    placed = {"reason": "A threat.", "placed_by": cast.mona, "placed_at": timezone.now()}
    Restriction.objects.create(authority=cast.northmoor, case=concluded, **placed)
    assert [hit.found for hit in finding.found_in(handover, cast.gwen)] == ["Iris Reviewer"]


# --- A second person ------------------------------------------------------------------------------------------------


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


# --- See as ---------------------------------------------------------------------------------------------------------


def test_a_letter_is_seen_as_each_would_see_it_once_it_has_gone(cast, handover, browse, new):
    client, check = browse(cast.gwen), reverse("letter_check", args=[handover.case.key, handover.key])
    before = stored()
    opens = {"guardian": True, "la_legal": True, "social_worker": True, "cafcass_legal": False}
    for part in PARTS:
        seen = letter_seen_by(handover, part, by=cast.gwen)
        assert seen.opens is opens[part], part
        assert ("Care orders were made" in str(seen.sheet)) is opens[part]
        assert bool(seen.entries) is opens[part]
    new()
    page = client.get(check, {"see_as": "cafcass_legal"})
    assert "Cafcass Legal would see" in page.content.decode()
    assert "could not open this letter" in page.content.decode()
    [(entry, records)] = new()
    assert (entry.act, entry.verb) == ("read", "letter_check")
    assert {("seen_as", "cafcass_legal"), ("letter", handover.key), ("child", cast.blake.key)} <= records
    assert not client.get(check, {"see_as": "director"}).context["seen"]
    assert stored() == before


def test_a_draft_of_a_referrals_letter_is_seen_in_the_copy_each_would_have(cast):
    referral = referral_steps.allocated(cast)
    letter = referral_drafting.draft(referral, K.DELAY_LETTER, by=cast.gareth)
    letter = referral_steps.to_everybody(letter, by=cast.gareth)
    before = stored()
    opens = {"guardian": False, "la_legal": False, "social_worker": True, "cafcass_legal": True}
    for part in PARTS:
        seen = letter_seen_by(letter, part, by=cast.gareth)
        assert seen.opens is opens[part], part
        if part == "social_worker":
            assert seen.viewer.person == cast.sol
            assert "Sol Worker" in str(seen.sheet)
    assert stored() == before
