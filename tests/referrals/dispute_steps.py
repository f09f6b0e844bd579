"""Given: a dispute brought to where a test begins, through the product's own verbs."""

import pytest

from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Case, Notice
from cases.refusal import Refusal
from referrals import disputes
from referrals.ladders import ladder_of
from referrals.models import Dispute
from tests.cases.steps import day, opened

WORDS = {
    "theme": "health",
    "concern": "Therapy agreed at the review in January has not begun.",
    "impact": "She does not sleep and has stopped going to school.",
    "sought": "A first appointment within two weeks.",
    "timetable": "Before she moves on 14 April.",
}


def a_case(cast, *children, on="2025-02-03", entering="proceedings_issued"):
    """A case Iris reviews for, with Tess as team manager, Sol as social worker and Gwen as guardian."""
    children = list(children or [cast.amber])
    case = opened(cast, *children, on=on, entering=entering)
    start = day(on)
    appoint(cast.iris, PersonRole.IRO, children=children, on=start, by=cast.mona)
    appoint(cast.tess, PersonRole.TEAM_MANAGER, children=children, on=start, by=cast.tess)
    appoint(cast.sol, PersonRole.SOCIAL_WORKER, children=children, on=start, by=cast.tess)
    appoint(cast.gwen, PersonRole.GUARDIAN, children=children, on=start, by=cast.cass, case=case)
    return case


def raised(cast, case, on="2025-02-10", *, by=None, **how):
    """Iris raises the concern about Amber; informally unless told otherwise."""
    how = {**WORDS, "children": [cast.amber], **how}
    return disputes.raise_dispute(case, by=by or cast.iris, on=day(on), **how)


def rung(cast, name):
    return next(rung for rung in ladder_of(cast.northmoor) if rung.name == name)


def climbed(cast, dispute, name, on, **how):
    return disputes.escalate(dispute, to=rung(cast, name), by=cast.iris, on=day(on), **how)


def answered(cast, dispute, on, *, by=None, text="We will arrange it.", accepts="no"):
    return disputes.answer(dispute, by=by or cast.tess, on=day(on), text=text, accepts=accepts)


def now(dispute):
    """The dispute as it is stored: a protected state is read anew, never refreshed in place."""
    return Dispute.objects.get(pk=dispute.pk)


def told(case, *happenings):
    return case.events.standing().filter(happening__in=happenings)


def nudged(about):
    found = Notice.objects.filter(kind="dispute", about__startswith=about)
    return {notice.recipient.name.split()[0].lower() for notice in found.select_related("recipient")}


def unchanged(case, act, words):
    """The act is refused with these words, and the case and its disputes stay exactly as they were."""
    before = _stored(case)
    with pytest.raises(Refusal) as refusal:
        act()
    assert words in str(refusal.value)
    assert _stored(case) == before
    return refusal.value


def _stored(case):
    return (
        Case.objects.get(pk=case.pk).version,
        list(case.events.values_list("pk", flat=True)),
        sorted(Dispute.objects.values_list("pk", "state", "rung", "addressed_to", "changed_for_child")),
        Notice.objects.filter(kind="dispute").count(),
    )
