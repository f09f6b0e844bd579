"""The pages of Cafcass on a referral: who finds them, what they take, what is refused with everything kept."""

from datetime import date

import pytest

from accounts.roles import PersonRole
from cases.appointments import appoint
from referrals import handling
from referrals.models import (
    ChildInvolvement,
    CourtPermission,
    Decision,
    Enquiry,
    LimitationDate,
    Referral,
    RightsMet,
)
from tests.cases.steps import TODAY
from tests.chapters import chapter
from tests.referrals.handling_page_steps import DATED_TODAY, typed, url, words
from tests.referrals.pages import links
from tests.referrals.steps import FULL_DECISION, SUBMITTED, allocated, now

pytestmark = pytest.mark.usefixtures("today")
WORKING_PAPERS = ("enquiries", "decision", "child", "permission", "limitation")


@chapter(on=TODAY)
def referral(cast):
    """Amber’s, of Monday 3 March 2025, is with Gareth."""
    return allocated(cast, cast.amber, on=TODAY)


@chapter(on=TODAY)
def with_hugo(cast, referral):
    """Blake’s, of the same day, is with Hugo."""
    return allocated(cast, cast.blake, on=TODAY, officer=cast.hugo)


# --- Whose pages --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("pages_not_drawn")
@pytest.mark.parametrize(
    "who", ["iris", "ivor", "mona", "sol", "tess", "hal", "dora", "chas", "lena", "stranger", "gwen", "hugo"]
)
def test_the_working_papers_are_not_there_for_anybody_else(cast, referral, browse, who):
    person = browse(getattr(cast, who))
    for act in (*WORKING_PAPERS, "receive", "allocate", "hand-on", "proceedings", "settlement", "withdraw"):
        assert person.get(url(referral, act)).status_code == 404, act
        assert person.post(url(referral, act), typed()).status_code == 404, act


@pytest.mark.parametrize("who", ["gareth", "cass", "lex"])
def test_officer_manager_and_lawyer_open_the_working_papers(cast, referral, browse, who):
    person = browse(getattr(cast, who))
    for act in WORKING_PAPERS:
        assert person.get(url(referral, act)).status_code == 200, act


def test_what_cafcass_writes_for_itself_is_nowhere_on_the_pages_of_others(cast, referral, browse):
    handling.enquire(
        referral, by=cast.gareth, on=SUBMITTED, source="iro", note="MARKER-ENQUIRY", permission="not_needed"
    )
    handling.keep_decision(referral, by=cast.gareth, **{**FULL_DECISION, "reasons": "MARKER-DECISION"})
    handling.involve_child(
        referral, by=cast.gareth, on=SUBMITTED, child=cast.amber, way="met", note="MARKER-CHILD"
    )
    handling.record_permission(referral, by=cast.gareth, papers="MARKER-COURT", asked_on=SUBMITTED)
    handling.enter_limitation(referral, by=cast.lex, claim="MARKER-LIMIT", last_day=date(2025, 5, 20))
    case = referral.case.key
    pages = [f"/referrals/{referral.key}/", f"/cases/{case}/", f"/cases/{case}/chronology/", "/"]
    for person in (cast.iris, cast.mona, cast.lena, cast.chas):
        browser = browse(person)
        for page in pages:
            answer = browser.get(page)
            assert answer.status_code == 200
            assert "MARKER" not in answer.content.decode(), (person, page)


# --- Working papers -----------------------------------------------------------------------------------------------


def test_an_enquiry_is_added_and_shown(cast, referral, browse):
    officer = browse(cast.gareth)
    sent = typed(source="parents", note="The grandmother would have her.", permission="advice_asked")
    answer = officer.post(url(referral, "enquiries"), sent, follow=True)
    assert "The grandmother would have her." in words(answer)
    assert (now(referral).state, Enquiry.objects.get().permission) == ("enquiries", "advice_asked")


def test_the_child_is_involved(cast, referral, browse):
    sent = typed(child=cast.amber.key, way="contact_given", note="Has the number.")
    browse(cast.gareth).post(url(referral, "child"), sent)
    assert (ChildInvolvement.objects.get().child, ChildInvolvement.objects.get().way) == (
        cast.amber, "contact_given",
    )  # fmt: skip


def test_a_limitation_date_is_shown_to_the_officer_and_entered_by_a_lawyer(cast, referral, browse):
    officer = browse(cast.gareth)
    sent = {"claim": "Judicial review", "last_day_day": "20", "last_day_month": "5", "last_day_year": "2025"}
    officer.post(url(referral, "limitation"), sent)
    assert not LimitationDate.objects.exists()
    browse(cast.lex).post(url(referral, "limitation"), sent)
    assert "Tuesday 20 May 2025" in words(officer.get(url(referral, "limitation")))


def test_the_courts_permission_is_asked_for_and_given(cast, referral, browse):
    officer = browse(cast.gareth)
    asked = {"asked_on_day": "3", "asked_on_month": "3", "asked_on_year": "2025"}
    officer.post(url(referral, "permission"), {"papers": "The expert’s report", **asked})
    permission = CourtPermission.objects.get()
    officer.post(url(referral, f"permission/{permission.pk}/given"), DATED_TODAY)
    permission.refresh_from_db()
    assert permission.given_on == SUBMITTED


def test_another_referrals_permission_is_not_there(cast, referral, with_hugo, browse):
    handling.record_permission(with_hugo, by=cast.hugo, papers="Papers", asked_on=SUBMITTED)
    permission = CourtPermission.objects.get()
    answer = browse(cast.gareth).post(url(referral, f"permission/{permission.pk}/given"), DATED_TODAY)
    assert answer.status_code == 404


# --- The decision -------------------------------------------------------------------------------------------------


def test_a_half_written_decision_is_kept_and_what_is_missing_is_said(cast, referral, browse):
    officer = browse(cast.gareth)
    answer = officer.post(url(referral, "decision"), {"version": "0", "wishes": "A visit"}, follow=True)
    page = words(answer)
    assert "A visit" in page
    assert "Before the report can go" in page
    assert "PN 3.14a" in page
    assert Decision.objects.get().wishes == "A visit"


def test_a_stale_decision_is_refused_with_everything_kept(cast, referral, browse):
    officer = browse(cast.gareth)
    handling.keep_decision(referral, by=cast.cass, seen_version=0, wishes="Cass wrote")
    answer = officer.post(url(referral, "decision"), {"version": "0", "wishes": "Gareth wrote"})
    assert "Cass Chief changed this decision" in words(answer)
    assert "Gareth wrote" in words(answer)
    assert Decision.objects.get().wishes == "Cass wrote"
    officer.post(url(referral, "decision"), {"version": "1", "wishes": "Gareth wrote"})
    assert Decision.objects.get().wishes == "Gareth wrote"


def test_a_decision_that_does_not_hold_together_is_asked_about(cast, referral, browse):
    officer = browse(cast.gareth)
    sent = {**FULL_DECISION, "version": "0", "adult_willing": "yes"}
    page = words(officer.post(url(referral, "decision"), sent, follow=True))
    assert "Nothing here stops you" in page
    assert "An adult is able and willing" in page


# --- After it -----------------------------------------------------------------------------------------------------


def test_proceedings_settlement_and_what_they_refuse(cast, referral, it_is, browse):
    it_is("2025-03-14")
    handling.keep_decision(referral, by=cast.gareth, **FULL_DECISION)
    handling.decision_report_sent(referral, by=cast.gareth, on=date(2025, 3, 14))
    officer, today = browse(cast.gareth), {"on_day": "14"}
    assert "no court has judged" in words(officer.post(url(referral, "judgment"), typed(**today)))
    officer.post(url(referral, "proceedings"), typed(**today))
    assert now(referral).state == "proceedings"
    officer.post(url(referral, "settlement"), typed(**today, note="Agreed at court."))
    assert now(referral).state == "settled"
    assert referral.case.events.get(happening="settled").note == "Agreed at court."


def test_an_officer_who_withdraws_is_led_to_the_board(cast, with_hugo, browse):
    answer = browse(cast.hugo).post(url(with_hugo, "withdraw"), typed(reason="A worker is named."))
    assert (answer.url, now(with_hugo).state) == ("/referrals/", "withdrawn")


def test_whether_it_goes_on_is_decided_with_reasons(cast, referral, it_is, browse):
    moment = it_is("2025-03-03")
    officer = browse(cast.gareth)
    assert officer.get(url(referral, "rights-met")).status_code == 404
    RightsMet.objects.create(
        referral=referral, on=SUBMITTED, change="She is visited weekly.", by=cast.iris, at=moment
    )
    assert "She is visited weekly." in words(officer.get(url(referral, "rights-met")))
    assert "Enter reasons" in words(
        officer.post(url(referral, "rights-met"), {**DATED_TODAY, "decision": "goes_on"})
    )
    officer.post(
        url(referral, "rights-met"), {**DATED_TODAY, "decision": "withdrawn", "reasons": "It is so."}
    )
    assert now(referral).state == "withdrawn"
    assert browse(cast.iris).get(url(referral, "rights-met")).status_code == 404


# --- The case around it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["lex", "hugo"])
def test_a_lawyer_and_the_teams_officer_read_the_case_without_a_fault(cast, with_hugo, browse, who):
    person, case = browse(getattr(cast, who)), with_hugo.case.key
    for page in (
        "",
        "chronology/",
        "deadlines/",
        "people/",
        "hearings/",
        "documents/",
        "reviews/",
        "letters/",
        "disputes/",
        "referrals/",
        "record/",
    ):
        assert person.get(f"/cases/{case}/{page}").status_code == 200, page
    assert person.get(f"/referrals/{with_hugo.key}/").status_code == 200


def test_what_cafcass_legal_owes_is_not_the_teams_officers_work(cast, with_hugo, browse):
    page = words(browse(cast.hugo).get("/"))
    assert "Decide the right action on the five questions" in page
    assert "legal department" not in page


def test_the_guardian_of_the_case_is_not_offered_the_officers_acts(cast, with_hugo, browse):
    appoint(
        cast.gwen, PersonRole.GUARDIAN, children=[cast.blake], on=date(2025, 3, 3), by=cast.cass,
        case=with_hugo.case,
    )  # fmt: skip
    page = browse(cast.gwen).get(f"/cases/{with_hugo.case.key}/")
    assert page.status_code == 200
    assert not [link for link in links(page) if "referrals/act" in link or "letters/referral" in link]
    assert Referral.objects.visible_to(cast.gwen).exists()
