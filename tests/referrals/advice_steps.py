"""Given: calls to the advice line, and a referral with an officer, told through the product's own verbs."""

from datetime import date

from django.utils import timezone

from cases.models import Case
from referrals import advice, advice_clock, sharing
from referrals.models import AdviceTrace, Referral
from tests.cases.steps import happened, opened

CERTAIN = "Same name and date of birth"


def a_call(cast, **said):
    """Lex writes down that Iris called about Amber."""
    note = {
        "by": cast.lex,
        "on": timezone.localdate(),
        "caller": "Iris Reviewer, IRO",
        "authority": cast.northmoor,
        "child_name": "Amber Example",
        "child_born": cast.amber.born,
        "matter": "The authority will not fund therapy.",
        "guidance": "Climb the ladder; refer if the director does not answer.",
    }
    return advice.take_note(**{**note, **said})


def referred(cast, *children, on="2025-03-03"):
    """Iris refers the children of a case on a day."""
    children = list(children or [cast.amber])
    case = Case.objects.filter(children__in=children).first() or opened(cast, *children, on="2025-02-03")
    ref = f"Referral {case.referrals.count() + 1}"
    row = Referral.objects.create(
        authority=cast.northmoor, case=case, ref=ref, iro=cast.iris, begun_at=timezone.now()
    )
    row.children.set(children)
    happened(case, "referral_submitted", on, referral=ref, children=children)
    return again(row)


def allocated(referral, officer, on="2025-03-03"):
    about = {"person": officer.pk, "name": officer.name, "office": officer.organisation_id}
    to = {"referral": referral.ref, "to": "high_court_team"}
    happened(referral.case, "referral_allocated", on, particulars=about, **to)
    return again(referral)


def again(referral):
    return Referral.objects.get(pk=referral.pk)


def day(written):
    return date.fromisoformat(written)


def hold_back(referral, note, *, by, reason="It is about another child."):
    return sharing.hold_back(referral, note, by=by, reason=reason)


def stands(referral):
    """Each note's standing: certain or not, shared, held back."""
    return [(one.because, bool(one.shared), bool(one.withheld)) for one in sharing.notes_on(referral)]


def clocks(referral, today):
    rows = [advice_clock.clock(referral, one, today=day(today)) for one in sharing.notes_on(referral)]
    return [row and (row.due_on, row.lateness) for row in rows]


def trail():
    return [(trace.what, trace.by.name, trace.note_id) for trace in AdviceTrace.objects.select_related("by")]
