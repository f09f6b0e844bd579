"""Who may see, write, approve, send, answer and judge which letter. Everything passes through `visible_to`."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.roles import PersonRole
from cases.access import CAFCASS, IRO_SERVICE, is_there_for_a_referral, own_or_covered, shut_to
from cases.models import Case
from letters.kinds import TO_THE_CHILD, LetterKind
from referrals import access as referrals
from referrals.models import Referral

GUARDIAN_OR_MANAGER = {PersonRole.GUARDIAN, PersonRole.CAFCASS_SERVICE_MANAGER}
WRITERS = {
    LetterKind.APPENDIX_1: CAFCASS,
    LetterKind.APPENDIX_2: GUARDIAN_OR_MANAGER,
    LetterKind.IRO_NAMED: {PersonRole.IRO, *IRO_SERVICE},
} | dict.fromkeys(TO_THE_CHILD, GUARDIAN_OR_MANAGER)
# Business support may prepare and post the guardian's letter, but not stand by what it says.
APPROVERS = WRITERS | {LetterKind.APPENDIX_1: GUARDIAN_OR_MANAGER}
SENT = Q(state__in=["sent", "acknowledged"])


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters of one's own cases, an unsent one its sender's alone; a referral's, those meant for one.

        A sent letter of a referral is for its recipients, the IRO service, and the side that sends it.
        """
        if not user.is_active:
            return self.none()
        in_my_cases = Q(case__in=Case.objects.visible_to(user).values("pk"))
        of_a_case = Q(referral=None) & (SENT | Q(sender=user.organisation_id))
        meant_for_me = Q(referral__isnull=False) & SENT & (_received(user) | _of_iro_service(user))
        sent_by_us = _sent_by_my_side(user) & ~Q(case__in=shut_to(user))
        return self.filter((in_my_cases & (of_a_case | meant_for_me)) | sent_by_us)


def _received(user):
    recipients = apps.get_model("letters", "Recipient").objects.filter(is_included=True)
    to_me = recipients.filter(own_or_covered(user, "person", "letter__case"))
    return Q(pk__in=to_me.order_by().values("letter"))


def _of_iro_service(user):
    """As they read the IRO's own account: `referrals.access.may_read_account`."""
    if user.role not in referrals.IRO_SIDE:
        return Q(pk__in=[])
    ours = user.organisation_id
    return _of_referrals(Q(authority=ours) | Q(iro__organisation=ours))


def _sent_by_my_side(user):
    """As they handle the referral: `referrals.access.may_handle`. The officer keeps what the officer wrote."""
    if referrals.is_cafcass_legal(user):
        return Q(referral__isnull=False)
    handled = own_or_covered(user, "officer", "case")
    if user.role == PersonRole.CAFCASS_SERVICE_MANAGER:
        handled |= Q(office=user.organisation_id)
    return _of_referrals(handled) & (SENT | ~Q(kind=LetterKind.LA_LEGAL_NOTICE))


def _of_referrals(which):
    """A subquery and no join: a join inside so many alternatives takes PostgreSQL ten times as long to plan."""
    return Q(referral__in=Referral.objects.filter(which).values("pk"))


def referrals_of(user):
    """The referrals whose page of letters a person may open: those they see, and those they were officer of."""
    if not user.is_active:
        return Referral.objects.none()
    seen = Referral.objects.visible_to(user).values("pk")
    as_officer = own_or_covered(user, "officer", "case") & ~Q(case__in=shut_to(user))
    return Referral.objects.filter(Q(pk__in=seen) | as_officer).exclude(state="draft")


def may_write(user, kind):
    """Whether a person's part is to write such a letter of a case."""
    return user.is_active and user.role in WRITERS.get(kind, ())


def may_begin(user, kind, case):
    """Whether a person may begin one here: an officer of another office is there for the referral alone."""
    return may_write(user, kind) and not is_there_for_a_referral(user, case)


def may_write_of(user, kind, referral):
    """Cafcass Legal notifies LA legal (PN 3.6); those who handle the referral write the rest."""
    if kind == LetterKind.LA_LEGAL_NOTICE:
        return referrals.may_triage(user)
    return referrals.may_handle(user, referral)


def may_work_on(user, letter):
    """Write in this letter and send it."""
    if letter.referral_id:
        return may_write_of(user, letter.kind, letter.referral)
    return may_write(user, letter.kind) and user.organisation_id == letter.sender_id


def may_approve(user, kind):
    return user.is_active and user.role in APPROVERS.get(kind, ())


def may_stand_by(user, letter):
    """Approve this letter. A referral's: the officer, the officer's manager or Cafcass Legal (PN 3.14)."""
    if letter.referral_id:
        return may_write_of(user, letter.kind, letter.referral)
    return may_approve(user, letter.kind) and user.organisation_id == letter.sender_id


def sees_distribution(user, referral):
    """Who received what, and the proof: the side that sends it, and the IRO service."""
    return referrals.may_read_account(user, referral)


def may_acknowledge(user, letter):
    """The IRO service, or the sender on its behalf when it is not on the system."""
    if letter.kind != LetterKind.APPENDIX_1 or letter.state != "sent":
        return False
    if user.organisation_id == letter.authority_id:
        return user.role in {PersonRole.IRO, *IRO_SERVICE}
    return not letter.authority.is_on_system and user.organisation_id == letter.sender_id


def may_score(user, letter):
    """The IRO who received the handover, or the IRO's manager."""
    is_theirs = letter.kind == LetterKind.APPENDIX_2 and letter.is_gone
    return is_theirs and user.role in {PersonRole.IRO, PersonRole.VOLUNTARY_IRO, PersonRole.IRO_MANAGER}


def may_replace_wording(user):
    """Those who answer for their organisation's letters."""
    return user.is_active and user.role in {
        PersonRole.ADMINISTRATOR,
        PersonRole.CAFCASS_SERVICE_MANAGER,
        PersonRole.IRO_MANAGER,
    }
