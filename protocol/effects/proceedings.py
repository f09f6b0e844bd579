"""What the course of the proceedings changes: the stage, who is in the case, what no longer needs doing."""

from __future__ import annotations

from protocol.case_so_far import ISSUE, CaseSoFar, ChildSoFar
from protocol.duties import CATALOGUE
from protocol.duty import Duty
from protocol.ledger import Ledger
from protocol.outcome import Fact
from protocol.stages import BY_HAPPENING, CONCLUDE
from protocol.vocabulary import Part

STILL_OWED = frozenset({"CMH-10", "IRH-3", "IRH-4"})


def _ends_with_proceedings(duty: Duty) -> bool:
    return duty.is_dated and duty.part in (Part.PRE_CMH, Part.UP_TO_IRH) and duty.id not in STILL_OWED


ENDING = tuple(duty.id for duty in CATALOGUE.values() if _ends_with_proceedings(duty))
A_CHILDS = tuple(duty.id for duty in CATALOGUE.values() if duty.is_dated and duty.per_child)
ENDING_WITH_A_CHILD = tuple(id for id in ENDING if id in A_CHILDS and id != "IRH-16")
ENDING_WITH_THE_LAST = tuple(id for id in ENDING if id not in A_CHILDS)


def move_stage(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    case.make(BY_HAPPENING[fact.happening], fact)


def proceedings_issued(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    move_stage(case, ledger, fact, concerned)
    case.issued_by = fact
    ledger.move(ISSUE, fact.on, fact)


def ended_without_conclusion(
    case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]
) -> None:
    """Diverted or withdrawn: what only proceedings ask falls away."""
    move_stage(case, ledger, fact, concerned)
    ledger.close_every(ENDING, fact.on)


def proceedings_concluded(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """A conclusion for one child ends that child's; the last one ends the case's."""
    case.check(CONCLUDE, fact)
    for child in concerned:
        child.concluded_by = child.concluded_by or fact
        ledger.close(ENDING_WITH_A_CHILD, (child.name, None), fact.on)
    _complete_once_all_concluded(case, ledger, fact)


def _complete_once_all_concluded(case: CaseSoFar, ledger: Ledger, fact: Fact) -> None:
    if case.every_child_concluded():
        case.make(CONCLUDE, fact)
        ledger.close_every(ENDING_WITH_THE_LAST, fact.on)


def child_left(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """Whether every child has concluded is asked again of those who remain."""
    for child in concerned:
        child.present = False
        case.count_who_is_present()
        ledger.close(A_CHILDS, (child.name, None), fact.on)
    if case.proceedings_run:
        _complete_once_all_concluded(case, ledger, fact)


def child_added(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    for child in concerned:
        child.present = True
    case.count_who_is_present()


def extension_granted(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    for child in concerned:
        ledger.postpone("IRH-16", (child.name, None), fact.detail("new_date"), fact)


def meeting_required(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    for child in concerned:
        child.meeting_required_by = fact


def iro_allocated(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    for child in concerned:
        child.iro = fact


def guardian_allocated(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    case.guardian = fact


def guardian_withdrew(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    move_stage(case, ledger, fact, concerned)
    case.guardian = None
