"""Children in care proceedings by the week they are in, and why the court gave more time (IRH-16).

Most cases are past 26 weeks: what helps is how far they are spread, and why, not a wall of red.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from cases.dates import weekday_date
from cases.models import Deadline, Event
from protocol.happenings import Happening
from protocol.vocabulary import PROCEEDINGS_RUN
from reports.measures import groups

# 26 weeks "beginning with" the day of issue (CA 1989 s32(1)(a)(ii)); each extension gives up to eight more (s32(5)).
LIMIT = 26
STEPS = (26, 34, 42, 52)
WORDS = {
    "to_26": "Within 26 weeks",
    "to_34": "Weeks 27 to 34: one extension’s length past",
    "to_42": "Weeks 35 to 42: two extensions’ length past",
    "to_52": "Weeks 43 to 52",
    "older": "Beyond a year",
}
PAST = tuple(WORDS)[1:]
NO_EXTENSION = "none"


@dataclass(frozen=True)
class Running:
    """A child in proceedings: since when, until when the court has given time, and why it gave more."""

    member: int
    issued_on: date
    due_on: date | None
    reasons: tuple[str, ...]
    week: int
    band: str

    @property
    def is_past(self):
        return self.week > LIMIT


def running(user, today):
    """Every child in proceedings that have not concluded, in three queries."""
    inside = groups.members(user).filter(
        concluded_on=None,
        case__stage__in=[str(stage) for stage in PROCEEDINGS_RUN],
        case__issued_on__isnull=False,
    )
    read = list(inside.order_by().values_list("pk", "case", "child", "case__issued_on"))
    cases = {case for _, case, _, _ in read}
    said = _said(cases)
    due = _due(cases)
    return [
        _one(
            pk, said["issued"].get((case, child)) or issued, due.get((case, child)), said, case, child, today
        )
        for pk, case, child, issued in read
    ]


def _one(pk, issued, due_on, said, case, child, today):
    week = (today - issued).days // 7 + 1
    reasons = (*said["reasons"].get((case, None), ()), *said["reasons"].get((case, child), ()))
    return Running(pk, issued, due_on, tuple(dict.fromkeys(reasons)), week, band_of(week))


def band_of(week):
    return next((f"to_{step}" for step in STEPS if week <= step), "older")


def last_day(issued):
    """The last day of the 26 weeks."""
    return issued + timedelta(weeks=LIMIT) - timedelta(days=1)


def _said(cases):
    """What the chronologies say of a child's own application and of extensions."""
    events = Event.objects.standing().filter(
        case__in=cases, happening__in=[Happening.CHILD_ADDED, Happening.EXTENSION_GRANTED]
    )
    issued, reasons = {}, {}
    for case, child, happening, details in events.order_by("on", "pk").values_list(
        "case", "child", "happening", "details"
    ):
        if happening == Happening.CHILD_ADDED:
            if own := details.get("application_issued"):
                issued[case, child] = date.fromisoformat(own)
        else:
            reasons.setdefault((case, child), []).append(said_alike(details.get("reason", "")))
    return {"issued": issued, "reasons": reasons}


def said_alike(reason):
    """A reason as it is counted: the same words typed twice are one reason."""
    return " ".join(reason.split()).rstrip(".").capitalize() or "No reason recorded"


def _due(cases):
    owed = Deadline.objects.still_open().filter(case__in=cases, duty="IRH-16", moved=False)
    read = owed.order_by("pk").values_list("case", "child", "due_on")
    return {(case, child): due for case, child, due in read}


def by_band(found):
    """How many children are in each band of weeks, and how many of those have time the court gave."""
    return Counter(child.band for child in found)


def by_reason(found):
    """Of those past 26 weeks: how many for each reason, the commonest first. One child may have several."""
    past = [child for child in found if child.is_past]
    counted = Counter(reason for child in past for reason in child.reasons)
    none = sum(not child.reasons for child in past)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])), none


def key_of(reason):
    """A reason in an address: it is free text, and a name may stand in it."""
    return sha256(reason.encode()).hexdigest()[:10]


def chosen(found, band="", reason=""):
    """The children behind a number."""
    kept = [child for child in found if not band or child.band == band]
    if reason == NO_EXTENSION:
        return [child for child in kept if child.is_past and not child.reasons]
    if reason:
        return [child for child in kept if child.is_past and reason in map(key_of, child.reasons)]
    return kept


def is_date_past(child, today):
    return child.due_on is not None and child.due_on < today


def note(child):
    """What a list says of one child."""
    until = f"the court’s date is {weekday_date(child.due_on)}" if child.due_on else "no date"
    why = "; ".join(child.reasons)
    return f"Week {child.week}; {until}{f'; {why}' if why else ''}."
