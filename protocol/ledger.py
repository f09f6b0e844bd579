"""The book of what is owed: entries open, move with what they hang on, and are met or fall away.

Nothing is ever taken out of it. An entry whose day passed unmet is a breach, and a breach stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from protocol.agreement import Agreement, in_force
from protocol.duty import Duty
from protocol.outcome import Deadline, Fact, in_order
from protocol.periods import Due
from protocol.working_days import Calendar

Slot = tuple[str | None, Hashable]


@dataclass(slots=True)
class Hook:
    """What a date hangs on: its day, if it has one, and what gave it that day.

    `key` names a thing that can still move; a fixed day has none.
    """

    on: date | None
    by: Fact | str
    key: Hashable = None


@dataclass(slots=True, eq=False)
class Entry:
    """A deadline in the making."""

    duty: Duty
    child: str | None
    subject: str | None
    slot: Slot
    opened_by: Fact
    rule: Due
    number: int | None
    hook: Hook
    due_on: date | None = None
    counted_to: date | None = None
    short_notice: bool = False
    moved: bool = False
    met_by: Fact | None = None
    closed_on: date | None = None
    excused_from: date | None = None

    def is_breached(self, on: date) -> bool:
        """Missed before that day began."""
        return self.due_on is not None and self.due_on < on and not self.excused_from

    @property
    def is_unmet(self) -> bool:
        return self.met_by is None and self.closed_on is None

    @property
    def met_late(self) -> bool:
        return self.met_by is not None and self.due_on is not None and self.met_by.on > self.due_on

    def date_it(self, on: date | None, calendar: Calendar) -> None:
        """A date that would lie before the day the duty opened is that day, at short notice."""
        if on is None:
            self.due_on, self.counted_to, self.short_notice = None, None, False
            return
        due_on = self.counted_to = self.rule.date_from(on, self.number, calendar)
        if self.rule.counts_back:
            self.counted_to = on - timedelta(days=1)
        self.give(due_on)

    def give(self, due_on: date) -> None:
        opened_on = self.opened_by.on
        self.short_notice = due_on < opened_on
        self.due_on = opened_on if self.short_notice else due_on


@dataclass(slots=True)
class Ledger:
    calendar: Calendar
    agreements: Sequence[Agreement]
    entries: list[Entry] = field(default_factory=list)
    _open: defaultdict[str, dict[Slot, list[Entry]]] = field(default_factory=lambda: defaultdict(dict))
    _latest: dict[tuple[str, Slot], Entry] = field(default_factory=dict)
    _hanging: defaultdict[Hashable, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def open(
        self, duty: Duty, due: Due, slot: Slot, subject: str | None, fact: Fact, hook: Hook
    ) -> Entry | None:
        """A new entry; none where the same is still unmet and this is a mere repeat."""
        if not due.afresh and self.unmet(duty.id, slot):
            return None
        number = fact.detail("days") if due.gives_its_number else self._agreed(duty, due, fact.on)
        entry = Entry(duty, slot[0], subject, slot, fact, due, number, hook)
        entry.date_it(hook.on, self.calendar)
        self._keep(entry)
        return entry

    def _agreed(self, duty: Duty, due: Due, on: date) -> int | None:
        """The agreement in force when a duty opens governs it."""
        if self.agreements:
            return in_force(self.agreements, on).number_for(duty, due)
        return due.own_number

    def _keep(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._latest[entry.duty.id, entry.slot] = entry
        self._open[entry.duty.id].setdefault(entry.slot, []).append(entry)
        if entry.hook.key is not None:
            self._hanging[entry.hook.key].append(entry)

    def unmet(self, duty_id: str, slot: Slot) -> Sequence[Entry]:
        return self._open[duty_id].get(slot, ())

    def latest(self, duty_id: str, slot: Slot) -> Entry | None:
        """The last entry opened there, met or not."""
        return self._latest.get((duty_id, slot))

    def meet(self, duty_id: str, slot: Slot, fact: Fact) -> bool:
        """Everything open there is met, what is overdue late; False when nothing was open."""
        met = self._open[duty_id].pop(slot, ())
        for entry in met:
            entry.met_by = fact
        return bool(met)

    def meet_every(self, duty_id: str, fact: Fact) -> None:
        for slot in list(self._open[duty_id]):
            self.meet(duty_id, slot, fact)

    def meet_one(self, entry: Entry, fact: Fact) -> None:
        entry.met_by = fact
        self._open[entry.duty.id][entry.slot].remove(entry)

    def close(self, duty_ids: Iterable[str], slot: Slot, on: date) -> None:
        """What is open there falls away, except a breach."""
        for duty_id in duty_ids:
            breaches = _breaches_left(self._open[duty_id].pop(slot, ()), on)
            if breaches:
                self._open[duty_id][slot] = breaches

    def close_every(self, duty_ids: Iterable[str], on: date) -> None:
        for duty_id in duty_ids:
            for slot in list(self._open[duty_id]):
                self.close((duty_id,), slot, on)

    def move(self, key: Hashable, on: date | None, fact: Fact) -> None:
        """What hangs on something that now has another date, or none, takes that date.

        Met in time stays met. A breach stays as its own entry, marked moved; unmet, it goes on under the new date.
        """
        hanging = self._hanging.pop(key, [])
        for entry in hanging:
            self._move_one(entry, Hook(on, fact, key))

    def _move_one(self, entry: Entry, hook: Hook) -> None:
        if entry.closed_on or (entry.met_by and not entry.met_late):
            return
        if entry.hook.on == hook.on:
            self._hanging[hook.key].append(entry)
        elif entry.met_by:
            entry.moved = True
        elif entry.is_breached(_day(hook)):
            entry.moved = True
            self._carry_on(entry, hook)
        else:
            entry.hook = hook
            entry.date_it(hook.on, self.calendar)
            self._hanging[hook.key].append(entry)

    def _carry_on(self, breach: Entry, hook: Hook) -> Entry:
        """The same duty under its present date, beside the breach of the former one."""
        entry = replace(breach, hook=hook, moved=False)
        entry.date_it(hook.on, self.calendar)
        self._keep(entry)
        return entry

    def postpone(self, duty_id: str, slot: Slot, due_on: date, fact: Fact) -> None:
        """Somebody with authority gave another date outright; a breach before that stays."""
        for entry in [entry for entry in self.unmet(duty_id, slot) if not entry.moved]:
            current = entry
            if entry.is_breached(fact.on):
                entry.moved = True
                current = self._carry_on(entry, entry.hook)
            current.hook = Hook(due_on, fact)
            current.give(due_on)
            current.counted_to = due_on

    def deadlines(self) -> tuple[Deadline, ...]:
        seen: dict[Hashable, int] = {}
        return in_order(self._deadline(entry, seen) for entry in self.entries)

    def _deadline(self, entry: Entry, seen: dict[Hashable, int]) -> Deadline:
        missed = entry.due_on if entry.moved else None
        likeness = (entry.duty.id, entry.child, entry.subject, entry.opened_by.on, missed)
        nth = seen[likeness] = seen.get(likeness, -1) + 1
        return Deadline(
            entry.duty,
            entry.child,
            entry.subject,
            entry.opened_by.on,
            entry.opened_by,
            entry.due_on,
            self.calendar.on_or_before(entry.due_on) if entry.due_on else None,
            entry.rule,
            entry.number,
            entry.hook.on,
            entry.hook.by,
            self._is_provisional(entry),
            entry.moved,
            entry.short_notice,
            entry.met_by.on if entry.met_by else None,
            entry.met_by,
            entry.closed_on,
            entry.excused_from,
            nth,
        )

    def _is_provisional(self, entry: Entry) -> bool:
        """Some day that was counted lies in a year whose bank holidays are not yet known."""
        if entry.due_on is None or entry.counted_to is None:
            return False
        known = self.calendar.last_known
        return entry.due_on > known or entry.counted_to > known


def _day(hook: Hook) -> date:
    if isinstance(hook.by, str):
        raise TypeError("only an event moves a date")
    return hook.by.on


def _breaches_left(entries: Iterable[Entry], on: date) -> list[Entry]:
    left = []
    for entry in entries:
        if entry.is_breached(on):
            left.append(entry)
        else:
            entry.closed_on = on
    return left
