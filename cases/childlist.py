"""The list of children a person may open, a page at a time by key, in as many queries however long it is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.tuple_lookups import TupleGreaterThan

from cases import childfile, witness, worklist
from cases.models import Appointment, Case, CaseChild, Child, Deadline, PeriodOfCare

SIZE = 25
FILTERS = {"": "All", "looked_after": "Looked after now", "without_iro": "Without an IRO"}


@dataclass(frozen=True)
class Line:
    """One child of the list."""

    child: Child
    age: str
    legal_status: str
    iro: str
    case_key: str
    due_on: date | None = None
    status: str = ""
    lateness: str = ""


@dataclass(frozen=True)
class Page:
    lines: list
    last: Child | None
    has_more: bool


def filter_in(sent):
    """Which children were chosen to be shown; anything else is all of them, and is put into no address."""
    show = sent.get("show", "")
    return show if show in FILTERS else ""


def page(user, *, words="", show="", after="", today):
    """By name. `after` is the key of the last child of the page before; a name never stands in an address."""
    found = _found(user, words, show).order_by("name", "pk")
    last = Child.objects.visible_to(user).filter(key=after).first() if after else None
    if last:
        found = found.filter(TupleGreaterThan(("name", "pk"), (last.name, last.pk)))
    children = list(found[: SIZE + 1])
    shown = children[:SIZE]
    return Page(_lines(shown, user, today), shown[-1] if shown else None, len(children) > SIZE)


def records_of(page):
    """What a page of the list names, for the audit trail."""
    named = witness.children(line.child for line in page.lines)
    return [*named, *(("case", line.case_key) for line in page.lines if line.case_key)]


def _found(user, words, show):
    found = Child.objects.visible_to(user)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(key__iexact=words))
    in_care = Exists(PeriodOfCare.objects.filter(child=OuterRef("pk"), ended_on=None))
    if show == "looked_after":
        return found.filter(in_care)
    if show == "without_iro":
        has_iro = Exists(Appointment.objects.filter(child=OuterRef("pk"), role="iro", until_on=None))
        in_a_case = Exists(_open_memberships().filter(child=OuterRef("pk")))
        return found.filter(~has_iro).filter(in_care | in_a_case)
    return found


def _open_memberships():
    return CaseChild.objects.filter(left_on=None).exclude(case__stage="closed")


def _lines(children, user, today):
    ids = [child.pk for child in children]
    status, iro, case, clock = (
        childfile.legal_statuses(ids),
        _iros(ids),
        _cases(ids, user),
        _clocks(ids, today),
    )
    return [
        Line(
            child,
            child.age_in_words(today),
            status.get(child.pk, ""),
            iro.get(child.pk, ""),
            case.get(child.pk, ""),
            **clock.get(child.pk, {}),
        )
        for child in children
    ]


def _iros(ids):
    held = Appointment.objects.filter(child__in=ids, role="iro", until_on=None)
    return dict(held.values_list("child", "person__name"))


def _cases(ids, user):
    mine = Case.objects.visible_to(user).order_by().values("pk")
    return dict(_open_memberships().filter(child__in=ids, case__in=mine).values_list("child", "case__key"))


def _clocks(ids, today):
    """The review that is due soonest, or most overdue, for each child."""
    due = Deadline.objects.filter(
        case=None, child__in=ids, duty__in=childfile.REVIEW_CLOCK, state=Deadline.State.OPEN
    ).order_by("-due_on")  # fmt: skip
    return {
        row["child_id"]: {
            "due_on": row["due_on"],
            "status": worklist.status(row, today),
            "lateness": worklist.lateness(row, today),
        }
        for row in due.values("child_id", "due_on", "met_on", "state", "moved")
    }
