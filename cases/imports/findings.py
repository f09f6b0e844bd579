"""What an import has to say about a return: each thing with its file, line, child and a sentence."""

from dataclasses import dataclass, field

# Always counted, also when there are none: the rules every authority asks after first.
ALWAYS = ("440", "441", "duplicate_review", "unknown_child")
KINDS = {
    "440": "Rule 440: PN0 is for a child under four, and the child was four or over",
    "441": "Rule 441: PN1 to PN7 are for a child of four or over, and the child was under four",
    "duplicate_review": "A second review of a child on one day (the first row counts)",
    "unknown_child": "The child is not in the header",
    "duplicate_child": "The child is in the header twice (the first row counts)",
    "duplicate_episode": "A second episode of a child beginning on one day (the first row counts)",
    "missing_child": "No usable CHILD number",
    "child_left_out": "The child’s own header row could not be used",
    "unreadable_date": "A date that cannot be read",
    "date_out_of_range": "A date this service does not count",
    "unknown_code": "A code this service does not know",
    "ragged_row": "A row with too few or too many cells",
    "missing_column": "A column is missing",
    "unknown_column": "A column or element that is not used",
    "missing_file": "A part of the return is missing",
    "file_not_read": "A file that was not read",
    "before_birth": "Before the child was born",
    "dob_mismatch": "The review gives another date of birth than the header",
    "future_review": "A review dated after today (not imported)",
    "future_episode": "An episode dated after today (not imported before its day)",
    "future_end": "An episode that ends after today (taken as open until then)",
    "after_year_end": "A review after the end of the return’s year (imported)",
    "outside_care": "A review outside any period of care (imported)",
    "ends_before_it_begins": "An episode that ends before it begins (left out)",
    "overlapping_episodes": "Episodes that overlap",
    "open_episode_followed": "An episode without an end that another one follows",
    "reason_without_end": "A reason for ceasing, and no date (taken as still open)",
    "end_without_reason": "An end date, and no reason that says whether care went on (taken as the end)",
    "continues_nowhere": "REC X1 says that care goes on in another episode, and there is none (taken as still open)",
    "start_without_end": "A period of care begins and the one before it was never ended (ended by the import)",
    "ended_on_starting_day": "One period of care ended on the day another began (ended the day before)",
    "began_earlier": "The first episode known is no start of care: the period is counted from it",
    "same_legal_status": "RNE says that the legal status changed, and it is the same",
    "short_breaks": "Short breaks only (V3, V4): the ordinary review clock runs, reg 48 allows longer",
    "perhaps_known": "A child born that day is already here without a number in the return",
    "not_in_this_return": "Looked after on record, and not in this return",
    "differs_from_record": "Somebody recorded it otherwise here (their record stands)",
    "refused": "The Protocol’s rules refuse what the return says of the child (nothing changed)",
}


@dataclass(frozen=True)
class Finding:
    kind: str
    file: str
    line: int | None
    child: str
    sentence: str


@dataclass
class Findings:
    found: list[Finding] = field(default_factory=list)

    def add(self, kind, row, sentence, *, child=None):
        """Note something about a row, which says where it stands."""
        assert kind in KINDS, kind  # noqa: S101
        self.found.append(Finding(kind, row.file, row.line, child or row.child, sentence))

    def counts(self):
        """How many of each kind, in the order of the list above."""
        counted = dict.fromkeys(KINDS, 0)
        for finding in self.found:
            counted[finding.kind] += 1
        return {kind: n for kind, n in counted.items() if n or kind in ALWAYS}

    def of_kind(self, kind):
        return [finding for finding in self.found if finding.kind == kind]


@dataclass(frozen=True)
class Place:
    """Where something stands in a return when it is no row of its own: a file as a whole."""

    file: str
    line: int | None = None
    child: str = ""
