"""Whether a text gives an address away: its postcode however it is typed, its house and street, its street alone."""

import re

from letters.leaving.text import WORD, folded, plain, words_of

POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?)[ ]*([0-9][a-z]{2})\b", re.IGNORECASE)
# Spaces, full stops and dashes that somebody leaves inside a postcode.
BETWEEN = r"[\s.,_·–—-]{0,3}"
ALIKE = {"0": "[0o]", "o": "[0o]", "1": "[1il|]", "i": "[1il|]", "l": "[1il|]"}
SHORT = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "cl": "close", "ln": "lane",
    "dr": "drive", "drv": "drive", "ct": "court", "crt": "court", "cres": "crescent", "gdns": "gardens",
    "gdn": "garden", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "pk": "park",
    "gr": "grove", "grv": "grove", "gro": "grove", "wy": "way", "hse": "house",
}  # fmt: skip
NUMBER = re.compile(r"[0-9oil]*[0-9][0-9oil]*[a-z]?")
# Every town has one: alone it tells nobody where.
EVERYWHERE = {
    "high", "church", "station", "main", "park", "london", "victoria", "mill", "school", "manor", "queens", "kings",
    "queen", "king", "new", "west", "east", "north", "south", "green", "the", "chapel", "bridge", "market",
}  # fmt: skip


def postcode_in(address):
    """The postcode an address ends in, for whoever wrote it into the lines."""
    found = list(POSTCODE.finditer(plain(address)))
    return found[-1].group() if found else ""


def postcodes(text, postcode):
    """The places where a text has this postcode: any case, odd spaces, O for 0 and I for 1."""
    letters = re.sub(r"[\W_]", "", plain(postcode)).casefold()
    if len(letters) < 5:
        return
    pattern = BETWEEN.join(ALIKE.get(c, re.escape(c)) for c in letters)
    for found in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", text.written, re.IGNORECASE):
        yield found.start(), found.end()


class Address:
    """House and street of an address as they are looked for; a house without a number by its name."""

    def __init__(self, address):
        self.number, self.street = "", []
        for part in re.split(r"[\n,;]", POSTCODE.sub("", plain(address))):
            number, street = _parted(_words(part))
            if street and (number or not self.street):
                self.number, self.street = number, street
            if number and street:
                break

    @property
    def is_telling(self):
        """Whether the street alone says where."""
        return len(self.street) >= 2 and self.street[0] not in EVERYWHERE


def streets(text, address):
    """The places where a text has the house, or the street when no other house of it is meant."""
    said = _words_in(text)
    size = len(address.street)
    if size < (1 if address.number else 2):
        return
    for at in range(len(said) - size + 1):
        if [word for word, _, _ in said[at : at + size]] != address.street:
            continue
        number, start = _before(said, at)
        is_numbered = bool(NUMBER.fullmatch(number))
        if address.number and is_numbered and _digits(number) == address.number:
            yield start, said[at + size - 1][2]
        elif address.is_telling and not (address.number and is_numbered):
            yield said[at][1], said[at + size - 1][2]


def _before(said, at):
    """What stands before a street: "12", "12a", "12 A"."""
    if not at:
        return "", 0
    word, start, _ = said[at - 1]
    if len(word) == 1 and word.isalpha() and at > 1 and said[at - 2][0].isdigit():
        return said[at - 2][0] + word, said[at - 2][1]
    return word, start


def _parted(words):
    """The house number and the words after it; a flat's number is not the house's."""
    numbers = [at for at, word in enumerate(words) if NUMBER.fullmatch(word)]
    for at in reversed(numbers):
        if street := words[at + 1 :]:
            return _digits(words[at]), street
    return "", ([] if numbers else words)


def _digits(number):
    """A house number with o, i and l read as the digits they were meant for."""
    tail = number[-1] if number[-1].isalpha() and number[-1] not in "oil" else ""
    return number.removesuffix(tail).translate(str.maketrans("oil", "011")) + tail


def _words(part):
    return _with_letters([SHORT.get(word, word) for word in words_of(part)])


def _with_letters(words):
    """ "12 a" is house 12a."""
    joined = []
    for word in words:
        if joined and joined[-1].isdigit() and len(word) == 1 and word.isalpha():
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _words_in(text):
    """The words of a text in the same way, each with its place."""
    found = ((folded(match.group()), match) for match in WORD.finditer(text.written))
    return [(SHORT.get(word, word), match.start(), match.end()) for word, match in found]
