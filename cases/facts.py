"""Between stored events and the facts the Protocol plays.

Two streams: a case's own events, and each child's care events, which outlive every case and show in each.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.models import Case, Event, LocalAgreement
from cases.models.event import LEGAL_STATUS_CHANGED, PLAYED
from protocol.agreement import Agreement
from protocol.deadlines import Child, Fact
from protocol.fields import FieldType, TakesChild
from protocol.happenings import SPECIFICATIONS, Happening

# Facts of the child, not of a case: being looked after, and the reviews that follow from it.
CARE = frozenset(
    {
        Happening.BECAME_LOOKED_AFTER,
        Happening.CEASED_TO_BE_LOOKED_AFTER,
        Happening.AUTHORITY_TO_PLACE,
        Happening.PLACED_FOR_ADOPTION,
        Happening.REVIEW_HELD,
        Happening.REVIEW_DECISIONS_WRITTEN,
        Happening.REVIEW_RECORD_COMPLETED,
        Happening.REVIEW_RECORD_DISTRIBUTED,
    }
)


BY_VALUE = {happening.value: happening for happening in Happening}


def name_of(child):
    """What a child is called in the rule layer, which needs a key and no name."""
    return str(child.pk)


def player(child):
    return Child(name_of(child), child.born)


def fact_of(event):
    return Fact(
        Happening(event.happening),
        event.on,
        child=str(event.child_id) if event.child_id and _names_a_child(event) else None,
        details=details_of(event),
        id=event.pk,
    )


def _names_a_child(event):
    """A child's own stream may hold happenings that the Protocol counts once for a review, not per child."""
    return SPECIFICATIONS[Happening(event.happening)].child is not TakesChild.NO


def details_of(event):
    """The event's details with its dates as dates again: stored JSON has none."""
    specification = SPECIFICATIONS.get(BY_VALUE.get(event.happening))
    if specification is None:
        return event.details
    return {name: _revived(specification.field(name), value) for name, value in event.details.items()}


def _revived(field, value):
    if field.type is FieldType.DATE:
        return date.fromisoformat(value)
    if field.type is FieldType.PAPERS:
        return [{**paper, "promised_on": date.fromisoformat(paper["promised_on"])} for paper in value]
    return value


def store(details):
    """Details as JSON can hold them: a date in its ISO form."""
    if isinstance(details, dict):
        return {key: store(value) for key, value in details.items()}
    if isinstance(details, (list, tuple)):
        return [store(value) for value in details]
    return details.isoformat() if isinstance(details, date) else details


@dataclass(frozen=True)
class Chronology:
    """All that a case is played from, read once: who is or was in it, and what counts of what happened."""

    case: Case
    members: list
    events: list

    @classmethod
    def of(cls, case):
        """The case's events and its children's care events, corrected ones left out."""
        members = list(case.members.select_related("child"))
        care = Q(case=None, child__in=[member.child_id for member in members])
        standing = Event.objects.standing().filter(Q(case=case) | care, happening__in=PLAYED)
        return cls(case, members, list(standing.order_by("on", "pk")))

    def own(self, happenings):
        """The case's own events of some kinds."""
        return [event for event in self.events if event.case_id and event.happening in happenings]


def care_events_of(child, happenings):
    """The child's own events of some kinds, corrected ones left out."""
    return (
        Event.objects.standing().filter(case=None, child=child, happening__in=happenings).order_by("on", "pk")
    )


def care_of(child):
    """The events of the child's own stream that are played or change the period of care."""
    return care_of_each([child])[child]


def care_of_each(children):
    """By child, the same of many, read at once."""
    care = {child.pk: [] for child in children}
    own = Event.objects.standing().filter(
        case=None, child__in=care, happening__in=PLAYED | {LEGAL_STATUS_CHANGED}
    )
    for event in own.order_by("on", "pk"):
        care[event.child_id].append(event)
    return {child: care[child.pk] for child in children}


def agreements_of(case):
    """The local agreements between the two agencies of a case, as the rule layer reads them."""
    between = LocalAgreement.objects.filter(
        authority=case.authority_id, cafcass_office=case.cafcass_office_id
    )
    return [
        Agreement(row.from_on, frozenset(row.variations), row.tighter) for row in between.order_by("from_on")
    ]
