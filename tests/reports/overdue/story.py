"""Given: a thousand deadlines around five dates, in four cases and of five children, drawn from one seed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from cases import covering, preferences, restricting
from cases.agreements import Terms, sign
from cases.appointments import appoint
from cases.models import CaseChild, Child, Deadline, Miss, Notice
from cases.opening import open_case
from protocol.duties import CATALOGUE
from protocol.vocabulary import Role, Subject
from tests.cases.steps import opened

LONDON = ZoneInfo("Europe/London")
NUMBER = 1000
BEGAN = date(2026, 1, 5)
# The days around which everything falls due; Iris stands in for Ivor from one of them until another.
AROUND = [date(2026, *day) for day in ((3, 2), (3, 29), (3, 30), (6, 15), (6, 16), (10, 25), (10, 26))]
COVER = date(2026, 6, 16), date(2026, 10, 24)
OFFSETS = (-40, -17, -3, -2, -1, -1, -1, 0, 0, 0, 1, 2)
ENDED = ("met", "met_late", "excused", "explained", "not_required", "overtaken")
STATES = (*["open"] * 6, *ENDED, "undated")
STORED = {"met_late": "met", "explained": "met", "overtaken": "not_required", "undated": "open"}
OF_A_CASE = [
    duty for duty in CATALOGUE.values() if duty.due and duty.id[:3] in ("PRE", "CMH", "IRH", "END", "DIS")
]
REVIEWS = [CATALOGUE[name] for name in ("REV-1", "REV-2", "REV-3", "REV-4", "REV-5", "REV-6")]
# How many of the thousand hang on each case, child and agreement.
SHARES = {
    "siblings": 220, "ivors": 230, "shut": 160, "southmere": 140,
    "amber": 60, "blake": 40, "coral": 40, "dawn": 50, "esme": 40, "agreement": 20,
}  # fmt: skip
EVERYTHING = {"siblings", "ivors", "amber", "blake", "dawn", "agreement"}
# Coral is in the case of her siblings too: what hangs on that case is seen, her own reviews go with the restricted one.
SEES = {
    **dict.fromkeys(("mona", "lena", "serena", "dora", "chas"), EVERYTHING),
    "hal": EVERYTHING | {"shut", "coral"},
    "iris": {"siblings", "shut", "amber", "blake", "coral"},
    "ivor": {"ivors", "dawn"},
    "sol": {"siblings", "amber", "blake"},
    "tess": {"siblings", "amber", "blake"},
    "gwen": {"siblings", "southmere", "amber", "blake", "esme", "agreement"},
    "gareth": {"ivors", "dawn", "agreement"},
    "cass": {"siblings", "ivors", "southmere", "amber", "blake", "dawn", "esme", "agreement"},
    "stranger": {"southmere", "esme"},
    "lex": set(),
    "leah": set(),
    "hugo": set(),
}
# These want one e-mail a day with the number, and find the rest in their inbox.
SUMMED_UP = ("mona", "cass", "lena", "serena", "hal", "dora", "chas")
HOLDS = {
    "siblings": {"iro": "iris", "social_worker": "sol", "guardian": "gwen", "la_legal": "lena"},
    "ivors": {"iro": "ivor", "guardian": "gareth", "manager_addressed": "serena"},
    "shut": {"iro": "iris", "guardian": "gareth", "la_legal": "lena"},
    "southmere": {"guardian": "gwen"},
    "amber": {"iro_service": "iris", "iro": "iris"},
    "blake": {"iro_service": "iris", "iro": "iris"},
    "coral": {"iro_service": "iris", "iro": "iris"},
    "dawn": {"iro_service": "ivor", "iro": "ivor"},
}
INSIDE = {"siblings": ("amber", "blake"), "ivors": ("dawn",), "shut": ("coral",), "southmere": ("esme",)}
OF_CAFCASS = {Role.GUARDIAN, Role.CAFCASS}


@dataclass
class Story:
    """Everybody and everything by name. `told` grows with each tick: of which rows each has been told as overdue."""

    cast: object
    children: dict
    cases: dict
    agreement: object
    hung: dict = field(default_factory=dict)
    told: dict = field(default_factory=dict)
    missed: set = field(default_factory=set)
    left_behind: int = 0

    def person(self, name):
        return getattr(self.cast, name)

    @property
    def people(self):
        return {name: self.person(name) for name in SEES}


def day_of(moment):
    """The day it is in London, whatever day it is by Greenwich."""
    return moment.astimezone(LONDON).date()


def moment(written):
    return datetime.fromisoformat(written)


# --- Given ------------------------------------------------------------------------------------------------------


def a_story(cast):
    """Four cases, one of them restricted and one of another authority; a thousand deadlines on them."""
    children = {"amber": cast.amber, "blake": cast.blake, "coral": cast.coral}
    for name, authority in (("dawn", cast.northmoor), ("esme", cast.southmere)):
        born = date(2020, 5, 17)
        children[name] = Child.objects.create(name=f"{name.title()} Example", authority=authority, born=born)
    story = Story(cast, children, _cases(cast, children), _agreement(cast))
    _appointed(story)
    covering.arrange(cast.ivor, cast.iris, from_on=COVER[0], until_on=COVER[1], by=cast.mona)
    restricting.restrict(story.cases["shut"], by=cast.mona, reason="Close.", readers=[cast.iris, cast.hal])
    CaseChild.objects.create(authority=cast.northmoor, case=story.cases["siblings"], child=children["coral"])
    CaseChild.objects.filter(case=story.cases["siblings"], child=children["amber"]).update(concluded_on=BEGAN)
    for name in SUMMED_UP:
        preferences.choose("daily", by=story.person(name))
    for model in (Notice, Miss, Deadline):
        model.objects.all().delete()
    _owed(story)
    return story


def _cases(cast, children):
    cases = {
        name: opened(cast, *(children[child] for child in inside), on=BEGAN)
        for name, inside in INSIDE.items()
        if name != "southmere"
    }
    cases["southmere"] = open_case(
        authority=cast.southmere, cafcass_office=cast.cafcass, children=[children["esme"]],
        entering="proceedings_issued", on=BEGAN, by=None,
    )  # fmt: skip
    return cases


def _agreement(cast):
    terms = Terms(cast.northmoor, cast.cafcass, BEGAN, BEGAN, "Cass Chief", "Mona Manager")
    return sign(terms, by=cast.mona)


def _appointed(story):
    held = {"iro", "social_worker", "la_legal"}
    for name, inside in INSIDE.items():
        children = [story.children[child] for child in inside]
        for role, who in HOLDS[name].items():
            person = story.person(who)
            if role in held:
                appoint(person, role, children=children, on=BEGAN, by=None)
            elif role == "guardian":
                appoint(person, role, children=children, on=BEGAN, by=None, case=story.cases[name])


def _owed(story):
    """The thousand, drawn from one seed; one of them left behind by a date that moved after it was missed."""
    random, rows = Random(5), []  # noqa: S311
    for where, share in SHARES.items():
        while share:
            made = _like(story, random, where, len(rows), share)
            rows += made
            share -= len(made)
    rows[-2:] = _moved(story)
    assert len(rows) == NUMBER
    for row in Deadline.objects.bulk_create(rows):
        story.hung[row.pk] = _hung_on(story, row)
    story.left_behind = next(row.pk for row in rows if row.moved)
    Miss.objects.bulk_create(
        Miss(
            authority_id=row.authority_id, case_id=row.case_id, child_id=row.child_id, agreement_id=row.agreement_id,
            duty=row.duty, subject=row.subject, opened_on=row.opened_on, key=row.key, force=row.force,
            due_on=row.due_on, recorded_at=moment("2026-02-01T12:00+00:00"),
        )
        for row in rows
        if row.is_missed
    )  # fmt: skip


def _like(story, random, where, number, share):
    """One deadline; or, of a duty owed for each child of a case, one for each sibling."""
    duty, due_on = _duty(random, where), random.choice(AROUND) + timedelta(days=random.choice(OFFSETS))
    came, is_nobodys = random.choice(STATES), random.random() < 0.08
    inside = INSIDE.get(where, ()) if duty.per_child else ()
    whom = inside if len(inside) <= share else inside[:1]
    return [
        _row(story, where, duty, f"{number:04}", due_on, came, is_nobodys, child)
        for child in whom or [where if where in story.children else None]
    ]


def _duty(random, where):
    if where == "agreement":
        return CATALOGUE["GOV-2"]
    return random.choice(OF_A_CASE if where in INSIDE else REVIEWS)


def _row(story, where, duty, name, due_on, came, is_nobodys, child):
    case, person = story.cases.get(where), story.children.get(child)
    agreement = story.agreement if where == "agreement" else None
    authority = (case or person or agreement).authority
    who = None if is_nobodys else HOLDS.get(where, {}).get(duty.owed_by.value)
    owing = story.cast.cafcass if duty.owed_by in OF_CAFCASS else authority
    late = due_on + timedelta(days=3)
    met_on = {"met": due_on, "met_late": late, "explained": late}.get(came)
    return Deadline(
        authority=authority, case=case, child=person, agreement=agreement, duty=duty.id, force=duty.force.value,
        subject=f"cmh:{name}" if duty.subject is Subject.HEARING else name, opened_on=BEGAN,
        state=STORED.get(came, came),
        key=f"overdue:{name}:{child or ''}", owed_by=duty.owed_by.value, kind=duty.kind.value,
        owing=None if duty.owed_by is Role.COURT else owing, owner=story.person(who) if who else None,
        due_on=None if came == "undated" else due_on, met_on=met_on, closed_on=late if came == "overtaken" else None,
        excused=came in ("explained", "excused"), is_missed=came in ("met_late", "overtaken"),
    )  # fmt: skip


def _moved(story):
    """The breach of a former date beside the same duty under its present one: both are owed, one of them late."""
    was, now = AROUND[0] - timedelta(days=5), AROUND[-1] + timedelta(days=60)
    breach, carried_on = (
        _row(story, "siblings", CATALOGUE["IRH-11"], "moved", due_on, "open", False, None)
        for due_on in (was, now)
    )
    breach.moved = True
    return [breach, carried_on]


def _hung_on(story, row):
    for names, pk in ((story.cases, row.case_id), (story.children, row.child_id)):
        if pk:
            return next(name for name, one in names.items() if one.pk == pk)
    return "agreement"
