"""Cover for absence: arranging that one colleague stands in for another, and ending it early."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from cases import access
from cases.appointments import check_independent
from cases.dates import weekday_date
from cases.models import Appointment, Case, Child, Cover, Notice
from cases.refusal import NotYours, Refusal


def arrange(absent, covering, *, from_on, until_on, by, cases=None):
    """`covering` stands in for `absent` on these cases, or on all they hold, from a day until a day.

    It lets them see and do what the absent person's appointments allow, and lifts no wall: both are of one agency
    and one side, and a restricted case stays with the names on its list.
    """
    if absent not in access.arranges_for(by):
        raise NotYours(
            f"Cover for {absent.name} is arranged by their own manager or service. Ask them to arrange it."
        )
    _check_colleagues(absent, covering)
    _check_days(from_on, until_on)
    with transaction.atomic():
        list(
            User.objects.select_for_update(of=("self",))
            .filter(pk__in=[absent.pk, covering.pk])
            .order_by("pk")
        )
        if covering.role in access.IRO_SIDE:
            check_independent(covering, _children(absent, cases), field="covering")
        if same := _already(absent, covering, from_on, until_on, cases):
            return same
        cover = Cover.objects.create(
            organisation_id=absent.organisation_id,
            absent=absent,
            covering=covering,
            is_for_everything=cases is None,
            from_on=from_on,
            until_on=until_on,
            arranged_by=by,
            arranged_at=timezone.now(),
        )
        cover.cases.set(cases or [])
        _tell(cover)
        _witness(by, "cover.arranged", cover)
    return cover


def end(cover, *, by):
    """From now on the cover is over. Pressed twice, it ends once."""
    with transaction.atomic():
        cover = Cover.objects.select_for_update(of=("self",)).get(pk=cover.pk)
        if not Cover.objects.visible_to(by).filter(pk=cover.pk).exists():
            raise NotYours("This cover is ended by whoever arranges cover for the person who is away.")
        if cover.ended_at:
            return
        cover.ended_by, cover.ended_at = by, timezone.now()
        cover.save(update_fields=["ended_by", "ended_at"])
        _witness(by, "cover.ended", cover)


def held_by(person):
    """The open cases of a person's appointments: what can be chosen to be covered."""
    held = Appointment.objects.filter(person=person, until_on=None).order_by()
    of_children = held.filter(case=None, child__memberships__left_on=None).values("child__memberships__case")
    return Case.objects.filter(pk__in=held.values("case").union(of_children)).exclude(stage="closed")


def _children(absent, cases):
    """Those of whose cases the cover is."""
    if cases is not None:
        return list(Child.objects.filter(memberships__case__in=cases, memberships__left_on=None).distinct())
    held = Appointment.objects.filter(person=absent, until_on=None)
    return list(Child.objects.filter(pk__in=held.values("child")))


def _check_colleagues(absent, covering):
    if not access.may_cover_for(absent).filter(pk=covering.pk).exists():
        raise Refusal(
            f"{covering.name} cannot cover for {absent.name}: cover stays within one agency and one side, so that "
            "nobody stands in for those who challenge them. Choose a colleague of the same service.",
            field="covering",
        )


def _check_days(from_on, until_on):
    if until_on < from_on:
        raise Refusal("The last day must be the first day or after it.", field="until_on")
    if until_on < timezone.localdate():
        raise Refusal(
            f"{weekday_date(until_on)} is past: cover cannot be arranged for days gone by.", field="until_on"
        )


def _already(absent, covering, from_on, until_on, cases):
    chosen = {case.pk for case in cases or ()}
    same = Cover.objects.filter(
        absent=absent, covering=covering, from_on=from_on, until_on=until_on, ended_at=None,
        is_for_everything=cases is None,
    )  # fmt: skip
    return next((cover for cover in same if {case.pk for case in cover.cases.all()} == chosen), None)


def _tell(cover):
    if cover.covering.is_reminded:
        Notice.objects.create(
            kind=Notice.Kind.COVER,
            recipient=cover.covering,
            about=f"cover:{cover.pk}",
            created_at=cover.arranged_at,
        )


def _witness(by, verb, cover):
    chosen = [("case", key) for key in cover.cases.values_list("key", flat=True)]
    audit.changed(
        by, verb, ("cover", cover.pk), ("person", cover.absent_id), ("person", cover.covering_id), *chosen
    )
