"""Addresses that a mail server refuses for good: noted for an administrator, forgotten once something arrives."""

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from cases.models import Undeliverable

PERMANENT = 500  # SMTP: 4xx is for now, 5xx for good (RFC 5321, 4.2.1)


def is_for_good(refused):
    return all(code >= PERMANENT for code, _ in refused.recipients.values())


def note(person, refused):
    code, said = next(iter(refused.recipients.values()))
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    found, is_new = Undeliverable.objects.get_or_create(
        person=person,
        defaults={"address": person.email, "since": timezone.now(), "why": f"{code} {words}"[:200]},
    )
    if is_new:
        return
    if found.address != person.email:
        found.address, found.since, found.times = person.email, timezone.now(), 0
        found.save()
    Undeliverable.objects.filter(pk=person.pk).update(times=F("times") + 1, why=f"{code} {words}"[:200])


def forget(person):
    Undeliverable.objects.filter(person=person).delete()


def of_people(administrator):
    """Of the administrator's own people, while the address is still the one that was refused."""
    people = User.objects.administered_by(administrator).filter(is_active=True)
    found = Undeliverable.objects.filter(person__in=people, address=F("person__email"))
    return found.select_related("person").order_by("person__name")
