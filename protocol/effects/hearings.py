"""What the court's timetable changes: hearings listed, moved, vacated and held; filing dates."""

from __future__ import annotations

from datetime import date

from protocol.case_so_far import CMH, THE_CMH, CaseSoFar, ChildSoFar, HearingSoFar, what
from protocol.faults import Refused
from protocol.ledger import Hook, Ledger
from protocol.outcome import Fact
from protocol.stages import HOLD_CMH, may_hold_cmh, refusal
from protocol.vocabulary import Stage


def hearing_listed(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """Listing again what was not yet held is a move; after it was held, it is a new hearing."""
    key = _key(fact)
    hearing = case.listed.get(key) or case.vacated.pop(key, None) or _new(case, fact)
    hearing.listed_on = fact.on
    case.listed[key] = hearing
    _give(case, ledger, hearing, fact.detail("date"), "listed", fact)


def hearing_moved(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    _give(case, ledger, _listed(case, fact), fact.detail("date"), "listed", fact)


def hearing_vacated(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    hearing = _listed(case, fact)
    case.vacated[_key(fact)] = case.listed.pop(_key(fact))
    _give(case, ledger, hearing, None, "vacated", fact)


def hearing_held(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """The day it was held is the date for everything that hangs on it."""
    key = _key(fact)
    if key[0] == CMH:
        _hold_cmh(case, fact)
    hearing = case.listed.pop(key, None) or case.vacated.pop(key, None) or _new(case, fact)
    _give(case, ledger, hearing, fact.on, "held", fact)


def _hold_cmh(case: CaseSoFar, fact: Fact) -> None:
    if not may_hold_cmh(case.stage):
        raise Refused(fact, refusal(HOLD_CMH, what(fact), case.stage))
    if case.stage is Stage.PRE_CMH:
        case.make(HOLD_CMH, fact)


def _give(
    case: CaseSoFar, ledger: Ledger, hearing: HearingSoFar, day: date | None, state: str, fact: Fact
) -> None:
    hearing.give(day, state, fact)
    ledger.move(hearing, day, fact)
    if hearing.type == CMH and case.cmh_held is None:
        _date_the_cmh(case, ledger, fact, held=state == "held")


def _date_the_cmh(case: CaseSoFar, ledger: Ledger, fact: Fact, held: bool) -> None:
    """The first CMH listed is what "before the CMH" means, until one is held: then it is that one for good."""
    listed = [hearing.date for (type_, _), hearing in case.listed.items() if type_ == CMH and hearing.date]
    day = fact.on if held else min(listed, default=None)
    case.cmh_held = fact if held else None
    if day != case.cmh_hook.on:
        case.cmh_hook = Hook(day, fact, THE_CMH)
    ledger.move(THE_CMH, day, fact)


def _key(fact: Fact) -> tuple[str, str | None]:
    return fact.detail("hearing"), fact.detail("ref")


def _new(case: CaseSoFar, fact: Fact) -> HearingSoFar:
    hearing = HearingSoFar(*_key(fact))
    case.hearings.append(hearing)
    return hearing


def _listed(case: CaseSoFar, fact: Fact) -> HearingSoFar:
    hearing = case.listed.get(_key(fact))
    if hearing is None:
        label = HearingSoFar(*_key(fact)).label
        raise Refused(
            fact,
            f'{what(fact)} cannot be: no hearing "{label}" is listed on that day (GPP Pre-CMH). '
            "Record its listing first.",
        )
    return hearing


def filing_date_set(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """Setting the same date a second time moves it."""
    of = fact.detail("of")
    hook = Hook(fact.detail("date"), fact, ("filing", of))
    case.filing_dates[of] = hook
    ledger.move(hook.key, hook.on, fact)


def filing_date_moved(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    if fact.detail("of") not in case.filing_dates:
        raise Refused(
            fact,
            f"{what(fact)} cannot be: that filing date was never set (EV Final Care Planning). "
            "Record the date first set.",
        )
    filing_date_set(case, ledger, fact, concerned)


def final_evidence_with_iro(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    case.final_evidence = case.final_evidence or fact


def care_plan_view_given(case: CaseSoFar, ledger: Ledger, fact: Fact, concerned: list[ChildSoFar]) -> None:
    """A view needs the review held; to endorse, the IRO needs all the final evidence too."""
    review = case.reviews.get(fact.detail("review"))
    if review is None or not review.held:
        missing = f'review "{fact.detail("review")}" was not held by then'
        raise Refused(fact, _no_view(fact, missing, "Record the review held"))
    if fact.detail("view") == "endorsed" and case.final_evidence is None:
        missing = "the final evidence was not with the IRO by then"
        raise Refused(fact, _no_view(fact, missing, "Record the final evidence"))
    case.care_plan_view = fact


def _no_view(fact: Fact, missing: str, remedy: str) -> str:
    return f"{what(fact)} cannot be: {missing} (EV Final Care Planning). {remedy} first."
