"""What disputes and referrals store of a case's chronology: state, dates, rung, officer. The single writer of these.

`cases.projection` calls `follow` each time it has played a case, so that a correction moves a state back as it
moves a stage back: every step is replayed from the start.
"""

from django.contrib.auth import get_user_model

from cases.models import Appointment
from cases.models.appointment import REFERRAL_OFFICER
from protocol.happenings import Happening
from protocol.records import Record
from referrals.models import Dispute, Referral

H = Happening
OF_A_DISPUTE = ("state", "raised_on", "formal_on", "ended_on", "rung", "addressed_to")
OF_A_REFERRAL = (
    "state", "submitted_on", "received_on", "allocated_on", "decided_on", "route", "office", "officer", "action",
    "ended_on",
)  # fmt: skip
ENDS_WITH_THE_DECISION = {"no_action", "other_proceedings", "official_solicitor"}


def follow(case):
    """Bring the disputes and referrals of a case up to date with its chronology."""
    referrals = case.referrals.prefetch_related("children")
    for row in _wrong(case.disputes.all(), referrals):
        row.save(update_fields=OF_A_DISPUTE if isinstance(row, Dispute) else OF_A_REFERRAL)
    if referrals:
        _appoint_officers(case, referrals)
    for referral in referrals:
        _follow_rights_met(referral)


def wrongly_stored(case):
    """Disputes and referrals that are not stored as the facts have them, corrected in memory."""
    return _wrong(case.disputes.all(), case.referrals.all())


def _wrong(disputes, referrals):
    return [
        *_followed(disputes, "dispute", DISPUTE_STEPS, OF_A_DISPUTE),
        *_followed(referrals, "referral", REFERRAL_STEPS, OF_A_REFERRAL),
    ]


def _followed(rows, subject, steps, projected):
    wrong = []
    for row in rows:
        before = _values(row, projected)
        _replay(row, subject, steps)
        if _values(row, projected) != before:
            wrong.append(row)
    return wrong


def _values(row, projected):
    return [getattr(row, row._meta.get_field(name).attname) for name in projected]


def _replay(row, subject, steps):
    _begin_again(row)
    told = row.case.events.standing().filter(happening__in=steps, **{f"details__{subject}": row.ref})
    for event in sorted(told, key=lambda event: (event.on, list(steps).index(event.happening), event.pk)):
        steps[event.happening](row, event)
    if isinstance(row, Referral) and row.state == "allocated" and row.enquiries.exists():
        row.begin_enquiries()


def _begin_again(row):
    row.begin_again()
    if isinstance(row, Dispute):
        row.formal_on = row.ended_on = row.addressed_to = None
        row.rung = ""
        return
    for name in (
        "submitted_on",
        "received_on",
        "allocated_on",
        "decided_on",
        "ended_on",
        "office",
        "officer",
    ):
        setattr(row, name, None)
    row.route = row.action = ""


# --- A dispute's steps ------------------------------------------------------------------------------------------


def _raised(dispute, event):
    dispute.raised_on = event.on
    _stand_on(dispute, event)
    if event.details.get("formal"):
        dispute.make_formal()
        dispute.formal_on = event.on


def _made_formal(dispute, event):
    if dispute.state == "informal":
        dispute.make_formal()
    dispute.formal_on = dispute.formal_on or event.on
    _stand_on(dispute, event)


def _escalated(dispute, event):
    if dispute.is_running:
        dispute.climb()
    _stand_on(dispute, event)


def _stand_on(dispute, event):
    dispute.rung = event.details.get("to") or event.particulars.get("rung") or dispute.rung
    dispute.addressed_to = _person(event.particulars.get("person"))


def _person(pk):
    return get_user_model().objects.filter(pk=pk).first() if pk else None


def _unresolved(dispute, event):
    if dispute.is_running:
        dispute.leave_unresolved()
        dispute.ended_on = event.on


def _resolved(dispute, event):
    if dispute.state not in ("resolved", "withdrawn"):
        dispute.resolve()
        dispute.ended_on = event.on


def _dispute_withdrawn(dispute, event):
    if dispute.state not in ("resolved", "withdrawn"):
        dispute.withdraw()
        dispute.ended_on = event.on


DISPUTE_STEPS = {
    H.DISPUTE_RAISED: _raised,
    H.DISPUTE_MADE_FORMAL: _made_formal,
    H.DISPUTE_ESCALATED: _escalated,
    H.DISPUTE_WITHDRAWN: _dispute_withdrawn,
    H.DISPUTE_RESOLVED: _resolved,
    H.DISPUTE_UNRESOLVED: _unresolved,
}

# --- A referral's steps -----------------------------------------------------------------------------------------


def _submitted(referral, event):
    if referral.is_draft:
        referral.submit()
        referral.submitted_on = referral.received_on = event.on


def _received(referral, event):
    if referral.state == "submitted":
        referral.receive()
    referral.received_on = event.on


def _allocated(referral, event):
    if referral.state not in ("decided", "proceedings", "settled", "concluded", "withdrawn"):
        referral.allocate()
        referral.allocated_on = referral.allocated_on or event.on
    referral.route = event.details["to"]
    referral.office_id = event.particulars.get("office") or referral.office_id
    referral.officer_id = event.particulars.get("person") or referral.officer_id


def _decided(referral, event):
    """The report; where nothing remains for Cafcass to do, the referral ends with it."""
    if not referral.is_open:
        return
    if referral.state in ("allocated", "enquiries", "decided"):
        referral.decide()
    referral.decided_on = event.on
    referral.action = event.details["action"]
    others_sue = referral.action == "proceedings" and event.details.get("by", "cafcass") != "cafcass"
    if referral.state == "decided" and (referral.action in ENDS_WITH_THE_DECISION or others_sue):
        referral.conclude()
        referral.ended_on = event.on


def _proceedings(referral, event):
    if referral.state == "decided" and referral.action == "proceedings":
        referral.start_proceedings()


def _settled(referral, event):
    if referral.state in ("decided", "proceedings"):
        referral.settle()


def _final_report(referral, event):
    if referral.state in ("decided", "proceedings", "settled"):
        referral.conclude()
        referral.ended_on = event.on


def _withdrawn(referral, event):
    if referral.is_open:
        referral.withdraw()
        referral.ended_on = event.on


REFERRAL_STEPS = {
    H.REFERRAL_SUBMITTED: _submitted,
    H.REFERRAL_RECEIVED: _received,
    H.REFERRAL_ALLOCATED: _allocated,
    H.DECISION_REPORT_SENT: _decided,
    H.CIVIL_PROCEEDINGS_STARTED: _proceedings,
    H.SETTLED: _settled,
    H.JUDGMENT_GIVEN: _settled,
    H.FINAL_REPORT_SENT: _final_report,
    H.REFERRAL_WITHDRAWN: _withdrawn,
}


def _follow_rights_met(referral):
    """A withdrawal struck out leaves the question open again; a report struck out is no longer asked about."""
    if referral.state != "withdrawn":
        referral.rights_met.filter(is_withdrawn=True).update(
            is_withdrawn=None, decided_on=None, decided_by=None, reasons=""
        )
    told = referral.case.events.filter(happening=Record.RIGHTS_NOW_MET, details__referral=referral.ref)
    standing = dict(told.filter(correction=None).values_list("details__change", "on"))
    struck = set(told.exclude(correction=None).values_list("details__change", flat=True)) - set(standing)
    referral.rights_met.filter(is_withdrawn=None, change__in=struck).delete()
    for change, on in standing.items():
        referral.rights_met.filter(change=change).exclude(on=on).update(on=on)


def _appoint_officers(case, referrals):
    """The officer sees the case from the allocation until the referral is over; not longer (REF-27)."""
    wanted = {
        (referral.officer_id, child.pk): referral
        for referral in referrals
        if referral.is_open and referral.officer_id
        for child in referral.children.all()
    }
    held = {
        (appointment.person_id, appointment.child_id): appointment
        for appointment in case.appointments.filter(role=REFERRAL_OFFICER, until_on=None)
    }
    gone = [appointment.pk for who, appointment in held.items() if who not in wanted]
    Appointment.objects.filter(pk__in=gone).delete()
    Appointment.objects.bulk_create(
        Appointment(
            authority_id=case.authority_id, case=case, child_id=child, person_id=person, role=REFERRAL_OFFICER,
            from_on=referral.allocated_on,
        )
        for (person, child), referral in wanted.items()
        if (person, child) not in held
    )  # fmt: skip
