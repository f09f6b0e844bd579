"""What a return tells and what it leaves unsaid."""

from django.utils import timezone

RETURN = "SSDA903 return"
# A return has no word on whether the decisions and the record of a review were written and sent.
PAPERS = frozenset({"REV-4", "REV-5", "REV-6"})


def is_from_a_return(event):
    """Whether an import wrote this, and no person."""
    return event.how_known == RETURN and event.recorded_by_id is None


def without_old_papers(care, deadlines):
    """Leave out the papers of imported reviews whose day had passed before the return was read.

    They were written or they were not: the return does not say. What was still to come is owed like any other.
    `care` is the child's own stream.
    """
    read_on = {event.pk: timezone.localdate(event.recorded_at) for event in care if is_from_a_return(event)}
    return [d for d in deadlines if not (d.duty.id in PAPERS and _was_past(d, read_on))]


def _was_past(deadline, read_on):
    on = read_on.get(deadline.opened_by.id)
    return on is not None and deadline.met_on is None and deadline.due_on < on
