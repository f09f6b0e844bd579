"""Who may see and do what with disputes, the advice line and referrals. One page: default deny.

Every query of this room passes through `visible_to(user)`; what is not yours answers as if it were not there.
"""

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.roles import OrganisationKind, PersonRole
from cases import access as cases
from cases.access import IRO_SIDE

IROS = {PersonRole.IRO, PersonRole.VOLUNTARY_IRO}
MANAGERS = {
    PersonRole.TEAM_MANAGER,
    PersonRole.SERVICE_MANAGER,
    PersonRole.HEAD_OF_SERVICE,
    PersonRole.DIRECTOR,
    PersonRole.CHIEF_EXECUTIVE,
}
CAFCASS_MANAGERS = {PersonRole.CAFCASS_SERVICE_MANAGER, PersonRole.CAFCASS_BUSINESS_SUPPORT}


def _cases(user):
    return apps.get_model("cases", "Case").objects.visible_to(user).values("pk")


def is_cafcass_legal(user):
    return user.is_active and user.role == PersonRole.CAFCASS_LEGAL


# --- Disputes ---------------------------------------------------------------------------------------------------


class DisputeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Disputes of one's cases: the guardian asks whether any was triggered (PN 2.1d)."""
        return self.filter(case__in=_cases(user))


RAISE = IROS | {PersonRole.IRO_MANAGER}


def may_raise(user, subject):
    """On a case, a child or a dispute: the IRO service of the authority, and nobody whom it challenges.

    The IRO of a voluntary organisation raises it with the authority whose child they hold (PN 2.1).
    """
    if not user.is_active or user.role not in RAISE:
        return False
    if user.role == PersonRole.VOLUNTARY_IRO:
        return cases.held(user).filter(child__authority=subject.authority_id).exists()
    return user.organisation_id == subject.authority_id


def may_pursue(user, dispute):
    """Climb it, answer for it, end it: whoever may raise one."""
    return may_raise(user, dispute)


def may_answer(user, dispute):
    """A manager of the authority answers; the IRO may write down an answer given by word of mouth."""
    ours = user.organisation_id == dispute.authority_id
    answers = user.role in MANAGERS or user.pk == dispute.addressed_to_id or user.role in RAISE
    return user.is_active and ours and answers


def may_endorse(user, dispute):
    ours = user.organisation_id == dispute.authority_id
    return user.is_active and ours and user.role == PersonRole.IRO_MANAGER


def may_tell_court(user, dispute):
    """LA legal tells the court (IRH-8); the IRO service may write down that it did."""
    ours = user.organisation_id == dispute.authority_id
    return user.is_active and ours and (user.role == PersonRole.LA_LEGAL or user.role in RAISE)


def may_mediate(user, dispute):
    ours = user.organisation_id == dispute.authority_id
    return user.is_active and ours and user.role == PersonRole.HEAD_OF_SERVICE


def may_change_ladder(user):
    """The IRO manager and the administrator keep the authority's ladder."""
    ours = user.organisation.kind == OrganisationKind.AUTHORITY
    return user.is_active and ours and user.role in {PersonRole.IRO_MANAGER, PersonRole.ADMINISTRATOR}


# --- The advice line ----------------------------------------------------------------------------------------------


class AdviceNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cafcass Legal's own; to anybody else only what was disclosed to them, by a row of its own (REF-27)."""
        if not user.is_active:
            return self.none()
        if user.role == PersonRole.CAFCASS_LEGAL:
            return self.all()
        return self.filter(disclosures__to=user).distinct()


def may_see_duty(user):
    """Who answers the advice line today: those who may refer, and the line itself (PN 3.2)."""
    return may_refer(user) or is_cafcass_legal(user)


def may_read_shared(user, referral):
    """The notes shared on a referral: Cafcass Legal, and the officer it is with now (REF-27).

    Disclosed to one person by name: whoever covers for the officer reads none of them.
    """
    return user.is_active and (is_cafcass_legal(user) or user.pk == referral.officer_id)


# --- Referrals ----------------------------------------------------------------------------------------------------


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A draft is the IRO service's alone; once submitted, a referral shows wherever its case does."""
        if not user.is_active:
            return self.none()
        drafts = Q(pk__in=[])
        if user.role in IRO_SIDE:
            drafts = Q(state="draft", authority=user.organisation_id) | Q(state="draft", iro=user)
        return self.filter(drafts | ~Q(state="draft"), case__in=_cases(user))


def may_refer(user):
    """Only an IRO can refer (PN 3.4, REF-26)."""
    return user.is_active and user.role in IROS


def may_prepare(user, referral):
    """Write, answer and complete: the IRO whose referral it is, or another IRO of the authority."""
    return may_refer(user) and user.organisation_id in (referral.authority_id, referral.iro.organisation_id)


def may_read_account(user, referral):
    """The IRO's own account, screening and papers: the IRO service, Cafcass Legal, the officer and the office."""
    if user.role in IRO_SIDE:
        return user.organisation_id in (referral.authority_id, referral.iro.organisation_id)
    return may_handle(user, referral) or may_triage(user)


def may_add_papers(user, referral):
    """Files of the papers are added, and struck out, by the authority's IRO service: a scan is business support's."""
    ours = user.organisation_id in (referral.authority_id, referral.iro.organisation_id)
    return user.is_active and user.role in IRO_SIDE and ours


def may_triage(user):
    """Receive, allocate, notify LA legal, disclose: Cafcass Legal."""
    return is_cafcass_legal(user)


def may_handle(user, referral):
    """Enquire, decide, report: the officer, the officer's manager, and Cafcass Legal with them (PN 3.14)."""
    if not user.is_active or referral.is_draft:
        return False
    manages = user.role == PersonRole.CAFCASS_SERVICE_MANAGER and user.organisation_id == referral.office_id
    at_once = manages or is_cafcass_legal(user)
    return at_once or cases.stands_for(user, referral.officer_id, referral.case_id)


def may_enter_limitation(user):
    """Dates on which a claim lapses are entered by a lawyer (PN 3.21)."""
    return is_cafcass_legal(user)


def may_see_board(user):
    """The triage board: Cafcass Legal's, and for those a referral may be allocated to, of what is with them."""
    handling = {PersonRole.HIGH_COURT_TEAM_OFFICER, PersonRole.GUARDIAN, PersonRole.CAFCASS_SERVICE_MANAGER}
    return is_cafcass_legal(user) or (user.is_active and user.role in handling)
