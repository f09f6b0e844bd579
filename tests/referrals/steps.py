"""Given: a dispute or a referral brought to where a test begins, through the product's verbs."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.roles import PersonRole
from cases.appointments import appoint
from cases.models import Case, Event
from cases.refusal import Refusal
from referrals import handling
from referrals.models import (
    Referral,
    Screening,
)
from tests.cases.steps import day, happened, opened

FULL_DECISION = {
    "rights_compromised": "yes",
    "rights_because": "No visit has been made for four months.",
    "more_resolution": "no",
    "other_proceedings": "no",
    "court_claim": "yes",
    "court_claim_because": "The authority will not name a social worker.",
    "wishes": "She wants to see her brother.",
    "child_can_instruct": "no",
    "adult_willing": "no",
    "who_acts": "cafcass",
    "litigation_friend": "An application is drafted.",
    "action": "proceedings",
    "reasons": "Nothing short of a claim is left.",
}


def referred(cast, *children, on, missing=(), case=None):
    """Iris, who is their IRO, has referred children of a case to Cafcass Legal."""
    children = list(children or [cast.amber])
    if case is None:
        case = opened(cast, *children, on="2025-02-03")
        appoint(cast.iris, PersonRole.IRO, children=children, on=day("2025-02-05"), by=cast.mona)
    referral = Referral.objects.create(
        authority=case.authority, case=case, ref=f"Referral {case.referrals.count() + 1}", iro=cast.iris,
        begun_at=timezone.now(),
    )  # fmt: skip
    referral.children.set(children)
    Screening.objects.create(referral=referral)
    papers = [{"item": item, "promised_on": day(promised)} for item, promised in missing]
    happened(case, "referral_submitted", on, referral=referral.ref, missing=papers)
    return now(referral)


def now(referral):
    """The referral as it is stored; a protected state is read anew."""
    return Referral.objects.get(pk=referral.pk)


def case_of(referral):
    return Case.objects.get(pk=referral.case_id)


def received(cast, *children, on, **how):
    referral = referred(cast, *children, on=on, **how)
    return handling.receive(referral, by=cast.lex, on=day(on))


def allocate(cast, referral, officer, *, on):
    route = "high_court_team" if officer.organisation_id == cast.cafcass_legal.pk else "local_manager"
    return handling.allocate(referral, by=cast.lex, on=day(on), route=route, officer=officer)


def allocated(cast, *children, on, officer=None, **how):
    """Submitted, received and allocated on one day: to Gareth of Cafcass Greyhills unless said otherwise."""
    return allocate(cast, received(cast, *children, on=on, **how), officer or cast.gareth, on=on)


def decide(referral, on, **answers):
    """Its officer sends the decision report: proceedings by Cafcass unless said otherwise."""
    handling.keep_decision(referral, by=referral.officer, **{**FULL_DECISION, **answers})
    return handling.decision_report_sent(referral, by=referral.officer, on=day(on))


def decided(cast, *children, on, decided_on, officer=None, **answers):
    """Allocated on one day and decided on another."""
    return decide(allocated(cast, *children, on=on, officer=officer), decided_on, **answers)


# Monday 3 March 2025. Two weeks later is Monday 17 March, six weeks later Monday 14 April.
SUBMITTED = date(2025, 3, 3)


def refused(act, *words, kind=Refusal):
    """The act is refused with a sentence that holds these words, and writes no fact."""
    facts = Event.objects.count()
    with pytest.raises(kind) as refusal:
        act()
    for word in words:
        assert word in str(refusal.value)
    assert Event.objects.count() == facts


def latest(referral, happening):
    return referral.case.events.standing().filter(happening=happening).latest("pk")
