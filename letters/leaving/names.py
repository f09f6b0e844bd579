"""Whether a text names somebody, without taking every April and every Mark for a person.

A name is found where it stands whole, or where first name and surname stand near each other in one sentence, both
with a capital. A single word is never a hit. Where a part of the name is an everyday word, only the whole name with
its capitals counts.
"""

from letters.leaving.text import words_of

NEAR = 3
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "rev"}
# Words that are parts of names and more often something else.
WORDS = """
abbot amber angel april art august autumn baker banks best bill bishop black bond brook brooks brown bush
butler care carer carers carter case chapel charity chief child children church constance cook coral court
cross crystal daisy dawn day dean december destiny director drew east eve example faith families family
february field fields ford frank friday gold good grace grant gray green grey guardian guardians hall
harmony hazel head heather hill hills holly home honor honour hope house ivy jack jade january joy judge
july june king knight lake lane large law lawyer legal lily little long love manager march mark mason may
melody monday moon noble north november october officer old olive order page park pat pearl penny place
plan pope poppy power price prince prudence queen read reader review reviewer reviews rich river rivers
rob rock rose ruby saturday school september service sharp short silver sky small smith social south star
stone street strong sue summer sunday swift taylor team thursday tuesday violet wednesday week west white
will winter wise wood woods worker workers young
"""
EVERYDAY = frozenset(WORDS.split())


class Name:
    """A name as it is looked for; `is_whole` unless it is a single word, which is too little to say whose it is."""

    def __init__(self, name):
        self.name = name
        self.parts = [part for part in words_of(name) if part not in TITLES]

    @property
    def is_whole(self):
        return len(self.parts) >= 2

    @property
    def is_plain(self):
        """No part of it is an everyday word or an initial, so that its parts may stand apart."""
        return all(part not in EVERYDAY and len(part) > 1 for part in (self.parts[0], self.parts[-1]))

    def may_stand_in(self, text):
        """Quickly, for a list of thousands."""
        return self.is_whole and self.parts[0] in text.said and self.parts[-1] in text.said


def whole(text, name):
    """The places where the words of a name follow each other, from-to in words."""
    size = len(name.parts)
    said = [word.said for word in text.words]
    for at in range(len(said) - size + 1):
        if said[at : at + size] == name.parts and not _is_broken(text, at, at + size):
            yield at, at + size


def _is_broken(text, begin, end):
    return text.breaks_between(text.words[begin], text.words[end - 1])


def found(text, name, own=frozenset()):
    """The places (start, end) at which a text names this person; `own` are words of names that belong in it."""
    if not name.may_stand_in(text):
        return
    seen = set()
    for begin, end in _places(text, name, own):
        if not seen & set(range(begin, end)):
            seen |= set(range(begin, end))
            yield text.words[begin].start, text.words[end - 1].end


def _places(text, name, own):
    for begin, end in whole(text, name):
        capital = all(word.is_capital for word in (text.words[begin], text.words[end - 1]))
        if (name.is_plain or capital) and not set(range(begin, end)) <= own:
            yield begin, end
    yield from _apart(text, name, own)


def _apart(text, name, own):
    """First name and surname in one sentence, in either order, with a few words between."""
    first = _at(text, name.parts[0], own)
    last = _at(text, name.parts[-1], own)
    for one in first:
        for other in last:
            if _is_near(text, one, other, name) and not _is_broken(
                text, min(one, other), max(one, other) + 1
            ):
                yield min(one, other), max(one, other) + 1


def _is_near(text, first, last, name):
    """Everyday words must stand as in a list: "Surname, First"."""
    if name.is_plain:
        return 0 < abs(first - last) <= NEAR + 1
    between = text.written[text.words[last].end : text.words[first].start]
    return first - last == 1 and between.strip() == ","


def _at(text, part, own):
    return [
        at for at, word in enumerate(text.words) if word.said == part and word.is_capital and at not in own
    ]


def own_words(text, names):
    """The words of a text that belong to names which belong in it."""
    return {
        at
        for name in names
        if name.may_stand_in(text)
        for begin, end in whole(text, name)
        for at in range(begin, end)
    }
