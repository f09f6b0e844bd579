"""What a fact changes beside the deadlines: who is in the case, who is appointed, what stands at the next review."""

from accounts.roles import PersonRole
from cases import matters
from cases.models import CaseChild
from cases.models.event import STRUCK_OUT
from protocol.happenings import Happening


def keep_membership(case, entry, children):
    """A child added to the proceedings is in the case from that event, and never was if it is struck out."""
    if entry.happening == Happening.CHILD_ADDED:
        for child in children:
            CaseChild.objects.get_or_create(authority=case.authority, case=case, child=child)
    elif entry.happening == STRUCK_OUT and entry.corrects.happening == Happening.CHILD_ADDED:
        case.members.filter(child=entry.corrects.child).delete()


def end_guardianship(case, entry):
    """The guardian has withdrawn: the IRO alone scrutinises from here (END-11). A correction gives them back."""
    if entry.corrects and entry.corrects.happening == Happening.GUARDIAN_WITHDREW:
        guardians = case.appointments.filter(role=PersonRole.GUARDIAN).order_by("from_on", "pk")
        last = {appointment.child_id: appointment.pk for appointment in guardians}
        guardians.filter(pk__in=last.values(), until_on=entry.corrects.on).update(until_on=None)
    if entry.happening == Happening.GUARDIAN_WITHDREW:
        case.appointments.filter(role=PersonRole.GUARDIAN, until_on=None).update(until_on=entry.on)


def hand_over_matters(case, entry, events):
    """What the guardian's letter raises stands at the next review of each child it is about (END-3)."""
    if entry.happening == Happening.APPENDIX_2_SENT and not entry.corrects:
        concerned = list(entry.children) or [member.child for member in case.members.filter(left_on=None)]
        matters.hand_over(events, concerned, entry.particulars.get("matters", []))
