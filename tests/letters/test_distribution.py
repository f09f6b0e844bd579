"""Who a referral's letter goes to: those PN 3.22 names, each with a copy of their own and the proof that it went."""

from datetime import date
from hashlib import sha256

import pytest
from django.urls import reverse

from accounts.models import User
from cases.models import Notice
from cases.refusal import NotYours, Refusal, Stale
from letters import actions, distribution, papers, prefilled, referral_drafting
from letters.kinds import LetterKind
from letters.models import Letter, Recipient, RecipientPaper
from tests.letters import referral_steps as steps
from tests.letters.reading import words
from tests.pdfs import text_of

pytestmark = pytest.mark.usefixtures("drawn_once")
K = LetterKind
TODAY = date(2025, 12, 10)


@pytest.fixture
def draft(delay_begun):
    return delay_begun


@pytest.fixture
def gone(delay_sent):
    return delay_sent


def to(letter, party):
    return letter.recipients.get(party=party)


def page_of(referral, client, who):
    client.force_login(who)
    return words(client.get(reverse("referral_letters", args=[referral.key])))


# --- Choosing -----------------------------------------------------------------------------------------------------


def test_those_the_practice_note_names_are_found_among_the_people_of_the_case(cast, draft):
    found = [(row.party, row.name) for row in prefilled.recipients(draft)]
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


def test_an_office_whose_holder_is_not_on_the_system_is_written_to_by_post(cast, draft):
    User.objects.filter(role__in=["chief_executive", "director"]).update(is_active=False)
    offices = [row for row in prefilled.recipients(draft) if row.party in ("chief_executive", "director")]
    assert [(row.name, row.how) for row in offices] == [
        ("The Chief Executive", "post"), ("The Director of Children’s Services", "post"),
    ]  # fmt: skip
    assert offices[0].address.startswith("Northmoor Council (invented)\n1 Invented Street")


def test_people_of_an_authority_off_the_system_are_written_to_by_post(cast, draft):
    cast.northmoor.is_on_system = False
    cast.northmoor.save()
    assert {row.how for row in prefilled.recipients(draft) if row.person} == {"post"}


def test_whether_it_goes_to_the_child_has_to_be_decided(cast, draft):
    rows = prefilled.recipients(draft)
    with pytest.raises(Refusal, match="Say whether it goes to Amber Example") as refused:
        distribution.choose(draft, rows, by=cast.gareth, seen_version=1)
    assert refused.value.field == "is_included_0"
    rows[0].is_included = False
    with pytest.raises(Refusal, match="Say why Amber Example is left out, and how the child learns of it"):
        distribution.choose(draft, rows, by=cast.gareth, seen_version=1)


def test_to_leave_out_somebody_the_practice_note_names_takes_a_reason(cast, draft):
    rows = prefilled.recipients(draft)
    rows[0].is_included = True
    director = next(row for row in rows if row.party == "director")
    director.is_included = False
    with pytest.raises(Refusal, match="Say why Dora Director is left out"):
        distribution.choose(draft, rows, by=cast.gareth, seen_version=1)
    director.reason = "She left on Friday; the post is empty."
    distribution.choose(draft, rows, by=cast.gareth, seen_version=1)
    assert to(draft, "director").reason == "She left on Friday; the post is empty."
    assert to(draft, "voluntary_head").reason == "Nobody in this role"


def test_a_report_to_nobody_is_refused_and_nothing_changed(cast, referral, draft):
    letter = actions.edit(draft, steps.WORDS[K.DELAY_LETTER], by=cast.gareth, seen_version=1)
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


def test_somebody_who_does_not_use_the_system_cannot_be_reached_on_it(cast, draft):
    rows = prefilled.recipients(draft)
    rows[0].is_included, rows[0].how = True, "on_system"
    with pytest.raises(Refusal, match="Amber Example does not use this system"):
        distribution.choose(draft, rows, by=cast.gareth, seen_version=1)


def test_two_who_choose_at_once_do_not_overwrite_each_other(cast, draft):
    steps.to_everybody(draft, by=cast.gareth)
    with pytest.raises(Stale, match="Somebody changed this letter"):
        distribution.choose(draft, prefilled.recipients(draft), by=cast.cass, seen_version=1)


def test_recipients_are_chosen_by_those_who_send_it_and_not_after_it_has_gone(cast, draft, gone):
    with pytest.raises(NotYours):
        distribution.choose(draft, [], by=cast.iris, seen_version=1)
    with pytest.raises(Refusal, match="It is sent once"):
        distribution.choose(gone, [], by=cast.gareth, seen_version=gone.version)


def test_choosing_on_the_screen_keeps_what_was_typed_when_it_is_refused(cast, draft, client):
    client.force_login(cast.gareth)
    address = reverse("referral_letter_recipients", args=[draft.referral.key, draft.key])
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
    added = to(draft, "parent")
    assert (added.name, added.how, added.address) == ("Pat Parent", "post", "9 Elm Row")
    assert to(draft, "child").reason == "Her IRO tells her on Friday."


# --- Sending ------------------------------------------------------------------------------------------------------


def test_each_recipient_has_a_copy_addressed_to_them(cast, gone):
    papers.make([gone.pk])
    assert RecipientPaper.objects.count() == 6
    director, child = to(gone, "director"), to(gone, "child")
    said = text_of(bytes(director.paper.pdf))
    assert "Dora Director Director of children’s services Northmoor Council (invented)" in said
    assert "Amber Example (the child)" in said, "each reads who else has it"
    theirs = text_of(bytes(child.paper.pdf))
    assert "Amber Example At her foster home" in theirs
    assert director.page_sha256 == sha256(director.page.encode()).hexdigest() != child.page_sha256


def test_copies_are_made_once_and_found_by_the_clock_when_the_broker_was_away(cast, gone):
    assert papers.batches_unprinted() == [[gone.pk]]
    assert papers.make([gone.pk]) == 7
    assert papers.make([gone.pk]) == 0
    assert papers.batches_unprinted() == []


def test_a_recipient_opens_their_own_copy_and_downloads_the_same_bytes_for_ever(cast, gone, client):
    client.force_login(cast.dora)
    address = reverse("referral_letter_pdf", args=[gone.referral.key, gone.key])
    first = client.get(address)
    assert "Dora Director Director of children’s services" in text_of(first.content)
    assert client.get(address).content == first.content == bytes(to(gone, "director").paper.pdf)


def test_recipients_on_the_system_are_nudged_once_each(cast, gone):
    nudged = Notice.objects.filter(kind="letter", about=f"letter:{gone.key}")
    assert {notice.recipient.name for notice in nudged} == {
        "Iris Reviewer", "Chas Executive", "Dora Director", "Sol Worker", "Tess Team",
    }  # fmt: skip
    distribution.tell_them(gone)
    assert nudged.count() == 5


def test_what_is_on_the_system_is_sent_at_once_and_the_rest_when_it_goes(cast, gone):
    assert (to(gone, "iro").sent_on, to(gone, "iro").sent_by) == (TODAY, cast.gareth)
    assert to(gone, "child").sent_on is None


# --- The proof ----------------------------------------------------------------------------------------------------


def test_the_proof_stands_in_the_matrix(cast, referral, gone, client):
    before = page_of(referral, client, cast.gareth)
    assert "To go by hand: not recorded as sent yet" in before
    assert "1 copy is still to be posted" in before
    client.post(
        reverse("recipient_proof", args=[referral.key, gone.key, to(gone, "child").pk]),
        {"how": "by_hand", "on_day": 10, "on_month": 12, "on_year": 2025, "proof": "Given to her at the visit."},
    )  # fmt: skip
    after = page_of(referral, client, cast.mona)
    assert "Sent on Wednesday 10 December 2025 by hand; proof: Given to her at the visit." in after
    assert "Sent on Wednesday 10 December 2025 on this system" in after
    assert "Left out: Nobody in this role" in after
    assert "still to be posted" not in after


def test_a_child_left_out_shows_why_and_how_she_learns_of_it(cast, referral, client):
    steps.sent(referral, K.DELAY_LETTER, by=cast.gareth, on=TODAY, child="no")
    shown = page_of(referral, client, cast.gareth)
    assert "Left out: She is six; her IRO explains it with a picture book." in shown


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"on": date(2025, 12, 9)}, "it cannot have gone before that"),
        ({"proof": "  "}, "Say what shows that it was sent"),
    ],
)
def test_a_proof_that_proves_nothing_is_refused(cast, gone, how, sentence):
    proof = {"on": TODAY, "how": "post", "proof": "Receipt 12", **how}
    with pytest.raises(Refusal, match=sentence):
        distribution.record_proof(to(gone, "child"), by=cast.gareth, **proof)
    assert to(gone, "child").sent_on is None


def test_the_proof_of_a_letter_not_sent_or_of_somebody_left_out_is_refused(cast, draft, gone):
    with pytest.raises(Refusal, match="nothing to prove"):
        distribution.record_proof(to(gone, "voluntary_head"), on=TODAY, how="post", proof="x", by=cast.gareth)


@pytest.mark.parametrize("who", ["iris", "dora", "gwen", "stranger"])
def test_the_proof_is_recorded_by_the_side_that_sent_it(cast, gone, client, who):
    child = to(gone, "child")
    client.force_login(getattr(cast, who))
    address = reverse("recipient_proof", args=[gone.referral.key, gone.key, child.pk])
    assert client.get(address).status_code == 404
    with pytest.raises(NotYours):
        distribution.record_proof(child, on=TODAY, how="post", proof="x", by=getattr(cast, who))


def test_a_recipient_sees_the_letters_sent_to_them_and_not_who_else_has_them(cast, referral, gone, client):
    shown = page_of(referral, client, cast.sol)
    assert "Sent to you Delay letter on a referral , Wednesday 10 December 2025" in shown
    assert "Dora Director" not in shown
    copy = reverse("recipient_pdf", args=[referral.key, gone.key, to(gone, "director").pk])
    assert client.get(copy).status_code == 404
    client.force_login(cast.mona)
    assert client.get(copy).status_code == 200


def test_the_matrix_costs_the_same_however_many_letters_there_are(
    cast, referral, gone, client, django_assert_max_num_queries
):
    client.force_login(cast.lex)
    address = reverse("referral_letters", args=[referral.key])
    client.get(address)
    with django_assert_max_num_queries(200) as first:
        client.get(address)
    steps.sent(referral, K.PROGRESS_NOTE, by=cast.gareth, on=TODAY)
    with django_assert_max_num_queries(len(first)):
        client.get(address)


def test_what_is_frozen_for_a_recipient_stays(cast, gone):
    kept = to(gone, "director").page
    cast.northmoor.name = "Renamed Council (invented)"
    cast.northmoor.save()
    assert to(gone, "director").page == kept
    assert Recipient.objects.exclude(page="").count() == 6
