"""Restricted cases and emergencies: who keeps a list, who may be on it, and to whom an emergency may open a case."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.roles import OrganisationKind, PersonRole
from cases.access.reach import cases_of, reached_by_role
from cases.access.roles import BY_APPOINTMENT, CAFCASS, IRO_SIDE, WHOLE_AUTHORITY


class RestrictionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(lifted_at=None)

    def kept_by(self, user):
        """An IRO manager keeps the list of what they restricted themselves, and every list they are on.

        Whoever restricted a case sees that it is restricted, though the list may not name them. An emergency gives
        nobody the list, unless all who kept it have gone: then it is kept by a manager who has the case open.
        """
        if not may_restrict(user):
            return self.none()
        ours = self.standing().filter(authority=user.organisation_id)
        managers = apps.get_model("accounts", "User").objects.filter(
            organisation=user.organisation_id, role=PersonRole.IRO_MANAGER, is_active=True
        )
        return ours.filter(
            _kept_among([user.pk]) | (~_kept_among(managers.values("pk")) & Q(case__in=cases_of(user)))
        )


def _kept_among(people):
    """A restriction that one of these people placed, or whose list one of them is on."""
    listed = apps.get_model("cases", "NamedReader").objects.filter(person__in=people, removed_at=None)
    return Q(placed_by__in=people) | Q(pk__in=listed.values("restriction"))


def may_restrict(user):
    """Restricting a case is the IRO manager's: the service that reviews it decides with whom it stays."""
    return user.is_active and user.role == PersonRole.IRO_MANAGER


def may_be_named(case):
    """The people whose agencies have a part in the case: a list of names carries nobody across a wall."""
    people = apps.get_model("accounts", "User").objects.filter(is_active=True)
    agencies = Q(organisation=case.authority_id) | Q(organisation=case.cafcass_office_id)
    appointed = Q(appointments__case=case.pk) | Q(
        appointments__case=None, appointments__child__memberships__case=case.pk
    )
    part = agencies | (appointed & Q(appointments__until_on=None))
    if case.events.standing().filter(happening="referral_submitted").exists():
        part |= Q(organisation__kind=OrganisationKind.CAFCASS_LEGAL)
    return people.filter(part).exclude(role=PersonRole.ADMINISTRATOR).distinct()


def is_of_iro_service(person):
    return person.role in IRO_SIDE


def openable_in_emergency(user):
    """What a person of the same side could reach by role were it not restricted, and the cases of colleagues."""
    cases = apps.get_model("cases", "Case").objects
    by_role = reached_by_role(user)
    if by_role is None:
        return cases.none()
    openable = Q(pk__in=by_role)
    if user.role in CAFCASS:
        openable |= Q(cafcass_office=user.organisation_id)
    elif user.role in WHOLE_AUTHORITY | BY_APPOINTMENT:
        openable |= Q(authority=user.organisation_id)
    return cases.filter(openable)
