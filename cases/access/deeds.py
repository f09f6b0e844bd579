"""Who may do what on a case they may open, and who may add and change what stands beside it."""

from django.apps import apps
from django.db.models import Q

from accounts.roles import ANSWERS_FOR, PersonRole
from cases.access.roles import (
    ACTS_FOR,
    BY_APPOINTMENT,
    CAFCASS,
    CAFCASS_SIDE,
    CHALLENGES,
    IRO_ROLES,
    IRO_SERVICE,
    IRO_SIDE,
    WHOLE_AUTHORITY,
    WHOLE_OFFICE,
)
from protocol.duties import CATALOGUE
from protocol.vocabulary import Part, Role


def may_open_a_case(user):
    return user.is_active and user.role in WHOLE_AUTHORITY | {PersonRole.IRO, PersonRole.SOCIAL_WORKER}


def may_appoint(user):
    return user.is_active and user.role in IRO_SERVICE | WHOLE_OFFICE | {
        PersonRole.LA_LEGAL,
        PersonRole.TEAM_MANAGER,
    }


def may_appoint_to(role, user, subject):
    """Each side appoints its own people, and the other's only where that agency is not on the system.

    An IRO is allocated by the IRO service alone: those whom the IRO challenges do not choose who it is.
    """
    side = {PersonRole.GUARDIAN: Role.CAFCASS, PersonRole.IRO: Role.IRO_SERVICE}.get(
        role, Role.LOCAL_AUTHORITY
    )
    return may_appoint(user) and may_record(user, subject, {side})


def is_cafcass(user):
    return user.role in CAFCASS


def is_there_for_a_referral(user, subject):
    """An officer of another Cafcass office, and that office, see a case for its referral and for nothing else."""
    case_office = getattr(subject, "cafcass_office_id", user.organisation_id)
    return is_cafcass(user) and user.organisation_id != case_office


def may_record(user, subject, done_by):
    """Whether this person may record a fact that `done_by` roles do, on a case or of a child's care.

    Their own side's facts always; the other side's only on behalf of an agency that is not on the system. An officer
    of another office records what is done on the referral, never what the case's own office does.
    """
    if is_there_for_a_referral(user, subject) and Role.CAFCASS_LEGAL not in done_by:
        return False
    if (ANSWERS_FOR[user.role] | _side(user) | ACTS_FOR.get(user.role, set())) & set(done_by):
        return True
    return bool(agencies_off_system(subject, done_by, user))


def may_act_on(user, owed):
    """Whether what is owed on a referral is this person's to do: the others at Cafcass may only see it.

    The officer does it, the manager of the office it is with, and Cafcass Legal (PN 3.6, 3.14).
    """
    if user.role not in CAFCASS | {PersonRole.HIGH_COURT_TEAM_OFFICER} or owed["owed_by"] == Role.IRO:
        return True
    if CATALOGUE[owed["duty"]].part is not Part.REFERRAL:
        return True
    manages = user.role == PersonRole.CAFCASS_SERVICE_MANAGER and user.organisation_id == owed["owing_id"]
    return user.pk == owed["owner_id"] or manages


def may_correct(user, subject, specification, *, is_own):
    """Whether this person may strike a fact out, or give it another day.

    A dispute's or a referral's is corrected by whoever recorded it, else by the side whose fact it is: the IRO and
    the IRO manager, or for Cafcass' own the lawyers and whoever has the referral. A manager strikes no challenge out.
    """
    done_by = set(specification.done_by)
    if not may_record(user, subject, done_by):
        return False
    if is_own or specification.group not in CHALLENGES:
        return True
    if done_by & (CAFCASS_SIDE | {Role.CAFCASS_LEGAL}):
        return _has_referral(user, subject) or bool(agencies_off_system(subject, done_by, user))
    return user.role in CLOSE_MATTERS


def _has_referral(user, case):
    if user.role == PersonRole.CAFCASS_LEGAL:
        return True
    officers = case.appointments.filter(role="referral_officer", until_on=None)
    manages = user.role == PersonRole.CAFCASS_SERVICE_MANAGER
    theirs = Q(person=user) | (Q(person__organisation=user.organisation_id) if manages else Q(pk__in=[]))
    return officers.filter(theirs).exists()


def _side(user):
    """Colleagues keep one chronology: Cafcass's people record its facts, an authority's people the authority's."""
    if is_cafcass(user):
        return CAFCASS_SIDE
    if user.role in IRO_SIDE:
        return set(Role) - CAFCASS_SIDE - {Role.CAFCASS_LEGAL}
    if user.role in WHOLE_AUTHORITY | BY_APPOINTMENT:
        return set(Role) - CAFCASS_SIDE - IRO_ROLES - {Role.CAFCASS_LEGAL}
    return set()


def agencies_off_system(subject, done_by, user):
    """The agencies of a case, or of a child's care, whose facts this person may record for them.

    What Cafcass does on a referral is recorded for it by the IRO's side alone, never by those it is about.
    """
    done_by, sides = set(done_by), []
    if Role.CAFCASS_LEGAL in done_by and user.role not in IRO_SIDE:
        return []
    if is_cafcass(user):
        authoritys = done_by - CAFCASS_SIDE - {Role.CAFCASS_LEGAL}
        sides = [(getattr(subject, "authority", None), authoritys)]
    elif _side(user):
        sides = [(getattr(subject, "cafcass_office", None), done_by & CAFCASS_SIDE)]
        if Role.CAFCASS_LEGAL in done_by:
            sides.append((_cafcass_legal(), done_by & {Role.CAFCASS_LEGAL}))
    return [agency for agency, theirs in sides if agency and theirs and not agency.is_on_system]


def _cafcass_legal():
    return apps.get_model("accounts", "Organisation").objects.filter(kind="cafcass_legal").first()


# A social worker or team manager who adds a child holds the child from then on; an IRO is allocated, and adds nobody.
ADD_CHILDREN = WHOLE_AUTHORITY | {PersonRole.SOCIAL_WORKER, PersonRole.TEAM_MANAGER}
SEE_WHO_LOOKED = {PersonRole.IRO_MANAGER}
CLOSE_MATTERS = {PersonRole.IRO, PersonRole.VOLUNTARY_IRO, PersonRole.IRO_MANAGER}
SIGN_AGREEMENTS = {
    PersonRole.IRO_MANAGER,
    PersonRole.SERVICE_MANAGER,
    PersonRole.HEAD_OF_SERVICE,
    PersonRole.DIRECTOR,
    PersonRole.CAFCASS_SERVICE_MANAGER,
}


def may_add_children(user):
    return user.is_active and user.role in ADD_CHILDREN


def may_see_who_looked(user):
    """Who was shown a child's record is the IRO manager's to ask, for a child of their own authority."""
    return user.is_active and user.role in SEE_WHO_LOOKED


def may_close_matters(user):
    """What a guardian handed over is the IRO's to close, once the guardian has gone (END-11)."""
    return user.is_active and user.role in CLOSE_MATTERS


def may_sign_agreements(user):
    """Senior people of the IRO service and of Cafcass sign and review the local protocol (GOV-1, GOV-2)."""
    return user.is_active and user.role in SIGN_AGREEMENTS
