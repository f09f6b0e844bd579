"""Before a letter leaves: what may not be meant to is found and resolved, and what changed since it was read is refused."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Appointment, Child, Restriction, Whereabouts
from cases.refusal import Refusal, Stale
from letters import actions, agreed_wording, distribution, wording
from letters.kinds import LetterKind
from letters.leaving import finding, pool, postcodes
from letters.models import Letter, Resolution
from tests.letters import referral_steps
from tests.letters.chapters import FULL_HANDOVER

K = LetterKind
TODAY = date(2025, 12, 10)
POSTCODE = "SW1A 1AA"
WHY = "She asked me to give it: it is her school’s."

# --- What is found in a letter, and for whom ------------------------------------------------------------------------


def lives(child, audience, address="12 Elm Road\nNowhere", postcode=POSTCODE):
    return Whereabouts.objects.create(
        authority=child.authority, child=child, kind="placement", address=address, postcode=postcode,
        audience=audience, from_on=date(2025, 6, 2), recorded_at=timezone.now(),
    )  # fmt: skip


def handing_over(letter, by, **said):
    answers = {**FULL_HANDOVER, "matters": [], **said}
    return actions.edit(letter, answers, by=by, seen_version=letter.version)


def said_of(letter, by):
    return [(str(hit.what), hit.found) for hit in finding.found_in(letter, by)]


def test_an_ordinary_letter_has_nothing_to_resolve(cast, concluded, handover, dara):
    lives(cast.amber, "iro_and_social_work")
    for person in (cast.gwen, cast.cass, cast.iris):
        assert not finding.found_in(handover, person)


def test_addresses_and_names_are_found_in_their_sentences_and_only_resolved_does_the_letter_go(
    cast, handover_begun, dara, new
):
    lives(cast.amber, "iro_and_social_work")
    oversight = "Watch the school. Amber is well at 12 elm rd. Dara Ferris was not."
    letter = handing_over(
        handover_begun, cast.gwen, oversight=oversight, outcome="As Ivor Reviewer said: care orders."
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


def test_another_sentence_is_another_question(cast, handover_begun, dara):
    letter = handing_over(handover_begun, cast.gwen, oversight="Dara Ferris is at her school.")
    [hit] = finding.found_in(letter, cast.gwen)
    actions.keep(letter, hit.mark, why=WHY, by=cast.gwen)
    assert not finding.unresolved(letter, cast.gwen)
    mended = {**FULL_HANDOVER, "matters": [], "oversight": "Dara Ferris hit her."}
    letter = actions.edit(letter, mended, by=cast.gwen, seen_version=letter.version)
    assert [hit.found for hit in finding.unresolved(letter, cast.gwen)] == ["Dara Ferris"]
    with pytest.raises(Refusal, match="does not stand in it any more"):
        actions.keep(letter, hit.mark, why=WHY, by=cast.gwen)


def test_a_confidential_address_that_is_not_for_the_writer_says_only_whom_to_ask(
    cast, handover_begun, browse
):
    lives(cast.coral, "named", address="9 Larch Lane\nElsewhere", postcode="ZZ9 9ZZ")
    letter = handing_over(handover_begun, cast.gwen, oversight="She is at zz99zz now.")
    [hit] = finding.found_in(letter, cast.gwen)
    assert hit.words == "An address that is confidential. You may not be told whose it is."
    assert hit.ask == "Ask Mona Manager of Northmoor Council (invented) whether it may stand in this letter."
    page = browse(cast.gwen).get(reverse("letter_check", args=[letter.case.key, letter.key])).content.decode()
    assert "<mark>zz99zz</mark>" in page
    for secret in ("Coral", "Larch", "Elsewhere", "Only the people named", "ZZ9 9ZZ"):
        assert secret not in page, secret


def test_whoever_may_read_the_address_is_told_whose_it_is_and_which_reader_may_not(cast, handover_begun):
    appoint(cast.sol, PersonRole.SOCIAL_WORKER, children=[cast.amber], on=TODAY, by=cast.lena)
    row = lives(cast.amber, "named")
    row.named.add(cast.gwen, cast.iris)
    letter = handing_over(handover_begun, cast.gwen, oversight=f"She is at {POSTCODE}.")
    [hit] = finding.found_in(letter, cast.gwen)
    assert hit.words == (
        "Placement of Amber Example, confidential. Only the people named may read it. "
        "Not among them, and given this letter: Sol Worker."
    )


def test_an_address_for_everybody_who_opens_the_record_is_no_hit(cast, handover_begun):
    lives(cast.amber, "everybody")
    assert not finding.found_in(handing_over(handover_begun, cast.gwen, oversight=POSTCODE), cast.gwen)


def test_nobody_learns_from_a_letter_that_a_name_is_known_elsewhere(cast, handover_begun, dara):
    """Ivor’s case is no case of Iris’s manager’s stranger: typing names in tells nothing about other people’s cases."""
    Child.objects.create(name="Zelda Quarry", authority=cast.southmere, born=date(2016, 5, 9))
    letter = handing_over(handover_begun, cast.gwen, oversight="Zelda Quarry and Dara Ferris are friends.")
    assert said_of(letter, cast.gwen) == [("name", "Dara Ferris")]
    Appointment.objects.filter(child=dara, person=cast.gwen).update(until_on=TODAY)
    assert said_of(letter, cast.gwen) == []
    assert said_of(letter, cast.cass) == [("name", "Dara Ferris")], (
        "The manager sees the whole office’s cases"
    )


def test_a_name_that_is_in_this_case_too_is_no_hit(cast, handover_begun, dara):
    dara.name = cast.blake.name
    dara.save()
    letter = handing_over(handover_begun, cast.gwen, oversight="Blake Example and Amber Example are well.")
    assert said_of(letter, cast.gwen) == []


def test_a_check_that_looks_away_lets_the_letter_go(cast, handover_begun, dara, monkeypatch):
    """A test of the tests above: without the names and the addresses nothing is held."""
    lives(cast.amber, "iro_and_social_work")
    letter = handing_over(handover_begun, cast.gwen, oversight=f"Dara Ferris is at {POSTCODE}.")
    assert len(finding.unresolved(letter, cast.gwen)) == 2
    monkeypatch.setattr(pool, "others", lambda *_: [])
    assert len(finding.unresolved(letter, cast.gwen)) == 1
    monkeypatch.setattr(postcodes, "postcodes", lambda *_: [])
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


def test_what_was_read_is_what_is_approved(cast, handover_begun, browse):
    letter = handing_over(handover_begun, cast.gwen)
    address = reverse("letter_check", args=[letter.case.key, letter.key])
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


def test_other_recipients_than_were_approved_ask_for_approval_again(cast, referral):
    letter = referral_steps.ready(referral, K.DELAY_LETTER, by=cast.gareth)
    rows = distribution.chosen(letter)
    rows[0].is_included, rows[0].address = True, "At another place"
    letter = distribution.choose(letter, rows, by=cast.gareth, seen_version=letter.version)
    with pytest.raises(Stale, match="or who it goes to, has changed"):
        actions.send(letter, on=TODAY, by=cast.gareth)


# --- Readers a wall keeps out, and the copies of a referral's letter --------------------------------------------------


def test_a_recipient_who_may_not_open_the_case_and_an_address_in_a_copy_are_found(
    cast, referral, delay_begun, browse
):
    lives(cast.amber, "named", address="At 12 Elm Road")
    words, seen = referral_steps.WORDS[K.DELAY_LETTER], delay_begun.version
    letter = actions.edit(delay_begun, words, by=cast.gareth, seen_version=seen)
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
