"""The letters of a referral: which may be begun now, which are owed, and how one is begun."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.dates import weekday_date
from cases.models import Case, Deadline
from cases.refusal import NotYours, Refusal
from letters import access, witness
from letters.gather import latest
from letters.gather.of_a_referral import ending_of, sender_of
from letters.kinds import OF_A_REFERRAL, LetterKind
from letters.models import GONE, Letter, LetterChild
from protocol.happenings import Happening
from referrals.models import Referral
from referrals.models.referral import BEING_DECIDED, ReferralState

OWED_BY = {
    LetterKind.LA_LEGAL_NOTICE: "REF-10",
    LetterKind.DELAY_LETTER: "REF-12",
    LetterKind.DECISION_REPORT: "REF-12",
    LetterKind.PROGRESS_NOTE: "REF-21",
    LetterKind.FINAL_REPORT: "REF-17",
}
# A report that will be late is explained before it is (PN 3.16): the letter is begun so long before the day.
BEGUN_BEFORE = timedelta(days=4)
PAST_THE_DECISION = (ReferralState.DECIDED, ReferralState.PROCEEDINGS, ReferralState.SETTLED)


def draft(referral, kind, *, by):
    """Begin a letter, or give back the one already begun. `by` is None for the clock."""
    kind = LetterKind(kind)
    if by is not None and not access.may_write_of(by, kind, referral):
        raise NotYours(
            "Cafcass Legal writes this notice (PN 3.6)."
            if kind == LetterKind.LA_LEGAL_NOTICE
            else "This is written by the officer of the referral, the officer’s manager or Cafcass Legal (PN 3.14)."
        )
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=referral.case_id)
        referral = Referral.objects.select_related("case", "officer", "office", "authority").get(
            pk=referral.pk
        )
        if begun := _begun(referral, kind).first():
            return begun
        if sentence := why_not(referral, kind):
            raise Refusal(sentence)
        return _begin(referral, kind, by)


def _begun(referral, kind):
    return Letter.objects.filter(referral=referral, kind=kind).exclude(state__in=GONE).order_by("pk")


def why_not(referral, kind):
    """Why this letter is not for now, in a sentence; nothing where it is."""
    if kind == LetterKind.LA_LEGAL_NOTICE:
        return _why_no_notice(referral)
    if not referral.is_open:
        return f"{referral.ref} is over ({referral.get_state_display().lower()}): nothing more is written about it."
    return _WHY_NOT[kind](referral)


def _why_no_notice(referral):
    if referral.is_draft or referral.state == ReferralState.WITHDRAWN:
        return f"{referral.ref} is not with Cafcass: there is nothing to notify LA legal of."
    told = latest(referral.case, Happening.LA_LEGAL_NOTIFIED, referral=referral.ref)
    return f"LA legal was told of {referral.ref} on {weekday_date(told.on)} (PN 3.6)." if told else ""


def _why_no_delay_letter(referral):
    if referral.decided_on:
        return f"The report went on {weekday_date(referral.decided_on)}: there is no delay left to explain (PN 3.16)."
    return ""


def _why_no_decision_report(referral):
    if referral.allocated_on is None:
        return (
            f"{referral.ref} is not allocated yet: Cafcass Legal allocates it to an officer first (PN 3.6)."
        )
    if referral.state not in (*BEING_DECIDED, ReferralState.DECIDED):
        return f"{referral.ref} is past its decision: what follows goes into the final report (PN 3.21)."
    return ""


def _why_no_progress_note(referral):
    return ""


def _why_no_final_report(referral):
    if referral.state not in PAST_THE_DECISION:
        return f"{referral.ref} is not decided yet: the decision report goes first (PN 3.21)."
    return ""


_WHY_NOT = {
    LetterKind.DELAY_LETTER: _why_no_delay_letter,
    LetterKind.DECISION_REPORT: _why_no_decision_report,
    LetterKind.PROGRESS_NOTE: _why_no_progress_note,
    LetterKind.FINAL_REPORT: _why_no_final_report,
}


def _begin(referral, kind, by):
    signatory = (by if kind == LetterKind.LA_LEGAL_NOTICE else referral.officer) or by
    if signatory is None:
        raise Refusal(f"{referral.ref} is not allocated to an officer yet, so nobody can sign this letter.")
    now = timezone.now()
    before = Letter.objects.filter(referral=referral, kind=kind).count()
    letter = Letter.objects.create(
        authority=referral.authority,
        case=referral.case,
        referral=referral,
        kind=kind,
        occasion=f"referral {referral.pk} {before + 1}",
        sender=sender_of(referral, kind),
        signatory=signatory,
        answers=_known(referral, kind),
        created_at=now,
        created_by=by,
        changed_at=now,
        changed_by=by,
    )
    LetterChild.objects.bulk_create(
        LetterChild(authority_id=letter.authority_id, letter=letter, child=child)
        for child in referral.children.all()
    )
    audit.changed(by, "letter.drafted", *witness.about(letter))
    return letter


def _known(referral, kind):
    """The settlement as it was recorded begins the report on it."""
    ending = ending_of(referral) if kind == LetterKind.FINAL_REPORT else None
    return {"settlement": ending.note} if ending and ending.note else {}


def owed(referral):
    """The letters this referral owes now, by kind, with the day each is due."""
    open_now = Deadline.objects.still_open().filter(case=referral.case_id, subject=referral.ref)
    due = dict(open_now.filter(duty__in=OWED_BY.values()).order_by("-due_on").values_list("duty", "due_on"))
    found = {kind: due[OWED_BY[kind]] for kind in OF_A_REFERRAL if OWED_BY[kind] in due}
    late_by = found.get(LetterKind.DELAY_LETTER)
    if late_by and late_by - BEGUN_BEFORE > timezone.localdate():
        del found[LetterKind.DELAY_LETTER]
    return found


def offered(referral, user):
    """The letters this person may begin now: those owed first, each with its day."""
    due = owed(referral)
    begun = set(
        Letter.objects.filter(referral=referral).exclude(state__in=GONE).values_list("kind", flat=True)
    )
    kinds = [
        kind
        for kind in OF_A_REFERRAL
        if kind not in begun and access.may_write_of(user, kind, referral) and not why_not(referral, kind)
    ]
    rows = [{"kind": kind, "words": kind.label, "due_on": due.get(kind)} for kind in kinds]
    return sorted(rows, key=lambda row: row["due_on"] is None)
