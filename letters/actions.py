"""The verbs of a letter: draft, edit, approve, send, acknowledge, score.

Each locks the case, then the letter, and saves everything or nothing. Whatever the letter makes true is
recorded through the one door for facts. A refusal is one sentence for the person.
"""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django_fsm import can_proceed

from accounts import audit
from accounts.roles import PersonRole
from cases.actions import record
from cases.appointments import appoint
from cases.dates import weekday_date
from cases.models import Appointment
from cases.refusal import NotYours, Refusal, Stale
from letters import access, answers, distribution, gather, leaving, papers, press, witness
from letters.agreed_wording import wording_of
from letters.consequences import record_what_it_says, tell_those_it_is_for
from letters.door import check_not_gone, check_worker, lock, name_of
from letters.doubts import is_overtaken, missing
from letters.drafting import draft, owed
from letters.gather.of_a_referral import sender_of
from letters.kinds import LetterKind
from letters.leaving.agreement import agree
from letters.leaving.resolving import check_resolved, keep, taken_out
from letters.leaving.sealing import check_seen, is_changed, seal_of
from letters.models import LetterState
from protocol.happenings import Happening

__all__ = ["acknowledge", "agree", "approve", "draft", "edit", "keep", "score", "send"]

LOW = 2


def edit(letter, typed, *, by, seen_version, kind=None):
    """Keep what its author typed. An approved letter that is changed asks for approval again."""
    with transaction.atomic(), audit.act(by, "letter.edited") as act:
        letter = lock(letter)
        check_worker(letter, by)
        check_not_gone(letter)
        if letter.version != seen_version:
            raise Stale(
                f"{name_of(letter.changed_by)} changed this letter while you were writing. "
                "Nothing you typed is lost: look at what changed, then save yours again."
            )
        if letter.state == LetterState.APPROVED:
            letter.reopen()
        with taken_out(letter, by, act):
            said = answers.kept(typed)
            if letter.written_by is None or (letter.answers, letter.kind) != (said, kind or letter.kind):
                letter.written_by = by  # whoever only saves what is there has written nothing
            letter.answers, letter.kind = said, kind or letter.kind
            letter.changed(by=by)
            letter.save()
        act.touched(*witness.about(letter))
        return letter


def approve(letter, *, by, seen_version, seen_sha256=""):
    """Stand by what the letter says, as it was read. Pressed twice, it is approved once."""
    with transaction.atomic(), audit.act(by, "letter.approved") as act:
        letter = lock(letter)
        if not access.may_stand_by(by, letter):
            raise NotYours("This letter is approved by the person who signs it, or by their manager.")
        check_not_gone(letter)
        overtaken = is_overtaken(letter) or is_changed(letter)
        if letter.state == LetterState.APPROVED and letter.approved_by == by and not overtaken:
            return letter
        _check_seen(letter, seen_version)
        check_seen(letter, seen_sha256)
        if absent := missing(letter):
            raise Refusal(absent[0])
        check_resolved(letter, by)
        if overtaken and letter.state == LetterState.APPROVED:
            letter.reopen()
        if letter.state == LetterState.DRAFT:
            letter.approve()
            letter.approved_by, letter.approved_at = by, timezone.now()
            letter.approved_sha256 = seal_of(letter)
            letter.agreed_by = letter.agreed_at = None
            letter.version += 1
            letter.save()
            act.touched(*witness.about(letter))
        return letter


def send(letter, *, on, by):
    """Freeze the letter and say on the chronology what it makes true. Its PDF is made after the commit."""
    with transaction.atomic(), audit.act(by, "letter.sent") as act:
        letter = lock(letter)
        check_worker(letter, by)
        check_not_gone(letter)
        if not can_proceed(letter.send):
            raise Refusal(
                "This letter has not been approved yet. Check it and approve it first.", field="state"
            )
        if absent := missing(letter):
            raise Refusal(absent[0])
        if is_overtaken(letter):
            raise Refusal(
                "Somebody changed the decision after this report was approved. Read it and approve it again."
            )
        if letter.referral_id:
            distribution.check_ready(letter)
        leaving.ready(letter, by)
        freeze(letter, on, by)
        record_what_it_says(letter, on, by)
        tell_those_it_is_for(letter)
        act.touched(*witness.about(letter))
        transaction.on_commit(lambda: papers.ask_for([letter.pk]), robust=True)
        return letter


def freeze(letter, on, by):
    """What it says from now on, for ever."""
    if letter.referral_id:  # whose letterhead, should the referral have been handed on meanwhile
        letter.sender = sender_of(letter.referral, letter.kind)
    words, name = wording_of(letter.sender, letter.kind)
    contents = gather.contents_of(letter, dated=on)
    letter.signatory = gather.signatory_of(letter)
    letter.contents = contents.as_json()
    letter.wording = name
    letter.page = press.page(contents, words)
    letter.page_sha256 = sha256(letter.page.encode()).hexdigest()
    letter.sent_on, letter.sent_at, letter.sent_by = on, timezone.now(), by
    letter.version += 1
    letter.send()
    letter.save()
    if letter.referral_id:
        distribution.freeze(letter, contents, words, on, by)


def acknowledge(letter, *, on, by, iro=None, named="", conflicts=(), how_known=""):
    """Answer the Appendix 1 letter by naming the IRO; whoever had none is allocated this one.

    `named` is what an IRO service that is not on the system said, on the telephone or on paper.
    """
    with transaction.atomic(), audit.act(by, "letter.acknowledged") as act:
        letter = lock(letter)
        if letter.state == LetterState.ACKNOWLEDGED:
            raise Refusal(said_of_answered(letter))
        if not access.may_acknowledge(by, letter):
            raise NotYours("The IRO service acknowledges this letter once it has been sent (Appendix 1).")
        _check_dates(letter, on)
        whose = None if by.organisation_id == letter.authority_id else letter.authority
        who = iro.name if iro else named.strip()
        if not who:
            raise Refusal("Choose the IRO: naming them is what acknowledges the letter.", field="iro")
        if iro:
            _allocate(iro, letter, on=on, by=by, conflicts=conflicts, whose=whose, how_known=how_known)
        particulars = {"letter": letter.key, "name": who, **({"person": iro.pk} if iro else {})}
        how = {"on": on, "by": by, "on_behalf_of": whose, "how_known": how_known, "particulars": particulars}
        record(letter.case, Happening.APPENDIX_1_ACKNOWLEDGED, **how)
        if unnamed := owed(letter.case, LetterKind.IRO_NAMED):
            record(letter.case, Happening.IRO_NAMED_TO_CAFCASS, children=unnamed, **how)
        letter.acknowledge()
        letter.acknowledged_on, letter.acknowledged_at, letter.acknowledged_by = on, timezone.now(), by
        letter.iro_named = who
        letter.version += 1
        letter.save()
        act.touched(*witness.about(letter))
        return letter


def without_iro(letter):
    """The children of a letter nobody reviews for yet."""
    held = Appointment.objects.filter(
        role__in=[PersonRole.IRO, PersonRole.VOLUNTARY_IRO], until_on=None, case=None
    ).values("child")
    return [
        child
        for child in gather.children_of(letter)
        if child.pk not in set(held.values_list("child", flat=True))
    ]


def _allocate(iro, letter, *, on, by, conflicts, whose, how_known):
    if lacking := without_iro(letter):
        appoint(
            iro, PersonRole.IRO, children=lacking, on=on, by=by, conflicts=conflicts, on_behalf_of=whose,
            how_known=how_known,
        )  # fmt: skip
    elif iro not in gather.iros_of(gather.children_of(letter)):
        raise Refusal(
            f"{iro.name} is not the IRO of these children. To change the IRO, appoint them under People first.",
            field="iro",
        )


def score(letter, usefulness, *, by, reason=""):
    """How useful the handover was to the IRO who received it, 1 to 5; a low score says why."""
    if usefulness not in range(1, 6):
        raise Refusal("Choose a score from 1 to 5.", field="usefulness")
    if usefulness <= LOW and not reason.strip():
        raise Refusal("Say what was missing, so that the next handover can be better.", field="reason")
    with transaction.atomic():
        letter = lock(letter)
        if not access.may_score(by, letter):
            raise NotYours("The IRO who received the handover says how useful it was.")
        letter.usefulness, letter.usefulness_reason = usefulness, reason.strip()
        letter.scored_by, letter.scored_at = by, timezone.now()
        letter.save()
        audit.changed(by, "letter.scored", *witness.about(letter))
        return letter


def said_of_answered(letter):
    return (
        f"{name_of(letter.acknowledged_by)} has already acknowledged this letter, on "
        f"{weekday_date(letter.acknowledged_on)}, naming {letter.iro_named}."
    )


def _check_seen(letter, seen_version):
    if letter.version != seen_version:
        raise Stale(
            f"{name_of(letter.changed_by)} changed this letter after you opened it. Read it again before you approve it."
        )


def _check_dates(letter, on):
    if on < letter.sent_on:
        raise Refusal(
            f"The letter was sent on {weekday_date(letter.sent_on)}: it cannot have been answered before that.",
            field="on",
        )
