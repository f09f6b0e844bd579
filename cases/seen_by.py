"""See as: what somebody of another role would see of what is about to be saved or sent.

The act is done in earnest, the functions that decide for every page (`visible_to` and its like) are asked for the
other person, and all of it is undone: there is no second set of rules, and nothing is written. The other person is the
one there is on the case; where there is none, one as there could be, who is undone as well.

    seen = seen_by.fact(page.case, part, lambda: actions.record(page.case, happening, **form.entry()))
    page.shown(request, …, also=seen_by.witness(part), seen=seen, see_as=seen_by.PARTS)

`part` is what `chosen(request)` gives. Templates: `components/see_as.html` offers, `components/seen_by.html` shows.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, PersonRole
from cases.models import Appointment, Case, Child, Event, Whereabouts
from cases.timeline import TimelineEntry, entries_of

# What each is called: on its button, and at the head of what they would see.
PARTS = {
    "guardian": ("the guardian", "A guardian on this case would see"),
    "la_legal": ("LA legal", "LA legal would see"),
    "social_worker": ("the social worker", "A social worker on this case would see"),
    "cafcass_legal": ("Cafcass Legal", "Cafcass Legal would see"),
}
HELD_IN_THE_CASE = {PersonRole.GUARDIAN}
HELD = {PersonRole.GUARDIAN, PersonRole.SOCIAL_WORKER}


@dataclass(frozen=True)
class Viewer:
    """Somebody of the role; `is_real` unless there is nobody yet and this is as one would see it."""

    part: str
    person: User
    is_real: bool

    @property
    def words(self):
        return PARTS[self.part][1]

    @property
    def called(self):
        return PARTS[self.part][0]


@dataclass(frozen=True)
class Seen:
    """What they would see: the entries and the words, or that they cannot open it, and what is kept from them."""

    viewer: Viewer
    opens: bool
    entries: list[TimelineEntry] = field(default_factory=list)
    rows: list[dict] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    # A letter, as it would stand before them.
    sheet: str = ""


def chosen(request):
    """The part that was asked for, if any."""
    asked = (request.POST if request.method == "POST" else request.GET).get("see_as", "")
    return asked if asked in PARTS else ""


def witness(part):
    """What the trail keeps besides of a page on which somebody saw as another."""
    return [("seen_as", part)] if part else []


@dataclass(frozen=True)
class Done:
    """An act that will be undone: who looks at it, the events it wrote, and what it gave."""

    viewer: Viewer
    events: QuerySet
    result: object


@contextmanager
def done_and_undone(subject, part, act):
    """Between the act and its undoing. The viewer is somebody of the case before it, or as there could be after it."""
    with transaction.atomic():
        person = _of_the_case(subject, PersonRole(part))
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        result = act()
        viewer = Viewer(part, person or _as_there_could_be(subject, PersonRole(part)), bool(person))
        yield Done(viewer, Event.objects.filter(pk__gt=last), result)
        transaction.set_rollback(True)


def fact(subject, part, act):
    """How the events that an act writes would stand before somebody. A refusal is the act's own."""
    with done_and_undone(subject, part, act) as done:
        opens = may_open(done.viewer, subject)
        return Seen(done.viewer, opens, entries_for(subject, done.events) if opens else [])


def whereabouts(child, part, act):
    """Where a child lives, as an act would write it down: the address, or that it is kept from them."""
    with done_and_undone(child, part, act) as done:
        row, opens = done.result, may_open(done.viewer, child)
        if not Whereabouts.objects.visible_to(done.viewer.person).filter(pk=row.pk).exists():
            kept = f"Where {child.name} lives. {row.get_audience_display()} may read it."
            return Seen(done.viewer, opens, withheld=[kept] if opens else [])
        address = "\n".join(filter(None, (row.address, row.postcode)))
        return Seen(done.viewer, opens, rows=[{"key": row.get_kind_display(), "value": address}])


def entries_for(subject, events):
    """The entries as a reader meets them, newest first."""
    return entries_of(events.order_by("-on", "-pk"), subject, may_correct=lambda event: False)


def may_open(viewer, subject):
    """Whether they may open the case, or the child's record, that this stands in."""
    return type(subject).objects.visible_to(viewer.person).filter(pk=subject.pk).exists()


def _of_the_case(subject, role):
    appointed = User.objects.filter(pk__in=_appointments(subject, role).values("person"), is_active=True)
    if role in HELD:
        return _first(appointed)
    if role == PersonRole.LA_LEGAL:
        ours = subject.authority.people.filter(role=role, is_active=True)
        return _first(appointed.filter(role=role)) or _first(ours)
    return _first(User.objects.filter(role=role, is_active=True))


def _first(people):
    return people.select_related("organisation").order_by("pk").first()


def _appointments(subject, role):
    held = Appointment.objects.filter(role=role, until_on=None, child__in=_children(subject))
    return held.filter(case=_case(subject)) if role in HELD_IN_THE_CASE else held


def _children(subject):
    if isinstance(subject, Child):
        return [subject]
    return [member.child for member in subject.members.filter(left_on=None).select_related("child")]


def _case(subject):
    """The case itself; for a child, the one that is open."""
    if isinstance(subject, Case):
        return subject
    member = subject.memberships.in_open_cases().select_related("case").first()
    return member and member.case


def _as_there_could_be(subject, role):
    person = User.objects.create(
        email=f"{uuid4()}@nobody.invalid", name="Somebody", role=role, organisation=_employer(subject, role)
    )
    case = _case(subject) if role in HELD_IN_THE_CASE else None
    if role in HELD and (case or role not in HELD_IN_THE_CASE):
        today = timezone.localdate()
        for child in _children(subject):
            former = Appointment.objects.filter(child=child, role=role, case=case, until_on=None)
            former.filter(from_on__lte=today).update(until_on=today)
            Appointment.objects.create(
                authority_id=subject.authority_id,
                child=child,
                case=case,
                role=role,
                person=person,
                from_on=today,
            )
    return person


def _employer(subject, role):
    if role == PersonRole.GUARDIAN and (case := _case(subject)):
        return case.cafcass_office
    kind = {
        PersonRole.GUARDIAN: OrganisationKind.CAFCASS_OFFICE,
        PersonRole.CAFCASS_LEGAL: OrganisationKind.CAFCASS_LEGAL,
    }
    if role not in kind:
        return subject.authority
    found = Organisation.objects.filter(kind=kind[role]).first()
    return found or Organisation.objects.create(kind=kind[role], name=f"Nobody {uuid4()}")
