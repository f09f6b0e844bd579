"""An officer of another Cafcass office is on the case for its referral alone."""

import pytest

from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, PersonRole
from cases.actions import record
from cases.models import Event
from cases.refusal import NotYours
from letters import drafting
from letters.models import Letter
from protocol.happenings import Happening
from referrals.models import Decision, LimitationDate
from tests.cases.steps import TODAY, day
from tests.chapters import chapter
from tests.referrals.steps import allocated, case_of

pytestmark = pytest.mark.django_db


@chapter(on=TODAY)
def petra(cast):
    """A guardian of Cafcass Whitewater, who never had a part in the case."""
    office = Organisation.objects.create(
        name="Cafcass Whitewater (invented)", kind=OrganisationKind.CAFCASS_OFFICE
    )
    return User.objects.create_user(
        "petra@example.org", name="Petra Guardian", organisation=office, role=PersonRole.GUARDIAN
    )


@chapter(on=TODAY)
def referral(cast, petra):
    """Amber is referred, and with Petra."""
    return allocated(cast, on=TODAY, officer=petra)


def test_she_opens_the_case_and_writes_down_what_she_finds(cast, petra, referral, browse):
    assert browse(petra).get(f"/cases/{referral.case.key}/").status_code == 200
    assert browse(petra).get(f"/referrals/{referral.key}/enquiries/").status_code == 200


def test_she_records_nothing_of_what_the_guardian_of_the_case_does(cast, petra, referral):
    case, before = case_of(referral), Event.objects.count()
    about = {"between": "guardian_iro", "purpose": "first_contact"}
    with pytest.raises(NotYours):
        record(case, Happening.CONTACT, on=day("2025-03-03"), by=petra, details=about)
    assert Event.objects.count() == before


def test_she_begins_no_letter_in_the_name_of_the_cases_own_office(cast, petra, referral, browse):
    with pytest.raises(NotYours):
        drafting.draft(case_of(referral), "appendix_1", by=petra)
    assert browse(petra).post(f"/cases/{referral.case.key}/letters/new/appendix_1/").status_code == 404
    assert not Letter.objects.filter(kind="appendix_1").exists()


def test_she_enters_no_limitation_date_which_is_a_lawyers(cast, petra, referral, browse):
    typed = {"claim": "Judicial review", "last_day_day": "3", "last_day_month": "6", "last_day_year": "2025"}
    assert browse(petra).post(f"/referrals/{referral.key}/limitation/", typed).status_code == 404
    assert not LimitationDate.objects.exists()


def test_a_decision_saved_against_a_version_nobody_wrote_is_refused_in_words(cast, petra, referral, browse):
    answer = browse(petra).post(f"/referrals/{referral.key}/decision/", {"version": "7", "reasons": "Mine."})
    assert answer.status_code == 200
    assert "Mine." in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("entry", ["appointment_made", "case_opened"])
def test_what_the_verbs_write_is_never_typed_by_hand(cast, referral, browse, entry):
    assert browse(cast.mona).get(f"/cases/{referral.case.key}/record/{entry}/").status_code == 404
