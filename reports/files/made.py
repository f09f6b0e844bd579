"""What a maker gives back."""

from dataclasses import dataclass, field

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
JSON = "application/json"


@dataclass(frozen=True)
class Made:
    """A file with its name (which names no child) and the records it is about, as the audit trail calls them.

    Of a list, `rows` is how many there are: a large one is told when it is fetched (`cases.exports`).
    """

    name: str
    content_type: str
    content: bytes
    records: list = field(default_factory=list)
    rows: int = 0
