"""What is found about one file, in words for the person who added it."""

from dataclasses import asdict, dataclass

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
SUFFIXES = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",)}


@dataclass(frozen=True)
class Verdict:
    """`outcome` is admitted, held or refused. A picture is `remade`: what is kept is ours, not what came."""

    outcome: str
    content_type: str = ""
    because: str = ""
    remade: bool = False

    def as_dict(self):
        return asdict(self)


def admitted(content_type, *, remade=False):
    return Verdict("admitted", content_type, remade=remade)


class Held(Exception):
    """Somebody has to look at it before anybody opens it."""


class Refused(Exception):
    """It is not kept for anybody to open."""
