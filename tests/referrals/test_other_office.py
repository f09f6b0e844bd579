"""An officer of another Cafcass office is on the case for its referral alone."""

from types import SimpleNamespace

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
from tests.cases.steps import day
from tests.cast import assemble
from tests.referrals.steps import allocated, case_of
from tests.told import fresh, told_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    with told_once(django_db_blocker, _tell, on="2025-03-03") as story:
        yield story


def _tell():
    """Amber is referred, and with Petra of Cafcass Whitewater, who never had a part in the case."""
    cast = assemble()
    office = Organisation.objects.create(
        name="Cafcass Whitewater (invented)", kind=OrganisationKind.CAFCASS_OFFICE
    )
    petra = User.objects.create_user(
        "petra@example.org", name="Petra Guardian", organisation=office, role=PersonRole.GUARDIAN
    )
    return SimpleNamespace(cast=cast, petra=petra, referral=allocated(cast, on="2025-03-03", officer=petra))


@pytest.fixture
def story(told, db):
    return fresh(told)


@pytest.fixture
def cast(story):
    return story.cast


@pytest.fixture
def petra(story):
    return story.petra


@pytest.fixture
def referral(story, today):
    return story.referral


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
