"""A return as words, before anybody asks what they mean; the same for CSV and XML."""

from dataclasses import dataclass, field

# What the definitions of the return give each file; what is read of it; and what nothing works without.
COLUMNS = {
    "header": {"CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB", "UASC"},
    "episodes": {
        "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
        "HOME_POST", "PL_POST", "URN",
    },
    "reviews": {"CHILD", "DOB", "REVIEW", "REVIEW_CODE"},
}  # fmt: skip
USED = {
    "header": ("CHILD", "DOB", "SEX"),
    "episodes": ("CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC"),
    "reviews": ("CHILD", "REVIEW", "REVIEW_CODE"),
}
REQUIRED = USED | {"header": ("CHILD", "DOB")}
NEEDED = {"header": ("CHILD", "DOB"), "episodes": ("CHILD", "DECOM"), "reviews": ("CHILD", "REVIEW")}
SAME_AS = {"CHILDID": "CHILD", "CHILD ID": "CHILD", "PL": "PLACE"}


class Unusable(Exception):
    """There is no return to import here: one sentence says why, and nothing is written."""


@dataclass(frozen=True)
class Row:
    """One row as it stands in a file. `values` is None where the row lost cells and only its place is known."""

    file: str
    line: int | None
    child: str
    values: dict | None


@dataclass
class ParsedReturn:
    header: list = field(default_factory=list)
    episodes: list = field(default_factory=list)
    reviews: list = field(default_factory=list)
