"""Which children an event is for, when it names one and when it does not."""

from __future__ import annotations

from collections.abc import Callable

from protocol.case_so_far import CaseSoFar, ChildSoFar
from protocol.happenings import Happening
from protocol.outcome import Fact


def children_concerned(case: CaseSoFar, fact: Fact) -> list[ChildSoFar]:
    """The child named, else every child in the case that the event can concern."""
    if fact.child is not None:
        named = case.children[fact.child]
        already = fact.happening is Happening.BECAME_LOOKED_AFTER and named.looked_after_since
        return [] if already else [named]
    narrowed = NARROWED.get(fact.happening)
    return narrowed(case) if narrowed else case.present


def _not_yet_looked_after(case: CaseSoFar) -> list[ChildSoFar]:
    return [child for child in case.present if child.looked_after_since is None]


def _not_yet_concluded(case: CaseSoFar) -> list[ChildSoFar]:
    return [child for child in case.present if child.concluded_by is None]


def _concluded(case: CaseSoFar) -> list[ChildSoFar]:
    return [child for child in case.present if child.concluded_by]


def _concluded_else_all(case: CaseSoFar) -> list[ChildSoFar]:
    """The children already concluded; where none is, what is done early is done for them all."""
    return _concluded(case) or case.present


NARROWED: dict[Happening, Callable[[CaseSoFar], list[ChildSoFar]]] = {
    Happening.BECAME_LOOKED_AFTER: _not_yet_looked_after,
    Happening.PROCEEDINGS_CONCLUDED: _not_yet_concluded,
    Happening.MEETING_REQUIRED: _concluded_else_all,
    Happening.FINAL_CARE_PLAN_PROVIDED: _concluded_else_all,
    Happening.CONTACT: _concluded_else_all,
    Happening.APPENDIX_2_SENT: _concluded,
    Happening.CHILD_LETTER_SENT: _concluded,
    Happening.DOCUMENTS_CONFIRMED: _concluded,
    Happening.HANDOVER_RECORDED: _concluded,
    Happening.HANDOVER_MEETING_HELD: _concluded,
    Happening.OVERSIGHT_AGREED: _concluded,
}
