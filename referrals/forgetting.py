"""What becomes of the advice line when a referral's record is disposed of.

The notes are Cafcass Legal's own and stay: an authority disposes of its records, not of theirs. What joined them to
the referral goes with it, and the line's own trail says so. Nothing of it is counted or said anywhere else (PN 3.2).
"""

from django.db.models import Q

from referrals import advice_trail
from referrals.models import AdviceNote, Disclosure, Withholding

PARTED = "parted from a referral"


def leave_traces(referrals, *, by):
    """One for each note that was shared or held back on these referrals."""
    shared, held_back = (
        link.objects.filter(referral__in=referrals).order_by().values("note")
        for link in (Disclosure, Withholding)
    )
    joined = AdviceNote.objects.filter(Q(pk__in=shared) | Q(pk__in=held_back))
    for note in joined.order_by("pk"):
        advice_trail.leave(PARTED, by=by, note=note)
