"""From the post to the person who acts: a referral received, allocated, and handed on."""

from accounts.models import User
from accounts.roles import OrganisationKind, PersonRole
from cases.dates import weekday_date
from cases.refusal import NotYours, Refusal
from protocol.happenings import Happening
from referrals import access
from referrals.handling import door, telling
from referrals.models.referral import ReferralState, Route

LOCAL = {PersonRole.GUARDIAN, PersonRole.CAFCASS_SERVICE_MANAGER}
OF_THE_TEAM = {PersonRole.HIGH_COURT_TEAM_OFFICER, PersonRole.CAFCASS_LEGAL}


def receive(referral, *, by, on, submission=None):
    """Cafcass Legal has it: same-day acts and the six weeks count from this day (PN 3.6, 3.20)."""
    with door.doing(referral, by, "received"):
        referral = door.lock(referral)
        door.check_triages(by)
        if door.is_done(referral, submission):
            return referral
        door.check_open(referral)
        if earlier := door.told(referral, Happening.REFERRAL_RECEIVED).last():
            who = earlier.recorded_by.name if earlier.recorded_by else "The system"
            raise Refusal(
                f"{who} has already recorded the receipt of {referral.ref}, on {weekday_date(earlier.on)}. "
                "A referral is received once; a wrong day is corrected on the chronology."
            )
        door.check_not_before(on, referral.submitted_on, f"{referral.ref} was submitted")
        door.check_can(
            referral.receive,
            f"{referral.ref} was allocated before its receipt was recorded: the day it was submitted counts.",
        )
        event = door.tell(referral, Happening.REFERRAL_RECEIVED, on=on, by=by, submission=submission)
        telling.the_iro(referral, event)
        return door.again(referral)


def allocate(referral, *, by, on, route, officer, submission=None):
    """Onward the same working day: to whoever knew the child before, or to the High Court Team (REF-9, PN 3.6)."""
    with door.doing(referral, by, "allocated"):
        referral = door.lock(referral)
        door.check_triages(by)
        if door.is_done(referral, submission):
            return referral
        door.check_open(referral)
        if referral.state == ReferralState.SUBMITTED:
            raise Refusal(
                f"The receipt of {referral.ref} has not been recorded yet. Record it first: the clocks of "
                "allocation and proceedings count from it (PN 3.6, 3.20)."
            )
        if referral.allocated_on:
            raise Refusal(
                f"{referral.ref} was allocated to {_name(referral.officer)} on "
                f"{weekday_date(referral.allocated_on)}. To change that, hand it on to another person."
            )
        _check_suits(officer, route)
        door.check_not_before(on, referral.received_on, f"{referral.ref} was received")
        return _pass_to(referral, officer, route, on=on, by=by, submission=submission)


def hand_on(referral, *, by, on, officer, submission=None):
    """To another person: by Cafcass Legal, or within the office by the manager it was passed to (PN 3.6)."""
    with door.doing(referral, by, "handed_on"):
        referral = door.lock(referral)
        _check_hands_on(by, referral, officer)
        if door.is_done(referral, submission):
            return referral
        door.check_open(referral)
        door.check_allocated(referral)
        if officer.pk == referral.officer_id:
            raise Refusal(f"{referral.ref} is already with {officer.name}.", field="officer")
        route = Route.HIGH_COURT_TEAM if officer.role in OF_THE_TEAM else Route.LOCAL_MANAGER
        _check_suits(officer, route)
        latest = door.told(referral, Happening.REFERRAL_ALLOCATED).last()
        door.check_not_before(on, latest.on, "the last allocation")
        return _pass_to(referral, officer, route, on=on, by=by, submission=submission)


def may_hand_on(by, referral):
    """Cafcass Legal, and the manager of the office that has it."""
    manages = by.role == PersonRole.CAFCASS_SERVICE_MANAGER and by.organisation_id == referral.office_id
    return access.may_triage(by) or (by.is_active and manages)


def officers(route):
    """Whom a referral may go to by this route."""
    people = User.objects.filter(is_active=True).select_related("organisation")
    if route == Route.LOCAL_MANAGER:
        return people.filter(role__in=LOCAL, organisation__kind=OrganisationKind.CAFCASS_OFFICE)
    return people.filter(role__in=OF_THE_TEAM, organisation__kind=OrganisationKind.CAFCASS_LEGAL)


def involved_before(referral):
    """Those who were these children's guardian: the practice note's first choice (PN 3.6)."""
    return officers(Route.LOCAL_MANAGER).filter(
        appointments__role=PersonRole.GUARDIAN, appointments__child__in=referral.children.all()
    ).distinct()  # fmt: skip


def _check_suits(officer, route):
    if not officers(route).filter(pk=officer.pk).exists():
        raise Refusal(
            f"{officer.name} cannot be allocated by that route. A local manager or guardian takes it at a Cafcass "
            "office; the High Court Team’s own people take it there (PN 3.6).",
            field="officer",
        )


def _check_hands_on(by, referral, officer):
    if not may_hand_on(by, referral):
        raise NotYours(
            "A referral is handed on by Cafcass Legal, or by the manager of the Cafcass office that has it (PN 3.6)."
        )
    if not access.may_triage(by) and officer.organisation_id != by.organisation_id:
        raise Refusal(
            f"{officer.name} is not in your office. Cafcass Legal can pass the referral to another office (PN 3.6).",
            field="officer",
        )


def _pass_to(referral, officer, route, *, on, by, submission):
    event = door.tell(
        referral, Happening.REFERRAL_ALLOCATED, on=on, by=by, details={"to": str(route)}, submission=submission,
        particulars={"person": officer.pk, "name": officer.name, "office": officer.organisation_id},
    )  # fmt: skip
    referral = door.again(referral)
    telling.the_officer(referral, event)
    telling.the_iro(referral, event)
    return referral


def _name(person):
    return person.name if person else "an officer who is not on this system"
