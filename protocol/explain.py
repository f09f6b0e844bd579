"""Why this date: what it hangs on, the rule, its clause, and every day the count passed over, by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from protocol.deadlines import Deadline, Fact
from protocol.happenings import specification
from protocol.periods import Word
from protocol.sentences import rule_in_words
from protocol.vocabulary import Force, Unit
from protocol.working_days import ENGLAND, Calendar


@dataclass(frozen=True)
class Reasons:
    fact: str
    rule: str
    citations: tuple[str, ...]
    force: Force
    skipped: tuple[tuple[date, str], ...]
    notes: tuple[str, ...]


def explain(deadline: Deadline, calendar: Calendar = ENGLAND) -> Reasons:
    return Reasons(
        fact=_fact(deadline),
        rule=_rule(deadline),
        citations=deadline.duty.sources,
        force=deadline.duty.force,
        skipped=tuple(_skipped(deadline, calendar)),
        notes=tuple(_notes(deadline)),
    )


def in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _fact(deadline: Deadline) -> str:
    anchor = deadline.anchor
    if not isinstance(anchor, Fact):
        return f"Hangs on {anchor}."
    happened = f"{specification(anchor.happening).label} on {in_words(anchor.on)}"
    if deadline.anchor_on is None:
        return f"{happened}: no date at present."
    if deadline.anchor_on != anchor.on:
        return f"{happened}, giving {in_words(deadline.anchor_on)}."
    return f"{happened}."


def _rule(deadline: Deadline) -> str:
    """A date somebody with authority gave outright needs no counting."""
    if _was_given(deadline):
        return "The court's extended date."
    words = rule_in_words(deadline.rule, deadline.number)
    return f"{words[0].upper()}{words[1:]}."


def _was_given(deadline: Deadline) -> bool:
    return isinstance(deadline.anchor, Fact) and "new_date" in deadline.anchor.details


def _counts_working_days(deadline: Deadline) -> bool:
    period = deadline.rule.period
    return period is not None and period.unit is Unit.WORKING_DAYS


def _skipped(deadline: Deadline, calendar: Calendar) -> list[tuple[date, str]]:
    """Only a count in working days passes anything over."""
    if deadline.due_on is None or deadline.anchor_on is None or not _counts_working_days(deadline):
        return []
    if deadline.rule.counts_back:
        return calendar.skipped(deadline.due_on, deadline.anchor_on - timedelta(days=1))
    return calendar.skipped(deadline.anchor_on, deadline.due_on)


def _notes(deadline: Deadline) -> list[str]:
    notes = []
    if deadline.act_by and deadline.act_by != deadline.due_on:
        notes.append(f"The day itself is not a working day: act by {in_words(deadline.act_by)}.")
    if deadline.number != deadline.rule.own_number and not deadline.rule.gives_its_number:
        notes.append("The local agreement in force when this opened tightened the limit.")
    if deadline.provisional:
        notes.append("Provisional: the bank holidays of that year are not published yet.")
    if deadline.moved:
        notes.append("This was missed before the date it hangs on moved. The miss stays on record.")
    if deadline.short_notice:
        notes.append("Short notice: the count ended before the duty opened, so it is due the day it opened.")
    if deadline.excused_from:
        notes.append(f"A delay letter of {in_words(deadline.excused_from)} explains the wait.")
    return notes + _notes_on_the_limit(deadline)


def _notes_on_the_limit(deadline: Deadline) -> list[str]:
    notes = []
    if deadline.duty.is_target:
        notes.append("The limit is our own target; the source gives none.")
    if deadline.duty.is_withdrawn:
        notes.append("The source was withdrawn in 2017; lateness is listed apart and is no breach.")
    if deadline.rule.word is Word.WITHIN and deadline.rule.beginning_with and not _was_given(deadline):
        notes.append(_twenty_six_weeks(deadline))
    return notes


def _twenty_six_weeks(deadline: Deadline) -> str:
    """The courts' own system shows a day more than the statute's words give."""
    if deadline.anchor_on is None:
        return "The day of issue counts as the first day of the 26 weeks."
    theirs = deadline.anchor_on + timedelta(days=182)
    return f"The day of issue is the first day. The courts' own system shows {in_words(theirs)}, a day later."
