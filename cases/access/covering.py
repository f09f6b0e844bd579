"""Cover for absence: who arranges it, for whom, and by whom."""

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import PersonRole
from cases.access.roles import CAFCASS, IRO_SIDE, LEGAL_SIDE, SOCIAL_WORK, colleagues_of

# Whose absence each of these arranges for; a team manager's are the people they manage, and themselves.
ARRANGES_FOR = {
    PersonRole.IRO_MANAGER: IRO_SIDE,
    PersonRole.IRO_BUSINESS_SUPPORT: IRO_SIDE,
    PersonRole.TEAM_MANAGER: SOCIAL_WORK,
    PersonRole.SERVICE_MANAGER: SOCIAL_WORK | {PersonRole.SERVICE_MANAGER},
    PersonRole.HEAD_OF_SERVICE: SOCIAL_WORK | {PersonRole.SERVICE_MANAGER, PersonRole.HEAD_OF_SERVICE},
    PersonRole.LA_LEGAL: {PersonRole.LA_LEGAL},
    PersonRole.CAFCASS_SERVICE_MANAGER: CAFCASS,
    PersonRole.CAFCASS_LEGAL: LEGAL_SIDE,
}


class CoverQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(ended_at=None, from_on__lte=day, until_on__gte=day)

    def visible_to(self, user):
        """The cover a person arranges: that of the people whose absence is theirs to arrange for."""
        return self.filter(organisation=user.organisation_id, absent__in=arranges_for(user))


def may_arrange_cover(user):
    return user.is_active and user.role in ARRANGES_FOR


def arranges_for(user):
    """The people whose absence this person arranges cover for."""
    people = apps.get_model("accounts", "User").objects
    if not may_arrange_cover(user):
        return people.none()
    theirs = people.filter(organisation=user.organisation_id, role__in=ARRANGES_FOR[user.role])
    if user.role == PersonRole.TEAM_MANAGER:
        theirs = theirs.filter(Q(manager=user) | Q(pk=user.pk))
    return theirs


def standing_in(owner, deadline):
    """Who covers today for whoever owes a deadline: on its case, or on all they hold."""
    chosen = Q(is_for_everything=True) | Q(cases=deadline.case_id or 0)
    if deadline.case_id is None:
        chosen |= Q(cases__members__child=deadline.child_id, cases__members__left_on=None)
    covers = apps.get_model("cases", "Cover").objects.in_force(timezone.localdate())
    return may_cover_for(owner).filter(pk__in=covers.filter(chosen, absent=owner).values("covering"))


def may_cover_for(absent):
    """Colleagues of the same agency and the same side: cover lifts no wall."""
    people = apps.get_model("accounts", "User").objects.filter(is_active=True)
    colleagues = people.filter(organisation=absent.organisation_id, role__in=colleagues_of(absent.role))
    return colleagues.exclude(pk=absent.pk)
