"""The other people a child's record names, for whoever decides which names a pack leaves out."""

import re
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q

from accounts.models import Organisation, User
from cases.models import Case, Child, Event, Whereabouts
from letters.leaving.postcodes import postcode_in, without_postcode
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


def reached(names, child, user):
    """E-mail addresses, numbers and addresses of these people, which go where their names go.

    What this person may read of where the child lives stays, though somebody else lives there too.
    """
    people = User.objects.filter(name__in=names).values_list("email", "telephone")
    typed = Recipient.objects.filter(_about(child), name__in=names, person=None).exclude(child=child)
    at_home = Whereabouts.objects.standing().filter(
        child__in=_family(child, cases_of(child, user)), child__name__in=names
    )
    written_to = [*typed.values_list("address", "email"), *at_home.values_list("address", "postcode")]
    lines = {line for address, other in written_to for line in (*_telling(address), other)}
    offices = Organisation.objects.filter(name__in=lines).values_list("name", flat=True)
    stays = {_alike(said) for said in ("", child.name, *offices, *_own(child, user))}
    return {said for said in {*chain(*people), *lines} if _alike(said) not in stays}


def _telling(address):
    """The parts of an address that say where, and its postcode; not the town, which stands last.

    A word or a number alone stands in too many places that are no address.
    """
    parts = [part.strip(" .") for part in re.split(r"[\n,;]", without_postcode(address))]
    parts = [part for part in parts if part]
    where = [part for at, part in enumerate(parts) if at < len(parts) - 1 or re.search(r"\d", part)]
    return [*(part for part in where if " " in part), postcode_in(address)]


def _own(child, user):
    for address, postcode in (
        Whereabouts.objects.visible_to(user).filter(child=child).values_list("address", "postcode")
    ):
        yield from (*_telling(address), postcode)


def _alike(line):
    return "".join(line.casefold().split())


def this_childs(child, cases):
    """What happened to this child, or to all of a case; what concerns a brother or sister alone is theirs."""
    return Q(case__in=cases, child=None) | Q(case__in=cases, child=child) | Q(case=None, child=child)


def _family(child, cases):
    family = Q(pk=child.parent_id) | Q(parent=child) | Q(memberships__case__in=cases)
    return Child.objects.filter(family).exclude(pk=child.pk).distinct()


def _children(child, cases):
    for other in _family(child, cases):
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
