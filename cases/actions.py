"""`record` is the one door for facts, and `correct` strikes one out. Every other verb goes through them.

Always in this order: lock · may this person? · settle any miss before today · write the event · play the
chronology with it, which refuses what cannot be · bring the projection up to date · leave an audit entry. One
transaction: a refusal leaves nothing behind.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from accounts import audit
from accounts.roles import PersonRole
from cases import access, breaches, consequences, projection, recordable, witness
from cases.checks import check_fact
from cases.facts import details_of, store
from cases.models import Case, CaseChild, Child, Event, LocalAgreement
from cases.models.event import STRUCK_OUT
from cases.refusal import NotYours, Refusal, Stale
from cases.specifications import specification_of
from protocol.faults import Malformed, Refused
from protocol.fields import TakesChild
from protocol.happenings import Happening


@dataclass(frozen=True)
class Entry:
    """One fact as a person entered it."""

    happening: str
    on: date
    by: Any
    children: tuple = ()
    details: dict = field(default_factory=dict)
    particulars: dict = field(default_factory=dict)
    note: str = ""
    on_behalf_of: Any = None
    how_known: str = ""
    submission: UUID | None = None
    corrects: Event | None = None


def record(
    subject,
    happening,
    *,
    on,
    by,
    children=None,
    details=None,
    particulars=None,
    note="",
    on_behalf_of=None,
    how_known="",
    submission=None,
    seen_version=None,
    corrects=None,
):
    """Record that something happened on a day; return the events written.

    `subject` is a Case, a Child (a fact of its period of care) or a LocalAgreement. `children` are the ones
    concerned, all of the case's when left out. `by` is None for the system itself. Raises `Refusal` with one
    sentence, and then nothing is saved. The same `submission` recorded twice gives the first events again.
    """
    entry = Entry(
        happening, on, by, tuple(children or ()), details or {}, particulars or {}, note, on_behalf_of,
        how_known, submission, corrects,
    )  # fmt: skip
    with transaction.atomic(), audit.act(by, f"recorded.{happening}") as act:
        return _record(subject, entry, seen_version, act)


def correct(event, *, by, reason, submission=None, replacement=None):
    """Strike an event out, with a reason; `replacement` holds what should have been typed, if anything.

    The event stays in the chronology, shown struck through: a mistake is corrected, never deleted.
    """
    if not reason.strip():
        raise Refusal("Say why this is being corrected: the chronology keeps the reason.", field="reason")
    subject = event.case or event.child or event.agreement
    with transaction.atomic(), audit.act(by, f"corrected.{event.happening}") as act:
        locked = _lock(subject)
        if already := _already(locked, submission):
            return already
        if Event.objects.filter(corrects=event).exists():
            raise Stale("Somebody has already corrected this. Look at the chronology before you go on.")
        if replacement is None:
            entry = Entry(
                STRUCK_OUT, timezone.localdate(), by, note=reason, submission=submission, corrects=event
            )
            return _record(locked, entry, None, act)
        entry = Entry(
            event.happening, replacement["on"], by, replacement.get("children", ()),
            replacement.get("details", details_of(event)),
            replacement.get("particulars", event.particulars), reason, event.on_behalf_of, event.how_known,
            submission, event,
        )  # fmt: skip
        return _record(locked, entry, None, act)


def _record(subject, entry, seen_version, act):
    subject = _lock(subject)
    if already := _already(subject, entry.submission):
        return already
    _check_version(subject, seen_version)
    _check_may(subject, entry)
    today = timezone.localdate()
    children = _lock_children(subject, entry)
    _settle(subject, children, today)
    check_fact(subject, entry, children, today=today)
    consequences.keep_membership(subject, entry, children)
    events = Event.objects.bulk_create(Event(**row) for row in _rows(subject, entry, children))
    act.touched(*witness.subject(subject), *witness.children(children), *witness.events(events))
    consequences.end_guardianship(subject, entry)
    consequences.correct_appointment(entry, children)
    consequences.hand_over_matters(subject, entry, events)
    _play(subject, children, today, because=events[0])
    if entry.happening == Happening.CHILD_ADDED and not entry.corrects:
        for child in children:
            carry_in_iro(subject, child, on=entry.on)
    return events


def carry_in_iro(case, child, *, on):
    """An IRO the child already has is allocated from its first day in the case (CMH-2 is met early)."""
    held = child.appointments.filter(role=PersonRole.IRO, until_on=None).select_related("person").first()
    if held:
        particulars = {"person": held.person_id, "name": held.person.name}
        day = max(on, held.from_on)
        record(case, Happening.IRO_ALLOCATED, on=day, by=None, children=[child], particulars=particulars)


def _already(subject, submission):
    """What a twice-pressed button wrote the first time."""
    if submission is None:
        return []
    return list(_events_of(subject).filter(submission=submission))


def _events_of(subject):
    """The subject's chronology, corrected events and all; a case's with its children's care in it."""
    if isinstance(subject, Case):
        return Event.objects.filter(Q(case=subject) | Q(case=None, child__in=subject.members.values("child")))
    return subject.events.filter(case=None)


def _lock(subject):
    """Read the subject again under a lock: two people's facts are played one after the other.

    A case brings along its children as they were before the fact.
    """
    if isinstance(subject, Child):  # cases first, then children, whichever page one comes from
        list(
            Case.objects.select_for_update(of=("self",))
            .filter(pk__in=subject.cases.values("pk"))
            .order_by("pk")
        )
    locked = type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)
    if isinstance(locked, Case):
        prefetch_related_objects([locked], Prefetch("members", CaseChild.objects.select_related("child")))
    return locked


def _lock_children(subject, entry):
    """The children the fact concerns, locked when it touches their care stream."""
    if isinstance(subject, LocalAgreement):
        return []
    chosen = list(entry.children) or ([subject] if isinstance(subject, Child) else [])
    if entry.corrects and entry.corrects.child_id:
        chosen = [entry.corrects.child]
    if not chosen and _is_care(entry):
        chosen = [member.child for member in subject.members.all() if member.left_on is None]
    if chosen == [subject]:
        return [subject]  # locked already
    ids = sorted(child.pk for child in chosen)
    return list(Child.objects.select_for_update().filter(pk__in=ids).order_by("pk")) if ids else []


def _check_version(subject, seen_version):
    if seen_version is not None and isinstance(subject, Case) and subject.version != seen_version:
        latest = _events_of(subject).select_related("recorded_by").order_by("-pk").first()
        who = latest.recorded_by.name if latest and latest.recorded_by else "the clock"
        raise Stale(
            f"While you were filling this in, {who} recorded something on this case. "
            "Nothing you typed is lost: look at what changed, then send it again."
        )


def _check_may(subject, entry):
    if entry.by is None or isinstance(subject, LocalAgreement):
        return
    specification = specification_of(_kind(entry))
    if not access.may_record(entry.by, subject, specification.done_by):
        raise NotYours(
            f"“{specification.label}” is recorded by {_names(specification.done_by)}. "
            "Ask them to record it here; it can be recorded for them only when their agency is not on the system."
        )
    if entry.corrects and not recordable.corrector(entry.by, subject)(entry.corrects):
        raise NotYours(
            f"“{specification.label}” is corrected by whoever recorded it, or by the side whose act it was: the IRO "
            "and the IRO manager, or Cafcass. Ask them: nobody strikes out what another says in a challenge."
        )


def _names(roles):
    return " or ".join(role.label for role in roles)


def _settle(subject, children, today):
    if isinstance(subject, Case):
        breaches.settle(today=today, stream={"case_id": subject.pk})
    if isinstance(subject, LocalAgreement):
        breaches.settle(today=today, stream={"agreement_id": subject.pk})
    for child in children:
        breaches.settle(today=today, stream={"child_id": child.pk, "case_id": None})


def _kind(entry):
    """The happening an entry is about: a striking-out is about the one it strikes."""
    return entry.corrects.happening if entry.happening == STRUCK_OUT else entry.happening


def _is_care(entry):
    return recordable.is_for_a_child(_kind(entry))


def _rows(subject, entry, children):
    """One row for the case, or one for each child where the fact is a child's own or concerns only some."""
    whole = {
        "authority_id": subject.authority_id,
        "happening": str(entry.happening),
        "on": entry.on,
        "details": store(entry.details),
        "particulars": store(entry.particulars),
        "note": entry.note,
        "recorded_at": timezone.now(),
        "recorded_by": entry.by,
        "on_behalf_of": entry.on_behalf_of,
        "how_known": entry.how_known,
        "submission": entry.submission,
        "corrects": entry.corrects,
    }
    if isinstance(subject, LocalAgreement):
        return [{**whole, "agreement": subject}]
    if entry.corrects:
        return [{**whole, "case": entry.corrects.case, "child": entry.corrects.child}]
    case = subject if isinstance(subject, Case) and not _is_care(entry) else None
    if case and (not children or _is_everyone(case, children, entry)):
        return [{**whole, "case": case}]
    return [{**whole, "case": case, "child": child} for child in children]


def _is_everyone(case, children, entry):
    if specification_of(entry.happening).child is TakesChild.REQUIRED:
        return False
    present = {member.child_id for member in case.members.all() if member.left_on is None}
    return present == {child.pk for child in children}


def _said(refused):
    """The sentence of the rule layer, which knows children by key; a person reads their names."""
    fact = getattr(refused, "fact", None)
    if fact is None or fact.child is None:
        return str(refused)
    return str(refused).replace(f'"{fact.child}"', Child.objects.get(pk=fact.child).name)


def _play(subject, children, today, because):
    """Play every chronology the fact stands in. One that cannot be is refused, and the transaction undone."""
    try:
        _project(subject, children, today, because)
    except (Refused, Malformed) as refused:
        raise Refusal(_said(refused)) from refused


def _project(subject, children, today, because):
    for child in children:
        projection.project_child(child, today=today, because=because)
    if isinstance(subject, LocalAgreement):
        projection.project_agreement(subject, today=today, because=because)
    for case in _cases_touched(subject, children):
        projection.project_case(case, today=today, because=because)


def _cases_touched(subject, children):
    """The case itself, and every other case in which a child's care facts show."""
    own = [subject] if isinstance(subject, Case) else []
    others = Case.objects.filter(members__child__in=children).exclude(pk__in=[case.pk for case in own])
    return own + list(Case.objects.select_for_update().filter(pk__in=others.values("pk")).order_by("pk"))
