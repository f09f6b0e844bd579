"""A referral's letters on the screen: begun, written, addressed, approved and sent, and what is not begun there."""

import pytest
from django.urls import reverse

from letters import actions
from letters.models import Letter
from tests.letters.reading import words
from tests.letters.referral_steps import at
from tests.pdfs import text_of


def test_the_officer_begins_writes_chooses_approves_and_sends_on_the_screen(cast, referral, as_):
    page = as_(cast.gareth)
    listed = words(page.get(reverse("referral_letters", args=[referral.key])))
    assert "Progress note on a referral Owed now" in listed
    page.post(reverse("referral_letter_draft", args=[referral.key, "progress_note"]))
    letter = Letter.objects.get()
    saved = page.post(
        at("referral_letter_edit", letter),
        {"version": 1, "since_last": "Met Amber.", "comes_next": "School."},
    )
    assert saved.url == at("referral_letter_recipients", letter)
    form = page.get(saved.url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"is_included_0": "yes"}
    chosen = page.post(saved.url, typed)
    assert chosen.url == at("referral_letter_check", letter)
    version = Letter.objects.get().version
    approved = page.post(chosen.url, {"version": version})
    assert approved.url == at("referral_letter_send", letter)
    assert page.get(approved.url).url == chosen.url, "Amber receives it: a second person agrees first"
    actions.agree(letter, by=cast.cass)
    gone = page.post(approved.url, {"on_day": 10, "on_month": 12, "on_year": 2025}, follow=True)
    assert "Sent. 1 still to be posted, e-mailed or handed over" in words(gone)
    twice = page.post(approved.url, {"on_day": 10, "on_month": 12, "on_year": 2025}, follow=True)
    assert "It is sent once" in words(twice)


def test_pressing_begin_twice_begins_one_letter(cast, referral, as_):
    for _ in range(2):
        as_(cast.gareth).post(reverse("referral_letter_draft", args=[referral.key, "delay_letter"]))
    assert Letter.objects.count() == 1


def test_a_deadline_of_the_case_leads_to_the_letters(cast, referral, as_):
    there = reverse("letters_of_referral", args=[referral.case.key])
    assert as_(cast.gareth).get(f"{there}?referral=Referral 1").url == reverse(
        "referral_letters", args=[referral.key]
    )
    assert as_(cast.stranger).get(there).status_code == 404


@pytest.mark.parametrize("kind", ["appendix_1", "blank_referral_form", "nonsense"])
def test_only_a_referrals_own_letters_are_begun_here(cast, referral, as_, kind):
    begin = reverse("referral_letter_draft", args=[referral.key, kind])
    assert as_(cast.gareth).post(begin).status_code == 404


def test_nor_are_a_referrals_letters_begun_among_the_cases_own(cast, referral, as_):
    begin = reverse("draft_letter", args=[referral.case.key, "delay_letter"])
    assert as_(cast.cass).post(begin).status_code == 404


def test_what_a_person_types_is_never_markup_on_screen_or_on_paper(cast, delay_begun, as_):
    nasty, letter = "<script>alert(1)</script> {{ settings }} & <b>bold</b>", delay_begun
    actions.edit(letter, {"reason": nasty}, by=cast.gareth, seen_version=letter.version)
    page = as_(cast.gareth)
    shown = page.get(at("referral_letter", letter)).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert nasty in text_of(page.get(at("referral_letter_pdf", letter)).content)
