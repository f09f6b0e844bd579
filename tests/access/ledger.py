"""What was sent where, and what was wrong with the answers."""

import sys
from collections import Counter
from itertools import cycle, islice

from tests.access import trying
from tests.access.bad_values import VALUES


class Ledger:
    """Which values went where, and what was wrong with the answers."""

    def __init__(self, elements):
        # What was struck out may stand on no page before something is.
        self.elements, self.faults, self.values, self.places = elements | {"s"}, [], set(), Counter()
        self.turn = cycle(VALUES.items())

    def next_values(self, number):
        names, values = zip(*islice(self.turn, number), strict=True) if number else ((), ())
        self.values.update(names)
        return list(names), list(values)

    def judges(self, what, answers, value="", expects=None):
        self.places[what] += 1
        self.faults += [f"{what}: {fault}" for fault in trying.faults(answers, value, self.elements, expects)]

    def tells(self, about):
        sent = sum(self.places.values())
        sys.stdout.write(
            f"\n{about}: {sent} sent to {len(self.places)} places, {len(self.values)} values, {len(self.faults)} faults\n"
        )
        assert not self.faults, "\n".join([f"{len(self.faults)} faults", *dict.fromkeys(self.faults)])
