"""The letters that are owed and that nobody has begun: a draft is waiting when its author comes to it.

Which those are is read off the open deadlines each time, so that running twice, late, or after a week's
outage leaves the same drafts.
"""

import logging

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cases.models import Case, Deadline
from cases.refusal import Refusal
from letters import referral_drafting
from letters.drafting import OWED_BY, draft
from letters.kinds import LetterKind
from letters.models import GONE, Letter
from letters.referral_drafting import BEGUN_BEFORE
from referrals.models import Referral

logger = logging.getLogger(__name__)
BEGUN_FOR = (LetterKind.APPENDIX_1, LetterKind.APPENDIX_2)


def begin_owed():
    """Begin them; return how many were begun."""
    begun = sum(_begin(case, kind) for kind in BEGUN_FOR for case in _cases_waiting(kind))
    return begun + sum(_begin_delay_letter(referral) for referral in _reports_nearly_late())


def _reports_nearly_late():
    """Referrals whose report is due within four days or late, with neither it nor a delay letter begun (PN 3.16)."""
    begun = Letter.objects.filter(
        referral=OuterRef("pk"), kind__in=[LetterKind.DELAY_LETTER, LetterKind.DECISION_REPORT]
    )
    due = Deadline.objects.still_open().filter(
        case=OuterRef("case"),
        subject=OuterRef("ref"),
        duty="REF-12",
        due_on__lte=timezone.localdate() + BEGUN_BEFORE,
    )
    return Referral.objects.filter(
        ~Exists(begun), Exists(due), officer__isnull=False, office__is_on_system=True
    )


def _begin_delay_letter(referral):
    try:
        referral_drafting.draft(referral, LetterKind.DELAY_LETTER, by=None)
    except Refusal:
        logger.info("No delay letter was begun on referral %s.", referral.key)
        return False
    return True


def _cases_waiting(kind):
    """Cases with the letter owed and not begun, where the office that writes it uses this system."""
    begun = Letter.objects.filter(case=OuterRef("case"), kind=kind).exclude(state__in=GONE)
    if kind == LetterKind.APPENDIX_2:
        begun = begun.filter(about__child=OuterRef("child"))
    owed = Deadline.objects.still_open().filter(
        ~Exists(begun),
        duty=OWED_BY[kind],
        case__cafcass_office__is_on_system=True,
        case__appointments__role="guardian",
    )
    return Case.objects.filter(pk__in=owed.values("case"))


def _begin(case, kind):
    try:
        draft(case, kind, by=None)
    except Refusal:
        logger.info("No draft of %s was begun in case %s.", kind, case.key)
        return False
    return True
