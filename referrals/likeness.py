"""Whether a note of the advice line is about a child: callers spell names as they hear them, and leave dates out."""

import re
import unicodedata
from difflib import SequenceMatcher

CERTAIN = ("Same name and date of birth", "Same name, and no date of birth in the note")
OTHER_BIRTH_DATE = "Same name, another date of birth"
SAME_BIRTH_DATE = "Same date of birth"
PART_OF_NAME = "Part of the child’s name"
LIKE_NAME = "A name spelt much like it"
SAME_SURNAME = "Same surname, same authority"
ALIKE = 0.8


def likeness(note, child, authority_id):
    """Why a note may be about the child, in words; an empty word when nothing suggests it."""
    noted, named = words_of(note.child_name), words_of(child.name)
    is_of_day = note.child_born is not None and note.child_born == child.born
    if named and named <= noted:
        return _by_name(note, is_of_day)
    if is_of_day:
        return SAME_BIRTH_DATE
    if not noted:
        return ""
    if noted <= named:
        return PART_OF_NAME
    if _ratio(noted, named) >= ALIKE:
        return LIKE_NAME
    is_same_authority = note.authority_id == authority_id
    return SAME_SURNAME if is_same_authority and surname(note.child_name) == surname(child.name) else ""


def _by_name(note, is_of_day):
    if is_of_day:
        return CERTAIN[0]
    return CERTAIN[1] if note.child_born is None else OTHER_BIRTH_DATE


def words_of(name):
    """The words of a name without case, accents or punctuation, in no order: "Ex-ample, AMBER" too."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", "")).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return frozenset(re.findall(r"\w+", letters))


def surname(name):
    last = name.partition(",")[0] if "," in name else name.split()[-1] if name.split() else ""
    return words_of(last)


def _ratio(noted, named):
    return SequenceMatcher(None, " ".join(sorted(noted)), " ".join(sorted(named))).ratio()
