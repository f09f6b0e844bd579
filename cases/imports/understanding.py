"""From words to meaning: each row checked, used where it can be, and spoken of where it cannot."""

from dataclasses import dataclass, field
from datetime import date

from cases.imports import codes
from cases.imports.findings import Findings
from cases.imports.rows import ChildInReturn, Episode, Return, Review
from cases.imports.values import Unreadable, code, day, in_words
from protocol.working_days import FIRST_YEAR

ID_LENGTH = 20


def understood(parsed, findings, *, today, year_end=None):
    """The return these rows make; whatever cannot be used is a finding."""
    return _Understanding(findings, today).of(parsed, year_end)


@dataclass
class _Understanding:
    findings: Findings
    today: date
    children: dict = field(default_factory=dict)
    in_header: set = field(default_factory=set)

    def of(self, parsed, year_end):
        for row in parsed.header:
            self._child(row)
        for row in parsed.episodes:
            self._episode(row)
        for child in self.children.values():
            child.episodes.sort(key=lambda episode: episode.began)
        year_end = year_end or self._year_end()
        self._reviews(parsed.reviews, year_end)
        return Return(self.children, frozenset(self.in_header), year_end)

    def _year_end(self):
        """The 31 March after the last beginning of an episode: a return runs from April to March."""
        last = max((e.began for child in self.children.values() for e in child.episodes), default=None)
        if last is None:
            return None
        march = date(last.year, 3, 31)
        return march if last <= march else date(last.year + 1, 3, 31)

    # --- the header

    def _child(self, row):
        if not self._has_number(row):
            return
        if row.child in self.in_header:
            self.findings.add(
                "duplicate_child", row, "The child has a header row already; this one was left out."
            )
            return
        self.in_header.add(row.child)
        if row.values is None:
            return
        born = self._day(row, "DOB")
        if born is None:
            return
        if born > self.today:
            self.findings.add("date_out_of_range", row, f"DOB {in_words(born)} is after today.")
            return
        self.children[row.child] = ChildInReturn(row, row.child, born, self._sex(row))

    def _has_number(self, row):
        if row.child and len(row.child) <= ID_LENGTH:
            return True
        what = f"“{row.child[:ID_LENGTH]}…” is too long for a CHILD number" if row.child else "CHILD is empty"
        self.findings.add("missing_child", row, f"{what}: the row was left out.", child=row.child[:ID_LENGTH])
        return False

    def _sex(self, row):
        written = code(row.values.get("SEX"))
        if written not in codes.SEXES:
            self.findings.add("unknown_code", row, f"SEX “{written}” is not known: taken as not recorded.")
        return codes.SEXES.get(written, "U")

    # --- any row of a known child

    def _owner(self, row):
        """The child of an episode or a review, or a finding where there is none to give it to."""
        if not self._has_number(row):
            return None
        if row.child not in self.in_header:
            self.findings.add("unknown_child", row, "The child is not in the header: the row was left out.")
        elif row.child not in self.children:
            self.findings.add(
                "child_left_out", row, "The child’s header row could not be used, so this was left out."
            )
        return self.children.get(row.child)

    def _day(self, row, column, *, required=True):
        """A date of a row; None, with a finding, where it cannot be used."""
        written = row.values.get(column)
        try:
            found = day(written)
        except Unreadable:
            self.findings.add(
                "unreadable_date", row, f"{column} “{written.strip()}” is no date such as 31/03/2025."
            )
            return None
        if found is None and required:
            self.findings.add("unreadable_date", row, f"{column} is empty.")
        elif found and found.year < FIRST_YEAR:
            self.findings.add("date_out_of_range", row, f"{column} {in_words(found)} is before {FIRST_YEAR}.")
            return None
        return found

    def _known(self, row, column, known):
        written = code(row.values.get(column))
        if written and written not in known:
            self.findings.add("unknown_code", row, f"{column} “{written}” is not known.")
        return written

    # --- episodes

    def _episode(self, row):
        child = self._owner(row)
        if child is None:
            return
        episode = self._readable_episode(row, child)
        if episode is None:
            child.lost_episodes = True
        elif any(other.began == episode.began for other in child.episodes):
            sentence = (
                f"Another episode of the child begins on {in_words(episode.began)}: this one was left out."
            )
            self.findings.add("duplicate_episode", row, sentence)
        else:
            child.episodes.append(episode)

    def _readable_episode(self, row, child):
        if row.values is None:
            return None
        began = self._day(row, "DECOM")
        ended = self._day(row, "DEC", required=False)
        if began is None or (ended is None and (row.values.get("DEC") or "").strip()):
            return None
        if fault := self._impossible(began, ended, child):
            self.findings.add(fault[0], row, fault[1])
            return None
        why_ended = self._why_ended(row, ended)
        if ended and ended > self.today:
            self.findings.add(
                "future_end", row, f"DEC {in_words(ended)} is after today: taken as open until then."
            )
            ended = None
        return Episode(
            row,
            began,
            ended,
            self._known(row, "RNE", codes.REASONS_FOR_EPISODE),
            self._known(row, "LS", codes.LEGAL_STATUSES),
            code(row.values.get("PLACE")),
            why_ended,
        )

    def _impossible(self, began, ended, child):
        if began < child.born:
            return "before_birth", f"DECOM {in_words(began)} is before the child was born: left out."
        if began > self.today:
            return "future_episode", f"DECOM {in_words(began)} is after today: left out until then."
        if ended and ended < began:
            return (
                "ends_before_it_begins",
                f"DEC {in_words(ended)} is before DECOM {in_words(began)}: left out.",
            )
        return None

    def _why_ended(self, row, ended):
        """REC. Without a date it says nothing yet; a date without it is an end all the same."""
        written = code(row.values.get("REC"))
        is_known = written == codes.CONTINUES or (written.startswith("E") and written[1:2].isdigit())
        if written and not is_known:
            self.findings.add("unknown_code", row, f"REC “{written}” is not known: taken as the end of care.")
        if ended is None and written and written != codes.CONTINUES:
            self.findings.add(
                "reason_without_end", row, f"REC {written} says that care ended, and DEC is empty."
            )
        if ended and not written:
            self.findings.add("end_without_reason", row, f"DEC is {in_words(ended)} and REC is empty.")
        return written

    # --- reviews

    def _reviews(self, rows, year_end):
        seen = set()
        for row in rows:
            child = self._owner(row)
            if child is None:
                continue
            on = self._day(row, "REVIEW") if row.values else None
            if on is None:
                child.lost_reviews = True
            elif (row.child, on) in seen:
                sentence = f"The child has a review on {in_words(on)} already: this row was left out."
                self.findings.add("duplicate_review", row, sentence)
            else:
                seen.add((row.child, on))
                self._review(row, child, on, year_end)

    def _review(self, row, child, on, year_end):
        self._check_birth(row, child)
        participation = self._participation(row, child, on)
        if on < child.born:
            self.findings.add(
                "before_birth", row, f"REVIEW {in_words(on)} is before the child was born: left out."
            )
        elif on > self.today:
            self.findings.add("future_review", row, f"REVIEW {in_words(on)} is after today: not imported.")
        else:
            if year_end and on > year_end:
                self.findings.add(
                    "after_year_end", row, f"REVIEW {in_words(on)} is after {in_words(year_end)}."
                )
            child.reviews.append(Review(row, on, participation))

    def _check_birth(self, row, child):
        try:
            born = day(row.values.get("DOB"))
        except Unreadable:
            self.findings.add("unreadable_date", row, "DOB is no date; the header’s counts.")
            return
        if born and born != child.born:
            sentence = f"DOB is {in_words(born)} here and {in_words(child.born)} in the header, which counts."
            self.findings.add("dob_mismatch", row, sentence)

    def _participation(self, row, child, on):
        """The participation code, held against the child's age on the day (rules 440 and 441)."""
        written = code(row.values.get("REVIEW_CODE"))
        if written not in codes.PARTICIPATION:
            what = f"REVIEW_CODE “{written}” is not known" if written else "REVIEW_CODE is empty"
            self.findings.add("unknown_code", row, f"{what}: imported without it.")
            return ""
        age = child.age_on(on)
        if written == codes.UNDER_FOUR and age >= 4:
            self.findings.add("440", row, f"{written} on {in_words(on)}, when the child was {age}.")
        elif written != codes.UNDER_FOUR and age < 4:
            self.findings.add("441", row, f"{written} on {in_words(on)}, when the child was {max(age, 0)}.")
        return written
