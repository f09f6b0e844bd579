"""A letter as plain text, cut into words and sentences. Nothing here knows a database."""

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

WORD = re.compile(r"[^\W_]+(?:[’'`][^\W\d_]+)*")
BREAKS = {
    "p",
    "br",
    "li",
    "ul",
    "ol",
    "div",
    "h1",
    "h2",
    "article",
    "header",
    "footer",
    "tr",
    "th",
    "td",
    "title",
}
# Where a sentence ends: not after an initial or a title.
ENDS = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)[.!?…](?=[\s”’\"')\]]|$)|\n")


@dataclass(frozen=True)
class Word:
    """A word where it stands: `said` as it is compared, without case, accents and a possessive ’s."""

    start: int
    end: int
    said: str
    is_capital: bool


class Text:
    """What somebody will read, with its words."""

    def __init__(self, written):
        self.written = plain(written)
        self.words = [_word(found) for found in WORD.finditer(self.written)]
        self.said = {word.said for word in self.words}

    def breaks_between(self, one, other):
        """Whether a sentence or a line ends between two words."""
        first, last = sorted((one, other), key=lambda word: word.start)
        return bool(ENDS.search(self.written, first.end, last.start))

    def sentence(self, start, end):
        """The sentence around a place, in three: before, what was found, after. Lines of an address stay apart."""
        begin = max((found.end() for found in ENDS.finditer(self.written, 0, start)), default=0)
        finish = ENDS.search(self.written, end)
        until = finish.end() if finish else len(self.written)
        parts = (
            self.written[begin:start].lstrip(),
            self.written[start:end],
            self.written[end:until].rstrip(),
        )
        return tuple(map(_on_one_line, parts))


def plain(written):
    """One form for each character, and none that does not show."""
    text = unicodedata.normalize("NFKC", written)
    return "".join(c for c in text if unicodedata.category(c) != "Cf").replace("\r", "\n")


def folded(word):
    """As it is compared: no case, no accents, no apostrophe."""
    bare = unicodedata.normalize("NFD", word.casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    bare = re.sub(r"[’'`]s$", "", bare)
    return re.sub(r"[’'`]", "", bare)


def words_of(text):
    """The words of a name or of an address, as they are compared."""
    return [folded(found.group()) for found in WORD.finditer(plain(text))]


def _word(found):
    return Word(found.start(), found.end(), folded(found.group()), found.group()[0].isupper())


def _on_one_line(text):
    return re.sub(r"[ \t]+", " ", re.sub(r"[\s,]*\n\s*", ", ", text))


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_starttag(self, tag, attrs):
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        self.handle_starttag(tag, ())

    def handle_data(self, data):
        self.parts.append(" ".join(data.split("\n")))


def of_html(page):
    """What a page of our own says, a line for each of its lines."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
