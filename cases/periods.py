"""A child's periods of care, read off the facts that begin, change and end them."""

from cases.facts import care_of
from cases.models import PeriodOfCare
from cases.models.event import LEGAL_STATUS_CHANGED
from protocol.happenings import Happening

STORED = ("began_on", "ended_on", "legal_status")
BEGIN, END = Happening.BECAME_LOOKED_AFTER.value, Happening.CEASED_TO_BE_LOOKED_AFTER.value


def periods_of(child, care=None):
    """The periods, unsaved. The clock does not restart when only the legal status changes (CPPCR 2010 reg 33).

    `care` is the child's own stream, where it has been read already.
    """
    periods = []
    for event in care_of(child) if care is None else care:
        current = periods[-1] if periods and periods[-1].ended_on is None else None
        if event.happening == BEGIN and current is None:
            periods.append(_begun(child, event))
        elif current and event.happening == END:
            current.ended_on = event.on
        elif current and event.happening == LEGAL_STATUS_CHANGED:
            current.legal_status = event.details["legal_status"]
    return periods


def _begun(child, event):
    return PeriodOfCare(
        authority_id=child.authority_id,
        child=child,
        began_on=event.on,
        legal_status=event.details["legal_status"],
    )


def store_periods(care_of_children):
    """Bring the stored periods up to date with the facts, given by child as each one's own stream."""
    stored = {child.pk: {} for child in care_of_children}
    for period in PeriodOfCare.objects.filter(child__in=stored):
        stored[period.child_id][period.began_on] = period
    gone, wrong = [], []
    for child, care in care_of_children.items():
        have = stored[child.pk]
        wrong += [
            want for want in periods_of(child, care) if not _is_stored(want, have.pop(want.began_on, None))
        ]
        gone += [period.pk for period in have.values()]
    if gone:
        PeriodOfCare.objects.filter(pk__in=gone).delete()
    if wrong:
        PeriodOfCare.objects.bulk_create(
            wrong,
            update_conflicts=True,
            unique_fields=["child", "began_on"],
            update_fields=["ended_on", "legal_status"],
        )


def _is_stored(wanted, period):
    return period and all(getattr(wanted, name) == getattr(period, name) for name in STORED)
