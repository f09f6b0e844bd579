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
TAGS = re.compile(r"(<[^>]*>)")
# Not names where they stand alone: months, and words a title or a sentence begins with.
COMMON = frozenset({*map(str.capitalize, MONTHS), "The", "This", "That", "From", "With", "Mrs", "Miss"})


class Redaction:
    def __init__(self, names, *, child):
        kept = set(re.findall(r"\w+", child))
        self.whole = [name.strip() for name in names if name.strip() and name.strip() != child]
        words = {word for name in self.whole if "@" not in name for word in re.findall(r"[^\W\d_]{3,}", name)}
        self.parts = {word for word in words - kept - COMMON if word[0].isupper()}

    @cached_property
    def _patterns(self):
        """The longest first: a name inside a longer one goes with it."""
        whole = sorted(self.whole, key=len, reverse=True)
        spaced = (r"\s+".join(map(re.escape, name.split())) for name in whole)
        found = [re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)] if whole else []
        if self.parts:
            found.append(re.compile(rf"(?<!\w)(?:{'|'.join(sorted(self.parts))})(?!\w)"))
        return found

    def words(self, text):
        for pattern in self._patterns:
            text = pattern.sub(WITHHELD, text)
        return text

    def page(self, markup):
        """Between the tags of a page of ours; safe, because what is put in has no markup and the rest is as it was."""
        pieces = TAGS.split(markup)
        said = [piece if TAGS.fullmatch(piece) else escape(self.words(unescape(piece))) for piece in pieces]
        return SafeString("".join(said))
