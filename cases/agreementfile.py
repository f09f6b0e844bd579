"""Local agreements as people read them: which governs, what each changes, when it is to be gone through again."""

from dataclasses import dataclass
from datetime import date

from cases import worklist
from cases.agreements import visible_to
from cases.models import Deadline, LocalAgreement
from cases.specifications import specification_of
from protocol.duties import CATALOGUE


def in_force_for(user, day):
    """The agreement that governs one's agency and each other party on a day."""
    begun = visible_to(user).filter(from_on__lte=day).order_by("from_on")
    return list({(a.authority_id, a.cafcass_office_id): a for a in begun}.values())


@dataclass(frozen=True)
class Line:
    """One agreement of a list: how it stands, and when it is to be reviewed."""

    agreement: LocalAgreement
    standing: str
    due_on: date | None
    status: str
    lateness: str


def lines(user, *, today):
    """The latest first, in two queries however many there are."""
    found = list(visible_to(user).order_by("-from_on", "-pk"))
    owed = Deadline.objects.filter(agreement__in=found, state=Deadline.State.OPEN).order_by("due_on")
    due = {}
    for row in owed.values("agreement_id", "due_on", "met_on", "state", "moved"):
        due.setdefault(row["agreement_id"], row)
    latest = _latest(found, today)
    return [_line(agreement, due.get(agreement.pk), latest, today) for agreement in found]


def _line(agreement, due, latest, today):
    return Line(
        agreement,
        _standing(agreement, latest, today),
        due["due_on"] if due else None,
        worklist.status(due, today) if due else "",
        worklist.lateness(due, today) if due else "",
    )


def _latest(found, day):
    """Of each two parties, the agreement that governs on a day."""
    begun = sorted((a for a in found if a.from_on <= day), key=lambda agreement: agreement.from_on)
    return {(a.authority_id, a.cafcass_office_id): a.pk for a in begun}


def _standing(agreement, latest, today):
    if agreement.from_on > today:
        return "Not yet in force"
    is_latest = latest[agreement.authority_id, agreement.cafcass_office_id] == agreement.pk
    return "In force" if is_latest else "Followed by another"


def standing_of(agreement, *, today):
    same = LocalAgreement.objects.filter(
        authority=agreement.authority, cafcass_office=agreement.cafcass_office
    )
    return _standing(agreement, _latest(same, today), today)


def in_words(terms):
    """What an agreement, or the terms of one, changes: each variation, each limit beside the Protocol's own."""
    return {
        "variations": [CATALOGUE[duty_id] for duty_id in sorted(terms.variations)],
        "limits": [
            {
                "duty": duty,
                "action": duty.action.rstrip(","),
                "own": _period(duty, duty.own_number),
                "agreed": _period(duty, terms.tighter[duty.id]),
            }
            for duty in CATALOGUE.values()
            if duty.id in terms.tighter
        ],
    }


def agreed_limit(agreement, duty):
    """The limit an agreement sets for a duty, in words; nothing where it leaves the Protocol's own."""
    number = agreement.tighter.get(duty.id)
    return "" if number is None else _period(duty, number)


def _period(duty, number):
    if number == 0:
        return f"the same {duty.unit.label}"
    return f"{number} {duty.unit.label}{'' if number == 1 else 's'}{' before' if duty.due[0].counts_back else ''}"


def history(agreement):
    """When it was signed and reviewed, the latest first."""
    events = agreement.events.standing().select_related("recorded_by").order_by("-on", "-pk")
    return [{"event": event, "title": specification_of(event.happening).label} for event in events]
