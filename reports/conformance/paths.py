"""The path cases really took beside the Protocol's: which steps they reached, how long each took, where they wait."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

from cases.models import Case, Event
from protocol.happenings import Happening
from protocol.vocabulary import Stage

H = Happening
HELD = {"cmh": "cmh", "irh": "irh"}


@dataclass(frozen=True)
class Step:
    """A step of the Protocol, and by when it asks for it."""

    name: str
    words: str
    asked: str


STEPS = (
    Step("pre_proceedings", "Pre-proceedings entered", "First, unless proceedings are urgent"),
    Step("issued", "Proceedings issued", "After pre-proceedings, or straight away when urgent"),
    Step("cmh", "CMH held", "Day 12 to day 18 from issue (PD12A)"),
    Step("irh", "IRH held", "As the court directs, in the timetable for the child"),
    Step(
        "concluded", "Proceedings concluded", "Within 26 weeks of issue, each extension apart (CA 1989 s32)"
    ),
    Step("guardian_left", "Guardian withdrew", "After conclusion, with a handover (GPP Completion)"),
    Step("closed", "Case closed", "Once nothing of the Protocol is left"),
)
BY_HAPPENING = {
    H.ENTERED_PRE_PROCEEDINGS: "pre_proceedings",
    H.PROCEEDINGS_ISSUED: "issued",
    H.PROCEEDINGS_CONCLUDED: "concluded",
    H.GUARDIAN_WITHDREW: "guardian_left",
    H.CASE_CLOSED: "closed",
}
ORDER = [step.name for step in STEPS]
MOST_PATHS = 5


@dataclass
class Taken:
    """One step over all cases: whole days since the step before, cases that wait here, cases that passed it over."""

    step: Step
    days: list = field(default_factory=list)
    reached: int = 0
    passed_over: int = 0
    waiting: list = field(default_factory=list)

    @property
    def median_days(self):
        return median(self.days) if self.days else None

    @property
    def longest_wait(self):
        return max(self.waiting, default=None)


def of(user, sliced, *, today):
    """The steps, and the commonest paths with how many cases took each: of cases opened in the span."""
    cases = dict(
        Case.objects.visible_to(user)
        .filter(opened_on__range=(sliced.from_on, sliced.until_on))
        .order_by()
        .values_list("pk", "stage")
    )
    days = _days(cases)
    taken = {step.name: Taken(step) for step in STEPS}
    for case, stage in cases.items():
        _count(taken, days.get(case, {}), is_open=stage != Stage.CLOSED, today=today)
    paths = Counter(tuple(name for name in ORDER if name in reached) for reached in days.values())
    words = {step.name: step.words for step in STEPS}
    common = [([words[name] for name in path], number) for path, number in paths.most_common(MOST_PATHS)]
    return list(taken.values()), common


def _days(cases):
    """The first day each case reached each step."""
    found = {}
    events = Event.objects.standing().filter(
        case__in=list(cases), happening__in=[*BY_HAPPENING, H.HEARING_HELD]
    )
    for case, happening, details, on in events.order_by("on", "pk").values_list(
        "case", "happening", "details", "on"
    ):
        name = HELD.get(details.get("hearing")) if happening == H.HEARING_HELD else BY_HAPPENING[happening]
        if name:
            found.setdefault(case, {}).setdefault(name, on)
    return found


def _count(taken, reached, *, is_open, today):
    last = before = None
    for name in ORDER:
        if name not in reached:
            continue
        taken[name].reached += 1
        if before is not None and reached[name] >= before:
            taken[name].days.append((reached[name] - before).days)
        before, last = reached[name], name
    for name in ORDER[: ORDER.index(last)] if last else ():
        taken[name].passed_over += name not in reached
    if last and is_open and last != "closed":
        taken[last].waiting.append((today - before).days)
