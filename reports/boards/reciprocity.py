"""What two agencies owed each other in a quarter, and how much of it came in time: one page for the liaison meeting."""

from dataclasses import dataclass

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from cases.models import Case
from reports.boards.cafcass import share
from reports.boards.tiles import Table, table
from reports.measures import kinds, periods
from reports.measures.dimensions import SETS, duty_words
from reports.measures.slices import OUTCOMES, Slice, counted_by


@dataclass(frozen=True)
class Side:
    """What one agency owed the other."""

    who: str
    whom: str
    table: Table
    words: str


@dataclass(frozen=True)
class Page:
    authority: Organisation
    office: Organisation
    period: periods.Period
    sides: list


def pairs(user):
    """The agencies that share cases with one's own."""
    mine = Case.objects.visible_to(user).order_by()
    if user.organisation.kind == OrganisationKind.AUTHORITY:
        shared = mine.values("cafcass_office")
    else:
        shared = mine.filter(cafcass_office=user.organisation_id).values("authority")
    return Organisation.objects.filter(pk__in=shared).order_by("name")


def page(user, other, period, *, today):
    """Both sides counted in the same way, from the cases the two share."""
    own = user.organisation
    authority, office = (own, other) if own.is_authority else (other, own)
    shared = Slice.of(authority=authority.pk, office=office.pk, due=period.name)
    return Page(
        authority,
        office,
        period,
        [
            _side(shared, user, authority, office, "to_cafcass", today),
            _side(shared, user, office, authority, "to_authority", today),
        ],
    )


def _side(shared, user, who, whom, name, today):
    base = shared.and_(of=name, owing=who.pk)
    numbers = counted_by(base.rows(user, today), "duty", OUTCOMES, kinds.OUTCOMES, today)
    rows = [
        (
            duty_words(duty),
            share(numbers[duty]),
            numbers[duty],
            base.and_(duty=duty),
            lambda of, outcome: of.and_(outcome=outcome).url(),
        )
        for duty in SETS[name][1]
        if duty in numbers and any(numbers[duty].values())
    ]
    total = {outcome: sum(row[outcome] for row in numbers.values()) for outcome in OUTCOMES}
    if rows:
        rows.append(
            ("All together", share(total), total, base, lambda of, outcome: of.and_(outcome=outcome).url())
        )
    caption = f"What {who} owed {whom}"
    return Side(
        str(who),
        str(whom),
        table(
            caption, "Duty", kinds.OUTCOMES, OUTCOMES, rows,
            none=f"Nothing that {who} owed {whom} fell due in this quarter. Each duty that did stands here.",
        ),
        share(total),
    )  # fmt: skip
