"""What the chronology of one child already says, and who said it."""

from datetime import date, timedelta

from cases.imports.facts import CARE, ENDED_BY_NEXT, REVIEW_HELD, TOLD, CareSoFar
from cases.imports.unsaid import is_from_a_return
from cases.models.event import LEGAL_STATUS_CHANGED
from cases.specifications import happening_named
from protocol.happenings import PLACE_IN_THE_DAY, Happening

# Somebody's entry this close to what the return says is the same thing under another date.
SAME_THING = timedelta(days=7)
DAY = timedelta(days=1)
BECAME = str(Happening.BECAME_LOOKED_AFTER)
CEASED = str(Happening.CEASED_TO_BE_LOOKED_AFTER)
PLACED = str(Happening.PLACED_FOR_ADOPTION)


class History:
    """The events of a child's own stream; `events` with their corrections, struck ones too."""

    def __init__(self, events):
        told = [event for event in events if event.happening in TOLD]
        self.standing = sorted((e for e in told if not e.is_struck), key=_in_the_day)
        self._overruled = {
            (event.happening, event.on)
            for event in told
            if event.is_struck and is_from_a_return(event) and not is_from_a_return(event.correction)
        }
        self._at = {}
        for event in self.standing:
            self._at.setdefault((event.happening, event.on), []).append(event)

    def at(self, fact):
        """The standing event of that kind on that day, a person's first; None where there is none."""
        there = self._at.get((fact.happening, fact.on), ())
        return min(there, key=is_from_a_return, default=None)

    def is_overruled(self, fact):
        """Whether a person struck out or corrected what a return said of that day."""
        return (fact.happening, fact.on) in self._overruled

    def typed(self, *happenings):
        return [e for e in self.standing if e.happening in happenings and not is_from_a_return(e)]

    def typed_instead(self, fact):
        """What a person recorded that cannot stand beside this fact, or None."""
        for event in self.typed(fact.happening):
            if event.on != fact.on and abs(event.on - fact.on) <= SAME_THING:
                return event
        if fact.happening == BECAME:
            return self._typed_beginning(fact)
        if fact.happening == CEASED:
            return self._typed_end(fact)
        return None

    def _typed_end(self, fact):
        """The end that a person gave this period of care, before another one began."""
        begun = [fact.until or date.max, *(e.on for e in self.standing if e.happening == BECAME)]
        following = min(on for on in begun if on > fact.on)
        return next((e for e in self.typed(CEASED) if fact.began <= e.on < following), None)

    def _typed_beginning(self, fact):
        """A period of care that a person recorded and that overlaps this one."""
        since = None
        for event in self.standing:
            if event.happening == BECAME and event.on <= (fact.until or date.max):
                since = since or event
                if event.on > fact.on and not is_from_a_return(event):
                    return event
            elif event.happening == CEASED and event.on <= fact.on:
                since = None
        return since if since and since.on < fact.on and not is_from_a_return(since) else None

    def before(self, day):
        """How the child stood on the eve of a day, by what was recorded before it.

        An end that only the beginning on that day brought about is not known before it.
        """
        so_far = CareSoFar()
        for event in self.standing:
            if event.on >= day:
                break
            if event.on == day - DAY and event.note == ENDED_BY_NEXT:
                continue
            if event.happening == BECAME and so_far.since is None:
                so_far = CareSoFar(event.on, is_from_a_return(event), event.details.get("legal_status", ""))
            elif event.happening == CEASED:
                so_far = CareSoFar()
            elif event.happening == LEGAL_STATUS_CHANGED:
                so_far.legal_status = event.details.get("legal_status", "")
            elif event.happening == PLACED:
                so_far.is_placed = True
        return so_far

    def imported(self, since, until, *, care):
        """The facts of earlier returns of a span of days."""
        kinds = CARE if care else {REVIEW_HELD}
        return [
            e
            for e in self.standing
            if e.happening in kinds and since <= e.on <= until and is_from_a_return(e)
        ]


def _in_the_day(event):
    played = happening_named(event.happening)
    return event.on, PLACE_IN_THE_DAY[played] if played else 0, event.pk
