"""Northmoor at its full size: 600 children, three years, and whatever else makes two counts disagree.

Nine children in ten come in by the statutory return, so that their care, reviews and all that is owed for them are what
the product made of it; their cases are rows, as in `tests.reports.seeded.seeding`, drawn from the same kind of seed.
"""

import io
from datetime import date, timedelta

from django.core.management import call_command
from django.utils import timezone

from cases.models import (
    Appointment,
    CaseChild,
    Child,
    Cover,
    Deadline,
    EmergencyAccess,
    Event,
    Miss,
    NamedReader,
    Restriction,
)
from protocol.duties import CATALOGUE
from referrals.models import Referral
from reports.models import FollowUp
from tests.cases.imports.conftest import AReturn
from tests.reports.seeded import seeding
from tests.reports.seeded.day import TODAY

YEARS = 3
DAY = timedelta(days=1)
YEAR_END = date(2025, 3, 31)
# (the lists of names, in turn), by the parts of the cast: nobody of these, all of these, somebody taken off again.
LISTS = (("iris",), ("iris", "mona"), ("iris", "cass", "gwen"), ("iris", "lena"), ("iris", "lex", "mona"))
STATES = (
    "submitted", "received", "allocated", "enquiries", "decided", "proceedings", "settled", "concluded", "withdrawn",
    "draft",
)  # fmt: skip
OWED_ON_A_REFERRAL = ("REF-9", "REF-10", "REF-12", "REF-16", "REF-17", "REF-21")


def build(folder, children=600):
    """The authority, and what stands in the return that most of its children came with."""
    seeded = seeding.people(children)
    random, cast = seeded.random, seeded.cast
    returned = a_return(folder, random, children * 9 // 10)
    imported(returned.folder)
    ours = list(Child.objects.filter(authority=cast.northmoor).exclude(return_id="").order_by("pk"))
    random.shuffle(ours)
    seeding.fill(seeded, cast.northmoor, ours, YEARS)
    seeding.grow(seeded, cast.northmoor, children // 10, YEARS)
    seeding.grow(seeded, cast.southmere, children // 10, YEARS)
    _missed_and_gone(random)
    _said_of_misses(seeded)
    _referred(seeded)
    _restricted(seeded)
    _covered(seeded)
    _numberless(seeded)
    seeding.settle()
    return seeded, returned


# --- The return -------------------------------------------------------------------------------------------------


def a_return(folder, random, number):
    """Three years of care and reviews, with every fault that a review can have in about one of twenty."""
    made = AReturn(folder)
    for place in range(number):
        which, born = f"N{place:05}", TODAY - timedelta(days=random.randrange(400, 6200))
        began = max(born + 5 * DAY, TODAY - timedelta(days=random.randrange(20, 3 * 365)))
        ended = began + timedelta(days=random.randrange(60, 700)) if random.random() < 0.2 else None
        ended = ended if ended and ended < TODAY else None
        made.child(which, born=_written(born))
        made.episode(
            which, _written(began), ls=random.choice(("V2", "C1", "C2", "E1")),
            ended=_written(ended) if ended else "", rec="E4A" if ended else "",
        )  # fmt: skip
        for on in _reviews(random, began, ended or TODAY):
            made.review(which, _written(on), _code(random, born, on))
    made.write()
    return made


def _reviews(random, began, until):
    """About when they are due; one in five late, one in thirty after care has ended."""
    on = began
    for days in (18, 80, *[170] * 6):
        on += timedelta(days=days + (random.randrange(5, 40) if random.random() < 0.2 else 0))
        if on > until:
            break
        yield on
    if until < TODAY - 60 * DAY and random.random() < 0.15:
        yield until + 30 * DAY


def _code(random, born, on):
    chance = random.random()
    if chance < 0.02:
        return ""
    under_four = (on - born).days < 4 * 365
    is_right = chance < 0.96
    return "PN0" if under_four == is_right else random.choice(("PN1", "PN3", "PN6"))


def imported(folder, *more):
    """What the import says."""
    said = io.StringIO()
    call_command(
        "import_ssda903", str(folder), "--authority", "Northmoor Council (invented)", "--year-end", _written(YEAR_END),
        *more, stdout=said, stderr=io.StringIO(),
    )  # fmt: skip
    return said.getvalue()


def _written(day):
    return f"{day:%d/%m/%Y}"


def _numberless(seeded):
    """Reviews a person recorded of children who have no number in the return."""
    without = Child.objects.filter(authority=seeded.cast.northmoor, return_id__startswith="S").order_by("pk")[
        :12
    ]
    for child in without:
        child.return_id = ""
    Child.objects.bulk_update(without, ["return_id"])
    Event.objects.bulk_create(
        Event(
            authority=child.authority, child=child, happening="review_held", on=TODAY - 40 * DAY,
            details={"review": (TODAY - 40 * DAY).isoformat()}, particulars={"participation": "PN1"},
            recorded_at=timezone.now(), recorded_by=seeded.cast.iris,
        )
        for child in without
    )  # fmt: skip


# --- Misses -----------------------------------------------------------------------------------------------------


def _missed_and_gone(random):
    """Some were never done and then no longer asked for: a breach stays a breach."""
    late = Deadline.objects.filter(state="open", due_on__lt=TODAY, case__isnull=False, is_missed=False)
    some = [
        row for row in late.order_by("pk") if random.random() < 0.05 and row.duty not in ("END-3", "IRH-16")
    ]
    for row in some:
        row.state, row.is_missed = "not_required", True
    Deadline.objects.bulk_update(some, ["state", "is_missed"], batch_size=500)


def _said_of_misses(seeded):
    """A reason here and there, a miss annulled, an acknowledgement, a chase that has been told."""
    random, cast = seeded.random, seeded.cast
    misses = list(Miss.objects.filter(authority=cast.northmoor).order_by("pk"))
    explained = [miss for miss in misses if random.random() < 0.1]
    for miss in explained:
        miss.reason = random.choice(("The bundle came late.", "The IRO was away."))
    annulled = [miss for miss in misses if random.random() < 0.02]
    for miss in annulled:
        miss.annulled_at = timezone.now()
    Miss.objects.bulk_update({*explained, *annulled}, ["reason", "annulled_at"], batch_size=500)
    FollowUp.objects.bulk_create(
        FollowUp(
            kind=random.choice(FollowUp.Kind.values), authority=miss.authority, case=miss.case, child=miss.child,
            key=miss.key, due_on=miss.due_on, on=TODAY, at=timezone.now(), by=cast.mona, told_at=timezone.now(),
        )
        for miss in misses
        if random.random() < 0.1
    )  # fmt: skip


# --- Restricted cases, and cover --------------------------------------------------------------------------------


def _restricted(seeded):
    """One case in fifteen, for different people; some lifted again, a name taken off, an emergency in its hour."""
    cast, some, now = seeded.cast, seeded.cases[::15], timezone.now()
    rows = Restriction.objects.bulk_create(
        Restriction(
            authority=case.authority, case=case, reason="A relative works here.", placed_by=cast.mona,
            placed_at=now, lifted_at=now if turn % 6 == 5 else None, lifted_by=cast.mona if turn % 6 == 5 else None,
        )
        for turn, case in enumerate(some)
    )  # fmt: skip
    NamedReader.objects.bulk_create(
        NamedReader(
            authority=row.authority, restriction=row, person=getattr(cast, part), named_by=cast.mona, named_at=now,
            removed_at=now if part == "mona" and turn % 2 else None,
        )
        for turn, row in enumerate(rows)
        for part in LISTS[turn % len(LISTS)]
    )  # fmt: skip
    EmergencyAccess.objects.bulk_create(
        EmergencyAccess(
            authority=case.authority, case=case, person=person, reason="A child is missing.",
            opened_at=now - timedelta(hours=hours), ends_at=now + timedelta(hours=1 - hours),
        )
        for case in some[:4]
        for person, hours in ((cast.mona, 0), (cast.cass, 0), (cast.lena, 2))
    )  # fmt: skip


def _covered(seeded):
    """Iris is away, and Gwen for some of her cases; a cover that has ended, and one to come."""
    cast = seeded.cast
    how = {"arranged_by": cast.mona, "arranged_at": timezone.now()}
    for absent, covering, since, until, everything in (
        (cast.iris, cast.ivor, TODAY - 3 * DAY, TODAY + 7 * DAY, True),
        (cast.gwen, cast.gareth, TODAY, TODAY + 7 * DAY, False),
        (cast.ivor, cast.iris, TODAY - 30 * DAY, TODAY - 20 * DAY, True),
        (cast.gareth, cast.gwen, TODAY + 10 * DAY, TODAY + 20 * DAY, True),
    ):
        cover = Cover.objects.create(
            organisation=absent.organisation, absent=absent, covering=covering, from_on=since, until_on=until,
            is_for_everything=everything, **how,
        )  # fmt: skip
        if not everything:
            cover.cases.set(seeded.cases[:20])


# --- Referrals to Cafcass Legal ---------------------------------------------------------------------------------


def _referred(seeded):
    """Referrals in every state, of both authorities, with what is owed on each and the papers that were promised."""
    random, cast = seeded.random, seeded.cast
    inside = CaseChild.objects.filter(left_on=None).select_related("case__authority", "child").order_by("pk")
    referrals, children, owed = [], [], []
    for turn, member in enumerate(inside[::7]):
        state = STATES[turn % len(STATES)]
        submitted = TODAY - timedelta(days=random.randrange(51, 90))
        is_over, is_allocated = state in ("concluded", "withdrawn"), 1 < STATES.index(state) < len(STATES) - 1
        officer = random.choice((cast.hugo, cast.gwen)) if is_allocated else None
        referrals.append(
            Referral(
                authority=member.case.authority, case=member.case, ref=f"Referral {member.pk}", iro=cast.iris,
                begun_at=timezone.now(), state=state, is_urgent=random.random() < 0.2,
                submitted_on=None if state == "draft" else submitted,
                officer=officer, office=cast.cafcass if officer == cast.gwen else None,
                ended_on=TODAY - timedelta(days=random.randrange(1, 50)) if is_over else None,
            )
        )  # fmt: skip
        children.append(member.child)
    Referral.objects.bulk_create(referrals)
    Referral.children.through.objects.bulk_create(
        Referral.children.through(referral=referral, child=child)
        for referral, child in zip(referrals, children, strict=True)
    )
    events = Event.objects.bulk_create(
        Event(
            authority=referral.authority, case=referral.case, happening="referral_submitted",
            on=referral.submitted_on, details={"referral": referral.ref}, recorded_at=timezone.now(),
        )
        for referral in referrals if referral.submitted_on
    )  # fmt: skip
    for event, referral in zip(events, (r for r in referrals if r.submitted_on), strict=True):
        owed += _owed_on(random, referral, event)
    Deadline.objects.bulk_create(owed)
    Appointment.objects.bulk_create(
        Appointment(
            authority=referral.authority, child=child, case=referral.case, role="referral_officer",
            person=referral.officer, from_on=referral.submitted_on, until_on=referral.ended_on,
        )
        for referral, child in zip(referrals, children, strict=True) if referral.submitted_on and referral.officer
    )  # fmt: skip


def _owed_on(random, referral, event):
    for duty in (CATALOGUE[name] for name in (*OWED_ON_A_REFERRAL, "REF-7")):
        if random.random() < 0.5:
            continue
        due_on = TODAY + timedelta(days=random.randrange(-20, 20))
        state = random.choice(("open", "open", "open", "excused", "met"))
        yield Deadline(
            authority=referral.authority, case=referral.case, duty=duty.id, opened_on=event.on,
            force=duty.force.value, key=f"{referral.key}:{duty.id}", owed_by=duty.owed_by.value,
            owing=referral.authority if duty.id == "REF-7" else None, kind=duty.kind.value, opened_by=event,
            subject=f"Promised paper {random.randrange(9)}" if duty.id == "REF-7" else referral.ref,
            due_on=due_on, act_by=due_on, moved=random.random() < 0.1,
            state=state, met_on=due_on if state == "met" else None,
        )  # fmt: skip
