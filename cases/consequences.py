"""What a fact changes beside the deadlines: who is in the case, who is appointed, what stands at the next review."""

from accounts.roles import PersonRole
from cases import matters
from cases.models import Appointment, Case, CaseChild
from cases.models.event import APPOINTMENT_MADE, STRUCK_OUT
from protocol.happenings import Happening
from protocol.stages import MOVES
from protocol.vocabulary import Stage

ENDS_GUARDIANSHIP = {
    Happening.GUARDIAN_WITHDREW,
    Happening.CHILD_LEFT,
    *(move.happening for move in MOVES if move.target is Stage.CLOSED),
}
APPOINTS = {
    Happening.IRO_ALLOCATED: PersonRole.IRO,
    Happening.GUARDIAN_ALLOCATED: PersonRole.GUARDIAN,
    APPOINTMENT_MADE: None,
}


def keep_membership(case, entry, children):
    """A child added to the proceedings is in the case from that event, and never was if it is struck out."""
    if entry.happening == Happening.CHILD_ADDED:
        for child in children:
            CaseChild.objects.get_or_create(authority=case.authority, case=case, child=child)
    elif entry.happening == STRUCK_OUT and entry.corrects.happening == Happening.CHILD_ADDED:
        case.members.filter(child=entry.corrects.child).delete()


def end_guardianship(case, entry):
    """The guardian goes when they withdraw, when the case closes, and for a child who leaves it (END-11).

    From there the IRO alone scrutinises. A correction gives the guardian back.
    """
    if not isinstance(case, Case):
        return
    if entry.corrects and entry.corrects.happening in ENDS_GUARDIANSHIP:
        _give_back(case, entry.corrects)
    if entry.happening in ENDS_GUARDIANSHIP:
        _guardians(case, entry.children).filter(until_on=None).update(until_on=entry.on)


def _guardians(case, children):
    guardians = case.appointments.filter(role=PersonRole.GUARDIAN)
    return guardians.filter(child__in=children) if children else guardians


def _give_back(case, struck):
    guardians = _guardians(case, [struck.child] if struck.child_id else []).order_by("from_on", "pk")
    last = {appointment.child_id: appointment.pk for appointment in guardians}
    guardians.filter(pk__in=last.values(), until_on=struck.on).update(until_on=None)


def correct_appointment(entry, children):
    """An appointment struck out never was: whoever it replaced holds the role again. A new date moves it."""
    struck = entry.corrects
    if struck is None or struck.happening not in APPOINTS:
        return
    role = struck.particulars.get("role") or APPOINTS[struck.happening]
    owner = struck.case if role == PersonRole.GUARDIAN else None
    held = Appointment.objects.filter(role=role, case=owner)
    if concerned := [child.pk for child in children]:
        held = held.filter(child__in=concerned)
    else:
        held = held.filter(child__in=struck.case.members.values("child"))
    made = held.filter(person=struck.particulars.get("person"), from_on=struck.on)
    replaced = held.filter(until_on=struck.on, child__in=list(made.values_list("child", flat=True)))
    if entry.happening == STRUCK_OUT:
        made.delete()
        replaced.update(until_on=None)
    else:
        made.update(from_on=entry.on)
        replaced.update(until_on=entry.on)


def hand_over_matters(case, entry, events):
    """What the guardian's letter raises stands at the next review of each child it is about (END-3).

    Struck out, it raised nothing: what the IRO has not closed goes with it. Given another date, it stays.
    """
    struck = entry.corrects
    if struck and struck.happening == Happening.APPENDIX_2_SENT:
        if entry.happening == STRUCK_OUT:
            struck.matters.filter(closed_on=None).delete()
        else:
            struck.matters.update(raised_by=events[0])
    elif entry.happening == Happening.APPENDIX_2_SENT:
        concerned = list(entry.children) or [member.child for member in case.members.filter(left_on=None)]
        matters.hand_over(events, concerned, entry.particulars.get("matters", []))
