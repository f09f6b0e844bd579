"""Who a referral's letter goes to: chosen before it is sent, each sent a page of their own, each with its proof.

PN 3.22 names who receives every report and delay letter (REF-18). To leave one of them out takes a reason.
"""

from dataclasses import replace
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.dates import weekday_date
from cases.models import Notice
from cases.refusal import NotYours, Refusal, Stale
from letters import access, gather, press, witness
from letters.door import check_not_gone, check_worker, lock
from letters.leaving.resolving import taken_out
from letters.models import Letter, Recipient
from letters.prefilled import NOBODY, recipients

How = Recipient.How


def chosen(letter):
    """Those chosen, or, before anybody has chosen, those it would be natural to choose."""
    return list(letter.recipients.select_related("person__organisation", "child")) or recipients(letter)


def choose(letter, rows, *, by, seen_version):
    """Keep who it goes to and who it does not. `rows` are recipients not stored yet, as a form gives them."""
    with transaction.atomic(), audit.act(by, "letter.recipients_chosen") as act:
        letter = lock(letter)
        check_worker(letter, by)
        check_not_gone(letter)
        if letter.version != seen_version:
            raise Stale("Somebody changed this letter while you were choosing. Look at it, then save again.")
        kept = [_checked(row, place) for place, row in enumerate(rows)]
        with taken_out(letter, by, act):
            letter.recipients.all().delete()
            for position, row in enumerate(kept, 1):
                row.letter, row.authority_id, row.position = letter, letter.authority_id, position
            Recipient.objects.bulk_create(kept)
            letter.changed(by=by)
            letter.save()
        act.touched(*witness.about(letter))
        return letter


def _checked(row, place):
    """One line of the choice; `place` says which box a refusal belongs to."""
    if not row.name.strip() and not row.is_included:
        row.reason = row.reason.strip() or NOBODY
        return row
    if row.is_included is None:
        raise Refusal(
            f"Say whether it goes to {row.name}: that depends on the child’s understanding (PN 3.22a).",
            field=f"is_included_{place}",
        )
    if row.is_included:
        return _checked_going(row, place)
    if not row.reason.strip():
        whom = row.name or row.get_party_display()
        raise Refusal(
            f"Say why {whom} is left out, and how the child learns of it instead (PN 3.18, 3.22a)."
            if row.party == Recipient.Party.CHILD
            else f"Say why {whom} is left out: PN 3.22 names who receives each report.",
            field=f"reason_{place}",
        )
    return row


def _checked_going(row, place):
    if not row.name.strip():
        raise Refusal(
            f"{row.get_party_display()}: write the name, or leave this line out.", field=f"name_{place}"
        )
    if not row.how:
        raise Refusal(f"Say how it reaches {row.name}.", field=f"how_{place}")
    if row.how == How.ON_SYSTEM and not (row.person and row.person.is_reminded):
        raise Refusal(f"{row.name} does not use this system: choose another way.", field=f"how_{place}")
    row.reason = ""
    return row


def check_ready(letter):
    """A report to nobody is no report."""
    if not letter.recipients.exists():
        raise Refusal("Choose first who this goes to: PN 3.22 names them.", field="recipients")
    if not letter.recipients.filter(is_included=True).exists():
        raise Refusal(
            "This would go to nobody. A report or delay letter is sent to those PN 3.22 names: "
            "choose at least one recipient.",
            field="recipients",
        )


def freeze(letter, contents, words, on, by):
    """Each recipient's own page, for ever; those on this system have it at once."""
    going = list(letter.recipients.filter(is_included=True).select_related("person__organisation", "child"))
    for recipient in going:
        own = replace(contents, **gather.to_one_of(going, recipient))
        recipient.page = press.page(own, words)
        recipient.page_sha256 = sha256(recipient.page.encode()).hexdigest()
        if recipient.how == How.ON_SYSTEM:
            recipient.sent_on, recipient.sent_by = on, by
    Recipient.objects.bulk_update(going, ["page", "page_sha256", "sent_on", "sent_by"])


def copy_for(user, letter):
    """The copy this person was sent, where they are one of the recipients."""
    return letter.recipients.filter(person=user, is_included=True).first()


def tell_them(letter):
    """A nudge to each recipient who uses this system, once."""
    going = letter.recipients.filter(is_included=True, how=How.ON_SYSTEM).exclude(person=None)
    Notice.objects.bulk_create(
        [
            Notice(
                kind=Notice.Kind.LETTER, recipient=recipient.person, case=letter.case,
                about=f"letter:{letter.key}", created_at=timezone.now(),
            )
            for recipient in going.select_related("person__organisation")
            if recipient.person.is_reminded
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def record_proof(recipient, *, on, how, proof, by):
    """It was posted, handed over or e-mailed: on which day, and what shows it (REF-18)."""
    with transaction.atomic():
        letter = Letter.objects.select_related("referral", "case").get(pk=recipient.letter_id)
        if not access.may_work_on(by, letter):
            raise NotYours(f"The proof is recorded by {letter.sender}, which sent the letter.")
        recipient = Recipient.objects.select_for_update(of=("self",)).get(pk=recipient.pk)
        if not letter.is_gone or not recipient.is_included:
            raise Refusal("This letter has not been sent to them, so there is nothing to prove.")
        if on < letter.sent_on:
            raise Refusal(
                f"The letter is dated {weekday_date(letter.sent_on)}: it cannot have gone before that.",
                field="on",
            )
        if not proof.strip():
            raise Refusal(
                "Say what shows that it was sent: for example the number of a posting receipt.", field="proof"
            )
        recipient.sent_on, recipient.sent_by = on, by
        recipient.how, recipient.proof = how, proof.strip()
        recipient.save(update_fields=["sent_on", "sent_by", "how", "proof"])
        audit.changed(by, "letter.proof_recorded", *witness.about(letter))
        return recipient
