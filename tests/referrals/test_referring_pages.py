"""A referral through the public door: what an IRO sees, presses and is told until it is sent."""

import re

import pytest
from django.urls import reverse

from referrals import questions
from referrals.models import Checklist, Referral
from tests.cases.steps import TODAY, day, happened, owed
from tests.chapters import chapter
from tests.referrals.pages import read
from tests.referrals.referring_page_steps import SENT, at
from tests.referrals.referring_steps import (
    ACCOUNT,
    FOR,
    again,
    begun,
    papers_answered,
    reviewed,
    screened,
    submitted,
    written,
)

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def case(cast):
    """Three siblings, of whom nobody has been referred."""
    return reviewed(cast, cast.amber, cast.blake, cast.coral)


# --- From beginning to end -------------------------------------------------------------------------------------


def test_an_iro_goes_from_the_first_question_to_the_referral(cast, case, browse):
    page = browse(cast.iris)
    listed = read(page.get(reverse("case_referrals", args=[case.key])))
    assert "No child of this case has been referred" in listed
    beginning = reverse("referral_begin", args=[case.key])
    assert "Cafcass Legal (invented)" in read(page.get(beginning))
    assert "01632 960000" in read(page.get(beginning))
    begun_at = page.post(beginning, {"children": [cast.amber.key]}).url
    draft = Referral.objects.get()
    assert begun_at == at("referral", draft)
    tasks = read(page.get(begun_at))
    assert "Screening Not yet started" in tasks
    first = page.get(at("referral_screening", draft)).url
    assert first == at("referral_question", draft, "looked_after")
    address = first
    for number, asked in enumerate(questions.QUESTIONS, 1):
        shown = read(page.get(address))
        assert f"question {number} of {len(questions.QUESTIONS)}" in shown
        reply = {"answer": FOR[asked.name], "because": "My reason."}
        address = page.post(address, reply).url
    assert address == at("referral_screening", draft)
    checked = read(page.get(address))
    assert "Where your answers point: Refer to Cafcass Legal" in checked
    assert page.post(address, {}).url == begun_at
    for part, names in {
        "account": ("concern", "why_failing", "sought"),
        "wishes": ("wishes", "wishes_on_court"),
    }.items():
        typed = {name: ACCOUNT[name] for name in names}
        sent = page.post(at("referral_part", draft, part), {"version": again(draft).version, **typed})
        assert sent.url == begun_at
    papers_answered(draft, cast.iris, chronology=10)
    assert "Ready to submit" in read(page.get(begun_at))
    assert page.post(at("referral_submit", draft), SENT).url == begun_at
    seen = read(page.get(begun_at))
    assert "Referral 1 is with Cafcass Legal." in seen
    assert "to follow by Thursday 13 March 2025" in seen
    assert owed(case, "REF-12").count() == 1


def test_disputes_stand_beside_the_question_what_was_tried(cast, case, browse):
    from referrals.models import Dispute

    Dispute.objects.create(
        authority=cast.northmoor, case=case, ref="Dispute 1", theme="contact", concern="Contact",
        raised_by=cast.iris, raised_on=day("2025-02-10"),
    )  # fmt: skip
    draft = begun(cast, case)
    shown = read(browse(cast.iris).get(at("referral_question", draft, "tried")))
    assert "Dispute 1 : Time with family, brothers and sisters, raised on Monday 10 February 2025" in shown


def test_a_question_without_its_answer_says_so_beside_it(cast, case, browse):
    draft = begun(cast, case)
    page = browse(cast.iris)
    assert "Choose an answer." in read(page.post(at("referral_question", draft, "plan"), {}))
    refused = page.post(at("referral_question", draft, "child_can_act"), {"answer": "yes"})
    assert "who explained legal aid" in read(refused)
    assert not draft.screening.answers.exists()


def test_an_answer_changed_from_the_check_page_returns_there(cast, case, browse):
    draft = screened(begun(cast, case), cast.iris)
    page = browse(cast.iris)
    change = at("referral_question", draft, "children_act") + "?change"
    assert change in page.get(at("referral_screening", draft)).content.decode()
    assert page.post(change, {"answer": "yes"}).url == at("referral_screening", draft)
    assert "Where your answers point: A Children Act application would do" in read(
        page.get(at("referral_screening", draft))
    )


def test_all_that_applies_is_shown_and_referring_all_the_same_is_open(cast, case, browse):
    draft = screened(begun(cast, case), cast.iris, child_can_act="yes", compensation="yes")
    page = browse(cast.iris)
    shown = read(page.get(at("referral_screening", draft)))
    assert "Where your answers point: This is for the Official Solicitor" in shown
    assert "This applies too The child can instruct a solicitor." in shown
    asked = {
        f"permission_asked_on_{part}": value
        for part, value in zip(("day", "month", "year"), (3, 3, 2025), strict=True)
    }
    page.post(at("referral_screening", draft), {"against_because": "No claim for money is meant.", **asked})
    kept = again(draft).screening
    assert kept.against_because == "No claim for money is meant."
    assert kept.permission_asked_on == day("2025-03-03")


# --- Nothing typed is lost -------------------------------------------------------------------------------------


def test_what_was_typed_is_kept_when_somebody_else_saved_first(cast, case, browse):
    draft = begun(cast, case)
    page, address = browse(cast.iris), at("referral_part", draft, "account")
    seen = draft.version
    written(draft, cast.ivor, concern="Ivor’s words.")
    refused = page.post(address, {"version": seen, "concern": "Iris’s words."})
    shown = read(refused)
    assert "Nothing you typed is lost" in shown
    assert "Iris’s words." in shown
    assert "Ivor’s words." in shown
    kept = re.search(r'name="version" value="(\d+)"', refused.content.decode()).group(1)
    page.post(address, {"version": kept, "concern": "Both our words."})
    assert again(draft).concern == "Both our words."


def test_a_promise_for_a_past_day_is_refused_beside_its_paper_and_the_rest_stays_typed(cast, case, browse):
    draft = begun(cast, case)
    papers = list(draft.papers.all())
    late, out = papers[0].pk, papers[1].pk
    typed = {
        "version": draft.version,
        f"answer_{late}": "to_follow",
        f"promised_on_{late}_day": 28, f"promised_on_{late}_month": 2, f"promised_on_{late}_year": 2025,
        f"answer_{out}": "not_applicable", f"because_{out}": "Never went to court.",
    }  # fmt: skip
    refused = browse(cast.iris).post(at("referral_papers", draft), typed)
    assert "Friday 28 February 2025 has passed" in read(refused)
    assert "Never went to court." in refused.content.decode()
    assert not again(draft).papers.exclude(answer="").exists()


def test_what_still_lacks_is_listed_with_the_page_that_puts_it_right(cast, case, browse):
    draft = screened(begun(cast, case), cast.iris)
    page = browse(cast.iris)
    shown = page.get(at("referral_submit", draft))
    assert "Convey the child’s wishes and feelings" in read(shown)
    assert at("referral_part", draft, "wishes") in shown.content.decode()
    refused = page.post(at("referral_submit", draft), SENT)
    assert "There is a problem Write what the concern is" in read(refused)
    assert again(draft).is_draft


# --- Around it -------------------------------------------------------------------------------------------------


def test_siblings_are_named_on_the_referral(cast, case, browse):
    referral = submitted(cast, case, cast.amber, cast.coral)
    shown = read(browse(cast.lex).get(at("referral", referral)))
    assert "Children referred Amber Example, Coral Example" in shown
    shown = read(browse(cast.lex).get(reverse("case_referrals", args=[case.key])))
    assert "Amber Example, Coral Example" in shown


def test_a_draft_thrown_away_is_gone(cast, case, browse):
    draft = begun(cast, case)
    assert browse(cast.iris).post(at("referral_discard", draft)).url == reverse(
        "case_referrals", args=[case.key]
    )
    assert not Referral.objects.exists()


def test_a_referral_made_outside_the_system_is_pointed_to_in_the_chronology(cast, case, browse):
    happened(case, "referral_submitted", "2025-03-03", referral="Referral of March")
    shown = read(browse(cast.iris).get(reverse("case_referrals", args=[case.key])))
    assert "Known only from the chronology: Referral of March." in shown
    assert begun(cast, case).ref == "Referral 1"


def test_cafcass_legal_makes_a_new_version_of_the_list(cast, browse):
    page, address = browse(cast.lex), reverse("referral_checklist")
    assert "Version 1 is in use." in read(page.get(address))
    page.post(address, {"number": 1, "item_1": "Chronology", "item_2": "", "item_3": "Genogram"})
    made = Checklist.objects.first()
    assert (made.number, [row["item"] for row in made.items]) == (2, ["Chronology", "Genogram"])
    refused = page.post(address, {"number": 1, "item_1": "Something else"})
    assert "Nothing you typed is lost" in read(refused)
    assert "Something else" in refused.content.decode()
    for person in (cast.iris, cast.mona, cast.gwen):
        assert browse(person).get(address).status_code == 404


def test_a_promise_for_a_weekend_says_the_last_working_day_to_act(cast, case, browse):
    referral = submitted(cast, case, chronology=12)
    shown = read(browse(cast.iris).get(at("referral", referral)))
    assert "Saturday 15 March 2025 Act by Friday 14 March 2025" in shown
