"""Whose a deadline is, read off the appointments: the child's IRO, the team, the guardian of the case."""

from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from accounts.roles import PersonRole
from cases.models import Appointment

HELD = Appointment.objects.filter(until_on=None)


def iro(today=None):
    """The child's own IRO; of a duty owed for a whole case, the eldest child's."""
    return _holder(PersonRole.IRO)


def team(today=None):
    """By its team manager: the one appointed, else the manager of the social worker."""
    return Coalesce(_holder(PersonRole.TEAM_MANAGER), _holder(PersonRole.SOCIAL_WORKER, "person__manager"))


def guardian(today=None):
    """The guardian of the case, the last one where there is none any more."""
    of_case = Appointment.objects.filter(case=OuterRef("case"), role=PersonRole.GUARDIAN)
    return Subquery(of_case.order_by(F("until_on").desc(nulls_first=True), "-pk").values("person")[:1])


def office(today=None):
    return Coalesce("case__cafcass_office", "agreement__cafcass_office")


def _holder(role, value="person"):
    held = HELD.filter(role=role, case=None)
    own = held.filter(child=OuterRef("child")).order_by("pk").values(value)[:1]
    in_the_case = Q(child__memberships__case=OuterRef("case"), child__memberships__left_on=None)
    eldest = held.filter(in_the_case).order_by("child__born", "child", "pk").values(value)[:1]
    return Case(When(child__isnull=False, then=Subquery(own)), default=Subquery(eldest))
