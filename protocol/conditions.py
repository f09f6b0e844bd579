"""Whether an event opens a duty in the circumstances of the day."""

from __future__ import annotations

from collections.abc import Callable

from protocol.case_so_far import CaseSoFar, ChildSoFar
from protocol.outcome import Fact
from protocol.periods import Condition
from protocol.vocabulary import Stage


def _was_looked_after(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    """ "Already" means on the day before: a child who comes into care with the application was not."""
    return child is not None and child.was_looked_after_before(fact.on)


def _was_not_looked_after(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    return not _was_looked_after(case, fact, child)


def _guardian_needs_to_know(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    return case.proceedings_run and case.guardian is not None


def _significant_issues(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    return fact.detail("significant_issues") is True and case.guardian is not None


def _first_review(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    return child is not None and child.looked_after_since is not None and child.reviews_this_time == 1


def _later_review(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    return child is not None and child.looked_after_since is not None and child.reviews_this_time > 1


def _formal(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    """Raised as formal from the start, or made formal: only the raising has to say."""
    return fact.detail("formal") is not False


def _meeting_required(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    """Asked for before the conclusion, it is remembered until then."""
    if child is None or child.concluded_by is None:
        return False
    return child.meeting_required_by is not None or fact.detail("meeting_required") is True


def _cafcass_brings_proceedings(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    return (fact.detail("action"), fact.detail("by")) == ("proceedings", "cafcass")


def _referral_runs(case: CaseSoFar, fact: Fact, child: ChildSoFar | None) -> bool:
    return case.referrals[fact.detail("referral")].is_open


HOLDS: dict[Condition, Callable[[CaseSoFar, Fact, ChildSoFar | None], bool]] = {
    Condition.LOOKED_AFTER_BEFORE: _was_looked_after,
    Condition.NOT_LOOKED_AFTER_BEFORE: _was_not_looked_after,
    Condition.PROCEEDINGS_AND_GUARDIAN: _guardian_needs_to_know,
    Condition.SIGNIFICANT_ISSUES: _significant_issues,
    Condition.FIRST_REVIEW: _first_review,
    Condition.LATER_REVIEW: _later_review,
    Condition.IN_PROCEEDINGS: lambda case, fact, child: case.proceedings_run,
    Condition.IN_PRE_PROCEEDINGS: lambda case, fact, child: case.stage is Stage.PRE_PROCEEDINGS,
    Condition.FORMAL: _formal,
    Condition.DAYS_GIVEN: lambda case, fact, child: fact.detail("days") is not None,
    Condition.DISPUTE_OPEN: lambda case, fact, child: case.disputes_open > 0,
    Condition.REMAINS_LOOKED_AFTER: lambda case, fact, child: fact.detail("remains_looked_after") is True,
    Condition.MEETING_REQUIRED: _meeting_required,
    Condition.PERMANENCE_UNSETTLED: lambda case, fact, child: fact.detail("permanence_settled") is False,
    Condition.ADVICE_STANDS: lambda case, fact, child: case.advice_sought is not None,
    Condition.CAFCASS_BRINGS_PROCEEDINGS: _cafcass_brings_proceedings,
    Condition.REFERRAL_RUNS: _referral_runs,
}
