"""A dispute or a referral as somebody else would see it, before it is raised or sent; see `cases.seen_by`."""

from cases.seen_by import Seen, done_and_undone, entries_for, may_open
from referrals import access, referralfile
from referrals.models import Dispute, Referral

WRITTEN = ("concern", "impact", "sought", "timetable")
KEPT = "What you wrote for Cafcass, the answers to the screening, and every paper but those that are promised for a day."


def raised(subject, part, act):
    """A dispute that an act raises: its words, and its entry on the chronology."""
    with done_and_undone(subject, part, act) as done:
        dispute, person = done.result, done.viewer.person
        if not Dispute.objects.visible_to(person).filter(pk=dispute.pk).exists():
            return Seen(done.viewer, False)
        rows = [_row(dispute, name) for name in WRITTEN if getattr(dispute, name)]
        return Seen(done.viewer, True, entries_for(dispute.case, done.events), rows)


def step(dispute, part, act):
    """What an act on a dispute writes."""
    with done_and_undone(dispute.case, part, act) as done:
        opens = Dispute.objects.visible_to(done.viewer.person).filter(pk=dispute.pk).exists()
        return Seen(done.viewer, opens, entries_for(dispute.case, done.events) if opens else [])


def submitted(referral, part, act):
    """A referral once it is sent: who refers whom is everybody's of the case, what the IRO wrote is not."""
    with done_and_undone(referral.case, part, act) as done:
        person, sent = done.viewer.person, done.result
        entries = entries_for(sent.case, done.events) if may_open(done.viewer, sent.case) else []
        if not Referral.objects.visible_to(person).filter(pk=sent.pk).exists():
            return Seen(done.viewer, False, entries)
        rows = list(referralfile.facts(sent))
        if not access.may_read_account(person, sent):
            return Seen(done.viewer, True, entries, rows, [KEPT])
        written = [row for part in referralfile.written(sent) for row in part["rows"]]
        return Seen(done.viewer, True, entries, rows + written)


def _row(dispute, name):
    label = dispute._meta.get_field(name).verbose_name
    return {"key": label[0].upper() + label[1:], "value": getattr(dispute, name)}
