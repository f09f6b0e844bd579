"""A copy of a referral's letter for each whom PN 3.22 names, and the proof that it went."""

from datetime import date
from hashlib import sha256

import pytest
from django.urls import reverse

from cases.models import Notice
from cases.refusal import NotYours, Refusal
from letters import distribution, gather, papers
from letters.kinds import LetterKind
from letters.models import Letter, Recipient, RecipientPaper
from tests.letters import referral_steps as steps
from tests.letters.reading import words
from tests.letters.referral_steps import to
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


def page_of(referral, client, who):
    client.force_login(who)
    return words(client.get(reverse("referral_letters", args=[referral.key])))


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


def test_nobody_reads_in_their_copy_where_another_lives(cast, draft):
    draft.recipients.filter(party__in=["chief_executive", "director", "parent", "other"]).delete()
    written_to = [
        ("chief_executive", "The Chief Executive", "Northmoor Council (invented)\n1 Invented Street"),
        ("iro", "Iris Reviewer", "1 Invented Street"),
        ("director", "Peta Roe", "3 Elm Close\nNowhere"),
        ("parent", "Jane Roe", "12 Elm Road\nNowhere"),
        ("parent", "John Poe", "Flat 3\n9 Oak Street"),
        ("other", "Granny Roe", "7 Ash Lane"),
    ]
    for position, (party, name, address) in enumerate(written_to, 50):
        Recipient.objects.create(
            authority_id=draft.authority_id, letter=draft, position=position, party=party, name=name, address=address,
            is_included=True, how="post",
        )  # fmt: skip
    john = draft.recipients.get(name="John Poe")
    said = gather.contents_of(Letter.objects.get(pk=draft.pk), dated=TODAY, to=john)
    assert said.addressee == ("John Poe", "Flat 3", "9 Oak Street")
    assert said.copied_to[-5:] == (
        "The Chief Executive, Northmoor Council (invented)",
        "Iris Reviewer (Independent Reviewing Officer)",
        "Peta Roe (director of children’s services)",
        "Jane Roe (person with parental responsibility)",
        "Granny Roe",
    )


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
