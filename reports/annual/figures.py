"""The figures of a year, heading by heading: each table with where it is drilled into."""

from collections import Counter
from dataclasses import asdict, dataclass, field
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
from reports.annual import publishing
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
    """Rows of a label and what stands beside it; `numbers` are drawn, in the order of the rows.

    `hidden` are the places of rows that are not published; where the labels are typed, not even under which.
    """

    section: str
    title: str
    columns: list
    rows: list
    numbers: list
    url: str = ""
    hidden: list = field(default_factory=list)
    is_typed: bool = False

    @property
    def picture(self):
        return publishing.picture(self.title, self.rows)

    def as_json(self):
        return asdict(self)


def of(report, user):
    """Every table of a report, counted now."""
    year = Year(report.year_end)
    return [
        *_disputes(report, user, year), *_staffing(report, user, year), *_participation(user, year),
        *_reviews(user, year), *_late(user, year), *_cafcass(report, user, year),
        *_protocol(user, year),
    ]  # fmt: skip


def disputes_of(user, year):
    return Dispute.objects.visible_to(user).filter(raised_on__range=(year.start, year.end))


def referrals_of(user, year):
    sent = Referral.objects.visible_to(user).exclude(state="draft")
    return sent.filter(submitted_on__range=(year.start, year.end))


def _counted(section, title, counter, words, url, heading="Number", hidden=None):
    numbers = _cells(counter, words)
    rows = [[label, f"{number:,}"] for label, number in zip(words.values(), numbers, strict=True)]
    if hidden is None:
        [hidden] = publishing.of_one_whole(numbers)
    return Table(section, title, ["", heading], rows, numbers, url, hidden)


def _cells(counter, words):
    return [counter.get(name, 0) for name in words]


def _behind(report, what):
    return reverse("annual_behind", args=[report.key, what])


def _disputes(report, user, year):
    raised = list(disputes_of(user, year).filter(kind=Dispute.Kind.CONCERN))
    url = _behind(report, "disputes")
    themes, states = Counter(d.theme for d in raised), Counter(d.state for d in raised)
    of_themes, of_states = publishing.of_one_whole(
        _cells(themes, dict(Theme.choices)), _cells(states, dict(DisputeState.choices))
    )
    yield _counted(
        "disputes", "Concerns raised, by theme", themes, dict(Theme.choices), url, hidden=of_themes
    )
    yield _counted(
        "disputes", "Concerns raised, by how they stand or ended", states, dict(DisputeState.choices), url,
        hidden=of_states,
    )  # fmt: skip
    yield _siblings(themes, of_themes, url)
    days = [
        ENGLAND.working_days_between(d.formal_on, d.ended_on) for d in raised if d.formal_on and d.ended_on
    ]
    over = sum(number > WHOLE_DISPUTE for number in days)
    rows = [
        ["Formal disputes that have ended", f"{len(days):,}"],
        ["Working days they took, in the middle", _number(median(days) if days else None)],
        [f"Longer than {WHOLE_DISPUTE} working days", f"{over:,}"],
    ]
    of_days, is_whole_hidden = publishing.of_groups([over, len(days) - over], [[0, 1]])
    hidden = [0, 1, 2] if is_whole_hidden else [2] if of_days else []
    yield Table("disputes", "How long formal disputes took", ["", "Number"], rows, [], url, hidden)


def _staffing(report, user, year):
    """On the last day of the year; continuity over the whole of it."""
    held = Appointment.objects.filter(
        role=PersonRole.IRO,
        child__in=Child.objects.visible_to(user).order_by().values("pk"),
        from_on__lte=year.end,
    )
    on_the_day = held.filter(Q(until_on=None) | Q(until_on__gt=year.end))
    children = Counter(on_the_day.order_by().values_list("person__name", flat=True))
    names = {name: name for name in sorted(children)} or {"": "No IRO"}
    url = _behind(report, "staffing")
    title = "Children of each IRO on the last day of the year"
    yield _counted("staffing", title, children, names, url, "Children")
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
    groups = [
        [place for place, code in enumerate(words) if _is_of(code) == group] for group in ("part", "not", "")
    ]
    hidden, is_sum_hidden = publishing.of_groups(_cells(codes, words), groups)
    title = "Reviews, by how the child took part"
    yield _counted("participation", title, codes, words, url, "Reviews", hidden=hidden)
    counted = [code for code in codes.elements() if code and code != LEFT_OUT]
    part = sum(code in TOOK_PART for code in counted)
    rows = [
        ["Reviews of children of four and over, with a code", f"{len(counted):,}"],
        ["In which the child took part", f"{part:,}"],
        ["Share", _share(part, len(counted))],
    ]
    sums = [0, 1, 2] if is_sum_hidden else []
    yield Table("participation", "Children who took part", ["", ""], rows, [], url, sums)


def _is_of(code):
    """Whether a review so coded counts as one in which the child took part, as one in which not, or not at all."""
    if not code or code == LEFT_OUT:
        return ""
    return "part" if code in TOOK_PART else "not"


def _conformance(user, year, part=""):
    sliced = Slice(year.start, year.end, part)
    return sliced, outcomes.by_duty(sliced.deadlines(user), today=timezone.localdate())


def _reviews(user, year):
    sliced, found = _conformance(user, year, Part.REVIEWS)
    by_duty = {one.duty.id: one for one in found}
    shares = {}
    for duty, label in REVIEW_DUTIES.items():
        one = by_duty.get(duty)
        shares[f"{label} ({duty})"] = (one.counts[outcomes.MET], one.fell_due) if one else (0, 0)
    url = f"{reverse('conformance')}?{sliced.query}"
    yield _shared("reviews", "Reviews and the steps after them, in time", shares, url)


def _late(user, year):
    """Those of which a breach stands, whether or not the clock has written it down yet."""
    today = timezone.localdate()
    late = outcomes.where(outcomes.LATE, today) | outcomes.where(outcomes.MISSED, today)
    owed = Slice(year.start, year.end).deadlines(user).filter(late, duty__in=("REV-1", "REV-2", "REV-3"))
    told = Miss.objects.filter(annulled_at=None, key__in=owed.order_by().values("key")).exclude(reason="")
    said = {(key, due_on): reason for key, due_on, reason in told.values_list("key", "due_on", "reason")}
    reasons = Counter(said.get(one, "No reason recorded") for one in owed.values_list("key", "due_on"))
    counted = reasons.most_common() or [("None was out of time", 0)]
    rows = [[reason, f"{number:,}"] for reason, number in counted]
    [hidden] = publishing.of_one_whole([number for _, number in counted])
    url = f"{reverse('conformance')}?{Slice(year.start, year.end, Part.REVIEWS).query}"
    title = "Reviews out of time, by the reason recorded"
    yield Table("late_reviews", title, ["", "Reviews"], rows, [], url, hidden, is_typed=True)


def _siblings(themes, hidden, url):
    """One number of the concerns by theme once more: hidden where it is hidden there."""
    rows = [["Concerns about time with family, brothers and sisters", f"{themes[Theme.CONTACT]:,}"]]
    is_hidden = list(Theme).index(Theme.CONTACT) in hidden
    return Table("siblings", "Concerns raised", ["", "Number"], rows, [], url, [0] if is_hidden else [])


def _cafcass(report, user, year):
    """What the advice line was asked is behind a wall: nobody may count it here (REF-27)."""
    outcome = Counter(
        WITHDRAWN if one.state == "withdrawn" else one.action or UNDECIDED for one in referrals_of(user, year)
    )
    yield _counted("cafcass", "Referrals made, by outcome", outcome, OUTCOMES, _behind(report, "referrals"))


def _protocol(user, year):
    sliced, found = _conformance(user, year)
    shares = {}
    for part, label in CLOCKS.items():
        of_part = [one for one in found if one.duty.part is part and one.force.breach]
        shares[label] = (
            sum(one.counts[outcomes.MET] for one in of_part), sum(one.fell_due for one in of_part)
        )  # fmt: skip
    url = f"{reverse('conformance')}?{sliced.query}"
    yield _shared("protocol", "Duties met in time, by part", shares, url)


def _shared(section, title, shares, url):
    """So many in time out of so many, by label."""
    rows = [[label, f"{met:,} of {due:,}", _share(met, due)] for label, (met, due) in shares.items()]
    numbers = [round(100 * met / due) if due else 0 for met, due in shares.values()]
    hidden = publishing.of_shares(list(shares.values()))
    return Table(section, title, ["", "In time", "Share"], rows, numbers, url, hidden)


def _share(part, whole):
    return f"{round(100 * part / whole)}%" if whole else "–"


def _number(value):
    return "–" if value is None else f"{value:g}"
