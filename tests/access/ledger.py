"""What was sent where, and what was wrong with the answers.

Each place gets a value and each value a place; `TEST_IN_FULL=1` sends every value to every place, `PART=3/8` the third of
eight equal parts of them.
"""

import sys
from collections import Counter
from itertools import cycle, islice

from tests.access import trying
from tests.access.bad_values import VALUES, part_of
from tests.in_full import IN_FULL, PART

THIS_TIME = part_of(VALUES, PART) if IN_FULL else VALUES


class Ledger:
    """Which values went where, and what was wrong with the answers."""

    def __init__(self, elements, values=THIS_TIME):
        # What was struck out may stand on no page before something is.
        self.elements, self.faults, self.sent, self.places = elements | {"s"}, [], set(), Counter()
        self.all = list(values.items())
        self.turn = cycle(self.all)

    def rounds(self, places=1, few=1):
        """Names and values for so many places at once: a few times, or in full until each place has had each value."""
        for number in range(len(self.all) if IN_FULL else few):
            if IN_FULL:
                self.turn = cycle(self.all[number:] + self.all[:number])
            names, values = zip(*islice(self.turn, places), strict=True) if places else ((), ())
            self.sent.update(names)
            yield list(names), list(values)

    def judges(self, what, answers, value="", expects=None, *, is_a_form=True):
        self.places[what] += 1
        found = [*trying.faults(answers, value, self.elements, expects)]
        found += trying.unspoken(answers) if is_a_form else []
        self.faults += [f"{what}: {fault}" for fault in found]

    def tells(self, about):
        total = sum(self.places.values())
        sys.stdout.write(
            f"\n{about}: {total} sent to {len(self.places)} places, {len(self.sent)} values, {len(self.faults)} faults\n"
        )
        assert not self.faults, "\n".join([f"{len(self.faults)} faults", *dict.fromkeys(self.faults)])
