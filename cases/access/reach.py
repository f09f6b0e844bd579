"""Who reaches which case. Relation to it decides: appointed to it, manager or cover of whoever is, or answering for
the service that owns it; and where it is restricted, the list of names alone. Default deny.
"""

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.roles import PersonRole
from cases.access.roles import BY_APPOINTMENT, WHOLE_AUTHORITY, WHOLE_OFFICE, colleagues_of


def _all(model):
    return apps.get_model("cases", model).objects.order_by()


# --- Cases ------------------------------------------------------------------------------------------------------


def cases_of(user):
    """The keys of the cases a person may open, as a subquery; None where a role opens no case."""
    by_role = reached_by_role(user)
    if by_role is None:
        return None
    if user.role in WHOLE_AUTHORITY:  # those of the list, and of an emergency, are their authority's anyway
        return by_role.exclude(pk__in=shut_to(user)).values("pk")
    every = by_role.union(_named_for(user), _opened_in_an_emergency(user))
    return _all("Case").filter(pk__in=every).exclude(pk__in=shut_to(user)).values("pk")


def visible_cases(user):
    return _all("Case").visible_to(user).values("pk")


def reached_by_role(user):
    """What a person would reach if no case were restricted; None where a role opens no case."""
    if not user.is_active:
        return None
    if user.role in WHOLE_AUTHORITY:
        return user.organisation.cases.order_by().values("pk")
    if user.role in WHOLE_OFFICE:
        return _of_office(user).values("pk")
    if user.role == PersonRole.CAFCASS_LEGAL:
        return _referred().values("case")
    if user.role in {PersonRole.GUARDIAN, PersonRole.HIGH_COURT_TEAM_OFFICER}:
        return held(user).values("case").union(_covered_cases(user))
    if user.role in BY_APPOINTMENT:
        in_it = held(user).filter(child__memberships__left_on=None)
        return in_it.values("child__memberships__case").union(_covered_cases(user))
    return None


def _of_office(user):
    """A Cafcass office's own cases, and those with a referral allocated to one of its people."""
    officers = _all("Appointment").filter(
        role="referral_officer", until_on=None, person__organisation=user.organisation_id
    )
    return _all("Case").filter(Q(cafcass_office=user.organisation_id) | Q(pk__in=officers.values("case")))


def _referred():
    """Referred cases are Cafcass Legal's; a draft nobody has submitted is no fact yet."""
    events = apps.get_model("cases", "Event").objects.standing()
    return events.filter(happening="referral_submitted", case__isnull=False).order_by()


# --- Children ---------------------------------------------------------------------------------------------------


def children_of(user, child="pk"):
    """The children of those cases, and the looked-after children a person holds without a case.

    A condition on the column that holds the child; None where a role opens no child's record.
    """
    cases = cases_of(user)
    if cases is None:
        return None
    is_shut = Q(**{f"{child}__in": shut_children(user)})
    if user.role in WHOLE_AUTHORITY:
        return Q(**{f"{child}__in": user.organisation.children.values("pk")}) & ~is_shut
    members = _all("CaseChild").filter(case__in=cases)
    if user.role not in WHOLE_OFFICE:
        members = members.filter(left_on=None)
    theirs = Q(**{f"{child}__in": members.values("child")})
    if user.role in BY_APPOINTMENT - {PersonRole.GUARDIAN}:
        theirs |= Q(**{f"{child}__in": held(user).values("child")})
    return theirs & ~is_shut


# --- Appointments: one's own, of those one manages, of those one covers for -------------------------------------


def held(user):
    """The appointments by which a person reaches a child, cover for chosen cases aside (`_covered_cases`)."""
    current = _all("Appointment").filter(until_on=None)
    absent = covers_of(user).filter(is_for_everything=True).values("absent")
    parts = [current.filter(person__in=absent).values("pk")]
    if user.role == PersonRole.TEAM_MANAGER:
        team = current.filter(
            person__role=PersonRole.SOCIAL_WORKER, person__organisation=user.organisation_id
        )
        parts += [team.filter(person__manager=user).values("pk")]
        parts += [team.filter(person__manager__in=absent).values("pk")]
    return _all("Appointment").filter(pk__in=current.filter(person=user).values("pk").union(*parts))


def covers_of(user):
    """Whom a person stands in for today: colleagues of the same agency and side, whatever was arranged before."""
    return _all("Cover").in_force(timezone.localdate()).filter(
        covering=user, absent__organisation=user.organisation_id, absent__role__in=colleagues_of(user.role)
    )  # fmt: skip


def _covered_cases(user):
    """The chosen cases of a cover, for as long as whoever is away is appointed there."""
    appointed = Q(absent__appointments__case=F("cases")) | Q(
        absent__appointments__case=None,
        absent__appointments__child__memberships__case=F("cases"),
        absent__appointments__child__memberships__left_on=None,
    )
    chosen = covers_of(user).filter(is_for_everything=False)
    return chosen.filter(appointed, absent__appointments__until_on=None).values("cases")


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


# --- Restricted cases: the list decides; an emergency opens one for an hour -------------------------------------


def shut_to(user):
    """The restricted cases whose list does not name this person, and which no emergency has opened to them."""
    restrictions = _all("Restriction").filter(lifted_at=None)
    named = _on_a_list(user).values("restriction")
    return restrictions.exclude(pk__in=named).exclude(case__in=_opened_in_an_emergency(user)).values("case")


def shut_children(user):
    """Who is in one of them now: the child's own record goes with the case."""
    return _all("CaseChild").filter(left_on=None, case__in=shut_to(user)).values("child")


def is_shut_to(user, *, case=None, child=None):
    """Whether a restriction keeps the person out of a case, or of the record of a child who is in one."""
    if case is not None:
        return shut_to(user).filter(case=case).exists()
    return child is not None and shut_children(user).filter(child=child).exists()


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


def _on_a_list(user):
    return _all("NamedReader").filter(person=user, removed_at=None, restriction__lifted_at=None)


def _named_for(user):
    return _on_a_list(user).values("restriction__case")


def _opened_in_an_emergency(user):
    return _all("EmergencyAccess").filter(person=user, ends_at__gt=timezone.now()).values("case")
