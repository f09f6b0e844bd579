"""Whose the files are that were added to a case."""

from django.db import models

from accounts.roles import PersonRole
from cases.access.deeds import may_record
from cases.access.reach import visible_cases
from protocol.happenings import SPECIFICATIONS, Happening

DECIDE_ON_FILES = {PersonRole.IRO_MANAGER}


class FileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of the documents of one's cases; the papers of a referral are `referrals.access`’s to show."""
        return self.filter(kept_with="case", case__in=visible_cases(user))

    def decided_by(self, user):
        """Whose release is the IRO manager's to decide: of the cases they may open, the papers of referrals too."""
        if not may_decide_on_files(user):
            return self.none()
        return self.standing().filter(authority=user.organisation_id, case__in=visible_cases(user))

    def standing(self):
        return self.filter(struck_at=None)

    def openable(self):
        """Looked at and found fit, or released by a person; nothing else is ever handed out."""
        return self.standing().filter(state="admitted")


def may_add_files(user, case):
    """A file of a court document is added, and struck out, by whoever may record that it was received (CMH-10)."""
    return user.is_active and may_record(user, case, SPECIFICATIONS[Happening.DOCUMENT_RECEIVED].done_by)


def may_decide_on_files(user):
    """What is held is the IRO manager's to release or refuse."""
    return user.is_active and user.role in DECIDE_ON_FILES
