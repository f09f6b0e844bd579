"""Matters a guardian hands over: they stand at the child's next review until the IRO closes them."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases import access, witness
from cases.dates import weekday_date
from cases.models import Child, Matter
from cases.refusal import NotYours, Refusal, Stale


def visible_to(user):
    """A matter is as visible as its child."""
    children = Child.objects.visible_to(user).order_by().values("pk")
    return Matter.objects.filter(child__in=children).select_related("child", "raised_by", "closed_by")


def open_for(children):
    """What stands at the next review of these children, oldest first."""
    open_ones = Matter.objects.filter(child__in=children, closed_on=None)
    return open_ones.select_related("child", "raised_by").order_by("raised_by__on", "pk")


def of(child):
    """All that guardians handed over for a child, what is still open first."""
    handed_over = Matter.objects.filter(child=child).select_related("raised_by", "closed_by")
    return sorted(
        handed_over, key=lambda matter: (matter.closed_on is not None, matter.raised_by.on, matter.pk)
    )


def hand_over(events, children, matters):
    """Each matter stands at the next review of each child it is about, until the IRO closes it (END-3, PN 2.3).

    `matters` are texts with, where it concerns one child only, that child's key.
    """
    event_of = {event.child_id: event for event in events}
    Matter.objects.bulk_create(
        Matter(
            authority_id=child.authority_id,
            child=child,
            raised_by=event_of.get(child.pk) or events[0],
            text=matter["text"],
        )
        for matter in matters
        for child in children
        if matter.get("child") in ("", None, child.key)
    )


def close(matter, *, by, on, evidence):
    """Close a matter with what was done and how one knows; closing it twice the same way closes it once."""
    if by is not None and not access.may_close_matters(by):
        raise NotYours(
            "A matter the guardian handed over is closed by the child’s IRO or by an IRO manager (END-5, END-11)."
        )
    _check(matter, on, evidence)
    with transaction.atomic():
        claimed = Matter.objects.filter(pk=matter.pk, closed_on=None).update(
            closed_on=on, closed_by=by, evidence=evidence.strip()
        )
        if claimed:
            audit.changed(by, "matter.closed", ("matter", matter.pk), witness.child(matter.child))
    if not claimed:
        _check_same(matter, by, evidence)


def _check(matter, on, evidence):
    if not evidence.strip():
        raise Refusal("Say what was done, and how you know.", field="evidence")
    if on > timezone.localdate():
        raise Refusal("The date it was settled must be today or in the past.", field="on")
    if on < matter.raised_by.on:
        raise Refusal(
            f"The guardian handed this over on {weekday_date(matter.raised_by.on)}: "
            "it cannot have been settled before that.",
            field="on",
        )


def _check_same(matter, by, evidence):
    now = Matter.objects.select_related("closed_by").get(pk=matter.pk)
    if (now.closed_by, now.evidence) != (by, evidence.strip()):
        who = now.closed_by.name if now.closed_by else "somebody"
        raise Stale(f"{who} closed this on {weekday_date(now.closed_on)}, while you were writing.")
