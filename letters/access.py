"""Who may see, write, approve, send, answer and judge which letter. Everything passes through `visible_to`."""

from django.db import models
from django.db.models import Q

from accounts.roles import PersonRole
from cases.access import CAFCASS, IRO_SERVICE
from cases.models import Case
from letters.kinds import TO_THE_CHILD, LetterKind

GUARDIAN_OR_MANAGER = {PersonRole.GUARDIAN, PersonRole.CAFCASS_SERVICE_MANAGER}
WRITERS = {
    LetterKind.APPENDIX_1: CAFCASS,
    LetterKind.APPENDIX_2: GUARDIAN_OR_MANAGER,
    LetterKind.IRO_NAMED: {PersonRole.IRO, *IRO_SERVICE},
} | dict.fromkeys(TO_THE_CHILD, GUARDIAN_OR_MANAGER)
# Business support may prepare and post the guardian's letter, but not stand by what it says.
APPROVERS = WRITERS | {LetterKind.APPENDIX_1: GUARDIAN_OR_MANAGER}


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters of one's own cases; an unsent one is its sender's alone."""
        cases = Case.objects.visible_to(user)
        return self.filter(
            Q(state__in=["sent", "acknowledged"]) | Q(sender=user.organisation_id),
            case__in=cases.values("pk"),
        )


def may_write(user, kind):
    return user.is_active and user.role in WRITERS[LetterKind(kind)]


def may_approve(user, kind):
    return user.is_active and user.role in APPROVERS[LetterKind(kind)]


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
