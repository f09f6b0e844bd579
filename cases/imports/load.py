"""Writing a return into the record, some children at a time: a broken connection loses one batch, never half a child."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Organisation
from cases import witness
from cases.imports.findings import Findings, Place
from cases.imports.plan import Plan
from cases.imports.project import project_cases_of, project_children
from cases.imports.rows import Return
from cases.imports.unsaid import RETURN
from cases.imports.values import in_words
from cases.models import Case, Child, Event
from cases.models.event import STRUCK_OUT
from protocol.faults import Malformed, Refused

BATCH = 200


class Rehearsed(Exception):
    """Raised at the end of a batch that was only tried, so that the transaction takes all of it back."""


@dataclass
class Loaded:
    """What an import did, or in a rehearsal would have done."""

    children_added: int = 0
    children_changed: int = 0
    added: int = 0
    put_right: int = 0
    struck: int = 0
    missed: int = 0
    periods: int = 0


@dataclass
class Loading:
    authority: Organisation
    returned: Return
    findings: Findings
    today: date
    is_rehearsal: bool = False
    loaded: Loaded = field(default_factory=Loaded)

    def run(self):
        """Do it batch by batch, yielding how many children are done."""
        rows = list(self.returned.children.values())
        self._check_known_without_number(rows)
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            self._load(batch)
            yield min(start + BATCH, len(rows))
        self._check_not_in_this_return()

    def _load(self, batch):
        """A batch in one transaction; should the rules refuse one of its children, each child in its own."""
        noted = len(self.findings.found)
        before = Loaded(**vars(self.loaded))
        try:
            self._in_transaction(batch)
        except (Refused, Malformed) as refused:
            del self.findings.found[noted:]
            self.loaded = before
            if len(batch) == 1:
                self.findings.add("refused", batch[0].row, f"Nothing of the child was imported: {refused}")
                return
            for child in batch:
                self._load([child])

    def _in_transaction(self, batch):
        with suppress(Rehearsed), transaction.atomic():
            self._lock(batch)
            children, plans = self._planned(batch)
            self._write(children, plans)
            audit.changed(None, "return.imported", *witness.children(children.values()))
            if self.is_rehearsal:
                raise Rehearsed

    def _lock(self, batch):
        """One import of an authority at a time; then, as every verb does, cases before children."""
        Organisation.objects.select_for_update(no_key=True).get(pk=self.authority.pk)
        mine = Child.objects.filter(authority=self.authority, return_id__in=[c.number for c in batch])
        list(
            Case.objects.select_for_update(of=("self",))
            .filter(pk__in=Case.objects.filter(members__child__in=mine).order_by().values("pk"))
            .order_by("pk")
        )
        self.known = {child.return_id: child for child in mine.select_for_update(of=("self",)).order_by("pk")}

    def _planned(self, batch):
        events = defaultdict(list)
        known = Event.objects.filter(case=None, child__in=self.known.values()).select_related("correction")
        for event in known:
            events[event.child_id].append(event)
        children, plans = self._children(batch), []
        for row in batch:
            plan = Plan.of(row, self.returned, events[children[row.number].pk], self.findings)
            self.loaded.periods += plan.periods
            plans.append(plan)
        return children, plans

    # --- children

    def _children(self, batch):
        """The child of each row, made where it is new and brought up to date where the import made it."""
        new = [
            Child(
                authority=self.authority, return_id=row.number, name=name_of(row), born=row.born, sex=row.sex
            )
            for row in batch
            if row.number not in self.known
        ]
        Child.objects.bulk_create(new)
        self.loaded.children_added += len(new)
        changed = [
            child
            for row in batch
            if (child := self.known.get(row.number)) and self._bring_up_to_date(child, row)
        ]
        Child.objects.bulk_update(changed, ["born", "sex"])
        self.loaded.children_changed += len(changed)
        return self.known | {child.return_id: child for child in new}

    def _bring_up_to_date(self, child, row):
        """Birth and sex follow the return until somebody here has named the child: then a person decides."""
        if child.sex == Child.Sex.UNKNOWN and row.sex != child.sex and child.born == row.born:
            child.sex = row.sex
            return True
        sex = child.sex if row.sex == Child.Sex.UNKNOWN else row.sex
        if (child.born, child.sex) == (row.born, sex):
            return False
        if child.name == name_of(row):
            child.born, child.sex = row.born, sex
            return True
        here = f"born {in_words(child.born)}, {child.get_sex_display().lower()}"
        there = f"born {in_words(row.born)}, {Child.Sex(sex).label.lower()}"
        self.findings.add("differs_from_record", row.row, f"The return says {there}; here it is {here}.")
        return False

    def _check_known_without_number(self, rows):
        """A child somebody entered by name may be one of these: the import cannot know, a person can."""
        born = defaultdict(list)
        for child in Child.objects.filter(authority=self.authority, return_id=""):
            born[child.born].append(child.key)
        for row in rows:
            for key in born.get(row.born, ()):
                self.findings.add(
                    "perhaps_known", row.row, f"Child {key} was born that day and has no number."
                )

    def _check_not_in_this_return(self):
        """Children the import knows from before, in care when the return's year began."""
        start = self.returned.year_start
        if start is None:
            return
        absent = (
            Child.objects.filter(authority=self.authority, periods__began_on__lt=start)
            .exclude(return_id="")
            .exclude(periods__ended_on__lt=start)
            .distinct()
        )
        for child in absent:
            if child.return_id not in self.returned.in_header:
                place = Place("", None, child.return_id)
                sentence = f"In care here on {in_words(start)}, and not in {self.returned.named}."
                self.findings.add("not_in_this_return", place, sentence)

    # --- facts

    def _write(self, children, plans):
        plans = [plan for plan in plans if plan]
        events = [event for plan in plans for event in self._events(children[plan.child.number], plan)]
        Event.objects.bulk_create(events)
        because = {}
        for event in events:
            because.setdefault(event.child_id, event)
        changed = [children[plan.child.number] for plan in plans]
        if changed:
            self.loaded.missed += project_children(changed, today=self.today, because=because)
            project_cases_of(changed, today=self.today, because=because)

    def _events(self, child, plan):
        """In the order of their days, so that the chronology reads as it happened."""
        now = timezone.now()
        self.loaded.added += len(plan.add)
        self.loaded.put_right += len(plan.put_right)
        self.loaded.struck += len(plan.strike)
        facts = [(None, fact) for fact in plan.add] + plan.put_right
        for corrected, fact in sorted(facts, key=lambda pair: pair[1].on):
            note = f"Put right by {self.returned.named}." if corrected else fact.note
            yield self._event(
                child, fact.happening, fact.on, now, details=fact.details, particulars=fact.particulars,
                corrects=corrected, note=note,
            )  # fmt: skip
        for event in plan.strike:
            note = f"No longer in {self.returned.named}."
            yield self._event(child, STRUCK_OUT, self.today, now, corrects=event, note=note)

    def _event(self, child, happening, on, now, **rest):
        return Event(
            authority_id=child.authority_id, child=child, happening=happening, on=on, recorded_at=now,
            how_known=RETURN, **rest,
        )  # fmt: skip


def name_of(row):
    """A return has no names: until somebody types one, the child goes by its number."""
    return f"Child {row.number}"
