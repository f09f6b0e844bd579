"""The chronology as a person reads it: facts, and the misses that stand among them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import PersonRole
from cases.dates import weekday_date
from cases.forms.particulars import PARTICIPATION
from cases.forms.references import review_label
from cases.identity import HEARINGS
from cases.models import Event, Miss
from cases.models.event import STRUCK_OUT
from cases.specifications import in_words, specification_of
from protocol.duties import CATALOGUE
from protocol.fields import FieldType
from protocol.vocabulary import Force, Subject
from protocol.working_days import ENGLAND


@dataclass(frozen=True)
class TimelineEntry:
    """What `components/timeline.html` takes."""

    on: date
    title: str
    text: str = ""
    children: str = ""
    by: str = ""
    on_behalf_of: str = ""
    how_known: str = ""
    recorded_on: date | None = None
    citations: tuple[str, ...] = ()
    struck: bool = False
    struck_by: str = ""
    struck_on: date | None = None
    struck_why: str = ""
    url: str = ""
    act: str = ""


def chronology_of(case, *, may_correct):
    """Newest first: events of the case and of its children's care, and every miss, annulled or not."""
    entries = entries_of(_events(case), case, may_correct=may_correct)
    return _newest_first([*entries, *_together(_missed_all(_misses(case)))])


def chronology_of_child(child, *, may_correct):
    """The child's own chronology: care, and the misses of review dates."""
    events = _read(Event.objects.filter(case=None, child=child))
    misses = Miss.objects.filter(case=None, child=child).select_related(
        "child", "annulled_by__recorded_by", "annulled_by__corrects"
    )
    told = [_entry(event, "correct_for_child" if may_correct(event) else "", child.key) for event in events]
    entries = [*told, *_missed_all(misses)]
    return _newest_first(replace(entry, children="") for entry in entries)


def entries_of(events, case, *, may_correct):
    """Some of a case's events as entries, newest first; `may_correct` answers for each whether this reader may."""
    return [_entry(event, "correct" if may_correct(event) else "", case.key) for event in _read(events)]


def told(events, misses):
    """Facts and misses as they are read out to somebody, oldest first; nothing is corrected from there."""
    because = misses.select_related("child", "annulled_by__recorded_by", "annulled_by__corrects")
    entries = [*(_entry(event, "", "") for event in _read(events)), *_missed_all(because)]
    return _newest_first(entries)[::-1]


def _newest_first(entries):
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _events(case):
    care = Q(case=None, child__in=case.members.values("child"))
    return Event.objects.filter(Q(case=case) | care)


def _read(events):
    told = events.exclude(happening=STRUCK_OUT)
    return told.select_related("child", "recorded_by", "on_behalf_of", "correction__recorded_by").order_by(
        "-on", "-pk"
    )


def _misses(case):
    children = case.members.values("child")
    since = case.opened_on
    return Miss.objects.filter(
        Q(case=case) | Q(case=None, child__in=children, due_on__gte=since)
    ).select_related("child", "annulled_by__recorded_by", "annulled_by__corrects")


def _together(entries):
    """Siblings' like misses as one entry that names the children."""
    alike = {}
    for entry in entries:
        alike.setdefault(replace(entry, children=""), []).append(entry)
    return [
        replace(same[0], children=", ".join(entry.children for entry in same if entry.children))
        for same in alike.values()
    ]


def _entry(event, page, key):
    """`page` is where the event can be corrected; none where this reader may not."""
    correction = getattr(event, "correction", None)
    may_correct = page and correction is None
    return TimelineEntry(
        on=event.on,
        title=specification_of(event.happening).label,
        text=" ".join(part for part in (describe(event), event.note) if part),
        children=event.child.name if event.child else "",
        by=event.recorded_by.name if event.recorded_by else "the system",
        on_behalf_of=event.on_behalf_of.name if event.on_behalf_of else "",
        how_known=event.how_known,
        recorded_on=_typed_later(event),
        struck=correction is not None,
        struck_by=correction.recorded_by.name if correction and correction.recorded_by else "",
        struck_on=timezone.localdate(correction.recorded_at) if correction else None,
        struck_why=correction.note if correction else "",
        url=reverse(page, args=[key, event.pk]) if may_correct else "",
        act="Correct this" if may_correct else "",
    )


def _typed_later(event):
    typed = timezone.localdate(event.recorded_at)
    return typed if typed != event.on else None


def describe(event):
    """The event's own fields in words."""
    specification = specification_of(event.happening)
    said = [
        _said(field, event.details[field.name])
        for field in specification.fields
        if field.name in event.details
    ]
    if code := participation_of(event):
        said.append(f"Participation: {code}.")
    said += [
        _stopped(f"{label}: {_particular(name, event.particulars[name])}")
        for name, label in PARTICULARS.items()
        if name in event.particulars and event.particulars[name] != event.details.get("to")
    ]
    return " ".join(said)


def _said(field, value):
    """ "Hearing: CMH."; a dispute or a referral says by its own name what it is."""
    named = field.refers_to in (Subject.DISPUTE, Subject.REFERRAL)
    return _stopped(value if named else f"{field.label.rstrip('?')}: {_value(field, value)}")


def _stopped(words):
    """A sentence with its full stop, where its writer has not set one."""
    return words if words.endswith((".", "!", "?", "…", ".”")) else f"{words}."


def participation_of(event):
    """How the child took part, in words. A review may have been held for several at once, with a code for each."""
    said = event.particulars.get("participation", "")
    code = said.get(str(event.child_id), "") if isinstance(said, dict) else said
    return dict(PARTICIPATION).get(code, code) if code else ""


# In the order they are told: a database need not keep the order in which they were written.
PARTICULARS = {"role": "As", "name": "Who", "means": "How", "iro_view": "The IRO’s view", "court": "Court and time",
               "young_person": "The young person", "rung": "Step", "bypassed": "Passed over", "reason": "Why",
               "accepts": "Accepts what is asked"}  # fmt: skip


def _particular(name, value):
    if isinstance(value, list):
        return ", ".join(value)
    return PersonRole(value).label if name == "role" else value


def _value(field, value):
    if field.type is FieldType.DATE:
        return weekday_date(date.fromisoformat(value))
    if field.type is FieldType.BOOLEAN:
        return "yes" if value else "no"
    if field.type is FieldType.PAPERS:
        return "; ".join(_promised(paper) for paper in value) or "none"
    if field.name == "hearing":
        return HEARINGS[value]
    if field.refers_to is Subject.REVIEW:
        return review_label(value)
    return dict(field.choices).get(value) or in_words(value)


def _promised(paper):
    return f"{paper['item']} by {weekday_date(date.fromisoformat(paper['promised_on']))}"


def _missed_all(misses):
    """Each miss; an annulled one knows whether the same duty was missed all the same, by another date."""
    misses = list(misses)
    standing = {_about(miss): miss for miss in misses if miss.annulled_at is None}
    return [_missed(miss, standing.get(_about(miss))) for miss in misses]


def _about(miss):
    return miss.case_id, miss.child_id, miss.duty, miss.subject


def _missed(miss, instead):
    """A miss stands on the day after its date; an annulled one stands struck through, with who and why."""
    duty = CATALOGUE[miss.duty]
    because = miss.annulled_by
    is_breach = Force(miss.force).breach
    return TimelineEntry(
        on=miss.due_on + timedelta(days=1),
        title=f"Deadline missed: {duty.id}" if is_breach else f"Target not reached: {duty.id}",
        text=f"{duty.sentence} It was due by the end of {weekday_date(miss.due_on)}. {miss.reason}".strip(),
        children=miss.child.name if miss.child else "",
        by="the clock",
        citations=tuple(duty.sources),
        struck=miss.annulled_at is not None,
        struck_by=because.recorded_by.name if because and because.recorded_by else "",
        struck_on=timezone.localdate(miss.annulled_at) if miss.annulled_at else None,
        struck_why=_why_annulled(miss, because, instead) if miss.annulled_at else "",
    )


def _why_annulled(miss, because, instead):
    shows = "nothing was missed"
    if instead:
        shows = f"the date was {weekday_date(instead.due_on)}, which was missed too"
    if because is None:
        return f"the chronology now shows that {shows}"
    label = specification_of(because.corrects.happening if because.corrects else because.happening).label
    if because.corrects:
        return f"“{label}” was corrected, which shows that {shows}"
    typed = timezone.localdate(because.recorded_at)
    late = ENGLAND.working_days_between(miss.due_on, typed)
    return (
        f"“{label}” on {weekday_date(because.on)} was recorded on {weekday_date(typed)}, "
        f"{late} working days after the date, and shows that {shows}"
    )
