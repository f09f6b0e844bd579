"""Letters through the public door: what a person sees, presses and is told."""

from datetime import date
from hashlib import sha256

import pytest
from django.urls import reverse

from accounts.models import Organisation
from cases.models import Matter
from letters import actions
from letters.kinds import LetterKind
from letters.models import Letter, WordingVersion
from tests.cast import PASSWORD
from tests.letters.chapters import FULL_HANDOVER
from tests.letters.reading import words

TODAY = date(2025, 12, 10)


def at(name, letter):
    return reverse(name, args=[letter.case.key, letter.key])


def form_data(typed, letter):
    data = {"version": letter.version}
    for name, value in typed.items():
        if name == "matters":
            for row, matter in enumerate(value, 1):
                data |= {f"matter_{row}": matter["text"], f"about_{row}": matter["child"]}
        elif isinstance(value, date):
            data |= {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
        else:
            data[name] = value
    return data


def sent_on(day):
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year}


@pytest.fixture
def draft(handover_begun):
    return handover_begun


def test_a_guardian_writes_checks_approves_and_sends_the_handover(cast, concluded, as_):
    page = as_(cast.gwen)
    listed = page.get(reverse("case_letters", args=[concluded.key]))
    assert "Appendix 2: the guardian hands over Owed now" in words(listed)
    begun = page.post(reverse("draft_letter", args=[concluded.key, "appendix_2"]))
    letter = Letter.objects.get(kind="appendix_2")
    assert begun.url == at("letter_edit", letter)
    answers = {
        **FULL_HANDOVER,
        "matters": [{"text": "The dentist by the end of March, says Dr Gum.", "child": ""}],
    }
    saved = page.post(at("letter_edit", letter), form_data(answers, letter))
    assert saved.url == at("letter_check", letter)
    checked = words(page.get(saved.url))
    assert "Check your answers" in checked
    assert "Continue anyway" not in checked
    letter.refresh_from_db(fields=["version"])
    approved = page.post(saved.url, {"version": letter.version})
    assert approved.url == at("letter_send", letter)
    gone = page.post(approved.url, sent_on(TODAY), follow=True)
    assert "Sent. Northmoor Council (invented) can read it here" in words(gone)
    assert Matter.objects.count() == 2


def test_an_empty_handover_is_asked_about_and_not_forbidden(cast, draft, as_):
    page = as_(cast.gwen)
    checked = words(page.get(at("letter_check", draft)))
    assert "You have said nothing about matters for the IRO’s attention." in checked
    assert "You have said nothing about how closely the plan needs watching." in checked
    assert "Continue anyway: approve this letter" in checked
    page.post(at("letter_check", draft), {"version": draft.version})
    assert Letter.objects.get(pk=draft.pk).state == "approved"


def test_half_a_letter_is_kept(cast, draft, as_):
    as_(cast.gwen).post(at("letter_edit", draft), {"version": draft.version, "oversight": "Watch the move."})
    assert Letter.objects.get(pk=draft.pk).answers["oversight"] == "Watch the move."


def test_another_matter_may_always_be_added(cast, draft, as_):
    page = as_(cast.gwen)
    texts = {f"matter_{row}": f"Matter number {row} for the IRO" for row in (1, 2, 3)}
    page.post(at("letter_edit", draft), {"version": draft.version, "more": "yes", **texts})
    assert 'name="matter_4"' in page.get(at("letter_edit", draft)).content.decode()


def test_a_stale_form_says_so_and_keeps_what_was_typed(cast, draft, as_):
    actions.edit(draft, {"outcome": "Care orders"}, by=cast.cass, seen_version=draft.version)
    page = as_(cast.gwen)
    stale = page.post(at("letter_edit", draft), {"version": draft.version, "outcome": "My own words"})
    assert stale.status_code == 200
    assert "Cass Chief changed this letter while you were writing" in words(stale)
    assert "My own words" in words(stale)
    assert Letter.objects.get(pk=draft.pk).answers["outcome"] == "Care orders"
    now = Letter.objects.get(pk=draft.pk).version
    again = page.post(at("letter_edit", draft), {"version": now, "outcome": "My own words"})
    assert again.status_code == 302


def test_a_letter_sent_twice_is_a_sentence(cast, concluded, handover, as_):
    page = as_(cast.gwen)
    page.post(at("letter_send", handover), sent_on(TODAY))
    twice = page.post(at("letter_send", handover), sent_on(TODAY), follow=True)
    assert "Gwen Guardian sent this letter on Wednesday 10 December 2025. It is sent once" in words(twice)
    assert concluded.events.filter(happening="appendix_2_sent").count() == 1


def test_pressing_begin_twice_begins_one_letter(cast, concluded, as_):
    page = as_(cast.gwen)
    for _ in range(2):
        page.post(reverse("draft_letter", args=[concluded.key, "appendix_1"]))
    assert Letter.objects.filter(kind="appendix_1").count() == 1


def test_a_sent_letter_shows_its_hashes_and_downloads_the_same_bytes_for_ever(cast, handover_sent, as_):
    handover, page = handover_sent, as_(cast.iris)
    first = page.get(at("letter_pdf", handover))
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"] == f'attachment; filename="appendix_2-{handover.key}.pdf"'
    assert "no-store" in first["Cache-Control"]
    assert page.get(at("letter_pdf", handover)).content == first.content
    shown = words(page.get(at("letter", handover)))
    assert sha256(first.content).hexdigest() in shown
    assert Letter.objects.get(pk=handover.pk).page_sha256 in shown


def test_a_draft_is_its_senders_alone(cast, draft, as_):
    assert as_(cast.iris).get(at("letter", draft)).status_code == 404
    assert as_(cast.mona).get(at("letter_pdf", draft)).status_code == 404
    assert as_(cast.gwen).get(at("letter", draft)).status_code == 200


@pytest.mark.parametrize(
    "name", ["letter", "letter_edit", "letter_check", "letter_send", "letter_pdf", "letter_acknowledge"]
)
def test_a_letter_of_another_authority_is_not_there(cast, handover_sent, as_, name):
    assert as_(cast.stranger).get(at(name, handover_sent)).status_code == 404


def test_the_iro_service_acknowledges_by_naming_the_iro(cast, appendix_1_sent, as_):
    letter, page = appendix_1_sent, as_(cast.mona)
    asked = words(page.get(at("letter_acknowledge", letter)))
    assert "Amber Example, Blake Example: no IRO yet. The one you choose is allocated." in asked
    assert "reg 46" in asked
    done = page.post(at("letter_acknowledge", letter), {"iro": cast.iris.pk, **sent_on(TODAY)}, follow=True)
    assert "Cafcass Greyhills (invented) now has Iris Reviewer as the IRO." in words(done)
    twice = page.post(at("letter_acknowledge", letter), {"iro": cast.iris.pk, **sent_on(TODAY)}, follow=True)
    assert "has already acknowledged this letter" in words(twice)
    assert "naming Iris Reviewer" in words(as_(cast.gwen).get(at("letter", letter)))


def test_a_conflict_of_interest_stops_the_acknowledgement_with_its_reason(cast, appendix_1_sent, as_):
    data = {"iro": cast.iris.pk, "conflicts": ["visits"], **sent_on(TODAY)}
    refused = words(as_(cast.mona).post(at("letter_acknowledge", appendix_1_sent), data))
    assert "Iris Reviewer cannot be the IRO" in refused
    assert Letter.objects.get(pk=appendix_1_sent.pk).state == "sent"


def test_one_press_scores_the_handover_and_a_low_one_is_asked_why(cast, handover_sent, as_):
    handover, page = handover_sent, as_(cast.iris)
    assert "Thank you" in words(page.post(at("letter_score", handover), {"usefulness": 5}, follow=True))
    low = page.post(at("letter_score", handover), {"usefulness": 1})
    assert "Say what was missing" in words(low)
    assert Letter.objects.get(pk=handover.pk).usefulness == 5
    page.post(at("letter_score", handover), {"usefulness": 1, "reason": "It says nothing about Blake."})
    assert Letter.objects.get(pk=handover.pk).usefulness == 1
    assert as_(cast.gwen).post(at("letter_score", handover), {"usefulness": 5}).status_code == 404


def test_a_nonsense_score_is_refused(cast, handover_sent, as_):
    answer = as_(cast.iris).post(at("letter_score", handover_sent), {"usefulness": "lots"})
    assert answer.status_code == 200
    assert Letter.objects.get(pk=handover_sent.pk).usefulness is None


def test_a_letter_to_an_agency_off_the_system_is_to_be_posted(cast, case, write, as_):
    Organisation.objects.filter(pk=cast.northmoor.pk).update(is_on_system=False)
    letter = write(case, LetterKind.APPENDIX_1, by=cast.gwen)
    page = as_(cast.gwen)
    assert "for you to print and post" in words(page.get(at("letter_send", letter)))
    sent = words(page.post(at("letter_send", letter), sent_on(TODAY), follow=True))
    assert "is not on this system: print the PDF and post it" in sent
    data = {"named": "Pat Paper", "how_known": "Letter", **sent_on(TODAY)}
    page.post(at("letter_acknowledge", letter), data)
    assert Letter.objects.get(pk=letter.pk).iro_named == "Pat Paper"


def test_a_future_date_of_sending_is_refused_beside_the_date(cast, handover, as_):
    answer = as_(cast.gwen).post(at("letter_send", handover), sent_on(date(2025, 12, 25)))
    assert "must be today or in the past" in words(answer)


def test_what_a_person_types_is_never_markup(cast, draft, as_):
    nasty = "<script>alert(1)</script> & <b>bold</b>"
    page = as_(cast.gwen)
    page.post(at("letter_edit", draft), {"version": draft.version, "outcome": nasty, "matter_1": nasty})
    shown = page.get(at("letter", draft)).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert page.get(at("letter_pdf", draft)).status_code == 200


def test_the_child_is_written_to_one_by_one_and_nobody_is_copied_in(cast, concluded, as_):
    page = as_(cast.gwen)
    listed = words(page.get(reverse("case_letters", args=[concluded.key])))
    assert "Letter to Amber Example Owed now" in listed
    begin = reverse("draft_letter", args=[concluded.key, "to_the_child_younger"])
    page.post(begin, {"child": cast.amber.key})
    letter = Letter.objects.get()
    checked = words(page.get(at("letter_check", letter)))
    assert "Copies to Nobody" in checked
    assert "Tell the child what the judge decided." in checked


def test_an_organisation_agrees_its_own_words_and_sent_letters_keep_theirs(cast, case, appendix_1_sent, as_):
    ours = (
        "<p>Good day</p><h1>About {{ number_of_children }} of you</h1>"
        "<ul>{% for child in children %}<li>{{ child }}</li>{% endfor %}</ul>"
        "<p>Ring {{ guardian_telephone }} or write to {{ guardian_email }}.</p>"
    )
    page = as_(cast.cass)
    page.post(reverse("wording_edit", args=["appendix_1"]), {"number": 0, "text": ours})
    further = actions.draft(case, LetterKind.APPENDIX_1, by=cast.gwen, again=True)
    assert "Good day" in words(as_(cast.gwen).get(at("letter", further)))
    assert "Good day" not in words(as_(cast.gwen).get(at("letter", appendix_1_sent)))
    assert WordingVersion.objects.get().number == 1


def test_a_wording_that_reaches_for_more_is_refused_in_a_sentence(cast, db, as_):
    page = as_(cast.cass)
    answer = words(
        page.post(reverse("wording_edit", args=["appendix_1"]), {"number": 0, "text": "{{ settings }}"})
    )
    assert "“settings” is not a field of this letter" in answer
    assert not WordingVersion.objects.exists()


def test_two_managers_agreeing_at_once_do_not_overwrite_each_other(cast, db, as_):
    from letters.wording import national

    page = as_(cast.cass)
    text = national("appendix_1")
    page.post(reverse("wording_edit", args=["appendix_1"]), {"number": 0, "text": text})
    late = words(page.post(reverse("wording_edit", args=["appendix_1"]), {"number": 0, "text": text}))
    assert "Somebody agreed another version while you were writing" in late


def test_a_guardian_does_not_change_the_wording(cast, as_):
    assert as_(cast.gwen).get(reverse("wordings")).status_code == 404


def test_the_pages_are_behind_the_door(client, handover):
    assert PASSWORD
    answer = client.get(at("letter", handover))
    assert answer.status_code == 302
    assert "sign-in" in answer.url or "sign_in" in answer.url
