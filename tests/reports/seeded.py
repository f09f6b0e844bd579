"""An authority with years of history, made in a few statements: for counting, not for how it came about.

Deadlines are written as rows, without the chronologies they would follow from: what a board counts is rows. Everything
is drawn from one seed, so that two runs count the same.
"""

import os
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from random import Random

from django.db import connection
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, PersonRole
from cases.models import Appointment, Case, CaseChild, Child, Deadline, Event, Miss, PeriodOfCare
from letters.models import Letter
from protocol.duties import CATALOGUE
from protocol.vocabulary import Role
from referrals.models import Dispute
from tests.cast import assemble

TODAY = date(2025, 3, 3)
IN_FULL = os.environ.get("TEST_IN_FULL") == "1"
CHILDREN = 600 if IN_FULL else 60
YEARS = 3 if IN_FULL else 2
STAGES = ("pre_proceedings", "pre_cmh", "up_to_irh", "up_to_irh", "completion", "post_proceedings", "closed")
STATUSES = ("V2 section 20", "C1 interim care order", "C2 full care order", "E1 placement order")
OF_A_CASE = [
    duty for duty in CATALOGUE.values()
    if duty.due and duty.id.split("-")[0] in ("PRE", "CMH", "IRH", "END", "DIS")
]  # fmt: skip
REVIEWS = [CATALOGUE[name] for name in ("REV-1", "REV-2", "REV-3", "REV-4", "REV-6")]
CAFCASS = {Role.GUARDIAN, Role.CAFCASS}
DISPUTED = ("informal", "formal", "formal", "resolved", "unresolved")
RUNGS = ("Informal", "Team manager", "Service manager")
REASONS = ("Further expert assessment", "further expert  assessment.", "A new placement was found", "")


@dataclass
class Seeded:
    """The authority, its office, and one more of each."""

    cast: object
    otherdale: Organisation
    iros: list
    guardians: list
    workers: list
    managers: list
    random: Random
    cases: list = field(default_factory=list)
    children: list = field(default_factory=list)


def seed(*, children=CHILDREN, years=YEARS, number=1):
    """Northmoor with so many children, and a fifth as many of Southmere's with the same Cafcass office."""
    seeded = people(children, number)
    grow(seeded, seeded.cast.northmoor, children, years)
    grow(seeded, seeded.cast.southmere, max(5, children // 5), years)
    settle()
    return seeded


def settle():
    """Every key that waits is checked once and not after each test; the tables are known as they would be in service."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def people(children, number=1):
    """Those who hold so many children between them, and nobody's child yet."""
    cast = assemble()
    otherdale = Organisation.objects.create(
        name="Cafcass Otherdale (invented)", kind=OrganisationKind.CAFCASS_OFFICE
    )
    random = Random(number)  # noqa: S311
    return Seeded(cast, otherdale, *_people(cast, children), random)


def _people(cast, children):
    many = max(2, children // 60)
    iros = [cast.iris, cast.ivor, *_add("Iro", cast.northmoor, PersonRole.IRO, many)]
    guardians = [cast.gwen, cast.gareth, *_add("Guardian", cast.cafcass, PersonRole.GUARDIAN, many)]
    managers = [cast.tess, *_add("Team", cast.northmoor, PersonRole.TEAM_MANAGER, many)]
    workers = [cast.sol, *_add("Worker", cast.northmoor, PersonRole.SOCIAL_WORKER, many, managers)]
    return iros, guardians, workers, managers


def _add(name, organisation, role, number, managers=()):
    people = [
        User(
            email=f"{name.lower()}{place}@example.org",
            name=f"{name} Seeded {place}",
            organisation=organisation,
            role=role,
            manager=managers[place % len(managers)] if managers else None,
        )
        for place in range(number)
    ]
    return User.objects.bulk_create(people)


def grow(seeded, authority, number, years):
    """More children, cases and all that is owed for them."""
    children = _children(seeded, authority, number)
    write(list(_owed_in_care(seeded, children, years)))
    fill(seeded, authority, children, years)


def fill(seeded, authority, children, years):
    """The cases of these children, and all that is owed in them."""
    cases, members = _cases(seeded, authority, children)
    _held(seeded, authority, children, cases, members)
    write(list(_owed_in_cases(seeded, cases, members, years)))
    _told(seeded, cases, members)
    _disputed(seeded, cases)
    _written(seeded, cases)
    seeded.cases += cases
    seeded.children += children


def write(owed):
    """Deadlines, with the misses the clock would have written down."""
    Deadline.objects.bulk_create(owed, batch_size=2000)
    _missed(owed)


def _children(seeded, authority, number):
    random, before = seeded.random, len(seeded.children)
    children = Child.objects.bulk_create(
        Child(
            authority=authority,
            name=f"Seeded Child {before + place:04}",
            born=TODAY - timedelta(days=random.randrange(30, 6400)),
            return_id=f"S{before + place:05}",
        )
        for place in range(number)
    )
    PeriodOfCare.objects.bulk_create(
        PeriodOfCare(
            authority=authority,
            child=child,
            began_on=TODAY - timedelta(days=random.randrange(1, 700)),
            ended_on=TODAY - timedelta(days=1) if random.random() < 0.15 else None,
            legal_status=random.choice(STATUSES),
        )
        for child in children
        if random.random() < 0.9
    )
    return children


def _cases(seeded, authority, children):
    """Two in three children are in a case, alone or with a sibling."""
    random, cases, places = seeded.random, [], []
    inside = iter(children[: len(children) * 2 // 3])
    for child in inside:
        sibling = next(inside, None) if random.random() < 0.4 else None
        siblings = [child, sibling] if sibling else [child]
        stage = random.choice(STAGES)
        issued = None if stage == "pre_proceedings" else TODAY - timedelta(days=random.randrange(5, 480))
        case = Case(
            authority=authority,
            cafcass_office=seeded.otherdale if random.random() < 0.2 else seeded.cast.cafcass,
            stage=stage,
            opened_on=(issued or TODAY) - timedelta(days=20),
            issued_on=issued,
        )
        cases.append(case)
        places.append(siblings)
    Case.objects.bulk_create(cases)
    members = CaseChild.objects.bulk_create(
        _member(random, authority, case, child)
        for case, siblings in zip(cases, places, strict=True)
        for child in siblings
    )
    return cases, members


def _member(random, authority, case, child):
    is_over = case.stage in ("completion", "post_proceedings", "closed") or (
        case.stage == "up_to_irh" and random.random() < 0.1
    )
    return CaseChild(
        authority=authority,
        case=case,
        child=child,
        concluded_on=TODAY - timedelta(days=random.randrange(1, 60)) if is_over else None,
        left_on=TODAY - timedelta(days=3) if random.random() < 0.05 else None,
    )


def _held(seeded, authority, children, cases, members):
    """Who is appointed: an IRO nearly always, a social worker, for half a team manager, in a case a guardian."""
    random, rows = seeded.random, []

    def held(child, role, person, case=None, until=None):
        rows.append(
            Appointment(
                authority=authority, child=child, case=case, role=role, person=person,
                from_on=TODAY - timedelta(days=400), until_on=until,
            )
        )  # fmt: skip

    for child in children:
        if random.random() < 0.92:
            held(child, PersonRole.IRO, random.choice(seeded.iros[: 1 if random.random() < 0.4 else None]))
        if random.random() < 0.3:
            held(child, PersonRole.IRO, random.choice(seeded.iros), until=TODAY - timedelta(days=200))
        if random.random() < 0.8:
            held(child, PersonRole.SOCIAL_WORKER, random.choice(seeded.workers))
        if random.random() < 0.4:
            held(child, PersonRole.TEAM_MANAGER, random.choice(seeded.managers))
    for case in cases:
        guardian = random.choice(seeded.guardians) if random.random() < 0.9 else None
        for member in (member for member in members if member.case is case and guardian):
            until = TODAY - timedelta(days=5) if case.stage in ("post_proceedings", "closed") else None
            held(member.child, PersonRole.GUARDIAN, guardian, case, until)
    Appointment.objects.bulk_create(rows)


def _owed_in_cases(seeded, cases, members, years):
    random = seeded.random
    for case in cases:
        inside = [member for member in members if member.case is case]
        for duty in OF_A_CASE:
            # Of the court's date there is one for each child.
            for nth in range(1 + (random.random() < 0.2 and duty.id != "IRH-16")):
                if random.random() < 0.5 and duty.id not in ("IRH-16", "END-3"):
                    continue
                whom = [member.child for member in inside] if duty.per_child else [None]
                for child in whom:
                    row = _deadline(seeded, duty, years, f"{duty.id}-{nth}", case=case, child=child)
                    yield _unwritten(row) if duty.id == "END-3" and random.random() < 0.4 else row


def _owed_in_care(seeded, children, years):
    for child in children:
        for duty in REVIEWS:
            for nth in range(seeded.random.randrange(1, 3 + years)):
                yield _deadline(seeded, duty, years, f"{duty.id}-{nth}", child=child)


def _deadline(seeded, duty, years, name, *, case=None, child=None):
    """Mostly long past and met; some late, some open, a few awaiting a date, excused, or no longer required."""
    random = seeded.random
    near = random.random() < 0.35
    due_on = TODAY + timedelta(days=random.randrange(-45, 30) if near else random.randrange(-365 * years, 90))
    opened_on = due_on - timedelta(days=random.randrange(0, 12))
    state, met_on, excused = _came(random, due_on)
    authority = (case or child).authority
    owing = (case.cafcass_office if case else None) if duty.owed_by in CAFCASS else authority
    return Deadline(
        authority=authority, case=case, child=child, duty=duty.id, opened_on=opened_on, force=duty.force.value,
        key=f"{case.pk if case else ''}:{child.pk if child else ''}:{name}", state=state,
        owed_by=duty.owed_by.value, owing=None if duty.owed_by is Role.COURT else owing, kind=duty.kind.value,
        due_on=None if state == "open" and random.random() < 0.08 else due_on, act_by=due_on, met_on=met_on,
        excused=excused,
    )  # fmt: skip


def _unwritten(row):
    """A handover letter that was due two weeks ago and has not come."""
    row.due_on, row.state, row.met_on, row.excused = TODAY - timedelta(days=14), "open", None, False
    return row


def _came(random, due_on):
    chance = random.random()
    if due_on >= TODAY:
        return ("met", TODAY - timedelta(days=1), False) if chance < 0.2 else ("open", None, False)
    if chance < 0.55:
        return "met", due_on - timedelta(days=random.randrange(0, 4)), False
    if chance < 0.75:
        late = min(TODAY, due_on + timedelta(days=random.randrange(1, 30)))
        return "met", late, chance < 0.58
    if chance < 0.80:
        return random.choice(["not_required", "excused"]), None, False
    return "open", None, False


def _missed(owed):
    """What the clock would have written down."""
    Miss.objects.bulk_create(
        Miss(
            authority=row.authority, case=row.case, child=row.child, duty=row.duty, opened_on=row.opened_on,
            key=row.key, force=row.force, due_on=row.due_on, recorded_at=timezone.now(),
        )
        for row in owed
        if row.due_on
        and ((row.state == "open" and row.due_on < TODAY) or (row.met_on and row.met_on > row.due_on and not row.excused))
    )  # fmt: skip


def _told(seeded, cases, members):
    """Extensions with their reasons, final hearings listed, moved, vacated and held, a child added later."""
    random, rows = seeded.random, []

    def told(case, happening, on, child=None, **details):
        rows.append(
            Event(
                authority=case.authority, case=case, child=child, happening=happening, on=on, details=details,
                recorded_at=timezone.now(),
            )
        )  # fmt: skip

    for case in (case for case in cases if case.issued_on):
        inside = [member for member in members if member.case is case]
        for _ in range(random.randrange(0, 3)):
            told(
                case, "extension_granted", TODAY - timedelta(days=random.randrange(1, 90)),
                random.choice([None, inside[0].child]), new_date=TODAY.isoformat(), reason=random.choice(REASONS),
            )  # fmt: skip
        if random.random() < 0.6:
            listed = TODAY - timedelta(days=40)
            told(
                case, "hearing_listed", listed, hearing="final", date=_near(random),
                **({"ref": "2"} if random.random() < 0.2 else {}),
            )  # fmt: skip
            for happening in random.sample(
                ["hearing_moved", "hearing_vacated", "hearing_held"], random.randrange(0, 2)
            ):
                more = {"date": _near(random)} if happening == "hearing_moved" else {}
                told(
                    case, happening, listed + timedelta(days=random.randrange(0, 3)), hearing="final", **more
                )
        if len(inside) > 1 and random.random() < 0.5:
            told(
                case, "child_added", case.issued_on + timedelta(days=10), inside[1].child,
                application_issued=(case.issued_on + timedelta(days=9)).isoformat(),
            )  # fmt: skip
    Event.objects.bulk_create(rows)


def _near(random):
    return (TODAY + timedelta(days=random.randrange(-20, 70))).isoformat()


def _disputed(seeded, cases):
    random = seeded.random
    Dispute.objects.bulk_create(
        Dispute(
            authority=case.authority, case=case, ref=f"Dispute {number}", theme="care_plan", concern="Seeded.",
            raised_by=seeded.cast.iris, state=(state := random.choice(DISPUTED)),
            raised_on=(raised := TODAY - timedelta(days=random.randrange(1, 60))),
            formal_on=None if state == "informal" else raised,
            ended_on=TODAY if state in ("resolved", "unresolved") else None,
            rung="Informal" if state == "informal" else random.choice(RUNGS[1:]),
            kind="good_practice" if random.random() < 0.1 else "concern",
        )
        for case in cases
        for number in range(random.randrange(0, 3))
    )  # fmt: skip


def _written(seeded, cases):
    """Handover letters, half of them scored."""
    random, rows = seeded.random, []
    for case in (case for case in cases if case.stage in ("completion", "post_proceedings", "closed")):
        score = random.choice([None, 1, 2, 3, 5])
        page = f"Letter of {case.pk}"
        rows.append(
            Letter(
                authority=case.authority, case=case, kind="appendix_2", state="sent", occasion="conclusion",
                sender=case.cafcass_office, signatory=random.choice(seeded.guardians), page=page,
                page_sha256=sha256(page.encode()).hexdigest(), created_at=timezone.now(), changed_at=timezone.now(),
                sent_on=TODAY - timedelta(days=random.randrange(1, 500)), usefulness=score,
                usefulness_reason="It leaves out the contact." if score and score < 3 else "",
            )
        )  # fmt: skip
    Letter.objects.bulk_create(rows)
