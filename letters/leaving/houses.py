"""Whether a text gives a house or its street away, by number, by street or by the name of the house."""

import re
from collections import defaultdict
from dataclasses import dataclass

from letters.leaving.address_words import EVERYWHERE, ORDINARY, SHORT, STREETS
from letters.leaving.postcodes import without_postcode
from letters.leaving.text import WORD, folded, plain

NUMBER = re.compile(r"[0-9oil]*[0-9][0-9oil]*[a-z]?")
# What makes one house of two numbers: "12-14", "12 & 14".
JOINED = re.compile(r"\s*[-–—/&]\s*")


@dataclass(frozen=True)
class Place:
    """Words of an address as they are looked for; without its number only where they say by themselves where."""

    words: tuple[str, ...]
    numbers: frozenset[str] = frozenset()
    is_telling: bool = False


class Said:
    """The words of a text as those of an address are compared, each with where it stands."""

    def __init__(self, text):
        self.written = plain(text)
        self.places = list(WORD.finditer(self.written))
        self.words = tuple(_in_full(folded(place.group())) for place in self.places)
        self._at = defaultdict(list)
        for at, word in enumerate(self.words):
            self._at[word].append(at)

    def gives_away(self, place):
        """The places where the text has the house, or the street when no other house of it is meant."""
        size = len(place.words)
        for at in self._at.get(place.words[0], ()):
            if self.words[at : at + size] != place.words:
                continue
            numbers, first = self.numbers_before(at)
            end = self.places[at + size - 1].end()
            if numbers & place.numbers:
                yield self.places[first].start(), end
            elif place.is_telling and not (numbers and place.numbers):
                yield self.places[at].start(), end

    def numbers_before(self, at):
        """The numbers of the house before a word, "12", "12 A" or both of "12-14", and the first word of them."""
        numbers = set()
        while number := self._number_before(at):
            numbers.add(number)
            at -= 1 if NUMBER.fullmatch(self.words[at - 1]) else 2
            if not self._is_joined(at):
                break
        return frozenset(numbers), at

    def _number_before(self, at):
        last, before = (self.words[at - 1] if at else ""), (self.words[at - 2] if at > 1 else "")
        if len(last) == 1 and last.isalpha() and before.isdigit():
            return before + last
        return _digits(last) if NUMBER.fullmatch(last) else ""

    def _is_joined(self, at):
        return at and JOINED.fullmatch(self.written, self.places[at - 1].end(), self.places[at].start())


def places(address):
    """What an address is looked for by, the most exact first; the town is none of it."""
    houses, numbers, street = _parts(address)
    if street:
        yield Place(street, numbers, len(street) > 1 and street[0] not in EVERYWHERE)
        if numbers and len(street) > 2 and not STREETS.intersection(street):
            yield Place(street[:2], numbers)  # a town may stand behind it
        yield from (Place(house + street, is_telling=True) for _, house in houses)
    yield from (Place(house, flat, _is_name(house)) for flat, house in houses)


def _parts(address):
    """The houses with the flats in them, and number and street: of the line with a number, else of the next street."""
    houses, flat = [], frozenset()
    for said in map(Said, re.split(r"[\n,;]", without_postcode(address))):
        numbers, street = _numbered(said)
        if numbers:
            return houses, numbers, _street(street)
        if inside := said.numbers_before(len(said.words))[0]:
            flat = inside
        elif any(_is_name(house) for _, house in houses):
            if said.words and said.words[-1] in STREETS:
                return houses, frozenset(), said.words
        elif name := _without_the(said.words):
            houses.append((flat, name))
    return houses, frozenset(), ()


def _numbered(said):
    """The house number of a line and the words after it; a flat's number is not the house's."""
    for at in reversed(range(1, len(said.words))):
        numbers, _ = said.numbers_before(at)
        if numbers:
            return numbers, said.words[at:]
    return frozenset(), ()


def _street(words):
    """As far as the name of a street goes, in a line that also has the town."""
    ends = [at for at in range(1, len(words)) if words[at] in STREETS]
    if not ends:
        return words
    last = ends[0]
    while last + 1 in ends:
        last += 1
    return words[: last + 1]


def _is_name(house):
    return len(house) > 1 and not ORDINARY.issuperset(house)


def _without_the(words):
    return words[1:] if words[:1] == ("the",) else words


def _in_full(word):
    return SHORT.get(word, word)


def _digits(number):
    """A house number with o, i and l read as the digits they were meant for."""
    tail = number[-1] if number[-1].isalpha() and number[-1] not in "oil" else ""
    return number.removesuffix(tail).translate(str.maketrans("oil", "011")) + tail
