"""Whether a text gives a house or its street away, by number, by street or by the name of the house."""

import re
from collections import defaultdict
from dataclasses import dataclass

from letters.leaving.address_words import FLATS, in_full
from letters.leaving.text import WORD, folded, plain

NUMBER = re.compile(r"[0-9oil]*[0-9][0-9oil]*[a-z]?")
# What makes one house of two numbers: "12-14", "12 & 14"; and between two words of a text.
JOINED = re.compile(r"\s*[-–—/&,]\s*")
JOINING = {"and", "to", "or"}
# What may stand between the number of a house and its street.
NEAR = re.compile(r"[ \t]*,?\s*(the\s+)?", re.IGNORECASE)
# A year is none.
HOUSE_NUMBER = re.compile(r"[0-9]{1,3}[a-z]?")


@dataclass(frozen=True)
class Place:
    """Words of an address as they are looked for; without its number only where they say by themselves where."""

    words: tuple[str, ...]
    numbers: frozenset[str] = frozenset()
    is_telling: bool = False
    # "The Willows", which are a house only with their capital.
    is_capital: bool = False
    # The numbers are those of flats.
    is_in_a_block: bool = False


class Said:
    """The words of a text as those of an address are compared, each with where it stands."""

    def __init__(self, text):
        self.written = plain(text)
        self.places = list(WORD.finditer(self.written))
        self.words = tuple(in_full(folded(place.group())) for place in self.places)
        self._at = defaultdict(list)
        for at, word in enumerate(self.words):
            self._at[word].append(at)

    def gives_away(self, place):
        """The places where the text has the house, or the street when no other house of it is meant."""
        size = len(place.words)
        for at in self._at.get(place.words[0], ()):
            if self.words[at : at + size] != place.words:
                continue
            numbers, first = self.numbers_before(at - 1 if at and self.words[at - 1] == "the" else at)
            end = self.places[at + size - 1].end()
            if numbers & place.numbers:
                yield self.places[first].start(), end
            elif self._is_told(place, at, size) and not (
                place.numbers and self._is_anothers(place, numbers, first, at)
            ):
                yield self.places[at].start(), end

    def _is_told(self, place, at, size):
        capital = self.places[at + size - 1].group()[0].isupper()
        return place.is_telling and (capital or not place.is_capital)

    def _is_anothers(self, place, numbers, first, at):
        """Whether a number says that another house is meant: it stands right before, and is no year, flat or age."""
        if not numbers or not all(HOUSE_NUMBER.fullmatch(number) for number in numbers):
            return False
        is_flat = first > 0 and self.words[first - 1] in FLATS
        between = self.written[self.places[at - 1].end() : self.places[at].start()]
        return NEAR.fullmatch(between) and (place.is_in_a_block or not is_flat)

    def numbers_before(self, at):
        """The numbers of the house before a word, "12", "12 A" or both of "12-14", and the first word of them."""
        numbers = set()
        while number := self._number_before(at):
            numbers.add(number)
            at -= 1 if NUMBER.fullmatch(self.words[at - 1]) else 2
            if at > 1 and self.words[at - 1] in JOINING and self._number_before(at - 1):
                at -= 1
            elif not self._is_joined(at):
                break
        return frozenset(numbers), at

    def _number_before(self, at):
        last, before = (self.words[at - 1] if at else ""), (self.words[at - 2] if at > 1 else "")
        if len(last) == 1 and last.isalpha() and before.isdigit():
            return _digits(before + last)
        return _digits(last) if NUMBER.fullmatch(last) else ""

    def _is_joined(self, at):
        return at and JOINED.fullmatch(self.written, self.places[at - 1].end(), self.places[at].start())


def _digits(number):
    """A house number with o, i and l read as the digits they were meant for."""
    tail = number[-1] if number[-1].isalpha() and number[-1] not in "oil" else ""
    return number.removesuffix(tail).translate(str.maketrans("oil", "011")) + tail
