"""Small numbers: nobody can be told from a table that counts fewer than five (FOIA s.40(2); UK GDPR).

A cell of one to four is hidden, a nought is not: it says that there was nobody. What is hidden must not follow
from what is shown, so that others are hidden with it, the smallest first, and at last the total.
"""

FEWEST = 5


def suppressed(cells, total=None):
    """Which of the numbers, and whether the total, must not be shown: (set of places, whether the total)."""
    total = sum(cells) if total is None else total
    hidden = {place for place, number in enumerate(cells) if 0 < number < FEWEST}
    if not hidden:
        return hidden, 0 < total < FEWEST
    while not _is_safe(cells, hidden):
        others = [place for place, number in enumerate(cells) if number and place not in hidden]
        if not others:
            return hidden, True
        hidden.add(min(others, key=lambda place: (cells[place], place)))
    return hidden, total < FEWEST


def _is_safe(cells, hidden):
    """Whether the shown rest and the total leave open what each hidden cell is: all are at least one."""
    return len(hidden) > 1 and sum(cells[place] for place in hidden) > len(hidden)
