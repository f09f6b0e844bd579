"""What a maker gives back."""

from dataclasses import dataclass, field

PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
JSON = "application/json"


@dataclass(frozen=True)
class Made:
    """A file with its name (which names no child) and the records it is about, as the audit trail calls them."""

    name: str
    content_type: str
    content: bytes
    records: list = field(default_factory=list)
