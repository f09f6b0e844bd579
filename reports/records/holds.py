"""Do not dispose: a claim, an inquiry, or another reason why a record is kept beyond its day."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases import witness
from cases.models import Child
from cases.refusal import NotYours, Refusal
from reports.records.access import may_keep_records
from reports.records.models import Hold


def standing(child):
    return Hold.objects.filter(child=child, lifted_at=None).select_related("placed_by").first()


def place(child, *, by, ground, reason):
    """Nobody disposes of the record until somebody lifts the hold; a proposal that waits can no longer be agreed."""
    with transaction.atomic(), audit.act(by, "record.held") as act:
        child = lock(child, by)
        if standing(child):
            return standing(child)
        if not reason.strip():
            raise Refusal("Say which claim, inquiry or other matter the record is held for.", field="reason")
        hold = Hold.objects.create(
            authority_id=child.authority_id, child=child, ground=ground, reason=reason.strip(), placed_by=by,
            placed_at=timezone.now(),
        )  # fmt: skip
        act.touched(witness.child(child))
        return hold


def lift(child, *, by, reason):
    with transaction.atomic(), audit.act(by, "record.released") as act:
        child = lock(child, by)
        hold = standing(child)
        if hold is None:
            return
        if not reason.strip():
            raise Refusal("Say why the record need no longer be held.", field="reason")
        hold.lifted_by, hold.lifted_at, hold.reason_lifted = by, timezone.now(), reason.strip()
        hold.save(update_fields=["lifted_by", "lifted_at", "reason_lifted"])
        act.touched(witness.child(child))


def lock(child, by):
    """The child read again under a lock, for somebody who keeps the authority's records."""
    if not may_keep_records(by) or by.organisation_id != child.authority_id:
        raise NotYours(
            "Records are kept and disposed of by the authority’s IRO manager, head of service and LA legal."
        )
    return Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
