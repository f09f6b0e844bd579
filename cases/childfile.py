"""A child read by subject: periods of care, legal status, reviews, who was appointed, and the care chronology."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases import worklist
from cases.dates import weekday_date
from cases.forms.particulars import PARTICIPATION
from cases.forms.references import review_label
from cases.models import Appointment, Case, Child, Event, Miss
from cases.models.event import LEGAL_STATUS_CHANGED, STRUCK_OUT
from cases.specifications import specification_of
from cases.timeline import TimelineEntry, describe
from protocol.duties import CATALOGUE
from protocol.happenings import Happening
from protocol.vocabulary import Force

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


def age_in_words(child, today):
    """Years; for a baby months, and in the first month days."""
    years = child.age_on(today)
    if years > 0:
        return _counted(years, "year")
    months = (
        (today.year - child.born.year) * 12 + today.month - child.born.month - (today.day < child.born.day)
    )
    return _counted(months, "month") if months > 0 else _counted(max(0, (today - child.born).days), "day")


def _counted(number, unit):
    return f"{number} {unit}{'' if number == 1 else 's'}"


def legal_statuses(ids):
    """Under what each child is looked after today; nothing for one who is not."""
    said = Event.objects.standing().filter(
        Q(child__in=ids) | Q(child=None, case__members__child__in=ids),
        happening__in=[*STATUS_SAID_BY, Happening.CEASED_TO_BE_LOOKED_AFTER],
    ).order_by("on", "pk").values_list("child", "case__members__child", "happening", "details")  # fmt: skip
    known = {}
    for own, through_case, happening, details in said:
        child = own or through_case
        if happening == Happening.CEASED_TO_BE_LOOKED_AFTER:
            known.pop(child, None)
        elif happening == Happening.BECAME_LOOKED_AFTER or child in known:
            known[child] = details.get("legal_status", "") or known.get(child, "")
    return known


@dataclass(frozen=True)
class Period:
    began_on: date
    ended_on: date | None
    statuses: list


def periods(child):
    """Each period of care, the latest first, with every legal status in it."""
    said = list(
        Event.objects.standing()
        .filter(Q(child=child) | Q(child=None, case__members__child=child), happening__in=STATUS_SAID_BY)
        .order_by("on", "pk").distinct()
    )  # fmt: skip
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
        participation=_participation(event, child),
        status=worklist.status(clock, today) if clock else "",
        lateness=worklist.lateness(clock, today) if clock else "",
        steps={
            name: next((_step(d, today) for d in owed if d["duty"] == duty and d["subject"] == ref), None)
            for duty, name in REVIEW_STEPS.items()
        },
    )


def _participation(event, child):
    """One code for the child: a review may have been held for several at once."""
    said = event.particulars.get("participation", "")
    code = said.get(str(child.pk), "") if isinstance(said, dict) else said
    return dict(PARTICIPATION).get(code, code) if code else ""


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


def chronology(child, *, may_correct):
    """The child's own chronology, newest first: facts, corrections and misses of review dates."""
    events = Event.objects.filter(case=None, child=child).exclude(happening=STRUCK_OUT)
    events = events.select_related("recorded_by", "on_behalf_of", "correction__recorded_by")
    misses = Miss.objects.filter(case=None, child=child).select_related("annulled_by__recorded_by")
    entries = [_entry(event, child, may_correct) for event in events.order_by("-on", "-pk")]
    return sorted([*entries, *map(_missed, misses)], key=lambda entry: entry.on, reverse=True)


def _entry(event, child, may_correct):
    correction = getattr(event, "correction", None)
    typed = timezone.localdate(event.recorded_at)
    may_correct = may_correct and correction is None
    return TimelineEntry(
        on=event.on,
        title=specification_of(event.happening).label,
        text=" ".join(part for part in (describe(event), _taking_part(event, child), event.note) if part),
        by=event.recorded_by.name if event.recorded_by else "the system",
        on_behalf_of=event.on_behalf_of.name if event.on_behalf_of else "",
        how_known=event.how_known,
        recorded_on=typed if typed != event.on else None,
        struck=correction is not None,
        struck_by=correction.recorded_by.name if correction and correction.recorded_by else "",
        struck_on=timezone.localdate(correction.recorded_at) if correction else None,
        struck_why=correction.note if correction else "",
        url=reverse("correct_for_child", args=[child.key, event.pk]) if may_correct else "",
        act="Correct this" if may_correct else "",
    )


def _taking_part(event, child):
    code = _participation(event, child)
    return f"Participation: {code}." if code else ""


def _missed(miss):
    """A miss stands on the day after its date, for ever; an annulled one struck through."""
    duty = CATALOGUE[miss.duty]
    return TimelineEntry(
        on=miss.due_on + timedelta(days=1),
        title=f"{'Deadline missed' if Force(miss.force).breach else 'Target not reached'}: {duty.id}",
        text=f"{duty.sentence} It was due by the end of {weekday_date(miss.due_on)}. {miss.reason}".strip(),
        by="the clock",
        citations=list(duty.sources),
        struck=miss.annulled_at is not None,
        struck_on=timezone.localdate(miss.annulled_at) if miss.annulled_at else None,
        struck_why="what is recorded now shows that nothing was missed" if miss.annulled_at else "",
    )
