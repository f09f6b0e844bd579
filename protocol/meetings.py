"""Which duties an event meets: those already open, and a few that may be done before they open."""

from __future__ import annotations

from collections.abc import Hashable

from protocol.case_so_far import CaseSoFar, ChildSoFar
from protocol.duties import CATALOGUE
from protocol.duty import Act, Duty, Early
from protocol.happenings import Happening
from protocol.ledger import Ledger, Slot
from protocol.outcome import Fact
from protocol.vocabulary import Subject


def _by_happening() -> dict[Happening, list[tuple[Duty, Act]]]:
    meets: dict[Happening, list[tuple[Duty, Act]]] = {happening: [] for happening in Happening}
    for duty in CATALOGUE.values():
        for act in duty.met_by:
            meets[act.happening].append((duty, act))
    return meets


MEETS = _by_happening()


def meet_duties(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    for duty, act in MEETS[fact.happening]:
        if act.where and not act.matches(fact.details):
            continue
        if fact.happening is Happening.DISPUTE_ANSWERED:
            _meet_present_rung(case, ledger, duty, fact)
        elif duty.subject and _named(duty.subject, fact) is None:
            ledger.meet_every(duty.id, fact)
            if duty.early:
                _remember(case, duty, (None, None), fact, met=False)
        else:
            for slot in _slots(duty, fact, concerned):
                met = ledger.meet(duty.id, slot, fact)
                if duty.early:
                    _remember(case, duty, slot, fact, met)


def _slots(duty: Duty, fact: Fact, concerned: list[ChildSoFar]) -> list[Slot]:
    if duty.per_child:
        return [(child.name, None) for child in concerned]
    return [(None, _named(duty.subject, fact) if duty.subject else None)]


def _named(subject: Subject, fact: Fact) -> Hashable:
    """What the event says it is about; an event that says nothing is about every one of them."""
    if subject is Subject.ITEM:
        return fact.detail("referral"), fact.detail("item")
    named: Hashable = fact.detail(subject)
    return named


def _meet_present_rung(case: CaseSoFar, ledger: Ledger, duty: Duty, fact: Fact) -> None:
    """An answer answers the rung the dispute is on; a rung passed over stays owed."""
    slot = (None, fact.detail("dispute"))
    entry = ledger.latest(duty.id, slot)
    rung_has_days = case.disputes[fact.detail("dispute")].rung_has_days
    if rung_has_days and entry and entry.is_unmet:
        ledger.meet_one(entry, fact)


def _remember(case: CaseSoFar, duty: Duty, slot: Slot, fact: Fact, met: bool) -> None:
    """An act that met nothing may still meet, when it opens, a duty that can be done early."""
    if duty.early is Early.SAME_DAY:
        case.done_early[duty.id, slot] = fact
    elif not met:
        case.done_early.setdefault((duty.id, slot), fact)
