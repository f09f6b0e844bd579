"""Every form that records something: it opens, it is accepted once, and what it cannot accept it says beside the field."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.govuk import DateField
from cases.access import CAFCASS_SIDE
from cases.actions import correct
from cases.appointments import appoint
from cases.models import Case, CaseChild, Event
from cases.models.appointment import APPOINTED_ROLES
from cases.recordable import ELSEWHERE, PARTS_ELSEWHERE
from cases.specifications import SPECIFICATIONS
from protocol.happenings import Happening
from protocol.vocabulary import Part
from tests.cases.steps import again, day, happened, opened

pytestmark = pytest.mark.usefixtures("today")


# --- A case prepared for each happening -----------------------------------------------------------------


def not_started(cast):
    case = opened(cast, cast.amber, cast.blake, on="2025-02-03")
    correct(case.events.get(), by=cast.lena, reason="Begun too early")
    return case


def pre_proceedings(cast):
    return opened(cast, cast.amber, cast.blake, on="2025-02-03", entering="entered_pre_proceedings")


def issued(cast):
    case = opened(cast, cast.amber, cast.blake, on="2025-02-03")
    appoint(
        cast.gwen,
        "guardian",
        children=[cast.amber, cast.blake],
        on=day("2025-02-04"),
        by=cast.cass,
        case=case,
    )
    happened(case, "became_looked_after", "2025-02-04", legal_status="C1 interim care order")
    happened(case, "hearing_listed", "2025-02-04", hearing="cmh", date="2025-03-10")
    happened(case, "document_received", "2025-02-05", document="Timetable", kind="Expert report")
    happened(case, "filing_date_set", "2025-02-05", of="la_final_evidence", date="2025-05-12")
    happened(case, "review_arranged", "2025-02-06", review="2025-02-20", date="2025-02-20")
    happened(case, "dispute_raised", "2025-02-07", dispute="Dispute 1", formal=True, days=5)
    return case


def up_to_irh(cast):
    case = issued(cast)
    happened(case, "review_held", "2025-02-20", review="2025-02-20", significant_issues=False)
    happened(case, "hearing_held", "2025-02-24", hearing="cmh")
    happened(case, "final_evidence_with_iro", "2025-02-24")
    return case


def concluded(cast):
    case = up_to_irh(cast)
    happened(case, "proceedings_concluded", "2025-02-25", outcome="care_order")
    return case


BY_PART = {
    Part.PRE_PROCEEDINGS: pre_proceedings,
    Part.PRE_CMH: issued,
    Part.UP_TO_IRH: up_to_irh,
    Part.COMPLETION: concluded,
    Part.REVIEWS: up_to_irh,
    Part.DISPUTES: up_to_irh,
}
OTHERWISE = {
    "entered_pre_proceedings": not_started,
    "proceedings_issued": pre_proceedings,
    "concern_about_issue": issued,
}


def _has_a_page_of_its_own(name, spec):
    return spec.group in PARTS_ELSEWHERE and name in settings.ACT_PAGES


def _by_preparation():
    """The happenings that the general form records, of the case's own stages and of reviews, by the case they need."""
    sorted_out = {}
    for name, spec in SPECIFICATIONS.items():
        if spec.group in BY_PART and name not in ELSEWHERE and not _has_a_page_of_its_own(name, spec):
            sorted_out.setdefault(OTHERWISE.get(name, BY_PART[spec.group]), []).append(name)
    return sorted_out


PREPARED = _by_preparation()
# What a browser sends when nothing was filled in.
EMPTY = {"submission": "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f44"}


def recorder(cast, name):
    """Somebody whose fact it is."""
    return cast.gwen if CAFCASS_SIDE & set(SPECIFICATIONS[name].done_by) else cast.mona


def for_cafcass_too(cast, case):
    """A case without a guardian yet is open to the office's manager."""
    return case.appointments.filter(role="guardian").exists()


def answered(form):
    """A right answer to every question, as a browser would send it."""
    data = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, DateField):
            when = timezone.localdate() + (timedelta() if field.past_only else timedelta(days=30))
            data |= parts(name, when)
        elif isinstance(field, forms.MultipleChoiceField):
            data[name] = value or [field.choices[0][0]]
        elif isinstance(field, forms.ChoiceField):
            data[name] = value or next(choice for choice, _ in field.choices if choice)
        elif isinstance(field, forms.IntegerField):
            data[name] = value or "5"
        else:
            data[name] = value or ("Something was said" if field.required else "")
    return data


def parts(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


@pytest.mark.parametrize("prepare", PREPARED, ids=lambda prepare: prepare.__name__)
def test_every_form_opens_is_accepted_and_pressed_twice_records_once(cast, browse, subtests, prepare):
    case = prepare(cast)
    for name in PREPARED[prepare]:
        with subtests.test(name), transaction.atomic():
            who = recorder(cast, name)
            if who is cast.gwen and not for_cafcass_too(cast, case):
                who = cast.cass
            client, address = browse(who), reverse("record", args=[case.key, name])
            page = client.get(address)
            assert page.status_code == 200
            data = answered(page.context["form"])
            before = Event.objects.count()
            answer = client.post(address, data)
            assert answer.status_code == 302, said(answer)
            recorded = Event.objects.filter(happening=name, submission=data["submission"])
            assert recorded.exists()
            written = Event.objects.count()
            assert written > before
            client.post(address, data)
            assert Event.objects.count() == written
            transaction.set_rollback(True)


@pytest.mark.parametrize("prepare", PREPARED, ids=lambda prepare: prepare.__name__)
def test_every_form_sent_empty_says_what_is_missing_and_records_nothing(cast, browse, subtests, prepare):
    case = prepare(cast)
    before = Event.objects.count()
    for name in PREPARED[prepare]:
        with subtests.test(name):
            who = recorder(cast, name)
            if who is cast.gwen and not for_cafcass_too(cast, case):
                who = cast.cass
            page = browse(who).post(reverse("record", args=[case.key, name]), EMPTY)
            assert page.status_code == 200
            assert_shown(page, "on")
            form = page.context["form"]
            visible = {name for name, field in form.fields.items() if not form[name].is_hidden}
            required = {name for name in visible if form.fields[name].required}
            assert required <= set(form.errors)
            for field in required:
                assert_shown(page, field)
            assert Event.objects.count() == before


def said(page):
    form = page.context and page.context.get("form")
    return (form.errors.as_text() if form else "") or page.status_code


def assert_shown(page, field):
    """An error of a field stands in the summary, linked to the field, and beside it."""
    html = page.content.decode()
    summary = html[html.index("govuk-error-summary") :].split("</ul>")[0]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert any(link.startswith(f"id_{field}") for link in links), (field, links)
    for link in links:
        assert f'id="{link}"' in html, f"#{link} leads nowhere"
    assert f'id="id_{field}-error"' in html or f'id="id_{field}_error"' in html


# --- What a form keeps and says -------------------------------------------------------------------------


@pytest.fixture
def case(cast):
    return issued(cast)


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
    cast, browse
):
    case = concluded(cast)
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


# --- Opening, appointing, correcting --------------------------------------------------------------------


def opening(cast, *children, **changes):
    return {
        "children": [child.key for child in children], "entering": "proceedings_issued", **parts("on", day("2025-02-10")),
        "cafcass_office": cast.cafcass.pk, "court": "", "court_number": "",
        "submission": "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f22",
    } | changes  # fmt: skip


def test_a_case_is_opened_for_siblings_and_the_button_pressed_twice_opens_one(cast, browse):
    client = browse(cast.lena)
    first = client.post("/cases/new/", opening(cast, cast.amber, cast.blake))
    second = client.post("/cases/new/", opening(cast, cast.amber, cast.blake))
    case = Case.objects.get()
    assert (first.status_code, first.url) == (second.status_code, second.url) == (302, f"/cases/{case.key}/")
    assert CaseChild.objects.filter(case=case).count() == 2
    assert again(case).stage == "pre_cmh"


def test_a_child_in_an_open_case_is_not_offered_for_another(cast, case, browse):
    page = browse(cast.lena).get("/cases/new/")
    assert [child.name for child in page.context["form"].fields["children"].queryset] == ["Coral Example"]
    page = browse(cast.lena).post("/cases/new/", opening(cast, cast.amber))
    assert page.status_code == 200
    assert Case.objects.count() == 1


def test_opening_a_case_empty_says_what_is_missing(cast, browse):
    page = browse(cast.lena).post("/cases/new/", EMPTY)
    for field in ("children", "entering", "on", "cafcass_office"):
        assert_shown(page, field)


@pytest.mark.parametrize("role", APPOINTED_ROLES)
def test_everybody_can_be_appointed_on_the_case(cast, case, browse, role):
    who = cast.cass if role == "guardian" else cast.mona
    person = {"iro": cast.iris, "guardian": cast.gareth, "social_worker": cast.sol, "team_manager": cast.tess,
              "la_legal": cast.lena}[role]  # fmt: skip
    client, address = browse(who), reverse("appoint", args=[case.key, role])
    form = client.get(address).context["form"]
    data = {
        "person": person.pk, "children": [cast.amber.key, cast.blake.key], **parts("on", day("2025-02-20")),
        "submission": form["submission"].value(),
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302
    held = person.appointments.values_list("child__name", "until_on")
    assert sorted(held) == [("Amber Example", None), ("Blake Example", None)]
    assert person.name in client.get(reverse("people", args=[case.key])).content.decode()


def test_appointing_nobody_is_refused_beside_the_field(cast, case, browse):
    page = browse(cast.mona).post(reverse("appoint", args=[case.key, "iro"]), EMPTY)
    assert_shown(page, "person")


def correcting(**changes):
    return {"what": "date", **parts("on", day("2025-02-12")), "reason": "It was a day later",
            "submission": "8f14e45f-ceea-467f-9f0e-0d7b0c4a5f33"} | changes  # fmt: skip


def test_a_date_is_corrected_and_the_button_pressed_twice_corrects_once(cast, case, browse):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-11", by=cast.lena)
    client, address = browse(cast.lena), reverse("correct", args=[case.key, event.pk])
    assert client.get(address).status_code == 200
    for _ in range(2):
        assert client.post(address, correcting()).status_code == 302
    standing = Event.objects.standing().get(happening="legal_paperwork_sent")
    assert (standing.on, standing.corrects) == (day("2025-02-12"), event)
    page = client.get(reverse("chronology", args=[case.key])).content.decode()
    assert "It was a day later" in page


def test_an_event_is_struck_out_and_shown_struck_with_who_and_why(cast, case, browse):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-11", by=cast.lena)
    client = browse(cast.lena)
    data = correcting(what="all", reason="Another case’s bundle")
    assert client.post(reverse("correct", args=[case.key, event.pk]), data).status_code == 302
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
def test_a_correction_that_cannot_be_is_refused_beside_its_field(cast, case, browse, changes, field):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-11", by=cast.lena)
    page = browse(cast.lena).post(reverse("correct", args=[case.key, event.pk]), correcting(**changes))
    assert page.status_code == 200
    assert_shown(page, field)


def test_whoever_corrects_what_a_colleague_has_just_corrected_is_told(cast, case, browse):
    [event] = happened(case, "legal_paperwork_sent", "2025-02-11", by=cast.lena)
    client, address = browse(cast.lena), reverse("correct", args=[case.key, event.pk])
    correct(event, by=cast.iris, reason="Never sent")
    page = client.post(address, correcting())
    assert "Somebody has already corrected this" in page.content.decode()
    assert "already corrected" in client.get(address, follow=True).content.decode()


def test_a_happening_with_a_page_of_its_own_is_not_offered_in_the_list(cast, case, browse):
    page = browse(cast.lena).get(reverse("choose_happening", args=[case.key])).content.decode()
    assert reverse("record", args=[case.key, "hearing_listed"]) in page
    for happening in (Happening.ADVICE_SOUGHT, Happening.PROTOCOL_SIGNED, Happening.IRO_ALLOCATED):
        assert reverse("record", args=[case.key, happening]) not in page
