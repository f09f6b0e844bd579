"""Who may open which answer. One page: default deny.

Whatever an answer counts or lists is read through the rooms it comes from (`visible_to`); here stands only whose
question it is to answer.
"""

from django.db import models

from accounts.roles import OrganisationKind, PersonRole

P = PersonRole
IRO_MANAGEMENT = {P.IRO_MANAGER, P.IRO_BUSINESS_SUPPORT}
LEADERS = {P.HEAD_OF_SERVICE, P.DIRECTOR, P.CHIEF_EXECUTIVE}
# A request reaches LA legal as often as the IRO service; Cafcass Legal answers those that reach Cafcass.
ANSWERS_FOI = IRO_MANAGEMENT | LEADERS | {P.LA_LEGAL, P.CAFCASS_LEGAL}

# Whoever answers for the IRO service, and those above it.
MAKES_RETURN = IRO_MANAGEMENT | {P.HEAD_OF_SERVICE, P.DIRECTOR}
KEEPS_DATA_RIGHT = IRO_MANAGEMENT | {P.SERVICE_MANAGER, P.HEAD_OF_SERVICE, P.LA_LEGAL}
# Whoever answers for a service sees how it keeps the Protocol, over the deadlines they may see anyway.
SEES_CONFORMANCE = IRO_MANAGEMENT | LEADERS | {P.SERVICE_MANAGER, P.LA_LEGAL, P.CAFCASS_SERVICE_MANAGER}
READS_ANNUAL = IRO_MANAGEMENT | LEADERS | {P.SERVICE_MANAGER, P.IRO}
MAKES_PACKS = {P.IRO_MANAGER, P.HEAD_OF_SERVICE, P.DIRECTOR}
TAKES_A_CASE = {P.IRO_MANAGER, P.HEAD_OF_SERVICE, P.DIRECTOR, P.LA_LEGAL}


class FoiQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Requests to one's own organisation."""
        return self.filter(organisation=user.organisation_id) if may_answer_foi(user) else self.none()


class AnnualQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one’s own authority."""
        return self.filter(authority=user.organisation_id) if may_read_annual(user) else self.none()


def may_answer_foi(user):
    return user.is_active and user.role in ANSWERS_FOI


def is_of_an_authority(user):
    return user.organisation.kind == OrganisationKind.AUTHORITY


def may_make_return(user):
    return user.is_active and user.role in MAKES_RETURN


def may_open_quality(user):
    return user.is_active and user.role in KEEPS_DATA_RIGHT


def may_name_owners(user):
    return user.is_active and user.role == P.IRO_MANAGER


def may_export(user):
    """Everybody who has lists, of what they may see."""
    return user.is_active and user.role != P.ADMINISTRATOR


def may_have_a_feed(user):
    return may_export(user)


def may_take_a_case(user):
    """A whole case leaves the service only by those who answer for it."""
    return user.is_active and user.role in TAKES_A_CASE


def may_open_conformance(user):
    return user.is_active and user.role in SEES_CONFORMANCE


def may_read_annual(user):
    return user.is_active and user.role in READS_ANNUAL


def may_write_annual(user):
    return user.is_active and user.role in IRO_MANAGEMENT


def may_sign_annual(user):
    """The IRO manager answers for what it says (IRO Handbook 7.11)."""
    return user.is_active and user.role == P.IRO_MANAGER


def may_make_pack(user):
    return user.is_active and user.role in MAKES_PACKS
