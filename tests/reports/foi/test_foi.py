"""A request under the Freedom of Information Act, from the day it is received to the day its reply goes."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from referrals import disputes
from reports.foi import answers
from reports.models import FoiReply, FoiRequest
from tests.cases.steps import day
from tests.pdfs import opened, tags
from tests.referrals import dispute_steps, steps
from tests.reports.fetching import fetched, text_of, unpacked

ASKED = {"reference": "FOI 2025/114", "question": "referrals_by_year"}
DAYS = {"received_on": "2025-03-03", "from_on": "2022-01-01", "until_on": "2025-03-03"}


@pytest.fixture(autouse=True)
def _on_the_day(it_is):
    it_is("2025-03-03")


@pytest.fixture
def mona(cast, browse):
    return browse(cast.mona)


def taken_down(client, **changed):
    answer = client.post(reverse("foi_new"), ASKED | DAYS | changed)
    assert answer.status_code == 302, answer.content.decode()
    return FoiRequest.objects.latest("pk")


def page_of(client, request):
    return client.get(reverse("foi_request", args=[request.key])).content.decode()


def cells(request, user):
    return dict(answers.answer(request, user).cells)


# --- How many referrals has an IRO made to Cafcass in the last three years? -----------------------------------


def test_none_is_an_answer_and_is_written_as_one(cast, mona):
    request = taken_down(mona)
    page = page_of(mona, request)
    assert "<strong>None.</strong> The number is 0." in page
    assert "The answer is none. Northmoor Council (invented) holds the information" in page
    assert cells(request, cast.mona) == {
        "2022": "0", "2023": "0", "2024": "0", "2025 (from 1 January to 3 March)": "0",
    }  # fmt: skip


def test_a_draft_is_no_referral_and_one_of_two_children_is_one(cast, mona):
    steps.referred(cast, cast.amber, cast.blake, on="2025-02-10")
    steps.Referral.objects.create(
        authority=cast.northmoor, case=steps.Referral.objects.get().case, ref="Referral 2", iro=cast.iris,
        begun_at=steps.timezone.now(),
    )  # fmt: skip
    request = taken_down(mona)
    assert "Fewer than 5" in page_of(mona, request)
    assert sum(row["number"] for row in _counted(request, cast.mona)) == 1


def test_small_numbers_are_nowhere_on_the_page_or_in_the_pack(cast, mona):
    steps.referred(cast, on="2025-02-10")
    request = taken_down(mona)
    assert cells(request, cast.mona)["2025 (from 1 January to 3 March)"] == "Not shown"
    files = unpacked(fetched(mona, mona.post(reverse("foi_pack", args=[request.key]))))
    assert "section 40(2)" in text_of(files["reply.pdf"])
    assert '"Not shown"' in files["figures.csv"].decode("utf-8-sig")


def test_the_statement_shown_is_the_one_that_counted(cast, mona):
    """Whoever runs it gets the same numbers."""
    for month in range(1, 7):
        _dispute(cast, on=f"2024-{month:02}-12")
    request = taken_down(mona, question="disputes_by_theme")
    shown = answers.answer(request, cast.mona)
    with connection.cursor() as cursor:
        cursor.execute(shown.sql, shown.parameters)
        run = dict(cursor.fetchall())
    assert run == {"health": 6}
    assert dict(shown.cells)["Health and therapy"] == "6"
    assert shown.total == "6"
    page = page_of(mona, request)
    assert "GROUP BY" in page
    assert "good-practice alerts left out" in page


def test_disputes_by_outcome_and_by_year_agree_in_all(cast, mona):
    for month in range(1, 6):
        _dispute(cast, on=f"2024-{month:02}-12")
    late = _dispute(cast, on="2025-02-17")
    disputes.withdraw(late, by=cast.iris, on=day("2025-02-18"), reason="It has been put right.")
    by_year = taken_down(mona, question="disputes_by_year")
    by_outcome = taken_down(mona, question="disputes_by_outcome")
    assert answers.answer(by_year, cast.mona).total == answers.answer(by_outcome, cast.mona).total == "6"
    assert cells(by_year, cast.mona)["2024"] == "Not shown", "it would follow from the one of 2025"


def test_another_authoritys_are_not_counted(cast, browse):
    for month in range(1, 7):
        _dispute(cast, on=f"2024-{month:02}-12")
    request = taken_down(browse(cast.stranger), question="disputes_by_theme")
    assert answers.answer(request, cast.stranger).is_nought


def test_cafcass_legal_counts_those_of_every_authority(cast, browse):
    steps.referred(cast, on="2025-02-10")
    request = taken_down(browse(cast.lex))
    assert answers.answer(request, cast.lex).total == "Fewer than 5"
    refused = browse(cast.lex).post(reverse("foi_new"), ASKED | DAYS | {"question": "disputes_by_theme"})
    assert "Select a valid choice" in refused.content.decode()


# --- The clock of the request, and its reply ---------------------------------------------------------------------


def test_the_reply_is_due_on_the_twentieth_working_day_after(cast, browse, it_is):
    """Good Friday 18 and Easter Monday 21 April 2025 are no working days."""
    it_is("2025-03-28")
    mona = browse(cast.mona)
    request = taken_down(mona, received_on="2025-03-28")
    assert answers.due_on(request) == date(2025, 4, 29)
    assert "20 working days left" in page_of(mona, request)
    for on, said in (("2025-04-29", "Due today"), ("2025-04-30", "<strong>Late</strong>")):
        it_is(on)
        assert said in browse(cast.mona).get(reverse("foi")).content.decode()


def test_what_went_stays_as_it_went(cast, mona, it_is, new):
    request = taken_down(mona)
    new()
    sent = mona.post(reverse("foi_request", args=[request.key]), {"text": "None at all.", "on": "2025-03-03"})
    assert sent.status_code == 302
    [(entry, records)] = new()
    assert (entry.verb, records) == ("foi.replied", {("foi", request.key)})
    steps.referred(cast, on="2025-02-10")
    page = page_of(mona, request)
    assert "None at all." in page
    assert "The number is 0." in page
    assert "in time" in page
    again = mona.post(
        reverse("foi_request", args=[request.key]), {"text": "Another.", "on": "2025-03-03"}, follow=True
    )
    assert "A reply has gone already" in again.content.decode()
    assert FoiReply.objects.get().text == "None at all."


def test_a_reply_before_the_request_is_refused_with_what_was_typed(mona):
    request = taken_down(mona)
    answer = mona.post(
        reverse("foi_request", args=[request.key]), {"text": "My own words.", "on": "2025-03-01"}
    )
    page = answer.content.decode()
    assert "the reply cannot have gone before that" in page
    assert "My own words." in page


def test_the_same_request_taken_down_twice_is_one(mona):
    assert taken_down(mona).pk == taken_down(mona).pk
    other = mona.post(reverse("foi_new"), ASKED | DAYS | {"received_on": "2025-02-28"}).content.decode()
    assert "is here already with this question" in other


def test_what_goes_out_is_complete_and_can_be_read_out(mona, new):
    request = taken_down(mona)
    asked = mona.post(reverse("foi_pack", args=[request.key]))
    new()
    files = unpacked(fetched(mona, asked))
    [(entry, records)] = new()
    assert (entry.act, entry.why) == ("exported", "Freedom of information request FOI 2025/114")
    assert ("foi", request.key) in records
    assert set(files) == {
        "reply.pdf", "figures.csv", "how-it-was-counted.txt", "guidance.pdf", "blank-referral-form.pdf",
    }  # fmt: skip
    said = text_of(files["reply.pdf"])
    assert "Draft: not sent" in said
    assert "The answer is none." in said
    assert "ask us for an internal review" in said
    assert "SELECT" in files["how-it-was-counted.txt"].decode()
    assert "Send to: Cafcass Legal (invented)" in text_of(files["blank-referral-form.pdf"])
    assert "REF-26" in text_of(files["guidance.pdf"])
    with opened(files["reply.pdf"]) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert "/H1" in tags(document.Root.StructTreeRoot.K)


def test_before_there_is_any_the_page_says_what_will_stand_there(mona):
    page = mona.get(reverse("foi")).content.decode()
    assert "No request is waiting." in page
    assert "No request has been answered yet." in page


def _dispute(cast, on):
    case = cast.amber.cases.first() or dispute_steps.a_case(cast, on="2023-02-06")
    return dispute_steps.raised(cast, case, on)


def _counted(request, user):
    from reports.foi.questions import counted

    return list(counted(request, user).query)
