"""Who is appointed for a child, with the statutory check on who may be an IRO."""

from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.roles import PersonRole
from cases import access, witness
from cases.actions import record
from cases.dates import weekday_date
from cases.models import Appointment, Case, Child, Event
from cases.models.event import APPOINTMENT_MADE
from cases.refusal import NotYours, Refusal
from protocol.happenings import Happening

# Appointing these is itself a happening of the Protocol, with duties hanging on it.
HAPPENINGS = {
    PersonRole.IRO: Happening.IRO_ALLOCATED,
    PersonRole.GUARDIAN: Happening.GUARDIAN_ALLOCATED,
}
CASEWORK = (PersonRole.SOCIAL_WORKER, PersonRole.TEAM_MANAGER)
# What a person appointing an IRO is asked to rule out (CPPCR 2010 reg 46).
CONFLICTS = {
    "prepared_plan": "prepared the child’s care plan or manages the case",
    "visits": "visits the child as the authority’s representative",
    "adviser": "is the child’s personal adviser",
    "line_manager": "is the line manager of one of these",
    "resources": "controls resources for the case",
}


def appoint(
    person, role, *, children, on, by, case=None, conflicts=(), on_behalf_of=None, how_known="",
    submission=None, seen_version=None,
):  # fmt: skip
    """Appoint a person for children from a day, in place of whoever held the role.

    Records the event that duties hang on. Raises `Refusal` for a person of another role or organisation and,
    for an IRO, for a conflict of interest (CPPCR 2010 reg 46).
    """
    _check_may(by, role, case or children[0])
    _check_person(person, role, children, case)
    if role == PersonRole.IRO:
        _check_conflicts(person, children, conflicts)
    with transaction.atomic(), audit.act(by, f"appointed.{PersonRole(role).value}") as act:
        _lock(children)
        if submission and (already := list(Event.objects.filter(submission=submission))):
            return already
        _replace(person, role, children, on, case)
        act.touched(("person", person.pk), *witness.children(children))
        return _say_so(
            person, role, children, on=on, by=by, case=case, on_behalf_of=on_behalf_of, how_known=how_known,
            submission=submission, seen_version=seen_version,
        )  # fmt: skip


def _check_may(by, role, subject):
    if by is not None and not access.may_appoint_to(role, by, subject):
        raise NotYours(
            "The authority’s people are appointed by its IRO service, LA legal or a team manager, "
            "guardians by Cafcass’s managers."
        )


def _lock(children):
    """Cases first, then children, as `record` locks them: a button pressed twice appoints once."""
    cases = Case.objects.filter(members__child__in=children).order_by("pk")
    list(cases.select_for_update(of=("self",)))
    list(Child.objects.filter(pk__in=[child.pk for child in children]).order_by("pk").select_for_update())


def _check_person(person, role, children, case):
    if person.role != role and not (role == PersonRole.IRO and person.role == PersonRole.VOLUNTARY_IRO):
        raise Refusal(
            f"{person.name}’s role is {person.get_role_display()}, not {PersonRole(role).label}.",
            field="person",
        )
    home = case.cafcass_office_id if role == PersonRole.GUARDIAN else children[0].authority_id
    if person.organisation_id != home and person.role != PersonRole.VOLUNTARY_IRO:
        raise Refusal(f"{person.name} works for {person.organisation}, another organisation.", field="person")


def _check_conflicts(person, children, conflicts):
    if conflicts:
        said = "; ".join(CONFLICTS[conflict] for conflict in conflicts)
        raise Refusal(
            f"{person.name} cannot be the IRO: {person.name} {said}. "
            "Choose somebody independent of the case (Care Planning Regulations 2010, reg 46).",
            field="conflicts",
        )
    check_independent(person, children)


def check_independent(person, children, *, field="person"):
    """Refuse as IRO, appointed or standing in, whoever has worked on the case or reviews a parent or baby (reg 46)."""
    held = Appointment.objects.filter(
        Q(person=person) | Q(person__manager=person), child__in=children, role__in=CASEWORK
    ).select_related("child", "person").first()  # fmt: skip
    if held:
        raise Refusal(
            f"{person.name} cannot be the IRO for {held.child.name}: "
            f"{_casework(person, held)} (Care Planning Regulations 2010, reg 46). Choose somebody independent.",
            field=field,
        )
    _check_parents(person, children, field)


def _casework(person, held):
    if held.person == person:
        return f"they have been the child’s {held.get_role_display().lower()}"
    return f"they manage {held.person.name}, who has been the child’s {held.get_role_display().lower()}"


def _check_parents(person, children, field):
    """A looked-after parent and their child have different IROs."""
    ids = [child.pk for child in children]
    family = Child.objects.filter(Q(babies__in=ids) | Q(parent__in=ids))
    held = Appointment.objects.filter(child__in=family, role=PersonRole.IRO, person=person, until_on=None)
    if held.exists() or family.filter(pk__in=ids).exists():
        raise Refusal(
            f"{person.name} is the IRO of this child’s parent or child. A looked-after parent and their child "
            "have different IROs (Care Planning Regulations 2010, reg 46).",
            field=field,
        )


def _replace(person, role, children, on, case):
    owner = case if role == PersonRole.GUARDIAN else None
    held = Appointment.objects.select_for_update().filter(
        child__in=children, role=role, until_on=None, case=owner
    )
    for appointment in held:
        if appointment.from_on > on:
            raise Refusal(
                f"{appointment.person.name} has held this role only since {weekday_date(appointment.from_on)}; "
                "the new appointment cannot begin before that.",
                field="on",
            )
    held.update(until_on=on)
    Appointment.objects.bulk_create(
        Appointment(
            authority_id=child.authority_id, child=child, case=owner, role=role, person=person, from_on=on
        )
        for child in children
    )


def _say_so(person, role, children, *, case, on, by, **how):
    happening = HAPPENINGS.get(role, APPOINTMENT_MADE)
    particulars = {"person": person.pk, "name": person.name, "role": str(role)}
    if case is not None:
        return record(case, happening, on=on, by=by, children=children, particulars=particulars, **how)
    return [
        event
        for subject, members in _open_cases(children)
        for event in record(
            subject, happening if members else APPOINTMENT_MADE, on=on, by=by, children=members,
            particulars=particulars, **how,
        )
    ]  # fmt: skip


def _open_cases(children):
    """Each open case of the children with those of them in it; a child with no case stands for itself."""
    cases = Case.objects.filter(
        members__child__in=children, members__left_on=None
    ).exclude(stage="closed").distinct()  # fmt: skip
    found = [(case, [child for child in children if _is_in(case, child)]) for case in cases]
    placed = {child for _, members in found for child in members}
    return found + [(child, []) for child in children if child not in placed]


def _is_in(case, child):
    return case.members.filter(child=child, left_on=None).exists()
