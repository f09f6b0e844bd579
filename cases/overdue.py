"""The one meaning of overdue: open, and due before today. Everything that says so asks here.

`today` is a day in London (`timezone.localdate`): between midnight and one o'clock in summer it is still yesterday by
Greenwich. Whatever a person sees of it goes through `visible_to` first.
"""

from django.db.models import Q

OPEN = "open"


def where(today):
    """As a condition on deadlines."""
    return Q(state=OPEN, due_on__lt=today)


def is_overdue(state, due_on, today):
    """The same of a row already read; one without a date waits, and is never late."""
    return state == OPEN and due_on is not None and due_on < today
