"""What a return tells and what it leaves unsaid."""

from django.utils import timezone

RETURN = "SSDA903 return"
# A return has no word on whether the decisions and the record of a review were written and sent.
PAPERS = frozenset({"REV-4", "REV-5", "REV-6"})


def is_from_a_return(event):
    """Whether an import wrote this, and no person."""
    return event.how_known == RETURN and event.recorded_by_id is None


def without_old_papers(child, deadlines):
    """Leave out the papers of imported reviews whose day had passed before the return was read.

    They were written or they were not: the return does not say. What was still to come is owed like any other.
    """
    read_on = _read_on(child) if any(d.duty.id in PAPERS for d in deadlines) else {}
    return [d for d in deadlines if not (d.duty.id in PAPERS and _was_past(d, read_on))]


def _read_on(child):
    read = child.events.filter(how_known=RETURN, recorded_by=None, happening="review_held")
    return {pk: timezone.localdate(at) for pk, at in read.values_list("pk", "recorded_at")}


def _was_past(deadline, read_on):
    on = read_on.get(deadline.opened_by.id)
    return on is not None and deadline.met_on is None and deadline.due_on < on
