"""A child's name, and words from the middle of what somebody typed: odd enough to be found wherever they turn up."""

from tests.cast import assemble

MARKS = (
    "Quorwick",
    "Ambrelle",
    "Blakesley",
    "Coralline",
    "Quarry",
    "Quicksand",
    "Quagmire",
    "Speech therapy",
)
NAMES = {"amber": "Ambrelle Quorwick", "blake": "Blakesley Quorwick", "coral": "Coralline Quorwick"}


def marked():
    """The cast, whose children have odd names."""
    cast = assemble()
    for part, name in NAMES.items():
        child = getattr(cast, part)
        child.name = name
        child.save()
    return cast


def found(texts):
    """The odd words in these, each with the text it was found in."""
    return [(mark, text[:200]) for text in texts for mark in MARKS if mark.lower() in text.lower()]
