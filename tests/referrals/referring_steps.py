"""Given: a referral brought to where a test begins, through the product's own verbs."""

from datetime import timedelta

from django.utils import timezone

from accounts.roles import PersonRole
from cases.appointments import appoint
from referrals import questions, referring
from referrals.models import Referral, ReferralPaper
from tests.cases.steps import day, opened

# Answers that speak for a referral.
FOR = {
    "looked_after": "looked_after",
    "tried": "failing",
    "impact": "cannot_wait",
    "child_can_act": "no",
    "adult_willing": "no",
    "time_for_process": "no",
    "children_act": "no",
    "compensation": "no",
    "more_fitting": "no",
    "statutory": "no",
    "plan": "yes",
    "conflict": "no",
    "move": "no",
    "injury": "no",
    "negligence": "no",
    "incapacity": "no",
}
ACCOUNT = {
    "concern": "Time with her sister, agreed in the care plan, has not begun.",
    "why_failing": "Three managers agreed and nothing was arranged.",
    "sought": "That the authority carries out the contact plan.",
    "wishes": "She wants to see her sister every week.",
    "wishes_on_court": "She would like a judge to know.",
}


def reviewed(cast, *children, on="2025-02-03"):
    """A case in proceedings whose children Iris reviews for."""
    children = list(children or [cast.amber])
    case = opened(cast, *children, on=on)
    appoint(cast.iris, PersonRole.IRO, children=children, on=day(on), by=cast.mona)
    return case


def begun(cast, case, *children):
    return referring.begin(case, by=cast.iris, children=list(children or [cast.amber]))


def screened(referral, by, against="", **answers):
    for name, given in (FOR | answers).items():
        asked = questions.BY_NAME[name]
        because = f"About {asked.short.lower()}." if given in asked.words_after else ""
        referring.answer(referral, name, by=by, answer=given, because=because)
    referring.finish_screening(referral, by=by, against_because=against)
    return again(referral)


def written(referral, by, **texts):
    referral = again(referral)
    return referring.write(referral, by=by, seen_version=referral.version, **(ACCOUNT | texts))


def papers_answered(referral, by, **promised):
    """Every paper enclosed, but those promised: `promised` is days from today by the first word of its name."""
    referral = again(referral)
    answers = {}
    for paper in referral.papers.all():
        days = promised.get(paper.item.split()[0].lower())
        if days is None:
            answers[paper.pk] = (ReferralPaper.Answer.ENCLOSED, None, "")
        else:
            on = timezone.localdate() + timedelta(days=days)
            answers[paper.pk] = (ReferralPaper.Answer.TO_FOLLOW, on, "")
    return referring.promise(referral, answers, by=by, seen_version=referral.version)


def ready(cast, case, *children, **promised):
    referral = begun(cast, case, *children)
    screened(referral, cast.iris)
    written(referral, cast.iris)
    return papers_answered(referral, cast.iris, **promised)


def submitted(cast, case, *children, on=None, **promised):
    referral = ready(cast, case, *children, **promised)
    return referring.submit(referral, by=cast.iris, on=day(on) if on else timezone.localdate())


def again(referral):
    return Referral.objects.get(pk=referral.pk)
