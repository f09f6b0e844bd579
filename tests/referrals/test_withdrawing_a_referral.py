"""A referral that is withdrawn because rights are met, or goes on; and who is nudged."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Organisation
from accounts.roles import PersonRole
from cases import nudges
from cases.actions import correct, record
from cases.appointments import appoint
from cases.models import Notice
from cases.refusal import NotYours
from referrals import handling, while_open
from referrals.models import RightsMet
from tests.cases.steps import the
from tests.referrals.steps import (
    SUBMITTED,
    allocated,
    latest,
    now,
    received,
    referred,
    refused,
)

pytestmark = pytest.mark.django_db


# --- Withdrawing ---------------------------------------------------------------------------------------------


def test_withdrawing_ends_every_clock_with_the_reason(cast, it_is):
    it_is("2025-03-10")
    referral = allocated(cast, on="2025-03-03", missing=[("Care plan", "2025-03-20")])
    referral = handling.withdraw(referral, by=cast.gareth, on=date(2025, 3, 10), reason="A worker is named")
    assert (referral.state, referral.ended_on) == ("withdrawn", date(2025, 3, 10))
    for duty in ("REF-7", "REF-12", "REF-21"):
        assert the(referral.case, duty).state == "not_required"
    refused(
        lambda: handling.withdraw(referral, by=cast.gareth, on=date(2025, 3, 10), reason="x"),
        "was withdrawn on Monday 10 March 2025",
    )


@pytest.mark.parametrize("who", ["iris", "sol", "gwen"])
def test_what_cafcass_did_is_struck_out_by_those_who_have_the_referral_alone(cast, with_gareth, today, who):
    """Gwen is the guardian of the case and a colleague of Gareth, who has the referral."""
    appoint(
        cast.gwen,
        PersonRole.GUARDIAN,
        children=[cast.amber],
        on=date(2025, 2, 5),
        by=cast.cass,
        case=with_gareth.case,
    )
    handling.withdraw(with_gareth, by=cast.lex, on=SUBMITTED, reason="The rights are met.")
    with pytest.raises(NotYours):
        correct(latest(with_gareth, "referral_withdrawn"), by=getattr(cast, who), reason="No")
    correct(latest(with_gareth, "referral_withdrawn"), by=cast.leah, reason="Another referral was meant")
    assert now(with_gareth).state == "allocated"


def test_an_authoritys_managers_end_no_referral_in_the_name_of_a_cafcass_off_the_system(cast, today):
    Organisation.objects.filter(pk__in=[cast.cafcass.pk, cast.cafcass_legal.pk]).update(is_on_system=False)
    referral = referred(cast, on="2025-03-03")
    said = {"referral": referral.ref, "reason": "We are better now"}
    for who in (cast.sol, cast.hal, cast.lena):
        with pytest.raises(NotYours):
            record(now(referral).case, "referral_withdrawn", on=SUBMITTED, by=who, details=said)
    record(now(referral).case, "referral_withdrawn", on=SUBMITTED, by=cast.iris, details=said)
    assert now(referral).state == "withdrawn"


def test_a_withdrawal_struck_out_asks_again_whether_the_referral_goes_on(cast, with_gareth, today):
    change = while_open.report_rights_met(with_gareth, by=cast.iris, on=SUBMITTED, change="Visits are kept.")
    handling.decide_rights_met(change, by=cast.lex, on=SUBMITTED, is_withdrawn=True, reasons="They are.")
    correct(latest(with_gareth, "referral_withdrawn"), by=cast.lex, reason="They are not")
    change.refresh_from_db()
    assert (now(with_gareth).state, change.is_withdrawn, change.decided_by) == ("allocated", None, None)


def test_rights_reported_met_by_mistake_are_not_asked_about_once_struck_out(cast, with_gareth, today):
    while_open.report_rights_met(with_gareth, by=cast.iris, on=SUBMITTED, change="Visits are kept.")
    correct(latest(with_gareth, "rights_now_met"), by=cast.iris, reason="Of another child")
    assert not RightsMet.objects.exists()


def test_a_withdrawal_has_a_reason(cast, with_gareth, today):
    refused(lambda: handling.withdraw(with_gareth, by=cast.lex, on=SUBMITTED, reason=" "), "Give the reasons")


def _rights_met(cast, referral):
    return RightsMet.objects.create(
        referral=referral,
        on=SUBMITTED,
        change="A social worker visits weekly.",
        by=cast.iris,
        at=timezone.now(),
    )


def test_rights_met_is_decided_by_withdrawing(cast, with_gareth, it_is):
    it_is("2025-03-10")
    change = _rights_met(cast, with_gareth)
    referral = handling.decide_rights_met(
        change, by=cast.gareth, on=date(2025, 3, 10), is_withdrawn=True, reasons="The visits are kept."
    )
    change.refresh_from_db()
    assert (referral.state, change.is_withdrawn, change.decided_by) == ("withdrawn", True, cast.gareth)
    assert latest(referral, "referral_withdrawn").details["reason"] == "The visits are kept."
    refused(
        lambda: handling.decide_rights_met(
            change, by=cast.lex, on=date(2025, 3, 10), is_withdrawn=False, reasons="x"
        ),
        "Gareth Guardian already decided to withdraw the referral",
    )


def test_rights_met_may_go_on_with_reasons_and_the_iro_is_told(cast, with_gareth, it_is):
    it_is("2025-03-10")
    change = _rights_met(cast, with_gareth)
    Notice.objects.all().delete()
    how = {"by": cast.lex, "on": date(2025, 3, 10), "is_withdrawn": False}
    refused(lambda: handling.decide_rights_met(change, reasons="", **how), "Give the reasons")
    referral = handling.decide_rights_met(change, reasons="Only one visit was made.", **how)
    assert referral.state == "allocated"
    assert [notice.recipient for notice in Notice.objects.filter(kind="referral")] == [cast.iris]


@pytest.mark.parametrize("who", ["iris", "mona", "gwen", "hugo", "lena"])
def test_the_iro_does_not_decide_that_the_referral_ends(cast, with_gareth, today, who):
    change = _rights_met(cast, with_gareth)
    refused(
        lambda: handling.decide_rights_met(
            change, by=getattr(cast, who), on=SUBMITTED, is_withdrawn=True, reasons="x"
        ),
        "officer", kind=NotYours,
    )  # fmt: skip


# --- Notices -------------------------------------------------------------------------------------------------


def told_of(case):
    return {notice.recipient.name for notice in Notice.objects.filter(case=case, kind="referral")}


def test_the_officer_the_offices_manager_and_the_iro_are_told_of_the_allocation(cast, taken_in, today):
    Notice.objects.all().delete()
    handling.allocate(taken_in, by=cast.lex, on=SUBMITTED, route="local_manager", officer=cast.gareth)
    assert told_of(taken_in.case) == {"Gareth Guardian", "Cass Chief", "Iris Reviewer"}


def test_a_promised_paper_that_comes_is_said_to_the_lawyers_and_the_officer(cast, with_gareth, today):
    with_gareth.papers.create(
        position=1, item="Chronology", checklist=1, answer="to_follow", promised_on=date(2025, 3, 10)
    )
    Notice.objects.all().delete()
    while_open.provide(with_gareth, "Chronology", by=cast.iris, on=SUBMITTED)
    assert told_of(with_gareth.case) == {"Gareth Guardian", "Lex Lawyer", "Leah Lawyer"}


def test_the_teams_officer_is_not_reminded_of_what_the_lawyers_owe(cast, with_hugo, today):
    nudges.remind(today=SUBMITTED)
    reminded = Notice.objects.filter(kind="today", deadline__duty="REF-10")
    assert {notice.recipient for notice in reminded} == {cast.lex, cast.leah}


def test_nobody_is_told_in_an_agency_off_the_system(cast, today):
    cast.northmoor.is_on_system = False
    cast.northmoor.save()
    referral = received(cast, on="2025-03-03")
    assert told_of(referral.case) == set()


def test_a_notice_says_nothing_of_the_child(cast, with_gareth, today):
    assert all("Amber" not in notice.about for notice in Notice.objects.filter(case=with_gareth.case))
