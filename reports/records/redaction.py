"""Names of other people left out of a pack, wherever they stand: in a note, in a table, in a letter's own words.

A whole name goes whatever its capitals; its parts where they stand alone as a name, with a capital, unless the child
bears the same. Which names are left out is a person's decision and never guessed (Data Protection Act 2018 Sch 2
paras 16 and 17).
"""

import re
from functools import cached_property
from html import escape, unescape

from django.utils.safestring import SafeString

from accounts.govuk import MONTHS

WITHHELD = "[name withheld]"
ADDRESS_WITHHELD = "[address withheld]"
TAGS = re.compile(r"(<[^>]*>)")
# Not names where they stand alone: months, and words a title or a sentence begins with.
COMMON = frozenset({*map(str.capitalize, MONTHS), "The", "This", "That", "From", "With", "Mrs", "Miss"})


class Redaction:
    """`contacts` are addresses, lines of them and numbers: they go whole, and never a word of theirs alone."""

    def __init__(self, names, contacts=(), *, child):
        kept = set(re.findall(r"\w+", child))
        self.whole = [name.strip() for name in names if name.strip() and name.strip() != child]
        self.contacts = [contact.strip() for contact in contacts if contact.strip()]
        words = {word for name in self.whole for word in re.findall(r"[^\W\d_]{3,}", name)}
        self.parts = {word for word in words - kept - COMMON if word[0].isupper()}

    @cached_property
    def _patterns(self):
        """Each with what stands in its place. Addresses first: a name may be a part of one."""
        found = [
            (_any_of(written), instead)
            for written, instead in ((self.contacts, ADDRESS_WITHHELD), (self.whole, WITHHELD))
            if written
        ]
        if self.parts:
            found.append((re.compile(rf"(?<!\w)(?:{'|'.join(sorted(self.parts))})(?!\w)"), WITHHELD))
        return found

    def words(self, text):
        for pattern, instead in self._patterns:
            text = pattern.sub(instead, text)
        return text

    def page(self, markup):
        """Between the tags of a page of ours; safe, because what is put in has no markup and the rest is as it was."""
        pieces = TAGS.split(markup)
        said = [piece if TAGS.fullmatch(piece) else escape(self.words(unescape(piece))) for piece in pieces]
        return SafeString("".join(said))


def _any_of(written):
    """The longest first: a name inside a longer one goes with it."""
    whole = sorted(written, key=len, reverse=True)
    spaced = (r"\s+".join(map(re.escape, one.split())) for one in whole)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)
