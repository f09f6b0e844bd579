"""Who may see and do what. One page: every query of this room passes through `visible_to`.

Relation to the case decides: appointed to it, or answering for the service that owns it. Default deny.
"""

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.roles import ANSWERS_FOR, PersonRole
from protocol.duties import CATALOGUE
from protocol.happenings import SPECIFICATIONS, Happening
from protocol.vocabulary import Part, Role

# These see their whole authority's cases; IROs, social workers and team managers see those they hold.
WHOLE_AUTHORITY = {
    PersonRole.IRO_MANAGER,
    PersonRole.IRO_BUSINESS_SUPPORT,
    PersonRole.SERVICE_MANAGER,
    PersonRole.HEAD_OF_SERVICE,
    PersonRole.DIRECTOR,
    PersonRole.CHIEF_EXECUTIVE,
    PersonRole.LA_LEGAL,
}
WHOLE_OFFICE = {PersonRole.CAFCASS_SERVICE_MANAGER, PersonRole.CAFCASS_BUSINESS_SUPPORT}
BY_APPOINTMENT = {
    PersonRole.IRO,
    PersonRole.VOLUNTARY_IRO,
    PersonRole.SOCIAL_WORKER,
    PersonRole.TEAM_MANAGER,
    PersonRole.GUARDIAN,
}
IRO_SERVICE = {PersonRole.IRO_MANAGER, PersonRole.IRO_BUSINESS_SUPPORT}
# What the IRO service does is its own: those whom an IRO challenges do not record it.
IRO_SIDE = IRO_SERVICE | {PersonRole.IRO, PersonRole.VOLUNTARY_IRO}
SOCIAL_WORK = {PersonRole.SOCIAL_WORKER, PersonRole.TEAM_MANAGER}
CAFCASS = {PersonRole.GUARDIAN, *WHOLE_OFFICE}
LEGAL_SIDE = {PersonRole.CAFCASS_LEGAL, PersonRole.HIGH_COURT_TEAM_OFFICER}
CAFCASS_SIDE = {Role.GUARDIAN, Role.CAFCASS}
# A team's officer records what is done on a referral; what Cafcass Legal owes, its lawyers answer for.
ACTS_FOR = {PersonRole.HIGH_COURT_TEAM_OFFICER: {Role.CAFCASS_LEGAL}}
IRO_ROLES = {Role.IRO, Role.IRO_SERVICE, Role.IRO_MANAGER}
# What is said here between an authority and those who challenge it is not corrected by the other side.
CHALLENGES = {Part.DISPUTES, Part.REFERRAL}


def _cases_of(user):
    """The keys of the cases a person may open, as a subquery; None where a role opens no case."""
    if not user.is_active:
        return None
    if user.role in WHOLE_AUTHORITY:
        return user.organisation.cases.values("pk")
    if user.role in WHOLE_OFFICE:
        return _of_office(user).values("pk")
    if user.role == PersonRole.CAFCASS_LEGAL:
        return _referred().values("case")
    if user.role in {PersonRole.GUARDIAN, PersonRole.HIGH_COURT_TEAM_OFFICER}:
        return _held(user).values("case")
    if user.role in BY_APPOINTMENT:
        in_it = _held(user).filter(child__memberships__left_on=None)
        return in_it.values("child__memberships__case")
    return None


def _children_of(user, child="pk"):
    """The children of those cases, and the looked-after children a person holds without a case.

    A condition on the column that holds the child; None where a role opens no child's record.
    """
    if not user.is_active:
        return None
    if user.role in WHOLE_AUTHORITY:
        return Q(**{f"{child}__in": user.organisation.children.values("pk")})
    if user.role in WHOLE_OFFICE:
        return Q(**{f"{child}__in": _of_office(user).values("children")})
    if user.role not in {*BY_APPOINTMENT, *LEGAL_SIDE}:
        return None
    members = apps.get_model("cases", "CaseChild").objects.filter(left_on=None, case__in=_cases_of(user))
    siblings = Q(**{f"{child}__in": members.order_by().values("child")})
    if user.role == PersonRole.GUARDIAN or user.role in LEGAL_SIDE:
        return siblings
    return siblings | Q(**{f"{child}__in": _held(user).values("child")})


def _of_office(user):
    """A Cafcass office's own cases, and those with a referral allocated to one of its people."""
    officers = apps.get_model("cases", "Appointment").objects.filter(
        role="referral_officer", until_on=None, person__organisation=user.organisation_id
    )
    cases = apps.get_model("cases", "Case").objects
    return cases.filter(
        Q(cafcass_office=user.organisation_id) | Q(pk__in=officers.order_by().values("case"))
    ).order_by()


def _referred():
    """Referred cases are Cafcass Legal's; a draft nobody has submitted is no fact yet."""
    events = apps.get_model("cases", "Event").objects.standing()
    return events.filter(happening=Happening.REFERRAL_SUBMITTED, case__isnull=False).order_by()


def _held(user):
    return user.appointments.filter(until_on=None).order_by()


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The cases this person may open; anyone else's answer as if they were not there."""
        cases = _cases_of(user)
        return self.none() if cases is None else self.filter(pk__in=cases)


class ChildQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Children of visible cases, and the looked-after children a person holds or answers for."""
        children = _children_of(user)
        return self.none() if children is None else self.filter(children)

    def without_an_open_case(self):
        """Children who could begin a case: none of theirs is still open."""
        return self.exclude(pk__in=self.model.cases.through.objects.in_open_cases().values("child"))


class DeadlineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Deadlines of visible cases and children, and of one's own agency's local agreements."""
        if user.is_active and user.role in WHOLE_AUTHORITY:
            return self.filter(authority=user.organisation_id)
        cases, children = _cases_of(user), _children_of(user, "child")
        if cases is None:
            return self.none()
        return self.filter(
            Q(case__in=cases) | (Q(case=None) & children) | Q(agreement__cafcass_office=user.organisation_id)
        )

    def owed_by_person(self, user):
        """What this person is to do: theirs by appointment, or their service's and nobody's by name."""
        mine = Q(owner=user)
        ours = Q(
            owner=None, owing=user.organisation_id, owed_by__in=[r.value for r in ANSWERS_FOR[user.role]]
        )
        return self.visible_to(user).filter(mine | ours)

    def of_case(self, case):
        """The case's deadlines, and the review clocks of the children in it."""
        children = case.members.filter(left_on=None).values("child")
        return self.filter(Q(case=case) | Q(case=None, child__in=children))

    def of_care(self, case):
        return self.filter(case=None, child__in=case.members.filter(left_on=None).values("child"))

    def owed_by_cafcass(self):
        return self.filter(owed_by__in=[*CAFCASS_SIDE, Role.CAFCASS_LEGAL])

    def owed_by_court(self):
        return self.filter(owed_by=Role.COURT)

    def owed_by_authority(self):
        return self.exclude(owed_by__in=[*CAFCASS_SIDE, Role.CAFCASS_LEGAL, Role.COURT])

    def still_open(self):
        return self.filter(state="open")

    def overdue(self, today):
        """The one meaning of overdue: open, and due before today."""
        return self.still_open().filter(due_on__lt=today)


class WhereaboutsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Where the children live whose record a person may open, as far as its audience includes them."""
        children = _children_of(user, "child")
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
    """What a person may read of where a child lives; a name on the list decides where there is one."""
    read = Q(audience="everybody") | Q(audience="named", pk__in=_naming(user))
    if user.role in IRO_SIDE | SOCIAL_WORK:
        read |= Q(audience="iro_and_social_work")
    if user.role in WHOLE_AUTHORITY | IRO_SIDE | SOCIAL_WORK:
        return read | Q(audience="authority_and_guardian")
    guarded = _held(user).filter(role=PersonRole.GUARDIAN).values("child")
    return read | Q(audience="authority_and_guardian", child__in=guarded)


def _naming(user):
    named = apps.get_model("cases", "Whereabouts").named.through.objects
    return named.filter(user=user).values("whereabouts")


class FileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of the documents of one's cases; the papers of a referral are `referrals.access`’s to show."""
        return self.filter(kept_with="case", case__in=_visible_cases(user))

    def held_for_decision_by(self, user):
        """What the IRO manager looks through: everything held on the cases they may open, a referral's papers too."""
        if not may_decide_on_files(user):
            return self.none()
        return self.standing().filter(
            state="held", authority=user.organisation_id, case__in=_visible_cases(user)
        )

    def standing(self):
        return self.filter(struck_at=None)

    def openable(self):
        """Looked at and found fit, or released by a person; nothing else is ever handed out."""
        return self.standing().filter(state="admitted")


def _visible_cases(user):
    return apps.get_model("cases", "Case").objects.visible_to(user).order_by().values("pk")


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
DECIDE_ON_FILES = {PersonRole.IRO_MANAGER}
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


def may_add_files(user, case):
    """A file of a court document is added, and struck out, by whoever may record that it was received (CMH-10)."""
    return user.is_active and may_record(user, case, SPECIFICATIONS[Happening.DOCUMENT_RECEIVED].done_by)


def may_decide_on_files(user):
    """What is held is the IRO manager's to release or refuse."""
    return user.is_active and user.role in DECIDE_ON_FILES


def may_close_matters(user):
    """What a guardian handed over is the IRO's to close, once the guardian has gone (END-11)."""
    return user.is_active and user.role in CLOSE_MATTERS


def may_sign_agreements(user):
    """Senior people of the IRO service and of Cafcass sign and review the local protocol (GOV-1, GOV-2)."""
    return user.is_active and user.role in SIGN_AGREEMENTS
