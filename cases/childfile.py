"""A child read by subject: periods of care, legal status, reviews, who was appointed, and the care chronology."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.urls import reverse

from cases import worklist
from cases.facts import care_events_of
from cases.forms.references import review_label
from cases.models import Appointment, Case, Child, Event, PeriodOfCare
from cases.models.event import LEGAL_STATUS_CHANGED
from cases.specifications import specification_of
from cases.timeline import participation_of
from protocol.happenings import Happening

REVIEW_CLOCK = ("REV-1", "REV-2", "REV-3")
REVIEW_STEPS = {"REV-4": "decisions", "REV-5": "record", "REV-6": "distributed"}
STATUS_SAID_BY = (Happening.BECAME_LOOKED_AFTER, LEGAL_STATUS_CHANGED)
# What is recorded on a child's own page: before a period of care, and during one.
TO_BEGIN = (Happening.BECAME_LOOKED_AFTER,)
DURING = (
    Happening.REVIEW_HELD,
    Happening.REVIEW_DECISIONS_WRITTEN,
    Happening.REVIEW_RECORD_COMPLETED,
    Happening.REVIEW_RECORD_DISTRIBUTED,
    LEGAL_STATUS_CHANGED,
    Happening.AUTHORITY_TO_PLACE,
    Happening.PLACED_FOR_ADOPTION,
    Happening.CEASED_TO_BE_LOOKED_AFTER,
)
# The record of a review may be finished after the child has left care.
AFTERWARDS = (
    Happening.REVIEW_DECISIONS_WRITTEN,
    Happening.REVIEW_RECORD_COMPLETED,
    Happening.REVIEW_RECORD_DISTRIBUTED,
)


def legal_statuses(ids):
    """Under what each child is looked after today; nothing for one who is not."""
    current = PeriodOfCare.objects.filter(child__in=ids, ended_on=None)
    return dict(current.values_list("child", "legal_status"))


@dataclass(frozen=True)
class Period:
    began_on: date
    ended_on: date | None
    statuses: list


def periods(child):
    """Each period of care, the latest first, with every legal status in it."""
    said = list(care_events_of(child, STATUS_SAID_BY))
    return [
        Period(
            period.began_on,
            period.ended_on,
            [
                {"status": event.details.get("legal_status", ""), "on": event.on}
                for event in said
                if period.began_on <= event.on <= (period.ended_on or date.max)
            ],
        )
        for period in child.periods.order_by("-began_on")
    ]


@dataclass(frozen=True)
class Review:
    """A review held: when, how the child took part, whether in time, and how far its papers are."""

    on: date
    label: str
    participation: str
    status: str
    lateness: str
    steps: dict = field(default_factory=dict)


def reviews(child, *, today):
    """The latest first."""
    held = Event.objects.standing().filter(case=None, child=child, happening=Happening.REVIEW_HELD)
    owed = list(child.deadline_set.filter(case=None).values())
    return [_review(event, child, owed, today) for event in held.order_by("-on", "-pk")]


def _review(event, child, owed, today):
    clock = next((d for d in owed if d["met_by_id"] == event.pk and d["duty"] in REVIEW_CLOCK), None)
    ref = event.details.get("review", "")
    return Review(
        on=event.on,
        label=review_label(ref),
        participation=participation_of(event),
        status=worklist.status(clock, today) if clock else "",
        lateness=worklist.lateness(clock, today) if clock else "",
        steps={
            name: next((_step(d, today) for d in owed if d["duty"] == duty and d["subject"] == ref), None)
            for duty, name in REVIEW_STEPS.items()
        },
    )


def _step(deadline, today):
    return {
        "status": worklist.status(deadline, today),
        "on": deadline["met_on"] or deadline["due_on"],
        "is_done": deadline["met_on"] is not None,
    }


def appointments(child):
    """Everyone who held a role for the child, now and before."""
    return child.appointments.select_related("person__organisation", "case").order_by(
        "role", "-from_on", "-pk"
    )


def holder(child, role):
    held = Appointment.objects.filter(child=child, role=role, until_on=None, case=None)
    return held.select_related("person").first()


def family(child, user):
    """A parent and children who are recorded too; only those this person may open."""
    known = Child.objects.visible_to(user)
    parent = known.filter(pk=child.parent_id).first() if child.parent_id else None
    return {"parent": parent, "babies": list(known.filter(parent=child))}


def cases_of(child, user):
    """The cases of the child that this person may open."""
    return Case.objects.visible_to(user).filter(members__child=child).distinct().order_by("-opened_on", "-pk")


def to_record(child, *, is_looked_after):
    """What one can record for the child from here, as links."""
    offered = DURING if is_looked_after else TO_BEGIN
    if not is_looked_after and child.periods.exists():
        offered = (*TO_BEGIN, *AFTERWARDS)
    return [
        {
            "text": specification_of(name).button,
            "url": reverse("record_for_child", args=[child.key, str(name)]),
        }
        for name in offered
    ]


def acts_elsewhere(child, user):
    """What the rooms above offer this person for the child, as links."""
    ours = user.organisation_id == child.authority_id
    return [
        {"text": text, "url": reverse(name, args=[child.key])}
        for text, name, roles in settings.CHILD_ACTS
        if ours and user.role in roles
    ]
