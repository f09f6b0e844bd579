"""A letter as somebody else would see it once it has gone, before it goes; see `cases.seen_by`.

It is frozen and recorded as sending it would, whatever still keeps it from being sent, and all of that is undone.
"""

from django.db import transaction
from django.utils import timezone

from cases.refusal import Refusal
from cases.seen_by import Seen, done_and_undone, entries_for, may_open
from letters import actions, distribution, press
from letters.consequences import record_what_it_says
from letters.models import Letter, LetterState


def letter(shown, part, *, by):
    """The letter and its entries for somebody of this part, or that they cannot open it."""
    with done_and_undone(shown.case, part, lambda: _as_if_sent(shown, by)) as done:
        person, sent = done.viewer.person, done.result
        entries = entries_for(shown.case, done.events) if may_open(done.viewer, shown.case) else []
        if not Letter.objects.visible_to(person).filter(pk=sent.pk).exists():
            return Seen(done.viewer, False, entries)
        return Seen(
            done.viewer, True, entries, sheet=press.kept_sheet(distribution.copy_for(person, sent) or sent)
        )


def _as_if_sent(shown, by):
    """What may not be on the chronology yet (a day still to come) leaves the letter alone."""
    today = timezone.localdate()
    Letter.objects.filter(pk=shown.pk).update(state=LetterState.APPROVED)
    sent = Letter.objects.select_related("case", "referral__officer", "sender").get(pk=shown.pk)
    actions.freeze(sent, today, by)
    try:
        with transaction.atomic():
            record_what_it_says(sent, today, by)
    except Refusal:
        pass
    return sent
