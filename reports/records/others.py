"""The other people a child's record names, for whoever decides which names a pack leaves out."""

import re
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q

from accounts.models import User
from cases.models import Case, Child, Event, Whereabouts
from letters.models import GONE, Recipient


@dataclass(frozen=True)
class Other:
    """Somebody else in the record. Staff are named as a rule (Data Protection Act 2018 Sch 2 para 17)."""

    name: str
    part: str
    is_private: bool


def others(child, user):
    """Private people first; each name once. Of a case this person may not open nobody is named."""
    cases = cases_of(child, user)
    found = {}
    for name_them in (_children, _staff, _recipients, _told_of):
        for other in name_them(child, cases):
            found.setdefault(other.name, other)
    found.pop(child.name, None)
    return sorted(found.values(), key=lambda other: (not other.is_private, other.name))


def cases_of(child, user):
    return Case.objects.visible_to(user).filter(members__child=child).order_by("opened_on", "pk")


def reached(names, child):
    """E-mail addresses, numbers and addresses of these people, which go where their names go."""
    people = User.objects.filter(name__in=names).values_list("email", "telephone")
    typed = Recipient.objects.filter(_about(child), name__in=names, person=None, child=None).distinct()
    written_to = [
        contact
        for address, email in typed.values_list("address", "email")
        for contact in (email, *_telling(address))
    ]
    return {contact for contact in (*chain(*people), *written_to) if contact} - _own(child)


def _telling(address):
    """The lines of an address that say where: the first, and those with a house or a postcode; not the town's.

    A line that is a number alone stands in too many places that are no address.
    """
    lines = [line.strip() for line in address.splitlines() if re.search(r"[^\W\d_]{3}|\w+ \w+", line)]
    return [line for at, line in enumerate(lines) if not at or re.search(r"\d", line)]


def _own(child):
    """What the person who asks has a right to read though somebody else lives there too."""
    homes = Whereabouts.objects.standing().filter(child=child).values_list("address", flat=True)
    return {line.strip() for home in homes for line in home.splitlines()}


def this_childs(child, cases):
    """What happened to this child, or to all of a case; what concerns a brother or sister alone is theirs."""
    return Q(case__in=cases, child=None) | Q(case__in=cases, child=child) | Q(case=None, child=child)


def _children(child, cases):
    family = Q(pk=child.parent_id) | Q(parent=child) | Q(memberships__case__in=cases)
    for other in Child.objects.filter(family).exclude(pk=child.pk).distinct():
        yield Other(other.name, "Another child in the record", True)


def _staff(child, cases):
    events = Event.objects.filter(this_childs(child, cases))
    held = child.appointments.filter(Q(case=None) | Q(case__in=cases))
    people = User.objects.filter(Q(pk__in=held.values("person")) | Q(pk__in=events.values("recorded_by")))
    for person in people.select_related("organisation"):
        yield Other(person.name, f"{person.get_role_display()}, {person.organisation}", False)


def _recipients(child, cases):
    rows = Recipient.objects.filter(_about(child), letter__state__in=GONE, letter__case__in=cases).exclude(
        name=""
    )
    for name, party, person in rows.values_list("name", "party", "person").distinct():
        yield Other(name, Recipient.Party(party).label, person is None and party in ("parent", "other"))


def _about(child):
    return Q(letter__about__child=child) | Q(letter__referral__children=child)


def _told_of(child, cases):
    events = Event.objects.filter(this_childs(child, cases))
    for particulars in events.values_list("particulars", flat=True):
        if name := particulars.get("name"):
            yield Other(name, "Named in the chronology", False)
