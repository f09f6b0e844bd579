"""Whose case it is, where it stands and who holds it: what stands at the head of every page of a case."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from accounts.roles import PersonRole
from cases.dates import weekday_date
from cases.models import Appointment
from cases.models.stage import NOT_STARTED
from protocol.vocabulary import Stage

WEEKS = 26
HEARINGS = {"cmh": "CMH", "fcmh": "FCMH", "irh": "IRH", "final": "Final hearing", "other": "Hearing"}
TABS = (
    ("Now", "case"),
    ("Deadlines", "deadlines"),
    ("Chronology", "chronology"),
    ("Hearings", "hearings"),
    ("Documents", "documents"),
    ("Reviews", "reviews"),
    ("People", "people"),
)


@dataclass(frozen=True)
class Identity:
    """What `components/identity_bar.html` takes."""

    children: list
    reference: str
    url: str
    stage: str
    week: int | None
    next_hearing: str
    iro: str
    guardian: str


def identity_of(case, outcome, *, today):
    members = case.members.filter(left_on=None).select_related("child")
    return Identity(
        children=[{"name": m.child.name, "age": m.child.age_in_words(today)} for m in members],
        reference=case.key,
        url=reverse("case", args=[case.key]),
        stage=case.get_stage_display(),
        week=_week(case, today),
        next_hearing=next_hearing(outcome, today),
        iro=_holders(case, PersonRole.IRO),
        guardian=_holders(case, PersonRole.GUARDIAN),
    )


def _week(case, today):
    """Week n of 26, the first beginning with the day of issue (CA 1989 s32(1)(a)(ii))."""
    if case.issued_on is None or case.stage not in (Stage.PRE_CMH, Stage.UP_TO_IRH):
        return None
    return (today - case.issued_on).days // 7 + 1


def next_hearing(outcome, today):
    """The hearing to come; one whose day has passed says that nobody has recorded what became of it."""
    listed = [hearing for hearing in outcome.hearings if hearing.state == "listed" and hearing.date]
    if not listed:
        return ""
    to_come = [hearing for hearing in listed if hearing.date >= today]
    hearing = min(to_come or listed, key=lambda hearing: hearing.date)
    past = "" if to_come else ": not yet recorded as held"
    return f"{hearing_name(hearing)}, {weekday_date(hearing.date)}{past}"


def hearing_name(hearing):
    return f"{HEARINGS[hearing.type]} {hearing.ref}" if hearing.ref else HEARINGS[hearing.type]


def hearing_label(subject):
    """A deadline's hearing in words: its subject is the type, or the type and which one."""
    kind, _, ref = subject.partition(":")
    return f"{HEARINGS[kind]} {ref}".strip()


def _holders(case, role):
    owner = case if role == PersonRole.GUARDIAN else None
    names = (
        Appointment.objects.filter(child__memberships__case=case, case=owner, role=role, until_on=None)
        .order_by("person__name").values_list("person__name", flat=True).distinct()
    )  # fmt: skip
    return ", ".join(names)


def stages_of(case, outcome):
    """The stages passed, passed over (an urgent issue has no pre-proceedings) and to come, with their days."""
    reached = {move.target: fact.on for fact, move in outcome.moves}
    stage = None if case.stage == NOT_STARTED else Stage(case.stage)
    shown = [s for s in Stage if s is not Stage.CLOSED or stage is Stage.CLOSED]
    return [{"name": s.label, "state": _state(s, stage, reached), "on": reached.get(s)} for s in shown]


def _state(stage, current, reached):
    if stage is current:
        return "current"
    if stage in reached:
        return "passed"
    is_behind = current is not None and list(Stage).index(stage) < list(Stage).index(current)
    return "passed_over" if is_behind else "to_come"


def tabs_of(case, current):
    return [
        {"text": text, "url": reverse(name, args=[case.key]), "current": name == current}
        for text, name in (*TABS, *settings.CASE_TABS)
    ]
