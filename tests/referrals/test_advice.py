"""The advice line: what is written down of a call, who may read it, and what is added to it."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.actions import record
from cases.models import Event
from cases.refusal import NotYours, Refusal
from referrals import advice, sharing
from referrals.models import AdviceAddition, AdviceNote, AdviceTrace
from tests.cases.steps import TODAY
from tests.chapters import chapter
from tests.referrals.advice_steps import a_call, allocated, referred, trail

pytestmark = pytest.mark.usefixtures("today")
OUTSIDE = (
    "iris", "ivor", "mona", "gwen", "lena", "sol", "tess", "cass", "serena", "hal", "dora", "chas", "hugo", "stranger",
)  # fmt: skip
TYPED = {
    "on_day": "3", "on_month": "3", "on_year": "2025", "caller": "Iris Reviewer, IRO", "child_name": "Amber  Example",
    "matter": "Therapy is not funded.", "guidance": "Climb the ladder.", "asked_to_act": "no",
    "overriding_concern": "no",
}  # fmt: skip


@chapter(on=TODAY)
def referral(cast):
    """Amber is referred, and it is Hugo’s; nobody has called."""
    return allocated(referred(cast), cast.hugo)


def typed(cast, **more):
    return {**TYPED, "submission": str(uuid4()), "authority": cast.northmoor.pk, **more}


# --- Taking a note ----------------------------------------------------------------------------------------------


def test_a_call_is_written_down_without_a_child_or_a_case_on_the_system(cast):
    note = a_call(
        cast, child_name="Somebody Unknown", child_born=None, authority=None, authority_name="Elsewhere"
    )
    kept = AdviceNote.objects.get()
    assert (kept.pk, kept.taken_by, kept.authority_name) == (note.pk, cast.lex, "Elsewhere")
    assert trail() == [("taken", "Lex Lawyer", note.pk)]


def test_a_button_pressed_twice_writes_one_note_and_one_trace(cast):
    once = uuid4()
    assert a_call(cast, submission=once) == a_call(cast, submission=once)
    assert AdviceNote.objects.count() == AdviceTrace.objects.count() == 1


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_outside_cafcass_legal_takes_a_note(cast, referral, name):
    with pytest.raises(NotYours):
        a_call(cast, by=getattr(cast, name))
    assert not AdviceNote.objects.exists()


def test_a_lawyer_who_has_left_takes_no_note(cast):
    cast.lex.is_active = False
    with pytest.raises(NotYours):
        a_call(cast)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"on": date(2025, 3, 4)}, "on"),
        ({"child_born": date(2025, 3, 4)}, "child_born"),
        ({"caller": "  "}, "caller"),
        ({"authority": None}, "authority"),
        ({"authority_name": "Elsewhere"}, "authority_name"),
        ({"matter": ""}, "matter"),
        ({"guidance": " "}, "guidance"),
        ({"overriding_concern": True, "told": "The police"}, "done_about_it"),
        ({"overriding_concern": True, "done_about_it": "Rang the police"}, "told"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_kept(cast, said, field):
    with pytest.raises(Refusal) as refused:
        a_call(cast, **said)
    assert refused.value.field == field
    assert not AdviceNote.objects.exists()
    assert not AdviceTrace.objects.exists()


def test_an_overriding_concern_keeps_what_was_done_and_who_was_told(cast):
    concern = {"overriding_concern": True, "done_about_it": "Rang the police", "told": "The duty inspector"}
    note = a_call(cast, **concern)
    assert (note.done_about_it, note.told) == ("Rang the police", "The duty inspector")


# --- Adding to it -----------------------------------------------------------------------------------------------


def test_a_note_is_put_right_beneath_and_never_in_place(cast):
    note = a_call(cast)
    advice.add_to(note, "The child’s name is Amber, with one m.", by=cast.leah)
    added = AdviceAddition.objects.get()
    assert (added.note, added.by) == (note, cast.leah)
    assert AdviceNote.objects.get().matter == "The authority will not fund therapy."
    assert trail()[-1] == ("added to", "Leah Lawyer", note.pk)


def test_an_addition_sent_twice_stands_once(cast):
    note = a_call(cast)
    advice.add_to(note, "One m.", by=cast.lex)
    advice.add_to(note, "One m. ", by=cast.lex)
    assert AdviceAddition.objects.count() == 1


def test_nothing_is_added_to_a_note_that_was_shared(cast, referral):
    note = a_call(cast)
    sharing.share(referral, note, by=cast.lex)
    with pytest.raises(Refusal, match="Take a new note instead"):
        advice.add_to(note, "More.", by=cast.lex)
    assert not AdviceAddition.objects.exists()


def test_an_empty_addition_and_one_by_an_outsider_are_refused(cast):
    note = a_call(cast)
    with pytest.raises(Refusal, match="Write what is to be added"):
        advice.add_to(note, " ", by=cast.lex)
    with pytest.raises(NotYours):
        advice.add_to(note, "Mine.", by=cast.hugo)


# --- Never on a case --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("happening", ["advice_sought", "advice_disclosed"])
def test_neither_a_call_nor_its_sharing_is_ever_written_on_a_case(cast, referral, happening):
    details = {"referral": referral.ref} if happening == "advice_disclosed" else {}
    with pytest.raises(Refusal, match="confidential"):
        record(referral.case, happening, on=date(2025, 3, 3), by=cast.lex, details=details)
    assert not Event.objects.filter(happening=happening).exists()


@pytest.mark.parametrize("happening", ["advice_sought", "advice_disclosed"])
def test_no_form_of_a_case_records_a_call_or_its_sharing(cast, referral, browse, happening):
    for person in (cast.lex, cast.iris, cast.mona, cast.lena):
        page = reverse("record", args=[referral.case.key, happening])
        assert browse(person).get(page).status_code == 404


# --- Pages ------------------------------------------------------------------------------------------------------


def test_lex_takes_a_note_on_the_page_and_reads_it(cast, browse):
    lex = browse(cast.lex)
    sent = lex.post(reverse("advice_new"), typed(cast), follow=True)
    note = AdviceNote.objects.get()
    assert sent.redirect_chain == [(reverse("advice_note", args=[note.pk]), 302)]
    assert note.child_name == "Amber Example"
    page = sent.content.decode()
    assert "Therapy is not funded." in page
    assert "Only Cafcass Legal can read it" in page
    assert trail()[-1] == ("read", "Lex Lawyer", note.pk)


def test_a_concern_without_what_was_done_comes_back_with_everything_typed(cast, browse):
    page = browse(cast.lex).post(
        reverse("advice_new"), typed(cast, overriding_concern="yes", told="The police")
    )
    said = page.content.decode()
    assert "say what was done" in said
    assert "Therapy is not funded." in said
    assert not AdviceNote.objects.exists()


def test_what_belongs_to_a_concern_is_dropped_where_there_is_none(cast, browse):
    browse(cast.lex).post(reverse("advice_new"), typed(cast, done_about_it="Rang the police"))
    assert AdviceNote.objects.get().done_about_it == ""


def test_an_addition_on_the_page_stands_beneath_the_note(cast, browse):
    note = a_call(cast)
    said = browse(cast.lex).post(reverse("advice_note", args=[note.pk]), {"text": "One m."}, follow=True)
    assert "Added by Lex Lawyer" in said.content.decode()


@pytest.mark.parametrize(
    "words", ["iris", "AMBER exam", "therapy", "Northmoor", "therapy iris"],
)  # fmt: skip
def test_a_note_is_found_by_caller_child_authority_or_matter(cast, browse, words):
    a_call(cast)
    a_call(cast, caller="Zed", child_name="Yann", matter="Other", authority=None, authority_name="Far")
    lex = browse(cast.lex)
    moved = lex.post(reverse("advice"), {"words": words})
    assert moved.url == "/advice/?search=1"
    said = lex.get(moved.url).content.decode()
    assert "Amber Example" in said
    assert "Yann" not in said
    assert trail()[-1] == ("searched", "Lex Lawyer", None)


def test_the_search_is_forgotten_by_the_plain_list(cast, browse):
    a_call(cast)
    lex = browse(cast.lex)
    lex.post(reverse("advice"), {"words": "nothing like it"})
    assert "No note has all of those words" in lex.get("/advice/?search=1").content.decode()
    assert "Amber Example" in lex.get("/advice/").content.decode()


def test_older_notes_stand_on_the_next_page(cast, browse, monkeypatch):
    monkeypatch.setattr(advice, "MOST", 2)
    for day, name in enumerate(("First", "Second", "Third"), 3):
        a_call(cast, caller=name, on=date(2025, 2, day))
    lex = browse(cast.lex)
    newest = lex.get("/advice/")
    assert "First" not in newest.content.decode()
    older = lex.get(f"/advice/?after={newest.context['found'].older_key}").content.decode()
    assert "First" in older
    assert "Second" not in older


def test_an_odd_page_key_is_no_error(cast, browse):
    assert browse(cast.lex).get("/advice/?after=<x>").status_code == 200


def test_the_empty_list_says_what_would_stand_there(cast, browse):
    assert (
        "Each call to the advice line would stand here" in browse(cast.lex).get("/advice/").content.decode()
    )


def test_keys_of_notes_betray_no_number(cast):
    first, second = a_call(cast), a_call(cast)
    assert {first.pk.version, second.pk.version} == {4}
