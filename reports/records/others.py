"""The other people a child's record names, for whoever decides which names a pack leaves out."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from cases.models import Case, Child, Event
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


def reached(names):
    """The addresses and numbers of people in the service, which go where their names go."""
    people = User.objects.filter(name__in=names).values_list("email", "telephone")
    return [contact for contacts in people for contact in contacts if contact]


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
    about = Q(letter__about__child=child) | Q(letter__referral__children=child)
    rows = Recipient.objects.filter(about, letter__state__in=GONE, letter__case__in=cases).exclude(name="")
    for name, party, person in rows.values_list("name", "party", "person").distinct():
        yield Other(name, Recipient.Party(party).label, person is None and party in ("parent", "other"))


def _told_of(child, cases):
    events = Event.objects.filter(this_childs(child, cases))
    for particulars in events.values_list("particulars", flat=True):
        if name := particulars.get("name"):
            yield Other(name, "Named in the chronology", False)
