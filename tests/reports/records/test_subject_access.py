"""A person's whole record as one PDF: what is in it, what is not, and whose names are left out."""

import re
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.utils import timezone

from cases import notices as mail
from cases.models import Event, Notice, Restriction, Whereabouts
from cases.refusal import NotYours, Refusal
from letters import actions, distribution, referral_drafting
from letters.kinds import LetterKind
from letters.models import Letter, Recipient
from reports.records import others, packfile, packs
from reports.records.models import AccessPack
from reports.records.redaction import ADDRESS_WITHHELD, WITHHELD, Redaction
from reports.tasks import make_packs
from tests.letters import referral_steps

pytestmark = [pytest.mark.django_db]


def asked(cast, *, withheld=(), child=None):
    return packs.ask(child or cast.amber, by=cast.mona, purpose="Request 2041", withheld=list(withheld))


def chapter(pack, name):
    return next(one for one in packfile.contents_of(pack)["chapters"] if one.name == name)


def words(pack):
    """Everything a pack says, in one string."""
    return repr(packfile.contents_of(pack)["chapters"])


# --- Names left out -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Jane Doe rang.", f"{WITHHELD} rang."),
        ("JANE  DOE rang.", f"{WITHHELD} rang."),
        ("Ms Doe rang Jane.", f"Ms {WITHHELD} rang {WITHHELD}."),
        ("Does Janet know?", "Does Janet know?"),
        ("Jane Doe’s sister", f"{WITHHELD}’s sister"),
        ("Amber Doe is the child.", "Amber Doe is the child."),
    ],
)
def test_a_name_goes_whole_and_in_its_parts_and_nothing_else_does(text, said):
    child = "Amber Doe" if "Amber" in text else "Amber Example"
    assert Redaction(["Jane Doe"], child=child).words(text) == said


def test_in_a_letter_only_what_is_between_the_tags_changes():
    hide = Redaction(["May O'Brien", "Article Letter"], child="Amber Example")
    page = hide.page('<article class="letter"><p>May O&#x27;Brien &amp; the article on 3 May.</p></article>')
    assert page == f'<article class="letter"><p>{WITHHELD} &amp; the article on 3 May.</p></article>'


def test_private_people_are_marked_before_anybody_looks_and_staff_are_not(world, cast):
    found = {other.name: other for other in others.others(cast.amber, cast.mona)}
    assert found["Blake Example"].is_private
    assert not found["Gwen Guardian"].is_private
    assert "Amber Example" not in found
    assert others.others(cast.amber, cast.mona)[0].is_private


def test_a_marked_name_is_nowhere_in_the_pack_and_the_others_are(world, cast):
    said = words(asked(cast, withheld=["Gwen Guardian", "Blake Example"]))
    assert "Gwen" not in said
    assert cast.gwen.email not in said
    assert "Blake" not in said
    assert WITHHELD in said
    assert "Iris Reviewer" in said
    assert "Amber Example" in said
    assert "Gwen Guardian" in words(asked(cast))


def lives(child, address, *, postcode="", audience="everybody"):
    Whereabouts.objects.create(
        authority=child.authority, child=child, kind="home", address=address, postcode=postcode, audience=audience,
        from_on="2024-06-02", recorded_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "gone", "left"),
    [
        (
            "Rose House\n9 Otherwise Close\nNowhere\nAB1 2CD",
            ("Rose House", "Otherwise", "AB1 2CD"),
            ("Nowhere",),
        ),
        ("9 Otherwise Close, Nowhere, AB1 2CD", ("Otherwise", "AB1 2CD"), ("Nowhere",)),
        ("Rose House\nOtherwise Close\nNowhere", ("Rose House", "Otherwise"), ("Nowhere",)),
        ("5 ownhome road\nNowhere\nXY1 2ZZ", (), ("ownhome", "XY1 2ZZ", "5 Ownhome Road")),
        ("Northmoor Council (invented)\n1 Otherwise Road", ("Otherwise",), ("Northmoor Council (invented)",)),
        ("School", (), ("School",)),
        ("Amber Example\n9 Otherwise Road", ("Otherwise",), ("Amber Example",)),
    ],
)
def test_where_somebody_lives_goes_with_their_name_and_nothing_else_does(world, cast, address, gone, left):
    """A letter to a parent alone bears the parent's address; what is the child's own stays."""
    lives(cast.amber, "5 Ownhome Road\nNowhere", postcode="XY1 2ZZ")
    sent_to(world, cast, name="Peta Elsewhere", address=address, email="peta@example.test")
    said = words(asked(cast, withheld=["Peta Elsewhere"]))
    assert not [secret for secret in ("Peta", "peta@example.test", *gone) if secret in said]
    assert [own for own in left if own in said] == list(left)
    everything = words(asked(cast))
    assert all(told in everything for told in ("Peta Elsewhere", *gone)), "A test of the test"


def test_where_a_brother_lives_goes_with_his_name_and_a_placement_nobody_may_read_is_not_spared(world, cast):
    sent_to(world, cast, name="Carol Carer", address="9 Hidden Lane\nNowhere")
    sent_to(world, cast, name="Peta Elsewhere", address="8 Brothers Row\nNowhere")
    assert all(told in words(asked(cast)) for told in ("9 Hidden Lane", "8 Brothers Row")), (
        "A test of the test"
    )
    lives(cast.blake, "8 Brothers Row\nNowhere", audience="named")
    lives(cast.amber, "9 Hidden Lane\nNowhere", audience="named")
    said = words(asked(cast, withheld=["Blake Example", "Carol Carer"]))
    assert "Hidden Lane" not in said
    assert "Brothers Row" not in said
    assert ADDRESS_WITHHELD in said


def sent_to(world, cast, **parent):
    """A progress note to one parent alone, which two people stood by."""
    letter = referral_drafting.draft(world.main.referral, LetterKind.PROGRESS_NOTE, by=cast.lex)
    said = referral_steps.WORDS[LetterKind.PROGRESS_NOTE]
    letter = actions.edit(letter, said, by=cast.lex, seen_version=letter.version)
    parent = Recipient(party=Recipient.Party.PARENT, is_included=True, how="post", **parent)
    letter = distribution.choose(letter, [parent], by=cast.lex, seen_version=letter.version)
    letter = referral_steps.seconded(actions.approve(letter, by=cast.lex, seen_version=letter.version))
    return actions.send(letter, on=timezone.localdate(), by=cast.lex)


# --- What is in it ------------------------------------------------------------------------------------------------


def test_the_pack_holds_the_record_room_by_room(world, cast):
    pack = asked(cast)
    assert "Quicksand under the plan" in repr(chapter(pack, "disputes").parts)
    assert "Referral 1" in repr(chapter(pack, "referrals").parts)
    assert "Speech therapy" in repr(chapter(pack, "matters").parts)
    assert world.main.case.key in repr(chapter(pack, "cases").parts)
    letters = {part["name"].removeprefix("letter-") for part in chapter(pack, "letters").parts}
    assert world.main.letters["sent"].key in letters
    assert world.main.referral_letters["sent"].key in letters
    assert chapter(pack, "care").parts
    assert chapter(pack, "reviews").parts
    days = [entry["on"] for entry in chapter(pack, "chronology").parts]
    assert days == sorted(days)
    assert "Mona Manager" in repr(chapter(pack, "looked").parts)


def test_drafts_the_advice_line_and_what_concerns_a_brother_alone_are_not_in_it(world, cast):
    said = words(asked(cast))
    drafts = Letter.objects.filter(state__in=("draft", "approved")).values_list("key", flat=True)
    assert drafts
    assert not [key for key in drafts if key in said]
    assert "Quagmire" not in words(asked(cast, child=cast.coral)), "A call to the advice line"
    assert world.main.draft.ref not in said, "A referral of Blake’s that nobody has submitted"
    blakes = {event.pk for event in cast.blake.events.all()}
    assert blakes
    told = Event.objects.filter(others.this_childs(cast.amber, [world.main.case]))
    assert not blakes & set(told.values_list("pk", flat=True))


def test_a_case_the_maker_may_not_open_is_not_in_it_and_names_nobody(world, cast):
    case = world.main.case
    Restriction.objects.create(
        authority=cast.northmoor, case=case, reason="A threat.", placed_by=cast.hal, placed_at=timezone.now()
    )
    said = words(asked(cast))
    assert case.key not in said
    assert "Quicksand" not in said
    assert not [other for other in others.others(cast.amber, cast.mona) if other.name.startswith("Blake")]


def test_an_address_the_maker_may_not_read_is_said_to_be_withheld(world, cast):
    Whereabouts.objects.filter(child=cast.amber).delete()
    for audience, address in (("everybody", "1 Open Road"), ("named", "9 Hidden Lane")):
        Whereabouts.objects.create(
            authority=cast.northmoor, child=cast.amber, kind="home", address=address, audience=audience,
            from_on="2025-06-02", recorded_by=cast.sol, recorded_at=timezone.now(),
        )  # fmt: skip
    said = repr(chapter(asked(cast), "whereabouts").parts)
    assert "1 Open Road" in said
    assert "9 Hidden Lane" not in said
    assert "Withheld: its audience" in said


# --- How it is made -----------------------------------------------------------------------------------------------


def test_the_pdf_has_bookmarks_a_table_of_contents_with_pages_and_a_title(world, cast):
    pack = asked(cast, withheld=["Blake Example"])
    make_packs([pack.pk])
    make_packs([pack.pk])
    made = AccessPack.objects.get(pk=pack.pk)
    with pikepdf.open(BytesIO(bytes(made.pdf))) as pdf:
        assert len(pdf.pages) > 10
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            letters = next(item for item in outline.root if "Letters" in item.title)
            assert len(letters.children) >= 2
        assert titles[1:3] == ["1. Who the record is about", "2. Where the child lived"]
        assert str(pdf.docinfo["/Title"]) == f"Record of child {cast.amber.key}"
        linked = [note for page in pdf.pages[:2] for note in page.get("/Annots", [])]
        assert len(linked) >= 12, "Each chapter is reached from the table of contents"
        assert "/MarkInfo" in pdf.Root
    told = Notice.objects.get(kind="pack")
    assert told.recipient == cast.mona
    assert mail.message_for(told).body.count(f"/children/{cast.amber.key}/packs/") == 1


def test_what_cannot_be_printed_stays_wanted(world, cast, monkeypatch):
    pack = asked(cast)
    monkeypatch.setattr("reports.records.packs.as_pdf", lambda *_, **__: 1 / 0)
    make_packs([pack.pk])
    assert packs.wanted().get() == pack
    assert not Notice.objects.filter(kind="pack").exists()


# --- Who, and what for --------------------------------------------------------------------------------------------


def test_only_the_authoritys_iro_manager_makes_one_and_says_what_for(world, cast):
    for somebody in (cast.stranger, cast.iris, cast.hal, cast.lena, cast.gwen, cast.lex):
        with pytest.raises(NotYours):
            packs.ask(cast.amber, by=somebody, purpose="Request 2041", withheld=[])
    with pytest.raises(Refusal, match="what the pack is for"):
        packs.ask(cast.amber, by=cast.mona, purpose=" ", withheld=[])


def test_mona_asks_on_the_page_and_takes_the_file_and_both_are_kept(world, cast, browse, new):
    mona, where = browse(cast.mona), f"/children/{cast.amber.key}/packs/"
    new()
    form = mona.get(where).content.decode()
    assert re.search(r'<input[^>]*value="Blake Example"[^>]*checked', form)
    assert not re.search(r'<input[^>]*value="Gwen Guardian"[^>]*checked', form)
    assert "Say what the pack is for" in mona.post(where, {"submission": str(uuid4())}).content.decode()
    sent = {
        "purpose": "Request 2041",
        "withheld": ["Blake Example"],
        "more": "Aunt Jane\n",
        "submission": str(uuid4()),
    }
    assert mona.post(where, sent).status_code == 302
    mona.post(where, sent)
    pack = AccessPack.objects.exclude(purpose="").latest("pk")
    assert pack.withheld == ["Aunt Jane", "Blake Example"]
    assert "Being made" in mona.get(where).content.decode()
    AccessPack.objects.filter(pk=pack.pk).update(pdf=b"%PDF-1.7", sha256="0" * 64, made_at=timezone.now())
    answer = mona.get(f"{where}{pack.pk}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    kept = [(entry.act, entry.verb, entry.why) for entry, _ in new() if entry.act != "read"]
    assert kept == [
        ("changed", "pack.asked", "Request 2041"),
        ("exported", "subject_access_pdf", "Request 2041"),
    ]
