"""The triage board: what Cafcass Legal opens first, in groups, the most urgent first, in few queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referrals import handling, triage
from referrals.models import Referral, RightsMet
from tests.cases.steps import TODAY, day
from tests.chapters import chapter
from tests.referrals.referring_steps import reviewed
from tests.referrals.steps import allocated, decide, received

pytestmark = pytest.mark.usefixtures("today")


@chapter(on=TODAY)
def ambers(cast):
    """A case in proceedings, which Iris reviews."""
    return reviewed(cast, cast.amber)


@chapter(on=TODAY)
def blakes(cast, ambers):
    return reviewed(cast, cast.blake)


def standing(user, on):
    """Which groups of the board hold something, with the children's names in their order."""
    board = triage.board(user, today=day(on))
    return {group["key"]: [row.children for row in group["rows"]] for group in board.groups if group["rows"]}


def only_row(user, on):
    board = triage.board(user, today=day(on))
    (row,) = [row for group in board.groups for row in group["rows"]]
    return row


def words(page):
    return " ".join(page.content.decode().split())


# --- Groups -------------------------------------------------------------------------------------------------------


def test_a_referral_moves_down_the_board_as_it_is_dealt_with(cast, just_sent):
    assert standing(cast.lex, "2025-03-03") == {"new": ["Amber Example"]}
    handling.receive(just_sent, by=cast.lex, on=date(2025, 3, 3))
    assert standing(cast.lex, "2025-03-03") == {"allocation": ["Amber Example"]}
    handling.allocate(just_sent, by=cast.lex, on=date(2025, 3, 3), route="local_manager", officer=cast.gareth)
    assert standing(cast.lex, "2025-03-03") == {"two_weeks": ["Amber Example"]}


def test_a_decision_to_sue_stands_in_the_six_weeks_until_proceedings_are_started(cast, with_gareth, it_is):
    it_is("2025-03-10")
    referral = decide(with_gareth, "2025-03-10")
    assert standing(cast.lex, "2025-03-10") == {"six_weeks": ["Amber Example"]}
    handling.start_proceedings(referral, by=cast.gareth, on=date(2025, 3, 10))
    assert standing(cast.lex, "2025-03-10") == {"reports": ["Amber Example"]}


def test_a_progress_report_that_is_near_comes_before_the_six_weeks(cast, with_gareth, it_is):
    it_is("2025-03-10")
    decide(with_gareth, "2025-03-10")
    # The first progress report is due on Monday 17 March, the claim on Monday 14 April.
    assert standing(cast.lex, "2025-03-13") == {"six_weeks": ["Amber Example"]}
    assert standing(cast.lex, "2025-03-14") == {"reports": ["Amber Example"]}


def test_the_final_report_of_a_settled_referral_is_among_the_reports(cast, with_gareth, it_is):
    it_is("2025-03-14")
    referral = decide(with_gareth, "2025-03-14", action="negotiation")
    handling.settle(referral, by=cast.gareth, on=date(2025, 3, 14))
    row = only_row(cast.lex, "2025-03-14")
    # Six weeks from Friday 14 March 2025 is Friday 25 April.
    final = next(need for need in row.needs if need.duty == "REF-17")
    assert (row.group, final.due_on, final.words) == ("reports", date(2025, 4, 25), "Final report")


def test_what_ended_in_the_last_four_weeks_is_still_shown_and_then_gone(cast, with_gareth, it_is):
    it_is("2025-03-10")
    handling.withdraw(with_gareth, by=cast.gareth, on=date(2025, 3, 10), reason="Rights met")
    # Four weeks after Monday 10 March is Monday 7 April.
    assert [one for one, _ in triage.board(cast.lex, today=day("2025-04-07")).concluded] == [with_gareth]
    assert triage.board(cast.lex, today=day("2025-04-08")).concluded == []


def test_promised_papers_wait_in_a_list_of_their_own(cast, ambers):
    missing = [("Care plan", "2025-03-12"), ("Chronology", "2025-03-05")]
    received(cast, on="2025-03-03", case=ambers, missing=missing)
    papers = triage.board(cast.lex, today=day("2025-03-06")).papers
    assert [(paper.item, paper.due_on, paper.status) for paper in papers] == [
        ("Chronology", date(2025, 3, 5), "overdue"), ("Care plan", date(2025, 3, 12), "open"),
    ]  # fmt: skip
    assert [paper.left for paper in papers] == ["Late by 1 working day", "4 working days left"]


# --- Urgency ------------------------------------------------------------------------------------------------------


def test_the_most_urgent_stands_first(cast, ambers, blakes, it_is):
    it_is("2025-03-05")
    later = allocated(cast, cast.amber, on="2025-03-05", case=ambers)
    sooner = allocated(cast, cast.blake, on="2025-03-03", case=blakes)
    assert standing(cast.lex, "2025-03-05") == {"two_weeks": ["Blake Example", "Amber Example"]}
    assert later.submitted_on > sooner.submitted_on


def test_of_two_due_on_a_day_the_one_marked_urgent_stands_first(cast, ambers, blakes):
    allocated(cast, cast.amber, on="2025-03-03", case=ambers)
    urgent = allocated(cast, cast.blake, on="2025-03-03", case=blakes)
    Referral.objects.filter(pk=urgent.pk).update(is_urgent=True)
    assert standing(cast.lex, "2025-03-03") == {"two_weeks": ["Blake Example", "Amber Example"]}


def test_days_left_and_days_late_are_said_in_words(cast, with_gareth):
    report = {
        on: next(need for need in only_row(cast.lex, on).needs if need.duty == "REF-12")
        for on in ("2025-03-13", "2025-03-17", "2025-03-19")
    }
    # The report is due on Monday 17 March; a Saturday and a Sunday lie between it and Thursday 13 March.
    assert [need.left for need in report.values()] == [
        "2 working days left",
        "Today",
        "Late by 2 working days",
    ]
    assert [need.status for need in report.values()] == ["open", "open", "overdue"]


def test_a_delay_that_was_explained_is_not_called_late(cast, with_gareth, it_is):
    it_is("2025-03-17")
    handling.delay_letter_sent(with_gareth, by=cast.gareth, on=date(2025, 3, 17), reason="An expert is ill")
    report = next(need for need in only_row(cast.lex, "2025-03-20").needs if need.duty == "REF-12")
    assert (report.status, report.left) == ("excused", "Delay explained to everybody")


# --- Acts and flags -----------------------------------------------------------------------------------------------


def acts(user, on):
    return {need.duty: need.act["url"] for need in only_row(user, on).needs if need.act}


def test_each_need_leads_to_its_act(cast, just_sent):
    assert acts(cast.lex, "2025-03-03")["REF-9"] == f"/referrals/{just_sent.key}/receive/"
    handling.receive(just_sent, by=cast.lex, on=date(2025, 3, 3))
    assert acts(cast.lex, "2025-03-03")["REF-9"] == f"/referrals/{just_sent.key}/allocate/"
    handling.allocate(just_sent, by=cast.lex, on=date(2025, 3, 3), route="high_court_team", officer=cast.hugo)
    assert acts(cast.hugo, "2025-03-03")["REF-12"] == f"/referrals/{just_sent.key}/decision/"
    assert "REF-10" not in acts(cast.hugo, "2025-03-03")


def test_rights_reported_met_are_flagged_until_they_are_decided(cast, with_gareth):
    change = RightsMet.objects.create(
        referral=with_gareth, on=date(2025, 3, 3), change="Visited", by=cast.iris, at=timezone.now()
    )
    (flag,) = only_row(cast.lex, "2025-03-03").flags
    assert flag["url"] == f"/referrals/{with_gareth.key}/rights-met/"
    handling.decide_rights_met(
        change, by=cast.lex, on=date(2025, 3, 3), is_withdrawn=False, reasons="One visit only"
    )
    assert only_row(cast.lex, "2025-03-03").flags == []


# --- Whose board --------------------------------------------------------------------------------------------------


def test_an_officer_sees_only_what_is_with_them_and_a_manager_what_is_with_the_office(cast, ambers, blakes):
    allocated(cast, cast.amber, on="2025-03-03", case=ambers)
    allocated(cast, cast.blake, on="2025-03-03", case=blakes, officer=cast.hugo)
    assert standing(cast.lex, "2025-03-03") == {"two_weeks": ["Amber Example", "Blake Example"]}
    assert standing(cast.gareth, "2025-03-03") == {"two_weeks": ["Amber Example"]}
    assert standing(cast.cass, "2025-03-03") == {"two_weeks": ["Amber Example"]}
    assert standing(cast.hugo, "2025-03-03") == {"two_weeks": ["Blake Example"]}
    assert standing(cast.gwen, "2025-03-03") == {}


@pytest.mark.parametrize("who", ["iris", "mona", "sol", "tess", "lena", "chas", "stranger"])
def test_the_board_is_not_there_for_the_authority(cast, browse, who):
    assert browse(getattr(cast, who)).get("/referrals/").status_code == 404


def test_a_draft_is_on_nobodys_board(cast, ambers):
    Referral.objects.create(
        authority=cast.northmoor,
        case=ambers,
        ref="Referral 1",
        iro=cast.iris,
        begun_at="2025-03-03T09:00:00Z",
    )
    assert triage.board(cast.lex, today=day("2025-03-03")).is_empty


def test_cafcass_legal_lands_on_the_board(cast, browse):
    lawyer = browse(cast.lex)
    assert lawyer.get("/").url == "/referrals/"
    assert browse(cast.hugo).get("/").status_code == 200
    assert "Referrals" in words(lawyer.get("/referrals/"))


def test_an_empty_board_says_what_would_appear(cast, browse):
    page = words(browse(cast.lex).get("/referrals/"))
    for said in ("No referral is with Cafcass", "the moment an IRO submits it", "Recently concluded"):
        assert said in page
    assert "when Cafcass Legal allocates it to you" in words(browse(cast.gareth).get("/referrals/"))


def test_a_day_without_a_lawyer_is_warned_of_to_the_lawyers_alone(cast, browse):
    assert "No lawyer is on duty" in words(browse(cast.lex).get("/referrals/"))
    assert "No lawyer is on duty" not in words(browse(cast.hugo).get("/referrals/"))


def test_the_board_asks_no_more_of_the_database_for_more_referrals(cast, ambers, blakes, browse):
    lawyer = browse(cast.lex)
    received(cast, cast.amber, on="2025-03-03", case=ambers, missing=[("Care plan", "2025-03-12")])
    allocated(cast, cast.blake, on="2025-03-03", case=blakes)
    lawyer.get("/referrals/")

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert lawyer.get("/referrals/").status_code == 200
        return len(queries)

    few = asked()
    for _ in range(2):
        received(cast, cast.amber, on="2025-03-03", case=ambers, missing=[("Care plan", "2025-03-12")])
        allocated(cast, cast.blake, on="2025-03-03", case=blakes, officer=cast.hugo)
    assert asked() == few
