"""An authority with years of history, made in a few statements: for counting, not for how it came about.

Everything is drawn from one seed, so that two runs count the same.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.db import connection

from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, PersonRole
from cases.models import Appointment, Case, CaseChild, Child, PeriodOfCare
from tests.cast import assemble
from tests.in_full import IN_FULL
from tests.reports.seeded import owed, told
from tests.reports.seeded.day import TODAY

CHILDREN = 600 if IN_FULL else 60
YEARS = 3 if IN_FULL else 2
STAGES = ("pre_proceedings", "pre_cmh", "up_to_irh", "up_to_irh", "completion", "post_proceedings", "closed")
STATUSES = ("V2 section 20", "C1 interim care order", "C2 full care order", "E1 placement order")


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
    owed.write(list(owed.in_care(seeded, children, years)))
    fill(seeded, authority, children, years)


def fill(seeded, authority, children, years):
    """The cases of these children, and all that is owed in them."""
    cases, members = _cases(seeded, authority, children)
    _held(seeded, authority, children, cases, members)
    owed.write(list(owed.in_cases(seeded, cases, members, years)))
    told.in_court(seeded, cases, members)
    told.in_disputes(seeded, cases)
    told.in_letters(seeded, cases)
    seeded.cases += cases
    seeded.children += children


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
