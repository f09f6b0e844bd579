"""The two ways a fact can be wrong, each with one plain sentence for the person who entered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protocol.outcome import Fact


class Malformed(Exception):
    """Something is not of the right shape: an unknown field, an unreadable date, an unknown child."""


class Refused(Exception):
    """A well-formed fact that cannot be: the case is not where the fact needs it to be."""

    def __init__(self, fact: Fact, sentence: str) -> None:
        super().__init__(sentence)
        self.fact = fact
