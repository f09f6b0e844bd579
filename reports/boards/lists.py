"""The lists behind the numbers: each is the very queryset that was counted."""

from dataclasses import dataclass

from django.db.models import Max

from cases import childfile, worklist
from cases.models import Appointment, CaseChild, Deadline, Miss
from reports.boards.paging import page, page_of_deadlines
from reports.measures import groups, weeks
from reports.measures.dimensions import NONE, number
from reports.measures.slices import Slice
from reports.models import FollowUp

DATED = {"age", "due"}
NO_IRO = "A child who is looked after or in an open case appears here until an IRO is appointed."
NONE_OF_IRO = (
    "A child appears here from the day this IRO is appointed, while looked after or in an open case."
)


# --- Deadlines --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DeadlineLine:
    """One deadline of a list: its row as everywhere, and what has been done about it."""

    pk: int
    row: worklist.Row
    is_overdue: bool
    iro: str
    reason: str
    followed_up: list


def deadlines(user, asked: Slice, after, today, sort=""):
    """A page of them, with how many there are in all."""
    rows = asked.rows(user, today)
    names = dict(asked.values)
    may_be_undated = not DATED & set(names) and names.get("band", "undated") == "undated"
    found = page_of_deadlines(rows, after, may_be_undated=may_be_undated, sort=sort)
    return rows.count(), found, lines(found.rows, today)


def lines(shown, today):
    """The deadlines of a page as lines, in as many queries however many there are."""
    again = Deadline.objects.filter(pk__in=[row.pk for row in shown])
    rows = {row.deadlines[0]: row for row in worklist.rows(again, today=today, one_each=True)}
    reasons, done, iros = _reasons(shown), _followed_up(shown), _iros(shown)
    return [
        DeadlineLine(
            row.pk,
            rows[row.pk],
            rows[row.pk].status == "overdue",
            iros.get(row.child_id, ""),
            reasons.get((row.key, row.due_on), ""),
            done.get((row.key, row.due_on), []),
        )
        for row in shown
    ]


def _reasons(shown):
    told = Miss.objects.filter(key__in=[row.key for row in shown], annulled_at=None).exclude(reason="")
    return {(key, due_on): reason for key, due_on, reason in told.values_list("key", "due_on", "reason")}


def _followed_up(shown):
    done = {}
    for row in FollowUp.objects.filter(key__in=[row.key for row in shown]).select_related("by"):
        done.setdefault((row.key, row.due_on), []).append(row)
    return done


def _iros(shown):
    held = Appointment.objects.filter(
        child__in={row.child_id for row in shown if row.child_id}, role="iro", until_on=None
    )
    return dict(held.values_list("child", "person__name"))


# --- Children ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChildLine:
    child: object
    age: str
    case_key: str
    stage: str
    iro: str
    legal_status: str
    note: str


@dataclass(frozen=True)
class ChildList:
    """Which children a list holds: its heading, its rows, and what is said of a row."""

    heading: str
    empty: str
    rows: object
    notes: dict


def children_of(user, query, today):
    """The children an address asks for; `LookupError` or `ValueError` where it asks for what there is not."""
    if name := query.get("group", ""):
        group = groups.GROUPS[name]
        return ChildList(group.words, group.empty, group.rows(user, today), {})
    if query.get("weeks") or query.get("reason"):
        return _of_weeks(user, query, today)
    person = number(query.get("iro") or NONE)
    words, none = (
        ("Children without an IRO", NO_IRO) if person is None else ("Children of one IRO", NONE_OF_IRO)
    )
    return ChildList(words, none, groups.of_iro(user, person), {})


def _of_weeks(user, query, today):
    found = weeks.chosen(weeks.running(user, today), query.get("weeks", ""), query.get("reason", ""))
    if wanted := query.get("date", ""):
        found = [child for child in found if weeks.is_date_past(child, today) == (wanted == "past")]
    heading = weeks.WORDS[query["weeks"]] if query.get("weeks") else "Past 26 weeks"
    notes = {child.member: weeks.note(child) for child in found}
    return ChildList(
        f"Children in proceedings: {heading}",
        "A child in proceedings appears here while the court has had the case for that long.",
        CaseChild.objects.filter(pk__in=[child.member for child in found]),
        notes,
    )


def page_of_children(user, found: ChildList, after, today):
    """A page of them by name; `after` is a number and never a name."""
    is_member = found.rows.model is CaseChild
    rows = found.rows.select_related("child", "case") if is_member else found.rows
    shown = page(rows, ("child__name" if is_member else "name",), after)
    return found.rows.count(), shown, _child_lines(user, shown.rows, is_member, found.notes, today)


def _child_lines(user, rows, is_member, notes, today):
    children = {row.pk: row.child if is_member else row for row in rows}
    ids = [child.pk for child in children.values()]
    iros = dict(
        Appointment.objects.filter(child__in=ids, role="iro", until_on=None).values_list(
            "child", "person__name"
        )
    )
    statuses = childfile.legal_statuses(ids)
    cases = (
        {row.child_id: row.case for row in rows}
        if is_member
        else {m.child_id: m.case for m in _open_cases(user, ids)}
    )
    return [
        ChildLine(
            child,
            child.age_in_words(today),
            cases[child.pk].key if child.pk in cases else "",
            cases[child.pk].get_stage_display() if child.pk in cases else "",
            iros.get(child.pk, ""),
            statuses.get(child.pk, ""),
            notes.get(pk, ""),
        )
        for pk, child in children.items()
    ]


def _open_cases(user, ids):
    inside = groups.members(user).filter(child__in=ids)
    latest = inside.order_by().values("child").annotate(latest=Max("pk")).values("latest")
    return CaseChild.objects.filter(pk__in=latest).select_related("case")
