"""Deadlines as rows a person reads: siblings' like deadlines in one, lateness in words, the act beside it."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from cases import overdue
from cases.access import CAFCASS_SIDE
from cases.forms.references import review_label
from cases.identity import hearing_label
from cases.models import CaseChild, Deadline
from protocol.duties import CATALOGUE
from protocol.happenings import SPECIFICATIONS
from protocol.vocabulary import Force, Role, Subject
from protocol.working_days import ENGLAND

READ = (
    "pk", "duty", "subject", "child_id", "child__name", "child__key", "case__key", "agreement_id", "state",
    "due_on", "met_on", "closed_on", "moved", "excused", "short_notice", "provisional", "owed_by", "force",
    "act_by", "owner_id", "owing_id", "owner__name", "owing__name",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of a worklist; the attributes are what `components/deadline_row.html` takes."""

    deadlines: tuple[int, ...]
    children: str
    duty: str
    duty_id: str
    status: str
    due_on: date | None
    lateness: str
    citations: tuple[str, ...]
    force: str
    owed_by: str
    side: str
    why_url: str
    act_url: str
    act_text: str
    case_url: str
    case_reference: str
    records: tuple[tuple[str, str], ...]


def rows(deadlines, *, today, show_owner=True, may=None, one_each=False):
    """The rows of a queryset of deadlines, in its order, in three queries.

    `may` answers whether the reader may record a happening, for what is owed; without it no act is offered.
    `one_each` keeps siblings' like deadlines apart, where the rows are counted.
    """
    together = OrderedDict()
    read = list(deadlines.values(*READ))
    cases = _open_cases(values["child_id"] for values in read if not values["case__key"])
    whole = _children_of({values["case__key"] for values in read if values["child_id"] is None})
    for values in read:
        values["whole_case"] = whole.get(values["case__key"], {}) if values["child_id"] is None else {}
        values["open_case"] = values["case__key"] or cases.get(values["child_id"])
        together.setdefault(values["pk"] if one_each else _alike(values), []).append(values)
    return [_row(group, today, show_owner, may) for group in together.values()]


def _open_cases(children):
    """The open case of each child whose reviews are listed: there siblings stand together."""
    members = CaseChild.objects.in_open_cases().filter(child__in=set(children))
    return dict(members.values_list("child", "case__key"))


def _children_of(case_keys):
    """Whom a duty owed for a whole case is about: an IRO with sixty cases does not know them by their keys."""
    members = CaseChild.objects.filter(case__key__in=case_keys, left_on=None)
    names = {}
    for key, child, name in members.values_list("case__key", "child__key", "child__name"):
        names.setdefault(key, {})[child] = name
    return names


def _alike(values):
    """Siblings' like deadlines share all this; a child in no case shares its review clock with nobody."""
    shared = values["open_case"] or values["child_id"]
    return (
        shared,
        *(values[name] for name in ("agreement_id", "duty", "subject", "due_on", "state", "met_on", "moved")),
    )


def _row(group, today, show_owner, may):
    first = group[0]
    duty = CATALOGUE[first["duty"]]
    act_text, act_url = _act(duty, group) if _may_act(duty, first, may) else ("", "")
    return Row(
        deadlines=tuple(values["pk"] for values in group),
        children=", ".join(v["child__name"] for v in group if v["child__name"])
        or ", ".join(first["whole_case"].values()),
        duty=_what(duty, first),
        duty_id=duty.id,
        status=status(first, today),
        due_on=first["due_on"],
        lateness=lateness(first, today),
        citations=tuple(cited(duty)),
        force=force_words(first["force"]),
        owed_by=_owed_by(first) if show_owner else "",
        side=_side(first),
        why_url=reverse("why", args=[first["pk"]]),
        act_url=act_url,
        act_text=act_text,
        case_url=_where(first),
        case_reference=first["open_case"] or ("Reviews" if first["child__key"] else "Agreement"),
        records=tuple(_records(group)),
    )


def _records(group):
    """What the row names, for the audit trail."""
    for values in group:
        if values["open_case"]:
            yield "case", values["open_case"]
        for key in values["whole_case"] or filter(None, [values["child__key"]]):
            yield "child", key
    if group[0]["agreement_id"]:
        yield "agreement", group[0]["agreement_id"]


def records_of(rows):
    """What a list of rows names."""
    return {record for row in rows for record in row.records}


def _what(duty, values):
    about = f" ({_subject(duty, values['subject'])})" if values["subject"] else ""
    action = duty.action.rstrip(",")
    return f"{action[0].upper()}{action[1:]}{about}"


def _subject(duty, subject):
    if duty.subject is Subject.REVIEW:
        return review_label(subject)
    return hearing_label(subject) if duty.subject is Subject.HEARING else subject


def _owed_by(values):
    who = Role(values["owed_by"]).label
    named = values["owner__name"] or values["owing__name"]
    return f"{who}, {named}" if named else who


def _side(values):
    """Whose side of the ledger it stands on."""
    if values["owed_by"] == Role.COURT:
        return "court"
    return "cafcass" if values["owed_by"] in (*CAFCASS_SIDE, Role.CAFCASS_LEGAL) else "authority"


def by_side(rows):
    """The rows of the authority, of Cafcass and of the court, by these names."""
    return {side: [row for row in rows if row.side == side] for side in ("authority", "cafcass", "court")}


def _where(values):
    if values["open_case"]:
        return reverse("case", args=[values["open_case"]])
    if values["child__key"]:
        return reverse("child", args=[values["child__key"]])
    return reverse("agreement", args=[values["agreement_id"]])


def status(values, today):
    """The status a person reads."""
    state, due_on = values["state"], values["due_on"]
    if state == Deadline.State.MET:
        return "met_late" if due_on and values["met_on"] > due_on else "met"
    if overdue.is_overdue(state, due_on, today):
        return "overdue"
    return "awaiting_date" if state == Deadline.State.OPEN and due_on is None else state


def lateness(values, today):
    """ "Late by 3 working days", counted to the day it was met, or to today."""
    until = values["met_on"] or today
    if (
        values["due_on"] is None
        or until <= values["due_on"]
        or values["state"] == Deadline.State.NOT_REQUIRED
    ):
        return "Today" if values["due_on"] == today and values["state"] == Deadline.State.OPEN else ""
    days = ENGLAND.working_days_between(values["due_on"], until)
    counted = f"{days} working day{'' if days == 1 else 's'}" if days else "less than a working day"
    moved = "; the date has moved since, the miss stays" if values["moved"] else ""
    return f"{'Met late' if values['met_on'] else 'Late'} by {counted}{moved}"


def force_words(force):
    """What to say beside a duty that does not bind, so that nobody calls its lateness a breach."""
    force = Force(force)
    if force.breach:
        return ""
    return "Our own target, not in a source" if force is Force.OUR_TARGET else f"Source {force.label}"


def cited(duty):
    """The duty's id and its sources, the withdrawn ones marked so."""
    return [
        duty.id,
        *(f"{source} (withdrawn 2017)" if source.startswith("AGR") else source for source in duty.sources),
    ]


def _may_act(duty, values, may):
    """Nobody is asked to do what the court owes."""
    is_owed = values["state"] in (Deadline.State.OPEN, Deadline.State.EXCUSED)
    return bool(
        may
        and is_owed
        and values["owed_by"] != Role.COURT
        and duty.met_by
        and not values["agreement_id"]
        and may(duty.met_by[0].happening, owed=values)
    )


def _act(duty, group):
    """The act that meets the duty: a form with child and subject already filled in."""
    first = group[0]
    act = duty.met_by[0]
    happening = act.happening.value
    case = first["open_case"]
    query = [("child", values["child__key"]) for values in group if values["child__key"]]
    query += [(field, value) for field, value in act.where.items()]
    if first["subject"] and duty.subject:
        query.append((duty.subject.value, first["subject"]))
    if case and happening in settings.ACT_PAGES:
        name, *arguments = settings.ACT_PAGES[happening]
        about = f"?{urlencode(query)}" if query else ""
        return _button(act), reverse(name, args=[case, *arguments]) + about
    page = ("record", case) if case else ("record_for_child", first["child__key"])
    return _button(act), f"{reverse(page[0], args=[page[1], happening])}?{urlencode(query)}"


def _button(act):
    return SPECIFICATIONS[act.happening].button


GROUPS = ("Overdue", "Due today", "Due this week", "Later", "Awaiting a date")


def grouped(rows, today, late=None):
    """Rows under the headings of My work, each with how many deadlines are in them; the week ends on its Sunday.

    `late` is how many are overdue in all, where the rows are cut.
    """
    sunday = today + timedelta(days=6 - today.weekday())
    groups = {name: [] for name in GROUPS}
    for row in rows:
        groups[_group(row, today, sunday)].append(row)
    numbers = {name: sum(len(row.deadlines) for row in rows) for name, rows in groups.items()}
    if late is not None:
        numbers["Overdue"] = late
    return [(name, rows, numbers[name]) for name, rows in groups.items() if rows]


def _group(row, today, sunday):
    if row.status == "overdue":
        return "Overdue"
    if row.due_on is None:
        return "Awaiting a date"
    if row.due_on == today:
        return "Due today"
    return "Due this week" if row.due_on <= sunday else "Later"
