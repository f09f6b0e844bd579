"""Naming who answers for a list."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Organisation, User
from cases.refusal import Refusal
from reports.access import KEEPS_DATA_RIGHT
from reports.models import ListOwner


def candidates(authority):
    """Those of the authority who may open the list and put it right."""
    return User.objects.filter(organisation=authority, is_active=True, role__in=KEEPS_DATA_RIGHT).order_by(
        "name"
    )


def of(authority):
    """The owner of each list, by its name; whoever has left owns nothing."""
    owners = {}
    named = ListOwner.objects.filter(authority=authority).select_related("owner").order_by("pk")
    for one in named:
        owners[one.name] = one.owner
    return {
        name: owner
        for name, owner in owners.items()
        if owner.is_active and owner.organisation_id == authority.pk
    }


def name_owner(name, owner, *, by):
    """From now on this person answers for the list; naming the same again changes nothing."""
    with transaction.atomic():
        authority = Organisation.objects.select_for_update().get(pk=by.organisation_id)
        if not candidates(authority).filter(pk=owner.pk).exists():
            raise Refusal(
                f"{owner.name} cannot open this list. Choose somebody of the IRO service or its managers."
            )
        if of(authority).get(name) == owner:
            return
        ListOwner.objects.create(
            authority=authority, name=name, owner=owner, named_by=by, named_at=timezone.now()
        )
        audit.changed(by, f"quality.owner.{name}", ("person", owner.pk))
