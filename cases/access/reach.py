"""Who reaches which case. Relation to it decides: appointed to it, manager or cover of whoever is, or answering for
the service that owns it; and where it is restricted, the list of names alone. Default deny.

It is asked with every query of every page and so written in SQL (`statements`): to build the same question from
querysets took many times longer than to answer it.
"""

import re

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from cases.access import statements
from cases.access.roles import colleagues_of

NAME = re.compile(r":(\w+)")


def _all(model):
    return apps.get_model("cases", model).objects.order_by()


def _subquery(sql, user):
    """A statement as the right side of `__in`, asked for this person today."""
    known = {
        "person": user.pk,
        "home": user.organisation_id,
        "today": timezone.localdate().isoformat(),
        "now": connection.ops.adapt_datetimefield_value(timezone.now()),
    }
    return RawSQL(NAME.sub("%s", sql), [known[name] for name in NAME.findall(sql)])  # noqa: S611 constants, by role


def _by_role(statement, user, **how):
    sql = statement(user.role, **how) if user.is_active else None
    return None if sql is None else _subquery(sql, user)


# --- Cases and children -----------------------------------------------------------------------------------------


def cases_of(user):
    """The keys of the cases a person may open, as a subquery; None where a role opens no case."""
    return _by_role(statements.cases, user)


def visible_cases(user):
    return _all("Case").visible_to(user).values("pk")


def reached_by_role(user):
    """What a person would reach if no case were restricted; None where a role opens no case."""
    return _by_role(statements.by_role, user)


def children_of(user, child="pk"):
    """The children of those cases, and the looked-after children a person holds without a case.

    A condition on the column that holds the child; None where a role opens no child's record.
    """
    children = _by_role(statements.children, user, walled=settings.DATABASE_WALLS)
    return None if children is None else Q(**{f"{child}__in": children})


# --- Appointments and cover -------------------------------------------------------------------------------------


def held(user):
    """The appointments by which a person reaches a child: their own, and of those they manage or cover for."""
    return _all("Appointment").filter(pk__in=_subquery(statements.held(user.role), user))


def covers_of(user):
    """Whom a person stands in for today: colleagues of the same agency and side, whatever was arranged before."""
    return _all("Cover").in_force(timezone.localdate()).filter(
        covering=user, absent__organisation=user.organisation_id, absent__role__in=colleagues_of(user.role)
    )  # fmt: skip


def stands_for(user, person_id, case_id):
    """Whether what is a person's on a case is for the user to do: it is their own, or they cover for them there."""
    if person_id is None or user.pk == person_id:
        return person_id is not None
    chosen = Q(is_for_everything=True) | Q(cases=case_id)
    return covers_of(user).filter(chosen, absent=person_id).exists()


def own_or_covered(user, person, case):
    """A condition on columns: the `person` is the user, or one whom the user covers for on that `case`."""
    covers = covers_of(user)
    everything = covers.filter(is_for_everything=True).values("absent")
    chosen = covers.filter(is_for_everything=False, absent=OuterRef(person), cases=OuterRef(case))
    return Q(**{person: user.pk}) | Q(**{f"{person}__in": everything}) | Q(Exists(chosen))


# --- What is shut -----------------------------------------------------------------------------------------------


def shut_to(user):
    """The restricted cases whose list does not name this person, and which no emergency has opened to them."""
    return _subquery(statements.SHUT, user)


def shut_children(user):
    """Who is in one of them now: the child's own record goes with the case."""
    return _subquery(statements.shut_children(walled=settings.DATABASE_WALLS), user)


def is_shut_to(user, *, case=None, child=None):
    """Whether a restriction keeps the person out of a case, or of the record of a child who is in one."""
    if case is not None:
        return _all("Case").filter(pk=case).filter(pk__in=shut_to(user)).exists()
    return child is not None and _all("Child").filter(pk=child).filter(pk__in=shut_children(user)).exists()


def not_shut_out(people, children):
    """Of some people, those whom no restriction keeps out of a case these children are in."""
    return _on_each_list(people, Q(case__members__child__in=children, case__members__left_on=None))


def told_of(people, deadline):
    """Of some people, those who may hear of a deadline: no restriction of its case, or of its child's, leaves them out.

    As `cases.nudges` tells: an emergency opens a case and makes nobody one of its people.
    """
    if deadline.case_id is None:
        return not_shut_out(people, [deadline.child_id])
    return _on_each_list(people, Q(case=deadline.case_id))


def _on_each_list(people, restricted):
    """Who stands on the list of every such restriction."""
    for restriction in _all("Restriction").filter(restricted, lifted_at=None).distinct():
        named = restriction.readers.filter(removed_at=None).values("person")
        people = people.filter(pk__in=named)
    return people
