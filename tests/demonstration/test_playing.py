"""The demonstration played once into a database, as `make run` does."""

from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import PersonRole
from cases import rebuild
from cases.models import (
    Appointment,
    Case,
    Child,
    Cover,
    Deadline,
    Event,
    LocalAgreement,
    Matter,
    Miss,
    Notice,
    Restriction,
    Whereabouts,
)
from config.demonstration import codes, people
from letters.models import Letter, Recipient
from protocol.vocabulary import Stage
from referrals import disputefile, rota, while_open
from referrals.models import AdviceNote, Disclosure, Dispute, Referral, Withholding

pytestmark = [pytest.mark.django_db]
A_SUNDAY = datetime(2026, 12, 27, 11, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(scope="module")
def said(django_db_setup, django_db_blocker):
    """What the command prints. Played once for the module, on the Sunday after Christmas."""
    with django_db_blocker.unblock(), time_machine.travel(A_SUNDAY, tick=True), transaction.atomic():
        yield _seed()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _that_sunday(said):
    """The module's transaction is the outer one; each test looks at what stands in it."""


def _seed():
    out = StringIO()
    call_command("seed_demo", stdout=out, skip_checks=True)
    return out.getvalue()


def test_every_stage_has_at_least_eight_cases_and_some_are_closed():
    stages = dict(Case.objects.order_by().values_list("stage").annotate(Count("pk")))
    assert all(stages[stage.value] >= 8 for stage in Stage if stage is not Stage.CLOSED)
    assert stages["closed"] >= 5


def test_what_is_stored_is_what_the_chronologies_say():
    compared, differences = rebuild.check()
    assert differences == []
    assert compared > 500


def test_it_prints_the_address_the_phrase_and_a_sign_in_for_every_role(said, settings):
    assert settings.SITE_ADDRESS in said
    assert "seven herons in the fog" in said
    for role in PersonRole:
        assert any(line.startswith(role.label) and "@example.org" in line for line in said.splitlines()), role


def test_it_prints_how_to_get_a_code(said):
    assert people.SECRET in said
    assert "demo_code" in said


def test_the_people_printed_can_sign_in_and_those_of_an_agency_off_the_system_cannot(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    first = {"login": "isolde.candlewick@example.org", "password": "seven herons in the fog"}
    client.post(reverse("sign_in"), first)
    client.post(reverse("mfa_authenticate"), {"code": codes.code_now()})
    assert client.get(reverse("my_work")).status_code == 200
    away = User.objects.filter(organisation__is_on_system=False)
    assert away
    assert not any(person.has_usable_password() for person in away)


def test_playing_it_again_changes_nothing():
    before = [
        model.objects.count() for model in (Organisation, User, Case, Child, Event, Deadline, Miss, Letter)
    ]
    assert "nothing was changed" in _seed()
    assert before == [
        model.objects.count() for model in (Organisation, User, Case, Child, Event, Deadline, Miss, Letter)
    ]


def test_nobody_is_reminded_of_days_gone_by():
    assert not Notice.objects.exists()


def test_misses_are_written_down_on_the_night_after_and_some_are_annulled():
    prompt = [
        miss for miss in Miss.objects.all() if (timezone.localdate(miss.recorded_at) - miss.due_on).days == 1
    ]
    assert len(prompt) > 50
    assert Miss.objects.exclude(annulled_at=None).count() >= 2


def test_facts_were_typed_on_their_own_day_or_a_little_later_and_never_before():
    for event in Event.objects.all():
        assert 0 <= (timezone.localdate(event.recorded_at) - event.on).days <= 30


def test_a_moved_hearing_leaves_its_breach():
    breach = Miss.objects.get(case__children__name="Willow Foxglade", duty="CMH-7")
    assert breach.annulled_at is None
    assert breach.case.deadline_set.filter(duty="CMH-7", moved=True).exists()


def test_a_correction_strikes_out_and_annuls():
    struck = Event.objects.get(corrects__details__document="Hair strand analysis")
    assert struck.note
    assert struck.corrects.is_struck


def test_facts_of_the_office_off_the_system_say_on_whose_behalf_and_how_they_are_known():
    told = Event.objects.filter(on_behalf_of__name__startswith="Cafcass Farhollow")
    assert told.count() > 20
    assert not told.filter(how_known="").exists()


def test_letters_were_sent_and_matters_handed_over_some_closed_with_evidence():
    of_a_case = Letter.objects.filter(referral=None).values_list("kind", flat=True)
    assert {"appendix_1", "appendix_2", "iro_named", "to_the_child_older", "to_the_child_younger"} == set(
        of_a_case
    )
    assert Matter.objects.filter(closed_on=None).count() >= 3
    assert Matter.objects.exclude(closed_on=None).exclude(evidence="").count() >= 2


def test_one_local_agreement_stands_with_a_variation_and_a_tighter_limit():
    [agreement] = LocalAgreement.objects.all()
    assert (agreement.variations, agreement.tighter) == (["IRH-7"], {"IRH-3": 15})


def test_a_looked_after_mother_and_her_child_have_different_iros():
    baby = Child.objects.get(name="Posy Ashgrove")
    iros = Appointment.objects.filter(child__in=[baby, baby.parent], role="iro", until_on=None)
    assert len(set(iros.values_list("person", flat=True))) == 2


def test_children_are_looked_after_without_a_case():
    assert Child.objects.filter(cases=None, periods__ended_on=None, periods__isnull=False).count() >= 5


def test_every_dispute_and_referral_on_a_chronology_has_its_row():
    for rows, named in ((Dispute.objects, "dispute"), (Referral.objects, "referral")):
        told = Event.objects.filter(details__has_key=named).values_list("case", f"details__{named}")
        assert set(told) == set(rows.values_list("case", "ref"))


def test_disputes_stand_at_every_end_and_one_answer_is_late():
    assert {"formal", "resolved", "unresolved", "withdrawn"} <= set(
        _concerns().values_list("state", flat=True)
    )
    assert _concerns().filter(state="resolved", formal_on=None).exists()
    assert Dispute.objects.filter(kind=Dispute.Kind.GOOD_PRACTICE).exists()
    [late] = Deadline.objects.still_open().filter(
        duty="DIS-2", due_on__lt=timezone.localdate(), case__disputes__state="formal"
    )
    assert late.case.children.get().name == "Merlin Quarrybank"


def test_one_dispute_reached_the_director_over_a_rung_and_was_endorsed_afterwards():
    dispute = Dispute.objects.get(case__children__name="Bramble Thistlewood")
    *_, step = disputefile.steps_of(dispute)
    assert (step.rung, step.bypassed) == ("Director", ["Head of service"])
    assert step.reason
    assert step.endorsement.on > step.answers[0].on


def test_one_disagreement_was_mediated():
    dispute = Dispute.objects.get(case__children__name="Curlew Tallowfield")
    [refused] = [step for step in disputefile.steps_of(dispute) if step.mediation]
    assert refused.endorsement.details["endorsed"] is False


def test_referrals_stand_at_the_steps_of_the_triage_board():
    standing = dict(Referral.objects.values_list("state", "children__name"))
    assert set(standing) == {"submitted", "enquiries", "decided", "concluded", "withdrawn"}
    concluded = Referral.objects.get(state="concluded")
    assert (timezone.localdate() - concluded.ended_on).days > 300
    assert while_open.awaited(Referral.objects.get(state="submitted"))


def test_a_delay_letter_waits_as_a_draft_and_every_report_reached_its_recipients():
    assert Letter.objects.get(kind="delay_letter").state == "draft"
    sent = Recipient.objects.filter(letter__state="sent", is_included=True)
    assert sent.count() > 50
    assert not sent.filter(sent_on=None).exists()


def test_the_advice_line_told_one_officer_and_nobody_else():
    [shared] = Disclosure.objects.all()
    assert (shared.note.child_name, shared.to) == ("Copper Mallowfen", shared.referral.officer)
    assert Withholding.objects.get().reason
    assert AdviceNote.objects.filter(disclosures=None, withholdings=None).count() >= 3
    assert not Event.objects.filter(happening__startswith="advice").exists()


def test_the_duty_rota_has_one_gap_to_warn_of():
    assert len(rota.gaps(timezone.localdate())) == 1


def _concerns():
    return Dispute.objects.filter(kind=Dispute.Kind.CONCERN)


def test_it_refuses_production_and_a_short_password(settings, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "short")
    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        _seed()
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        _seed()


def test_a_case_is_restricted_an_address_confidential_and_somebody_is_covered_for():
    restriction = Restriction.objects.standing().get()
    named = {reader.person for reader in restriction.readers.all()}
    for person in User.objects.filter(organisation=restriction.authority_id):
        opens = Case.objects.visible_to(person).filter(pk=restriction.case_id).exists()
        assert opens == (person in named), person.name
    confidential = Whereabouts.objects.confidential().get()
    isolde, lavinia = (User.objects.get(name__startswith=name) for name in ("Isolde", "Lavinia"))
    assert confidential in Whereabouts.objects.visible_to(isolde)
    assert confidential not in Whereabouts.objects.visible_to(lavinia)
    cover = Cover.objects.get()
    owed = Deadline.objects.filter(owner=cover.absent).still_open()
    assert owed
    assert set(owed) <= set(Deadline.objects.owed_by_person(cover.covering))
