"""Where a child lives: a restricted field. Whoever may open the record reads of it what its audience allows."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.roles import PersonRole
from cases.access.deeds import may_record
from cases.access.reach import children_of, held
from cases.access.roles import IRO_SIDE, SOCIAL_WORK, WHOLE_AUTHORITY
from protocol.vocabulary import Role


class WhereaboutsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Where the children live whose record a person may open, as far as its audience includes them."""
        children = children_of(user, "child")
        if children is None:
            return self.none()
        return self.standing().filter(children).filter(_audience(user))

    def standing(self):
        """Rows nobody has corrected."""
        return self.filter(correction=None)

    def confidential(self):
        """Meant for fewer people than may open the child's record, now or once."""
        return self.standing().exclude(audience="everybody")


def _audience(user):
    """What a person may read of where a child lives; where people are named, the names decide."""
    read = Q(audience="everybody") | Q(audience="named", pk__in=_naming(user))
    if user.role in IRO_SIDE | SOCIAL_WORK:
        read |= Q(audience="iro_and_social_work")
    if user.role in WHOLE_AUTHORITY | IRO_SIDE | SOCIAL_WORK:
        return read | Q(audience="authority_and_guardian")
    guarded = held(user).filter(role=PersonRole.GUARDIAN).values("child")
    return read | Q(audience="authority_and_guardian", child__in=guarded)


def _naming(user):
    named = apps.get_model("cases", "Whereabouts").named.through.objects
    return named.filter(user=user).values("whereabouts")


def may_record_whereabouts(user, child):
    """The authority's people say where its child lives; those who challenge them read it."""
    ours = user.organisation_id == child.authority_id
    return user.is_active and ours and may_record(user, child, {Role.LOCAL_AUTHORITY, Role.IRO_SERVICE})
