"""Movers: somebody changes role from a day on."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import RoleChange, User


def apply_due(*, person=None, today=None):
    """Give everybody the role they have from today. Doing it twice changes nothing; returns how many moved."""
    today = today or timezone.localdate()
    with transaction.atomic():
        due = RoleChange.objects.select_for_update(of=("self",)).filter(applied_at=None, from_on__lte=today)
        if person is not None:
            due = due.filter(person=person)
        moving = list(due.order_by("from_on", "pk"))
        for change in moving:
            User.objects.filter(pk=change.person_id).update(role=change.role)
            change.applied_at = timezone.now()
            change.save(update_fields=["applied_at"])
        if moving:
            audit.changed(None, "role.begun", *(_person(change) for change in moving))
    return len(moving)


def plan(person, role, *, from_on, by):
    """Write the change down; one that begins today, or began already, is done at once."""
    with transaction.atomic(), audit.act(by, "role.planned") as act:
        change, _ = RoleChange.objects.update_or_create(
            person=person, from_on=from_on, defaults={"role": role, "made_by": by, "applied_at": None}
        )
        act.touched(_person(change))
        apply_due(person=person)
    return change


def planned(person):
    return person.role_changes.filter(applied_at=None)


def withdraw(change, *, by):
    """A change that has not come yet is as if it had never been planned."""
    with transaction.atomic():
        withdrawn, _ = RoleChange.objects.filter(pk=change.pk, applied_at=None).delete()
        if withdrawn:
            audit.changed(by, "role.withdrawn", _person(change))


def _person(change):
    return ("person", change.person_id)
