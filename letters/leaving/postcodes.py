"""Whether a text gives a postcode away, however it is typed."""

import re

from letters.leaving.text import plain

POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?)[ ]*([0-9][a-z]{2})\b", re.IGNORECASE)
# Spaces, full stops and dashes that somebody leaves inside a postcode.
BETWEEN = r"[\s.,_·–—-]{0,3}"
ALIKE = {"0": "[0o]", "o": "[0o]", "1": "[1il|]", "i": "[1il|]", "l": "[1il|]"}


def postcode_in(address):
    """The postcode an address ends in, for whoever wrote it into the lines."""
    found = list(POSTCODE.finditer(plain(address)))
    return found[-1].group() if found else ""


def without_postcode(address):
    return POSTCODE.sub("", plain(address))


def postcodes(text, postcode):
    """The places where a text has this postcode: any case, odd spaces, O for 0 and I for 1."""
    letters = re.sub(r"[\W_]", "", plain(postcode)).casefold()
    if len(letters) < 5:
        return
    pattern = BETWEEN.join(ALIKE.get(c, re.escape(c)) for c in letters)
    for found in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", text.written, re.IGNORECASE):
        yield found.start(), found.end()
