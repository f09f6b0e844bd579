"""What an import would change for one child: facts to add, to put right and to strike out.

Compared by nature: the same happening on the same day is the same fact. What a person recorded, or struck out,
stands against any return; what an earlier import wrote is put right by a further event, never deleted.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from cases.imports.facts import ENDED_BY_NEXT, REVIEW_HELD, ended, told_by
from cases.imports.findings import Findings
from cases.imports.history import BECAME, CEASED, History
from cases.imports.periods import periods_of
from cases.imports.rows import ChildInReturn, Return
from cases.imports.unsaid import is_from_a_return
from cases.imports.values import in_words
from cases.specifications import specification_of

DAY = timedelta(days=1)


@dataclass
class Plan:
    child: ChildInReturn
    returned: Return
    history: History
    findings: Findings
    periods: int = 0
    add: list = field(default_factory=list)
    # Pairs of an imported event and the fact that now takes its place; and those that nothing replaces.
    put_right: list = field(default_factory=list)
    strike: list = field(default_factory=list)
    _confirmed: set = field(default_factory=set)

    def __bool__(self):
        return bool(self.add or self.put_right or self.strike)

    @classmethod
    def of(cls, child, returned, events, findings):
        plan = cls(child, returned, History(events), findings)
        plan._make()
        return plan

    def _make(self):
        periods = periods_of(self.child, self.findings)
        self.periods = len(periods)
        for fact in self._facts(periods):
            self._compare(fact)
        self._strike_what_is_gone()
        self._check_ends(periods)
        self._check_reviews()

    def _facts(self, periods):
        if not periods:
            return told_by(self.child, [], None)
        first = periods[0]
        so_far = self.history.before(first.began)
        facts = told_by(self.child, periods, so_far)
        if so_far.since is None and not first.starts_afresh:
            self._say_it_began_earlier(first)
        if so_far.since and so_far.by_import and first.starts_afresh:
            facts.insert(0, self._end_of_what_was_open(so_far, first))
        return facts

    def _end_of_what_was_open(self, so_far, first):
        """Care on record goes on, and the return begins it anew: it must have ended before that day."""
        row, day_before = first.episodes[0].row, first.began - DAY
        sentence = (
            f"A period begins on {in_words(first.began)}; the one on record ended on {in_words(day_before)}."
        )
        self.findings.add("start_without_end", row, sentence)
        return ended(day_before, row, began=so_far.since, until=first.began, note=ENDED_BY_NEXT)

    def _say_it_began_earlier(self, period):
        reason = period.episodes[0].reason
        sentence = (
            f"The first episode known of the child has {f'RNE {reason}' if reason else 'no RNE'}, which is no start: "
            f"the review clock is counted from {in_words(period.began)}."
        )
        self.findings.add("began_earlier", period.episodes[0].row, sentence)

    def _compare(self, fact):
        there = self.history.at(fact)
        if there:
            self._confirmed.add((fact.happening, fact.on))
            self._put_right(there, fact)
        elif self.history.is_overruled(fact):
            self._differs(fact, "somebody struck that out or corrected it here")
        elif typed := self.history.typed_instead(fact):
            self._differs(fact, f"{_label(typed.happening)} was recorded here on {in_words(typed.on)}")
        else:
            self.add.append(fact)

    def _put_right(self, there, fact):
        if not _says_otherwise(there, fact):
            return
        if is_from_a_return(there):
            self.put_right.append((there, fact))
        else:
            self._differs(fact, f"it was recorded here with {_particulars(there) or 'no particulars'}")

    def _differs(self, fact, how):
        said = f"{_label(fact.happening)} on {in_words(fact.on)}"
        told = f" ({_particulars(fact)})" if _particulars(fact) else ""
        self.findings.add("differs_from_record", fact.row, f"The return says {said}{told}; {how}.")

    def _strike_what_is_gone(self):
        """Facts of an earlier return that this one speaks of and no longer has.

        It speaks of a child's episodes from the first it gives until the end of its year, and of the reviews of
        its year. Where a row of the child could not be read, nothing is held to be gone.
        """
        until, child = self.returned.year_end, self.child
        if until is None:
            return
        gone = []
        if child.episodes and not child.lost_episodes:
            gone += self.history.imported(child.episodes[0].began, until, care=True)
        if not child.lost_reviews:
            since = min([self.returned.year_start, *(review.on for review in child.reviews)])
            gone += self.history.imported(since, until, care=False)
        self.strike = [event for event in gone if (event.happening, event.on) not in self._confirmed]

    def _check_ends(self, periods):
        """A period that the return leaves open, and somebody here ended within the return's year."""
        last = periods[-1] if periods else None
        if last is None or last.ended or self.returned.year_end is None:
            return
        for event in self.history.typed(CEASED):
            if last.began <= event.on <= self.returned.year_end:
                sentence = f"The return leaves the period open; here it ended on {in_words(event.on)}."
                self.findings.add("differs_from_record", last.episodes[-1].row, sentence)

    def _check_reviews(self):
        """Reviews held against the periods of care that the chronology will have."""
        spans = self._spans()
        for review in self.child.reviews:
            if not any(
                began <= review.on and (ended is None or review.on <= ended) for began, ended in spans
            ):
                sentence = f"REVIEW {in_words(review.on)} is outside any period of care known."
                self.findings.add("outside_care", review.row, sentence)
        self._check_typed_reviews()

    def _spans(self):
        struck = {event.pk for event in self.strike}
        known = [e for e in self.history.standing if e.pk not in struck]
        turns = sorted((e.on, e.happening) for e in [*known, *self.add] if e.happening in (BECAME, CEASED))
        spans = []
        for on, happening in turns:
            is_open = spans and spans[-1][1] is None
            if happening == BECAME and not is_open:
                spans.append((on, None))
            elif happening == CEASED and is_open:
                spans[-1] = (spans[-1][0], on)
        return spans

    def _check_typed_reviews(self):
        start, end = self.returned.year_start, self.returned.year_end
        days = {review.on for review in self.child.reviews}
        for event in self.history.typed(REVIEW_HELD):
            near = any(abs(event.on - day) <= timedelta(days=7) for day in days)
            if end and start <= event.on <= end and not near:
                sentence = f"A review was recorded here on {in_words(event.on)}, and the return has none near that day."
                self.findings.add("differs_from_record", self.child.row, sentence)


def _says_otherwise(event, fact):
    if "legal_status" in fact.details:
        return event.details.get("legal_status", "")[:2] != fact.details["legal_status"][:2]
    told = fact.particulars.get("participation", "")
    had = participation_of(event)
    return told != had if is_from_a_return(event) else bool(told and had and told != had)


def participation_of(event):
    """The code recorded for the child: a form that served several children keeps one for each."""
    code = event.particulars.get("participation", "")
    return code.get(str(event.child_id), "") if isinstance(code, dict) else code


def _particulars(told):
    if told.happening == REVIEW_HELD:
        return (
            participation_of(told) if hasattr(told, "child_id") else told.particulars.get("participation", "")
        )
    return told.details.get("legal_status", "")


def _label(happening):
    return specification_of(happening).label
