"""Disputes that still run, by the step they stand on and the working days used of twenty (IRO Handbook 6.2)."""

from django.db.models import Count, Q

from referrals.ladders import WHOLE
from referrals.models import Dispute
from referrals.models.dispute import RUNNING
from reports.measures.kinds import Kinds, later_by_more_than

STEPS = (10, 15, WHOLE)


def _used(today):
    """By the day the formal process began: so many working days lie between it and today."""
    since = {days: later_by_more_than(days, today) for days in STEPS}
    found, newer = {"informal": Q(formal_on=None)}, Q(formal_on__isnull=False)
    for days in STEPS:
        found[f"to_{days}"] = newer & Q(formal_on__gte=since[days])
        newer = Q(formal_on__lt=since[days])
    return found | {"over": newer}


DAYS = Kinds(
    {
        "informal": "Informal, outside the clock",
        "to_10": "Up to 10 days used",
        "to_15": "11 to 15 days used",
        "to_20": f"16 to {WHOLE} days used",
        "over": f"More than {WHOLE} days",
    },
    _used,
)


def running(user):
    """Those that can still be climbed and answered; a good-practice alert never could."""
    return Dispute.objects.visible_to(user).filter(state__in=RUNNING, kind=Dispute.Kind.CONCERN)


def chosen(user, today, rung="", days=""):
    """The disputes behind a number."""
    found = running(user)
    if rung:
        found = found.filter(rung="" if rung == "-" else rung)
    return found.filter(DAYS.q(days, today)) if days else found


def by_rung(user, today):
    """Step → days used → number, in one query."""
    conditions = DAYS.conditions(today)
    numbers = {f"number_{name}": Count("pk", filter=conditions[name], distinct=True) for name in DAYS.words}
    found = running(user).order_by().values("rung").annotate(**numbers)
    return {row["rung"]: {name: row[f"number_{name}"] for name in DAYS.words} for row in found}
