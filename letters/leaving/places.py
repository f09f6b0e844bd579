"""What an address says: its houses, its number and its street, as a text is looked through for them."""

import re

from letters.leaving.address_words import A_MONTH, EVERYWHERE, FLATS, HOUSES, ORDINARY, STREETS
from letters.leaving.houses import Place, Said
from letters.leaving.postcodes import without_postcode

# What may stand before the number of a house.
NUMBERED = (("no",), ("number",))


def places_in(address):
    """What an address is looked for by, the most exact first; the town is none of it."""
    houses, numbers, street = _parts(address)
    if street:
        yield Place(street, numbers, len(street) > 1 and street[0] not in EVERYWHERE)
        if numbers and not STREETS.intersection(street[1:]):
            yield from _before_a_town(street, numbers)
        yield from (Place(house + street, is_telling=True) for _, house in houses)
    for flat, house in houses:
        is_name = _is_name(house) or (house == houses[0][1] and not numbers and _could_be_a_name(house))
        is_capital = house[0] == "the" and len(house) == 2
        yield Place(_without_the(house), flat, is_name, is_capital, is_in_a_block=True)


def _before_a_town(street, numbers):
    """A line without a word for a street may go on with the town: its first words, never alone."""
    if len(street) > 2:
        yield Place(street[:2], numbers)
    elif len(street) == 2 and street[0] not in A_MONTH | ORDINARY:
        yield Place(street[:1], numbers)


def _parts(address):
    """The houses with the flats in them, and number and street: of the line with a number, else of the next street."""
    houses, flat = [], frozenset()
    for line in re.split(r"[\n,;]", without_postcode(address)):
        said = Said(line)
        within, numbers, street = _line(said, flat)
        if numbers and street:
            return houses + within, numbers, _street(street)
        if any(not _is_ordinary(house) for _, house in houses) and STREETS.intersection(said.words[-1:]):
            return houses, frozenset(), said.words
        houses, flat = houses + within, (numbers if not within else frozenset())
    return houses, frozenset(), ()


def _line(said, flat):
    """The houses a line names, each with its flat, and its number and street; a number alone is that of the next line."""
    houses, begun = [], 0
    for numbers, first, at in _numbered(said):
        before = said.words[begun:first]
        if before[-1:] in NUMBERED:
            before = before[:-1]
        if not before or before[-1] not in FLATS:
            return houses + _named(flat, before), numbers, said.words[at:]
        houses += _named(flat, before[:-1])
        flat, begun = numbers, at
    rest = said.words[begun:]
    return houses + _named(flat, rest), (frozenset() if rest else flat), ()


def _numbered(said):
    """Each number of a line, as far as it is joined, with its first word and the word after it."""
    found = {}
    for at in range(1, len(said.words) + 1):
        numbers, first = said.numbers_before(at)
        if numbers:
            found[first] = (numbers, first, at)
    return found.values()


def _named(flat, words):
    return [(flat, words)] if words else []


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
    """Whether it names a house, and not what kind of place it is: "Rose Cottage", "The Willows", no "foster home"."""
    return _could_be_a_name(house) and (house[0] == "the" or not HOUSES.isdisjoint(house))


def _could_be_a_name(house):
    """As the first line of an address without a number even "Wisteria Corner" is; a single word says too little."""
    return len(house) > 1 and not _is_ordinary(house)


def _is_ordinary(words):
    return all(word in ORDINARY or len(word) == 1 for word in words)


def _without_the(words):
    return words[1:] if len(words) > 1 and words[0] == "the" else words
