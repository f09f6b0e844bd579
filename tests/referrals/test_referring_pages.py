"""A referral through the public door: what an IRO sees, presses and is told, and what others see of it."""

import re
from html import unescape

import pytest
from django.urls import reverse

from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Event
from referrals import questions, referring, while_open
from referrals.models import Checklist, Referral
from tests.cases.steps import day, happened, owed, the
from tests.referrals.referring_steps import (
    ACCOUNT,
    FOR,
    again,
    begun,
    papers_answered,
    ready,
    reviewed,
    screened,
    submitted,
    written,
)

pytestmark = pytest.mark.usefixtures("today")
SENT = {"on_day": 3, "on_month": 3, "on_year": 2025}
MARKED = ACCOUNT | {
    "concern": "Marigold concern.",
    "wishes": "Marigold wishes.",
    "sought": "Marigold sought.",
}
PARTS_OF_A_DRAFT = ("referral_screening", "referral_papers", "referral_submit", "referral_discard")


@pytest.fixture
def case(cast, today):
    return reviewed(cast)


def at(name, referral, *more):
    return reverse(name, args=[referral.key, *more])


def words(response):
    """The page as a person reads it."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(text).split())


# --- From beginning to end --------------------------------------------------------------------------------------


def test_an_iro_goes_from_the_first_question_to_the_referral(cast, case, browse):
    page = browse(cast.iris)
    listed = words(page.get(reverse("case_referrals", args=[case.key])))
    assert "No child of this case has been referred" in listed
    beginning = reverse("referral_begin", args=[case.key])
    assert "Cafcass Legal (invented)" in words(page.get(beginning))
    assert "01632 960000" in words(page.get(beginning))
    begun_at = page.post(beginning, {"children": [cast.amber.key]}).url
    draft = Referral.objects.get()
    assert begun_at == at("referral", draft)
    tasks = words(page.get(begun_at))
    assert "Screening Not yet started" in tasks
    first = page.get(at("referral_screening", draft)).url
    assert first == at("referral_question", draft, "looked_after")
    address = first
    for number, asked in enumerate(questions.QUESTIONS, 1):
        shown = words(page.get(address))
        assert f"question {number} of {len(questions.QUESTIONS)}" in shown
        reply = {"answer": FOR[asked.name], "because": "My reason."}
        address = page.post(address, reply).url
    assert address == at("referral_screening", draft)
    checked = words(page.get(address))
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
    assert "Ready to submit" in words(page.get(begun_at))
    assert page.post(at("referral_submit", draft), SENT).url == begun_at
    seen = words(page.get(begun_at))
    assert "Referral 1 is with Cafcass Legal." in seen
    assert "to follow by Thursday 13 March 2025" in seen
    assert owed(case, "REF-12").count() == 1


def test_a_child_in_no_open_case_is_referred_from_its_own_page(cast, today, browse):
    appoint(cast.iris, PersonRole.IRO, children=[cast.amber], on=day("2025-02-03"), by=cast.mona)
    page, address = browse(cast.iris), reverse("referral_for_child", args=[cast.amber.key])
    assert address in page.get(reverse("child", args=[cast.amber.key])).content.decode()
    assert "Amber Example is in no open case." in words(page.get(address))
    assert "Choose the Cafcass office." in words(page.post(address, {}))
    begun_at = page.post(address, {"cafcass_office": cast.cafcass.pk}).url
    draft = Referral.objects.get()
    assert begun_at == at("referral", draft)
    assert page.get(address).url == reverse("referral_begin", args=[draft.case.key])
    for person in (cast.mona, cast.sol, cast.lex, cast.stranger):
        assert browse(person).get(address).status_code == 404


def test_disputes_stand_beside_the_question_what_was_tried(cast, case, browse):
    from referrals.models import Dispute

    Dispute.objects.create(
        authority=cast.northmoor, case=case, ref="Dispute 1", theme="contact", concern="Contact",
        raised_by=cast.iris, raised_on=day("2025-02-10"),
    )  # fmt: skip
    draft = begun(cast, case)
    shown = words(browse(cast.iris).get(at("referral_question", draft, "tried")))
    assert "Dispute 1 : Time with family, brothers and sisters, raised on Monday 10 February 2025" in shown


def test_a_question_without_its_answer_says_so_beside_it(cast, case, browse):
    draft = begun(cast, case)
    page = browse(cast.iris)
    assert "Choose an answer." in words(page.post(at("referral_question", draft, "plan"), {}))
    refused = page.post(at("referral_question", draft, "child_can_act"), {"answer": "yes"})
    assert "who explained legal aid" in words(refused)
    assert not draft.screening.answers.exists()


def test_an_answer_changed_from_the_check_page_returns_there(cast, case, browse):
    draft = screened(begun(cast, case), cast.iris)
    page = browse(cast.iris)
    change = at("referral_question", draft, "children_act") + "?change"
    assert change in page.get(at("referral_screening", draft)).content.decode()
    assert page.post(change, {"answer": "yes"}).url == at("referral_screening", draft)
    assert "Where your answers point: A Children Act application would do" in words(
        page.get(at("referral_screening", draft))
    )


def test_all_that_applies_is_shown_and_referring_all_the_same_is_open(cast, case, browse):
    draft = screened(begun(cast, case), cast.iris, child_can_act="yes", compensation="yes")
    page = browse(cast.iris)
    shown = words(page.get(at("referral_screening", draft)))
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


# --- Nothing typed is lost --------------------------------------------------------------------------------------


def test_what_was_typed_is_kept_when_somebody_else_saved_first(cast, case, browse):
    draft = begun(cast, case)
    page, address = browse(cast.iris), at("referral_part", draft, "account")
    seen = draft.version
    written(draft, cast.ivor, concern="Ivor’s words.")
    refused = page.post(address, {"version": seen, "concern": "Iris’s words."})
    shown = words(refused)
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
    assert "Friday 28 February 2025 has passed" in words(refused)
    assert "Never went to court." in refused.content.decode()
    assert not again(draft).papers.exclude(answer="").exists()


def test_what_still_lacks_is_listed_with_the_page_that_puts_it_right(cast, case, browse):
    draft = screened(begun(cast, case), cast.iris)
    page = browse(cast.iris)
    shown = page.get(at("referral_submit", draft))
    assert "Convey the child’s wishes and feelings" in words(shown)
    assert at("referral_part", draft, "wishes") in shown.content.decode()
    refused = page.post(at("referral_submit", draft), SENT)
    assert "There is a problem Write what the concern is" in words(refused)
    assert again(draft).is_draft


def test_a_day_in_the_future_is_refused(cast, case, browse):
    draft = ready(cast, case)
    refused = browse(cast.iris).post(at("referral_submit", draft), SENT | {"on_day": 4})
    assert "must be today or in the past" in words(refused)
    assert again(draft).is_draft


def test_submitting_twice_leads_to_the_referral_with_a_sentence(cast, case, browse):
    referral = submitted(cast, case)
    page = browse(cast.iris)
    assert page.post(at("referral_submit", referral), SENT).url == at("referral", referral)
    assert "has already been submitted" in words(page.get(at("referral", referral)))
    assert Event.objects.filter(happening="referral_submitted").count() == 1


# --- Who sees what ----------------------------------------------------------------------------------------------


def others(cast):
    return (
        cast.sol,
        cast.tess,
        cast.lena,
        cast.hal,
        cast.chas,
        cast.gwen,
        cast.cass,
        cast.lex,
        cast.hugo,
        cast.stranger,
    )


def test_a_draft_is_not_there_for_anybody_outside_the_iro_service(cast, case, browse):
    draft = begun(cast, case)
    written(draft, cast.iris, **MARKED)
    for person in others(cast):
        page = browse(person)
        for name in ("referral", *PARTS_OF_A_DRAFT):
            assert page.get(at(name, draft)).status_code == 404, (person, name)
        listed = page.get(reverse("case_referrals", args=[case.key]))
        assert "Referral 1" not in listed.content.decode()


def test_the_iro_manager_reads_a_draft_and_writes_nothing(cast, case, browse):
    draft = screened(begun(cast, case), cast.iris)
    written(draft, cast.iris, **MARKED)
    page = browse(cast.mona)
    shown = words(page.get(at("referral", draft)))
    assert "Marigold concern." in shown
    assert questions.QUESTIONS[0].title in shown
    for name in PARTS_OF_A_DRAFT:
        assert page.get(at(name, draft)).status_code == 404
        assert page.post(at(name, draft), SENT).status_code == 404
    assert again(draft).is_draft


def test_nobody_but_an_iro_opens_the_address_that_submits(cast, case, browse):
    draft = ready(cast, case)
    for person in (*others(cast), cast.mona):
        assert browse(person).post(at("referral_submit", draft), SENT).status_code == 404
        assert browse(person).post(reverse("referral_begin", args=[case.key])).status_code == 404
    assert again(draft).is_draft


def test_once_submitted_the_authority_sees_its_state_and_not_the_account(cast, case, browse):
    draft = ready(cast, case, chronology=10)
    written(draft, cast.iris, **MARKED)
    referral = referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    for person in (cast.lena, cast.hal, cast.chas, cast.dora):
        shown = words(browse(person).get(at("referral", referral)))
        assert "Marigold" not in shown
        assert "Court orders in force" not in shown
        assert "Submitted Now" in shown
        assert "Chronology to follow by Thursday 13 March 2025" in shown
        assert "REF-12" in shown


def test_the_childs_social_worker_sees_where_it_stands_and_keeps_the_family_informed(cast, case, browse):
    appoint(cast.sol, PersonRole.SOCIAL_WORKER, children=[cast.amber], on=day("2025-02-03"), by=cast.tess)
    draft = ready(cast, case)
    written(draft, cast.iris, **MARKED)
    page = browse(cast.sol)
    assert page.get(at("referral", draft)).status_code == 404
    referral = referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    shown = words(page.get(at("referral", referral)))
    assert "Submitted Now" in shown
    assert "Marigold" not in shown
    page.post(at("referral_informed", referral), SENT | {"note": "Told the grandmother."})
    assert "Told the grandmother." in words(page.get(at("referral", referral)))
    for name in ("referral_now_met", "referral_provide"):
        assert page.get(at(name, referral)).status_code == 404


def test_once_submitted_the_iro_service_and_cafcass_legal_read_the_account(cast, case, browse):
    draft = ready(cast, case)
    written(draft, cast.iris, **MARKED)
    referral = referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    for person in (cast.iris, cast.mona, cast.lex):
        shown = words(browse(person).get(at("referral", referral)))
        assert "Marigold concern." in shown
        assert "Court orders in force" in shown
    assert browse(cast.stranger).get(at("referral", referral)).status_code == 404


def test_the_officer_reads_the_account_from_the_allocation_on(cast, case, browse):
    referral = submitted(cast, case)
    assert browse(cast.hugo).get(at("referral", referral)).status_code == 404
    happened(
        case, "referral_allocated", "2025-03-03", referral=referral.ref, to="high_court_team",
        particulars={"person": cast.hugo.pk, "name": cast.hugo.name, "office": cast.cafcass_legal.pk},
    )  # fmt: skip
    shown = words(browse(cast.hugo).get(at("referral", referral)))
    assert ACCOUNT["concern"] in shown
    assert "Hugo Highcourt, Cafcass Legal (invented) (High Court Team)" in shown


def test_the_chronology_tells_of_a_referral_and_nothing_of_its_account(cast, case, browse):
    draft = ready(cast, case)
    written(draft, cast.iris, **MARKED)
    referring.submit(draft, by=cast.iris, on=day("2025-03-03"))
    shown = words(browse(cast.lena).get(reverse("chronology", args=[case.key])))
    assert "Referral submitted" in shown
    assert "Marigold" not in shown


def test_no_child_is_named_in_an_address(cast, case):
    referral = submitted(cast, case)
    assert "Amber" not in at("referral", referral)


def test_siblings_are_named_on_the_referral(cast, today, browse):
    case = reviewed(cast, cast.amber, cast.blake, cast.coral)
    referral = submitted(cast, case, cast.amber, cast.coral)
    shown = words(browse(cast.lex).get(at("referral", referral)))
    assert "Children referred Amber Example, Coral Example" in shown
    shown = words(browse(cast.lex).get(reverse("case_referrals", args=[case.key])))
    assert "Amber Example, Coral Example" in shown


# --- While it is open -------------------------------------------------------------------------------------------


def test_a_deadlines_button_leads_to_the_promised_paper(cast, case, browse):
    referral = submitted(cast, case, chronology=10)
    page = browse(cast.iris)
    shown = unescape(page.get(reverse("case", args=[case.key])).content.decode())
    asked = re.search(r'href="(/cases/[^"]*/missing_document_provided/[^"]*)"', shown).group(1)
    address = page.get(asked).url
    assert address == at("referral_provide", referral) + "?item=Chronology"
    page.post(address, SENT | {"item": "Chronology"})
    assert the(case, "REF-7").state == "met"
    assert page.get(address).url == at("referral", referral)


def test_an_iro_reports_that_rights_are_met(cast, case, browse):
    referral = submitted(cast, case)
    page = browse(cast.iris)
    assert at("referral_now_met", referral) in page.get(at("referral", referral)).content.decode()
    page.post(at("referral_now_met", referral), SENT | {"change": "The sisters met."})
    shown = words(page.get(at("referral", referral)))
    assert "The sisters met." in shown
    assert "Cafcass has not decided yet" in shown
    refused = page.post(at("referral_now_met", referral), SENT | {"change": "Again."})
    assert "already told" in words(refused)
    for person in (cast.lena, cast.lex, cast.stranger):
        assert browse(person).get(at("referral_now_met", referral)).status_code == 404


def test_child_and_family_are_kept_informed(cast, case, browse):
    referral = submitted(cast, case)
    page = browse(cast.iris)
    page.post(at("referral_informed", referral), SENT | {"note": "Told Amber over tea."})
    assert "Told Amber over tea." in words(page.get(at("referral", referral)))
    assert browse(cast.lena).get(at("referral_informed", referral)).status_code == 404


def test_a_draft_thrown_away_is_gone(cast, case, browse):
    draft = begun(cast, case)
    assert browse(cast.iris).post(at("referral_discard", draft)).url == reverse(
        "case_referrals", args=[case.key]
    )
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("happenings", "steps"),
    [
        ([], "Submitted Now"),
        ([("referral_received", {})], "Received, awaiting allocation Now"),
        (
            [
                ("referral_allocated", {"to": "high_court_team"}),
                ("decision_report_sent", {"action": "no_action"}),
            ],
            "Concluded Now",
        ),
        ([("referral_withdrawn", {"reason": "Rights are met."})], "Withdrawn Now"),
    ],
)
def test_the_line_says_where_it_stands(cast, case, browse, happenings, steps):
    referral = submitted(cast, case)
    for happening, details in happenings:
        happened(case, happening, "2025-03-03", referral=referral.ref, **details)
    assert steps in words(browse(cast.iris).get(at("referral", referral)))


# --- The list of documents --------------------------------------------------------------------------------------


def test_a_referral_made_outside_the_system_is_pointed_to_in_the_chronology(cast, case, browse):
    happened(case, "referral_submitted", "2025-03-03", referral="Referral of March")
    shown = words(browse(cast.iris).get(reverse("case_referrals", args=[case.key])))
    assert "Known only from the chronology: Referral of March." in shown
    assert begun(cast, case).ref == "Referral 1"


def test_cafcass_legal_makes_a_new_version_of_the_list(cast, browse):
    page, address = browse(cast.lex), reverse("referral_checklist")
    assert "Version 1 is in use." in words(page.get(address))
    page.post(address, {"number": 1, "item_1": "Chronology", "item_2": "", "item_3": "Genogram"})
    made = Checklist.objects.first()
    assert (made.number, [row["item"] for row in made.items]) == (2, ["Chronology", "Genogram"])
    refused = page.post(address, {"number": 1, "item_1": "Something else"})
    assert "Nothing you typed is lost" in words(refused)
    assert "Something else" in refused.content.decode()
    for person in (cast.iris, cast.mona, cast.gwen):
        assert browse(person).get(address).status_code == 404


def test_a_promise_for_a_weekend_says_the_last_working_day_to_act(cast, case, browse):
    referral = submitted(cast, case, chronology=12)
    shown = words(browse(cast.iris).get(at("referral", referral)))
    assert "Saturday 15 March 2025 Act by Friday 14 March 2025" in shown


def test_a_paper_provided_shows_its_day(cast, case, browse):
    referral = submitted(cast, case, chronology=10)
    while_open.provide(referral, "Chronology", by=cast.mona, on=day("2025-03-03"))
    shown = words(browse(cast.lena).get(at("referral", referral)))
    assert "Chronology to follow by Thursday 13 March 2025 Monday 3 March 2025" in shown
