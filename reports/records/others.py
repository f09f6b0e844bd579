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


def others(child):
    """Private people first; each name once."""
    found = {}
    for other in (*_children(child), *_staff(child), *_recipients(child), *_told_of(child)):
        found.setdefault(other.name, other)
    found.pop(child.name, None)
    return sorted(found.values(), key=lambda other: (not other.is_private, other.name))


def reached(names):
    """The addresses and numbers of people in the service, which go where their names go."""
    people = User.objects.filter(name__in=names).values_list("email", "telephone")
    return [contact for contacts in people for contact in contacts if contact]


def events_of(child, cases):
    """What happened to this child, or to all of a case; what concerns a brother or sister alone is theirs."""
    return Event.objects.filter(Q(case__in=cases, child=None) | Q(child=child))


def _cases(child):
    return Case.objects.filter(members__child=child)


def _children(child):
    family = Q(pk=child.parent_id) | Q(parent=child) | Q(memberships__case__in=_cases(child))
    for other in Child.objects.filter(family).exclude(pk=child.pk).distinct():
        yield Other(other.name, "Another child in the record", True)


def _recipients(child):
    about = Q(letter__about__child=child) | Q(letter__referral__children=child)
    rows = Recipient.objects.filter(about, letter__state__in=GONE).exclude(name="")
    for name, party, person in rows.values_list("name", "party", "person").distinct():
        yield Other(name, Recipient.Party(party).label, person is None and party in ("parent", "other"))


def _told_of(child):
    for particulars in events_of(child, _cases(child)).values_list("particulars", flat=True):
        if name := particulars.get("name"):
            yield Other(name, "Named in the chronology", False)


def _staff(child):
    events = events_of(child, _cases(child))
    people = User.objects.filter(
        Q(pk__in=child.appointments.values("person")) | Q(pk__in=events.values("recorded_by"))
    ).select_related("organisation")
    for person in people:
        yield Other(person.name, f"{person.get_role_display()}, {person.organisation}", False)
