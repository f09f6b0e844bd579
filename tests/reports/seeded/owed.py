"""What is owed for seeded children and in their cases.

Deadlines are written as rows, without the chronologies they would follow from: what a board counts is rows.
"""

from datetime import timedelta

from django.utils import timezone

from cases.models import Deadline, Miss
from protocol.duties import CATALOGUE
from protocol.vocabulary import Role
from tests.reports.seeded.day import TODAY

OF_A_CASE = [
    duty for duty in CATALOGUE.values()
    if duty.due and duty.id.split("-")[0] in ("PRE", "CMH", "IRH", "END", "DIS")
]  # fmt: skip
REVIEWS = [CATALOGUE[name] for name in ("REV-1", "REV-2", "REV-3", "REV-4", "REV-6")]
CAFCASS = {Role.GUARDIAN, Role.CAFCASS}


def write(owed):
    """Deadlines, with the misses the clock would have written down."""
    Deadline.objects.bulk_create(owed, batch_size=2000)
    _missed(owed)


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


def in_cases(seeded, cases, members, years):
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


def in_care(seeded, children, years):
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
