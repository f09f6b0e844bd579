"""What a file may be called: what somebody typed, without what would hide, cut or lead anywhere."""

import re
import unicodedata

from cases.files.verdict import SUFFIXES

LONGEST = 120
NAMELESS = "Unnamed file"
# Control characters, marks that turn the direction of reading, halves of characters, and what is not one.
NEVER = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NOT_IN_A_NAME = re.compile(r'[<>:"|?*%;\\/]+')


def cleaned(typed):
    """The last part of any path, in one direction and on one line."""
    name = unicodedata.normalize("NFC", typed or "").replace("\\", "/").split("/")[-1]
    name = "".join(each for each in name if unicodedata.category(each) not in NEVER)
    name = re.sub(r"\s+", " ", NOT_IN_A_NAME.sub(" ", name)).strip(" .")
    return _shortened(name) or NAMELESS


def to_hand_out(name, content_type):
    """Ends in what it is: a PDF called `photograph.exe` is handed out as `photograph.exe.pdf`."""
    suffixes = SUFFIXES[content_type]
    return name if name.lower().endswith(suffixes) else f"{name}{suffixes[0]}"


def _shortened(name):
    if len(name) <= LONGEST:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 5:
        return name[:LONGEST].strip()
    return f"{stem[: LONGEST - len(suffix) - 1].strip()}.{suffix}"
