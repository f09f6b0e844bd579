"""The figures of a year, heading by heading: each table with where it is drilled into."""

from collections import Counter
from dataclasses import asdict, dataclass
from statistics import median

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.roles import PersonRole
from cases.forms.particulars import PARTICIPATION
from cases.models import Appointment, Child, Miss
from protocol.vocabulary import Part
from protocol.working_days import ENGLAND
from referrals.models import Dispute, Referral
from referrals.models.dispute import DisputeState, Theme
from reports.conformance import outcomes
from reports.conformance.slices import Slice
from reports.foi.questions import OUTCOMES, UNDECIDED, WITHDRAWN
from reports.statutory import reviews
from reports.statutory.years import Year

TOOK_PART = {"PN1", "PN2", "PN3", "PN5", "PN6"}
LEFT_OUT = "PN0"
WHOLE_DISPUTE = 20
REVIEW_DUTIES = {
    "REV-1": "First reviews", "REV-2": "Second reviews", "REV-3": "Later reviews", "REV-4": "Decisions written",
    "REV-5": "Full record completed", "REV-6": "Record sent out",
}  # fmt: skip
CLOCKS = {
    Part.PRE_PROCEEDINGS: "Pre-proceedings", Part.PRE_CMH: "From issue to the CMH", Part.UP_TO_IRH: "From the CMH to the IRH",
    Part.COMPLETION: "Completion and handover", Part.DISPUTES: "Disputes", Part.REFERRAL: "Referrals",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """Rows of a label and what stands beside it; `numbers` are drawn, in the order of the rows."""

    section: str
    title: str
    columns: list
    rows: list
    numbers: list
    url: str = ""

    @property
    def picture(self):
        """What the picture says, for whoever does not see it."""
        return f"{self.title}: " + "; ".join(f"{row[0]} {row[1]}" for row in self.rows)

    def as_json(self):
        return asdict(self)


def of(report, user):
    """Every table of a report, counted now."""
    year = Year(report.year_end)
    return [
        *_disputes(report, user, year), *_staffing(report, user, year), *_participation(user, year),
        *_reviews(user, year), *_late(user, year), *_siblings(report, user, year), *_cafcass(report, user, year),
        *_protocol(user, year),
    ]  # fmt: skip


def disputes_of(user, year):
    return Dispute.objects.visible_to(user).filter(raised_on__range=(year.start, year.end))


def referrals_of(user, year):
    sent = Referral.objects.visible_to(user).exclude(state="draft")
    return sent.filter(submitted_on__range=(year.start, year.end))


def _counted(section, title, counter, words, url, heading="Number"):
    rows = [[label, f"{counter.get(name, 0):,}"] for name, label in words.items()]
    numbers = [counter.get(name, 0) for name in words]
    return Table(section, title, ["", heading], rows, numbers, url)


def _behind(report, what):
    return reverse("annual_behind", args=[report.key, what])


def _disputes(report, user, year):
    raised = list(disputes_of(user, year).filter(kind=Dispute.Kind.CONCERN))
    url = _behind(report, "disputes")
    yield _counted(
        "disputes", "Concerns raised, by theme", Counter(d.theme for d in raised), dict(Theme.choices), url
    )
    yield _counted(
        "disputes", "Concerns raised, by how they stand or ended", Counter(d.state for d in raised),
        dict(DisputeState.choices), url,
    )  # fmt: skip
    days = [
        ENGLAND.working_days_between(d.formal_on, d.ended_on) for d in raised if d.formal_on and d.ended_on
    ]
    over = sum(number > WHOLE_DISPUTE for number in days)
    rows = [
        ["Formal disputes that have ended", f"{len(days):,}"],
        ["Working days they took, in the middle", _number(median(days) if days else None)],
        [f"Longer than {WHOLE_DISPUTE} working days", f"{over:,}"],
    ]
    yield Table("disputes", "How long formal disputes took", ["", "Number"], rows, [], url)


def _staffing(report, user, year):
    """On the last day of the year; continuity over the whole of it."""
    held = Appointment.objects.filter(
        role=PersonRole.IRO,
        child__in=Child.objects.visible_to(user).order_by().values("pk"),
        from_on__lte=year.end,
    )
    on_the_day = held.filter(Q(until_on=None) | Q(until_on__gt=year.end))
    children = Counter(on_the_day.order_by().values_list("person__name", flat=True))
    rows = [[name, f"{number:,}"] for name, number in sorted(children.items())]
    url = _behind(report, "staffing")
    yield Table(
        "staffing", "Children of each IRO on the last day of the year", ["", "Children"],
        rows or [["No IRO", "0"]], [int(number) for _, number in sorted(children.items())], url,
    )  # fmt: skip
    during = held.filter(Q(until_on=None) | Q(until_on__gte=year.start))
    iros = Counter(child for child, _ in set(during.order_by().values_list("child", "person")))
    changes = Counter("one" if number == 1 else "more" for number in iros.values())
    words = {"one": "One IRO throughout", "more": "More than one IRO"}
    yield _counted("staffing", "Continuity", changes, words, url, "Children")


def _participation(user, year):
    held = reviews.held(user, year)
    codes = Counter(review.participation for review in held)
    words = {code: label for code, label in PARTICIPATION if code} | {"": "Not recorded"}
    url = f"{reverse('statutory_return')}?year={year.end.year}"
    yield _counted("participation", "Reviews, by how the child took part", codes, words, url, "Reviews")
    counted = [code for code in codes.elements() if code and code != LEFT_OUT]
    part = sum(code in TOOK_PART for code in counted)
    rows = [
        ["Reviews of children of four and over, with a code", f"{len(counted):,}"],
        ["In which the child took part", f"{part:,}"],
        ["Share", _share(part, len(counted))],
    ]
    yield Table("participation", "Children who took part", ["", ""], rows, [], url)


def _conformance(user, year, part=""):
    sliced = Slice(year.start, year.end, part)
    return sliced, outcomes.by_duty(sliced.deadlines(user), today=timezone.localdate())


def _reviews(user, year):
    sliced, found = _conformance(user, year, Part.REVIEWS)
    by_duty = {one.duty.id: one for one in found}
    rows, numbers = [], []
    for duty, label in REVIEW_DUTIES.items():
        one = by_duty.get(duty)
        due, met = (one.fell_due, one.counts[outcomes.MET]) if one else (0, 0)
        rows.append([f"{label} ({duty})", f"{met:,} of {due:,}", _share(met, due)])
        numbers.append(round(100 * met / due) if due else 0)
    url = f"{reverse('conformance')}?{sliced.query}"
    yield Table(
        "reviews", "Reviews and the steps after them, in time", ["", "In time", "Share"], rows, numbers, url
    )


def _late(user, year):
    mine = Child.objects.visible_to(user).order_by().values("pk")
    misses = Miss.objects.filter(
        annulled_at=None,
        child__in=mine,
        duty__in=("REV-1", "REV-2", "REV-3"),
        due_on__range=(year.start, year.end),
    )
    reasons = Counter(reason or "No reason recorded" for reason in misses.values_list("reason", flat=True))
    rows = [[reason, f"{number:,}"] for reason, number in reasons.most_common()] or [
        ["None was out of time", "0"]
    ]
    url = f"{reverse('conformance')}?{Slice(year.start, year.end, Part.REVIEWS).query}"
    yield Table("late_reviews", "Reviews out of time, by the reason recorded", ["", "Reviews"], rows, [], url)


def _siblings(report, user, year):
    contact = disputes_of(user, year).filter(theme=Theme.CONTACT, kind=Dispute.Kind.CONCERN)
    rows = [["Concerns about time with family, brothers and sisters", f"{contact.count():,}"]]
    yield Table("siblings", "Concerns raised", ["", "Number"], rows, [], _behind(report, "disputes"))


def _cafcass(report, user, year):
    """What the advice line was asked is behind a wall: nobody may count it here (REF-27)."""
    outcome = Counter(
        WITHDRAWN if one.state == "withdrawn" else one.action or UNDECIDED for one in referrals_of(user, year)
    )
    yield _counted("cafcass", "Referrals made, by outcome", outcome, OUTCOMES, _behind(report, "referrals"))


def _protocol(user, year):
    sliced, found = _conformance(user, year)
    rows, numbers = [], []
    for part, label in CLOCKS.items():
        of_part = [one for one in found if one.duty.part is part and one.force.breach]
        due = sum(one.fell_due for one in of_part)
        met = sum(one.counts[outcomes.MET] for one in of_part)
        rows.append([label, f"{met:,} of {due:,}", _share(met, due)])
        numbers.append(round(100 * met / due) if due else 0)
    url = f"{reverse('conformance')}?{sliced.query}"
    yield Table("protocol", "Duties met in time, by part", ["", "In time", "Share"], rows, numbers, url)


def _share(part, whole):
    return f"{round(100 * part / whole)}%" if whole else "–"


def _number(value):
    return "–" if value is None else f"{value:g}"
