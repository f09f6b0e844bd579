"""Disposing of a child's record: one person proposes, another of the same authority agrees, a worker carries it out.

The worker, because it reaches rows that no person does: whether an advice note was joined to a referral is not for
an authority to learn, not even from what could not be deleted (PN 3.2). One transaction takes everything away over
all rooms and leaves the certificate; the audit trail is never touched.
"""

import re

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from cases import projection, witness
from cases.dates import weekday_date
from cases.models import Case, Child
from cases.refusal import NotYours, Refusal
from protocol.faults import Malformed, Refused
from referrals import forgetting
from referrals.models import Referral
from reports.records import certificates, holds, notices, retention
from reports.records.belongings import belongings, take_away
from reports.records.models import Disposal


def waiting(child):
    """The proposal on a child's record that nobody has answered, or that is agreed and not yet carried out."""
    open_ones = Disposal.objects.filter(child=child, declined_at=None, done_at=None)
    return open_ones.select_related("proposed_by", "agreed_by").first()


def propose(child, *, by, reason):
    """The first of two. The reason stands on the certificate for ever, so it names nobody."""
    with transaction.atomic(), audit.act(by, "disposal.proposed") as act:
        child = holds.lock(child, by)
        if already := waiting(child):
            return already
        kept = _check_may_go(child)
        _check_reason(child, reason)
        disposal = Disposal.objects.create(
            authority_id=child.authority_id, child=child, reason=reason.strip(), kept_until=kept.until,
            ground=kept.ground, proposed_by=by, proposed_at=timezone.now(),
        )  # fmt: skip
        act.touched(witness.child(child), _named(disposal))
        return disposal


def agree(child, *, by):
    """The second of two. From here on the worker carries it out, unless a hold comes first."""
    with transaction.atomic(), audit.act(by, "disposal.agreed") as act:
        child = holds.lock(child, by)
        disposal = _waiting(child)
        if disposal.agreed_at:
            return disposal
        if disposal.proposed_by_id == by.pk:
            raise NotYours(
                "You proposed this disposal: somebody else of your authority who keeps its records has to agree."
            )
        _check_may_go(child)
        disposal.agreed_by, disposal.agreed_at = by, timezone.now()
        disposal.save(update_fields=["agreed_by", "agreed_at"])
        act.touched(witness.child(child), _named(disposal))
        transaction.on_commit(lambda: notices.ask_for("reports.tasks.dispose", disposal.pk))
        return disposal


def decline(child, *, by, reason):
    """The record stays. Whoever proposed it may take it back the same way; once agreed it is too late."""
    with transaction.atomic(), audit.act(by, "disposal.declined") as act:
        child = holds.lock(child, by)
        disposal = _waiting(child)
        if disposal.agreed_at:
            raise Refusal("The disposal is agreed. To stop it, place a hold on the record.")
        if not reason.strip():
            raise Refusal("Say why the record stays.", field="reason")
        _decline(disposal, by, reason.strip())
        act.touched(witness.child(child), _named(disposal))


def agreed():
    """What the worker has to carry out, oldest first."""
    return Disposal.objects.filter(agreed_at__isnull=False, declined_at=None, done_at=None).order_by("pk")


def carry_out(pk):
    """Everything in one transaction; where the record cannot go, nothing goes and the reason is kept."""
    try:
        with transaction.atomic():
            disposal = agreed().select_for_update(of=("self",)).filter(pk=pk).first()
            if disposal is None:
                return None
            return _carry_out(disposal)
    except Refusal as refusal:
        return _could_not(pk, str(refusal))


def _carry_out(disposal):
    by = User.objects.select_related("organisation").get(pk=disposal.agreed_by_id)
    with audit.act(by, "disposal.carried_out", why=disposal.ground[:200]) as act:
        child = _locked(disposal.child_id)
        _check_two_people(disposal, by)
        _check_may_go(child)
        found = belongings(child)
        forgetting.leave_traces(found.of(Referral), by=by)
        act.touched(witness.child(child), _named(disposal))
        take_away(found)
        for case in found.shared:
            _play_without(case)
        disposal.child, disposal.done_at = None, timezone.now()
        disposal.save(update_fields=["child", "done_at"])
        certificate = certificates.issue(disposal, found)
        notices.tell(disposal.proposed_by, "disposal", disposal.key)
        notices.tell(by, "disposal", disposal.key)
        return certificate


def _locked(pk):
    """Cases first, then the child, as every fact does."""
    list(Case.objects.select_for_update(of=("self",)).filter(members__child=pk).order_by("pk"))
    return Child.objects.select_for_update(of=("self",)).get(pk=pk)


def _play_without(case):
    """The case of those who are kept has to make sense without this child; otherwise the record goes with theirs."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    try:
        projection.project_case(case, today=timezone.localdate())
    except (Refused, Malformed) as fault:
        raise Refusal(
            "The record of another child of the same case cannot be read without this one. It goes with the other "
            "child’s."
        ) from fault


def _check_may_go(child):
    if hold := holds.standing(child):
        raise Refusal(
            f"{hold.placed_by.name} placed a hold on this record: {hold.get_ground_display().lower()}. While it "
            "stands, nobody disposes of it."
        )
    kept = retention.kept(child)
    if kept.until is None:
        raise Refusal(f"{kept.ground} Its record is not disposed of.")
    if not kept.is_over(timezone.localdate()):
        raise Refusal(f"The record is kept until {weekday_date(kept.until)}. {kept.ground}")
    return kept


def _check_two_people(disposal, by):
    """They may have left since, or gone to another authority: whoever agreed was one who might, on the day."""
    if disposal.proposed_by_id == by.pk or by.organisation_id != disposal.authority_id:
        raise Refusal("A disposal needs two different people of the authority.")


def _check_reason(child, reason):
    if not reason.strip():
        raise Refusal("Say why the record is to go.", field="reason")
    named = {word.casefold() for word in re.findall(r"\w+", child.name) if len(word) > 2}
    if named & {word.casefold() for word in re.findall(r"\w+", reason)}:
        raise Refusal(
            "Leave the child’s name out: the reason stands on the certificate, which outlives the record.",
            field="reason",
        )


def _waiting(child):
    disposal = waiting(child)
    if disposal is None:
        raise Refusal("Nobody has proposed to dispose of this record, or it was declined meanwhile.")
    return disposal


def _decline(disposal, by, reason):
    disposal.declined_by, disposal.declined_at, disposal.reason_declined = by, timezone.now(), reason[:500]
    disposal.save(update_fields=["declined_by", "declined_at", "reason_declined"])


def _could_not(pk, reason):
    """It stays, and the page says why."""
    with transaction.atomic(), audit.act(None, "disposal.refused") as act:
        disposal = agreed().select_for_update(of=("self",)).select_related("child").filter(pk=pk).first()
        if disposal:
            _decline(disposal, None, reason)
            act.touched(witness.child(disposal.child), _named(disposal))


def _named(disposal):
    return ("disposal", disposal.key)
