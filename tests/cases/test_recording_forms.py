"""The forms that record and correct: what one keeps, what it refuses beside which field, and in which words."""

import pytest
from django.urls import reverse

from cases.actions import correct
from cases.appointments import appoint
from cases.models import Event
from protocol.happenings import Happening
from tests.cases.form_steps import answered, assert_shown, issued, parts, to_the_end, to_the_irh
from tests.cases.steps import TODAY, day, happened
from tests.chapters import chapter

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def case(cast):
    return issued(cast)


@chapter(on=TODAY)
def concluded(case):
    return to_the_end(to_the_irh(case))


@chapter(on=TODAY)
def sent(cast, case):
    """What is going to be corrected."""
    [event] = happened(case, "legal_paperwork_sent", "2025-02-11", by=cast.lena)
    return event


def listing(**changes):
    typed = {"hearing": "irh", "ref": "", "note": "As the court’s e-mail says", "seen_version": "",
             "submission": "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f11", **parts("on", day("2025-02-28")),
             **parts("date", day("2025-04-28"))}  # fmt: skip
    return typed | changes


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"date_day": "31", "date_month": "2", "date_year": "2025"}, "must be a real date"),
        ({"date_day": "", "date_month": "4", "date_year": "2025"}, "must include a day"),
        ({"date_day": "1", "date_month": "4", "date_year": "25"}, "must have a year of 4 numbers"),
        ({"date_day": "x", "date_month": "4", "date_year": "2025"}, "must be a real date"),
        ({"date_day": "1", "date_month": "Smarch", "date_year": "2025"}, "must be a real date"),
        ({"date_day": "1", "date_month": "4", "date_year": "9999"}, "between 1990 and 2060"),
        ({"date_day": "1", "date_month": "4", "date_year": "0000"}, "must be a real date"),
    ],
)
def test_an_impossible_date_is_refused_in_words_and_what_was_typed_is_kept(cast, case, browse, typed, words):
    before = Event.objects.count()
    page = browse(cast.lena).post(reverse("record", args=[case.key, "hearing_listed"]), listing(**typed))
    assert page.status_code == 200
    assert_shown(page, "date")
    html = page.content.decode()
    assert words in html
    assert "As the court’s e-mail says" in html
    for value in filter(None, typed.values()):
        assert f'value="{value}"' in html
    assert Event.objects.count() == before


@pytest.mark.parametrize("month", ["April", "apr", "4", "04"])
def test_a_month_may_be_written_as_people_write_it(cast, case, browse, month):
    page = browse(cast.lena).post(
        reverse("record", args=[case.key, "hearing_listed"]), listing(date_month=month)
    )
    assert page.status_code == 302
    assert (
        Event.objects.get(happening="hearing_listed", details__hearing="irh").details["date"] == "2025-04-28"
    )


def test_a_future_day_is_refused_beside_its_field(cast, case, browse):
    page = browse(cast.lena).post(
        reverse("record", args=[case.key, "hearing_listed"]), listing(on_day="4", on_month="3")
    )
    assert_shown(page, "on")
    assert "must be today or in the past" in page.content.decode()


def test_a_day_before_a_child_was_born_is_refused_beside_its_field(cast, case, browse):
    page = browse(cast.lena).post(
        reverse("record", args=[case.key, "hearing_listed"]), listing(on_year="2001")
    )
    assert page.status_code == 200
    assert_shown(page, "on")
    assert "before Amber Example was born" in page.content.decode()


def test_what_the_stages_refuse_is_said_at_the_top_and_nothing_typed_is_lost(cast, case, browse):
    client, address = browse(cast.gwen), reverse("record", args=[case.key, "guardian_withdrew"])
    data = answered(client.get(address).context["form"]) | {"note": "Thank you all"}
    page = client.post(address, data)
    assert page.status_code == 200
    html = page.content.decode()
    assert "There is a problem" in html
    assert "(GPP Completion)" in html
    assert "Thank you all" in html


def test_a_form_older_than_the_case_says_who_came_first_and_the_next_try_is_accepted(cast, case, browse):
    client, address = browse(cast.lena), reverse("record", args=[case.key, "hearing_listed"])
    seen = client.get(address).context["form"]["seen_version"].value()
    happened(case, "legal_paperwork_sent", "2025-02-28", by=cast.iris)
    page = client.post(address, listing(seen_version=seen))
    assert "Iris Reviewer recorded something on this case" in page.content.decode()
    again_with = listing(seen_version=page.context["form"]["seen_version"].value())
    assert client.post(address, again_with).status_code == 302


@pytest.mark.parametrize(
    ("happening", "long"),
    [
        ("document_received", {"document": "D" * 70, "kind": "Expert report"}),
        ("hearing_listed", {"hearing": "other", "ref": "R" * 80, **parts("date", day("2025-04-28"))}),
    ],
)
def test_the_longest_name_a_form_takes_the_database_takes_too(cast, case, browse, happening, long):
    """A dispute is open, so every hearing listed is a deadline named after it (IRH-8)."""
    data = listing() | long
    page = browse(cast.lena).post(reverse("record", args=[case.key, happening]), data)
    assert page.status_code in (200, 302)


def test_a_record_whose_own_question_is_a_note_asks_for_it_once_and_says_that_it_must_be_answered(
    cast, concluded, browse
):
    case = concluded
    client, address = browse(cast.gwen), reverse("record", args=[case.key, "closing_steps"])
    form = client.get(address).context["form"]
    assert form.fields["note"].required
    answer = client.post(address, answered(form) | {"note": "A goodbye visit was made"})
    assert answer.status_code == 302
    event = Event.objects.get(happening="closing_steps")
    assert event.details["note"] == "A goodbye visit was made"
    page = client.get(reverse("chronology", args=[case.key])).content.decode()
    assert page.count("A goodbye visit was made") == 1


def test_a_form_for_another_childs_name_is_refused(cast, case, browse):
    address = reverse("record", args=[case.key, "legal_paperwork_sent"])
    page = browse(cast.lena).post(address, listing(children=[cast.coral.key]))
    assert page.status_code == 200
    assert_shown(page, "children")


def test_for_an_agency_off_the_system_the_form_asks_how_one_knows(cast, case, browse):
    cast.cafcass.is_on_system = False
    cast.cafcass.save()
    client, address = browse(cast.iris), reverse("record", args=[case.key, "appendix_1_sent"])
    appoint(cast.iris, "iro", children=[cast.amber], on=day("2025-02-10"), by=cast.mona)
    form = client.get(address).context["form"]
    assert "is not on this system" in form.fields["how_known"].help_text
    page = client.post(address, answered(form) | {"how_known": ""})
    assert_shown(page, "how_known")
    assert client.post(address, answered(form) | {"how_known": "She rang"}).status_code == 302
    event = Event.objects.get(happening="appendix_1_sent")
    assert (event.on_behalf_of, event.how_known) == (cast.cafcass, "She rang")


# --- Correcting -----------------------------------------------------------------------------------------


def correcting(**changes):
    return {"what": "date", **parts("on", day("2025-02-12")), "reason": "It was a day later",
            "submission": "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f33"} | changes  # fmt: skip


def test_a_date_is_corrected_and_the_button_pressed_twice_corrects_once(cast, case, sent, browse):
    client, address = browse(cast.lena), reverse("correct", args=[case.key, sent.pk])
    assert client.get(address).status_code == 200
    for _ in range(2):
        assert client.post(address, correcting()).status_code == 302
    standing = Event.objects.standing().get(happening="legal_paperwork_sent")
    assert (standing.on, standing.corrects) == (day("2025-02-12"), sent)
    page = client.get(reverse("chronology", args=[case.key])).content.decode()
    assert "It was a day later" in page


def test_an_event_is_struck_out_and_shown_struck_with_who_and_why(cast, case, sent, browse):
    client = browse(cast.lena)
    data = correcting(what="all", reason="Another case’s bundle")
    assert client.post(reverse("correct", args=[case.key, sent.pk]), data).status_code == 302
    page = client.get(reverse("chronology", args=[case.key])).content.decode()
    assert "Another case’s bundle" in page
    assert "<del" in page or "<s" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": ""}, "what"),
        ({"reason": ""}, "reason"),
        ({"on_day": "31", "on_month": "2"}, "on"),
        ({"on_day": "", "on_month": "", "on_year": ""}, "on"),
        ({"on_day": "11"}, "on"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_beside_its_field(cast, case, sent, browse, changes, field):
    page = browse(cast.lena).post(reverse("correct", args=[case.key, sent.pk]), correcting(**changes))
    assert page.status_code == 200
    assert_shown(page, field)


def test_whoever_corrects_what_a_colleague_has_just_corrected_is_told(cast, case, sent, browse):
    client, address = browse(cast.lena), reverse("correct", args=[case.key, sent.pk])
    correct(sent, by=cast.iris, reason="Never sent")
    page = client.post(address, correcting())
    assert "Somebody has already corrected this" in page.content.decode()
    assert "already corrected" in client.get(address, follow=True).content.decode()


def test_a_happening_with_a_page_of_its_own_is_not_offered_in_the_list(cast, case, browse):
    page = browse(cast.lena).get(reverse("choose_happening", args=[case.key])).content.decode()
    assert reverse("record", args=[case.key, "hearing_listed"]) in page
    for happening in (Happening.ADVICE_SOUGHT, Happening.PROTOCOL_SIGNED, Happening.IRO_ALLOCATED):
        assert reverse("record", args=[case.key, happening]) not in page
