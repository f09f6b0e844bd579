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


class FoiQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Requests to one's own organisation."""
        return self.filter(organisation=user.organisation_id) if may_answer_foi(user) else self.none()


def may_answer_foi(user):
    return user.is_active and user.role in ANSWERS_FOI


def is_of_an_authority(user):
    return user.organisation.kind == OrganisationKind.AUTHORITY
