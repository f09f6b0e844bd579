"""A case read by subject: its people, documents, reviews, and what the Protocol prompts for at its stage."""

from datetime import date

from accounts.roles import PersonRole
from cases.dates import weekday_date
from cases.forms.references import review_label
from cases.models import Appointment, Event, Matter, PeriodOfCare
from protocol.duties import CATALOGUE
from protocol.happenings import Happening
from protocol.records import RECORDS
from protocol.vocabulary import Kind, Place, Stage
from protocol.working_days import ENGLAND

APPOINTABLE = [
    (PersonRole.IRO, "an IRO"),
    (PersonRole.GUARDIAN, "a guardian"),
    (PersonRole.SOCIAL_WORKER, "a social worker"),
    (PersonRole.TEAM_MANAGER, "a team manager"),
    (PersonRole.LA_LEGAL, "LA legal"),
]
FILINGS = {
    "la_final_evidence": "The authority’s final evidence",
    "guardian_final_statement": "The guardian’s final statement",
}
# The days within which a court document goes on to the IRO (CMH-10).
FORWARD_WITHIN = 5
# Section 20 is rarely right for a child younger than this (EV Pre-proceedings).
SECTION_20_RARE_UNDER = 10


def appointments(case):
    """Everyone appointed for the children of a case, now and before."""
    return (
        (
            Appointment.objects.filter(child__memberships__case=case, case__in=[case.pk])
            | Appointment.objects.filter(child__memberships__case=case, case=None)
        )
        .select_related("child", "person__organisation")
        .order_by("role", "child__born", "-from_on")
    )


def filing_dates(outcome):
    return [{"key": FILINGS[of], "value": weekday_date(day)} for of, day in outcome.filing_dates.items()]


def documents(case, outcome, *, today):
    """Each court document with its five-day clock: received, due, sent."""
    return [_document(document, today) for document in outcome.documents.values()]


def _document(document, today):
    received = document.received[-1].on
    sent = document.sent[-1].on if document.sent else None
    due = ENGLAND.add(received, FORWARD_WITHIN)
    return {
        "ref": document.ref,
        "kind": document.kind,
        "received": received,
        "due": due,
        "sent": sent,
        "day": None if sent else ENGLAND.working_days_between(received, today),
        "status": ("met_late" if sent > due else "met") if sent else ("overdue" if today > due else "open"),
    }


def reviews(case, outcome):
    """Each review with what is known of it: arranged, held, who took part and how."""
    held = _held(case)
    known = sorted(outcome.reviews.values(), key=_review_day)
    return [
        {
            "ref": review.ref,
            "label": review_label(review.ref),
            "arranged_for": review.arranged_for,
            "held_on": review.held[-1].on if review.held else None,
            "participation": held.get(review.ref, []),
        }
        for review in known
    ]


def _review_day(review):
    return review.held[-1].on if review.held else review.arranged_for or date.max


def _held(case):
    """Participation by review: each child's name with the code recorded."""
    by_review = {}
    events = Event.objects.standing().filter(
        case=None, child__memberships__case=case, happening=Happening.REVIEW_HELD
    ).select_related("child")  # fmt: skip
    for event in events:
        code = event.particulars.get("participation", {})
        code = code.get(str(event.child_id), "") if isinstance(code, dict) else code
        by_review.setdefault(event.details["review"], []).append((event.child.name, code or "not recorded"))
    return by_review


def open_matters(case):
    """Matters handed over by a guardian that the IRO has not closed: items for the next review."""
    return Matter.objects.filter(child__memberships__case=case, closed_on=None).select_related("child")


def flags(case, outcome, *, today):
    """What must not be overlooked on this case today."""
    found = [
        f"{child.name} is under 10 and accommodated under section 20. The IRO scrutinises whether the legal "
        "status fits the risk (PRE-6, EV Pre-proceedings)."
        for child in _on_section_20(case)
        if child.age_on(today) < SECTION_20_RARE_UNDER
    ]
    if case.stage == Stage.UP_TO_IRH and not _is_endorsed(outcome):
        found.append(
            "The final care plan is not endorsed. The IRO endorses or challenges it at a review with all the "
            "final evidence in hand (IRH-11, EV Final Care Planning)."
        )
    return found


def _on_section_20(case):
    periods = PeriodOfCare.objects.filter(
        child__memberships__case=case, child__memberships__left_on=None, ended_on=None,
        legal_status__startswith="V2",
    )  # fmt: skip
    return [period.child for period in periods.select_related("child")]


def _is_endorsed(outcome):
    view = outcome.care_plan_view
    return view is not None and view.detail("view") == "endorsed"


def prompts(case, may):
    """What the Protocol prompts for at this stage and dates nothing: discretions, and records to keep."""
    return [
        {"duty": duty, "record": _record_of(duty, may)}
        for duty in CATALOGUE.values()
        if duty.part == case.stage
        and not duty.is_dated
        and duty.kind is not Kind.STANDING
        and _is_for_people(duty)
    ]


def _is_for_people(duty):
    return duty.shown is not None and duty.shown.place in (Place.PROMPT, Place.FORM)


def _record_of(duty, may):
    """The form that captures it, for whoever may fill it in."""
    return next((r for r, spec in RECORDS.items() if duty.id in spec.captures and may(r.value)), None)
