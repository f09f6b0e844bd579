"""What cannot be right, read off the record; each list says why it matters and where it is put right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import PersonRole
from cases.dates import weekday_date
from cases.identity import HEARINGS
from cases.models import Appointment, Case, CaseChild, Child, Event, PeriodOfCare
from protocol.happenings import PLACE_IN_THE_DAY, Happening
from protocol.vocabulary import Stage
from reports.statutory import reviews, years

IN_PROCEEDINGS = (Stage.PRE_CMH, Stage.UP_TO_IRH)
UNSAID = ("", "not stated", "not known")
BEFORE_COURT = (
    Happening.HEARING_LISTED, Happening.HEARING_MOVED, Happening.HEARING_VACATED, Happening.HEARING_HELD,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing that cannot be right: about whom, what, and where to put it right."""

    children: tuple
    text: str
    url: str
    reference: str
    records: tuple


@dataclass(frozen=True)
class List:
    title: str
    why: str
    remedy: str
    find: Callable
    none: str


def without_iro(user, today):
    """Children in an open case with nobody allocated (EV Care Proceedings; CA 1989 s25A)."""
    has_one = Appointment.objects.filter(child=OuterRef("child"), role=PersonRole.IRO, until_on=None)
    for case, children in _of_cases(_open(user).filter(~Exists(has_one))):
        yield _line_of_case(case, children, "No IRO.", "people")


def without_guardian(user, today):
    """Children in proceedings for whom nobody is appointed."""
    has_one = Appointment.objects.filter(
        child=OuterRef("child"), case=OuterRef("case"), role=PersonRole.GUARDIAN, until_on=None
    )
    issued = _open(user).filter(case__stage__in=IN_PROCEEDINGS, case__issued_on__lte=today)
    for case, children in _of_cases(issued.filter(~Exists(has_one))):
        yield _line_of_case(case, children, f"Issued {weekday_date(case.issued_on)}, no guardian.", "people")


def hearings_unsaid(user, today):
    """Hearings whose day has passed, neither held nor vacated nor moved."""
    cases = Case.objects.visible_to(user).exclude(stage=Stage.CLOSED)
    late = {}
    for event in _court_events(cases):
        key = (event.case_id, event.details["hearing"], event.details.get("ref"))
        late.pop(key, None)
        if event.happening in (Happening.HEARING_LISTED, Happening.HEARING_MOVED):
            on = date.fromisoformat(event.details["date"])
            if on < today:
                late[key] = on
    members = _members_of({case for case, *_ in late})
    known = {case.pk: case for case in cases.filter(pk__in={case for case, *_ in late})}
    for (case, kind, ref), on in sorted(late.items(), key=lambda one: one[1]):
        words = f"{HEARINGS[kind]}{f' {ref}' if ref else ''} of {weekday_date(on)}: neither held, moved nor vacated."
        yield _line_of_case(known[case], members.get(case, []), words, "hearings")


def _court_events(cases):
    """In the order in which they are played."""
    events = Event.objects.standing().filter(
        case__in=cases.order_by().values("pk"), happening__in=BEFORE_COURT
    )
    places = {str(happening): place for happening, place in PLACE_IN_THE_DAY.items()}
    return sorted(events, key=lambda event: (event.on, places.get(event.happening, 99), event.pk))


def without_legal_status(user, today):
    """Looked after, and nobody has said under what."""
    for period in _in_care(user).filter(legal_status__in=UNSAID).select_related("child"):
        yield _line_of_child(
            period.child, f"Looked after since {weekday_date(period.began_on)}, legal status not said."
        )


def without_number(user, today):
    """Looked after, without the number by which the statutory return knows them."""
    for period in _in_care(user).filter(child__return_id="").select_related("child"):
        yield _line_of_child(period.child, "No number in the statutory return.")


def reviews_to_check(user, today):
    """This year's reviews that an import of the return would find fault with."""
    for doubt in reviews.doubts(reviews.held(user, years.of(today))):
        yield _line_of_child(
            doubt.review.child, f"Review of {weekday_date(doubt.review.on)}: {doubt.sentence}"
        )


LISTS = {
    "without_iro": List(
        "Children in a case with no IRO", "Nobody watches their care plan (Children Act 1989, section 25A).",
        "Allocate one on the case’s page of people.", without_iro, "Every child in an open case has an IRO.",
    ),
    "without_guardian": List(
        "Children in proceedings with no guardian", "An appointment that nobody recorded starts no clock of Cafcass’s.",
        "Record who was appointed, or ask Cafcass.", without_guardian,
        "Every child in proceedings has a guardian.",
    ),
    "hearings": List(
        "Hearings in the past, neither held nor vacated", "What hangs on one waits until somebody says what became of it.",
        "Record it as held, moved or vacated.", hearings_unsaid, "What became of every past hearing is recorded.",
    ),
    "without_legal_status": List(
        "Looked-after children without a legal status", "Which reviews and duties apply depends on it.",
        "Record the legal status on the child’s page.", without_legal_status,
        "Every looked-after child’s legal status is recorded.",
    ),
    "without_number": List(
        "Looked-after children without a number in the return", "Their reviews cannot be submitted.",
        "Give the child the number on its record.", without_number,
        "Every looked-after child has a number in the return.",
    ),
    "reviews": List(
        "Reviews of this year that the return would question", "The return is checked by rules 440 and 441, among others.",
        "Correct how the child took part, on the review’s entry.", reviews_to_check,
        "An import would find nothing in this year’s reviews.",
    ),
}  # fmt: skip


def found(name, user, today=None):
    return list(LISTS[name].find(user, today or timezone.localdate()))


def _open(user):
    mine = Case.objects.visible_to(user).exclude(stage=Stage.CLOSED).order_by().values("pk")
    return (
        CaseChild.objects.filter(case__in=mine, left_on=None)
        .select_related("case", "child")
        .order_by("case", "pk")
    )


def _of_cases(members):
    cases = {}
    for member in members:
        cases.setdefault(member.case_id, (member.case, []))[1].append(member.child)
    return cases.values()


def _members_of(cases):
    grouped = _of_cases(
        CaseChild.objects.filter(case__in=cases, left_on=None).select_related("case", "child")
    )
    return {case.pk: children for case, children in grouped}


def _in_care(user):
    children = Child.objects.visible_to(user).order_by().values("pk")
    return PeriodOfCare.objects.filter(Q(ended_on=None), child__in=children).order_by("began_on", "pk")


def _line_of_case(case, children, text, page):
    records = (("case", case.key), *(("child", child.key) for child in children))
    return Line(
        tuple(child.name for child in children), text, reverse(page, args=[case.key]), case.key, records
    )


def _line_of_child(child, text):
    return Line((child.name,), text, reverse("child", args=[child.key]), child.key, (("child", child.key),))
