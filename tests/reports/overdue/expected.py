"""Who is to see, owe and be told of which of the thousand deadlines as overdue.

It is worked out row by row, from the specification and in a day counted by the zone alone: open, due before today in
London, and within reach of whoever looks. Nothing here asks the product's own querysets.
"""

from accounts.roles import ANSWERS_FOR
from cases.models import Deadline
from tests.reports.overdue.story import COVER, SEES

READ = (
    "pk", "state", "due_on", "duty", "child_id", "case_id", "owner_id", "owing_id", "owed_by", "is_missed",
    "force", "met_on", "excused",
)  # fmt: skip


def late(today):
    """Every row that is open and was due before this day, whoever may see it."""
    return {row.pk: row for row in Deadline.objects.values_list(*READ, named=True) if _is_late(row, today)}


def _is_late(row, today):
    return row.state == "open" and row.due_on is not None and row.due_on < today


def reach(name, today):
    """What a person sees; Iris sees what is Ivor's while she stands in for him."""
    covered = SEES["ivor"] if name == "iris" and _is_covered(today) else set()
    return SEES[name] | covered


def _is_covered(today):
    return COVER[0] <= today <= COVER[1]


def seen(story, name, today):
    """What is overdue for a person to look at."""
    within = reach(name, today)
    return {pk: row for pk, row in late(today).items() if story.hung[pk] in within}


def owed(story, name, today):
    """What is overdue and theirs to do."""
    return {pk: row for pk, row in seen(story, name, today).items() if _is_theirs(story, name, row, today)}


def _is_theirs(story, name, row, today):
    person = story.person(name)
    if row.owner_id is None:
        return row.owing_id == person.organisation_id and row.owed_by in ANSWERS_FOR[person.role]
    is_covered = name == "iris" and _is_covered(today) and row.owner_id == story.cast.ivor.pk
    return row.owner_id == person.pk or is_covered


def told_now(story, name, today):
    """Of which rows a person is told when the clock finds them overdue: theirs, and those of whom they manage."""
    person = story.person(name)
    managed = {one.pk for one in story.people.values() if one.manager_id == person.pk}
    return {
        pk
        for pk, row in seen(story, name, today).items()
        if pk not in story.missed and (row.owner_id in managed or _is_theirs(story, name, row, today))
    }


def _came_late(row):
    return row.state == "met" and row.met_on > row.due_on and not row.excused


def _is_overtaken(row):
    return row.state == "not_required" and row.is_missed


def breached(rows, today):
    """Of rows read, those of which a breach stands: late and open, met late without a letter, missed and overtaken."""
    return [row for row in rows if _is_late(row, today) or _came_late(row) or _is_overtaken(row)]
