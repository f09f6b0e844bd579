"""What a decision still lacks before its report may go, and what does not sit well together in it (PN 3.14–3.19)."""

from referrals.models import Decision
from referrals.models.decision import YesNoUnsure

YES, NO = YesNoUnsure.YES, YesNoUnsure.NO
A = Decision.Action
QUESTIONS = (
    ("rights_compromised", "Answer the first question: are the child’s human rights being compromised? (PN 3.14a)"),
    ("more_resolution", "Answer the second question: can the dispute still be resolved, and by whom? (PN 3.14b)"),
    ("other_proceedings", "Answer the third question: could other proceedings solve it? (PN 3.14c)"),
    ("court_claim", "Answer the fourth question: is judicial review or a human-rights claim necessary? (PN 3.14d)"),
    ("wishes", "Answer the fifth question: write what the child wishes and feels, or why it cannot be known. (PN 3.14e)"),
    ("action", "Choose the action: a decision says what will be done. (PN 3.14)"),
    ("reasons", "Give the reasons for the action: the report states them. (PN 3.21)"),
)  # fmt: skip
NEEDS_SOMEBODY_TO_ACT = {A.NEGOTIATION, A.PROCEEDINGS, A.OTHER_PROCEEDINGS}


def decision_of(referral):
    return Decision.objects.filter(referral=referral).first()


def decision_doubts(referral):
    """What is missing, one sentence each: the report waits for these, and for nothing else."""
    decision = decision_of(referral)
    if decision is None:
        return [
            f"The decision on {referral.ref} has not been written down yet: answer its questions first (PN 3.14)."
        ]
    absent = [sentence for name, sentence in QUESTIONS if not getattr(decision, name).strip()]
    if decision.action in NEEDS_SOMEBODY_TO_ACT and not decision.who_acts:
        absent.append("Say who acts: the child, another adult, or only otherwise Cafcass. (PN 3.17)")
    return absent


def decision_cautions(referral):
    """What an experienced colleague would ask about. It is advice: the officer decides."""
    decision = decision_of(referral)
    return [] if decision is None else [*_consulted(decision), *_who_acts(decision), *_action(decision)]


def _consulted(decision):
    if decision.manager_consulted_on is None:
        yield "The officer’s manager has not been consulted, or the day is not written down (PN 3.14)."
    if decision.legal_consulted_on is None:
        yield "Cafcass Legal has not been consulted, or the day is not written down (PN 3.14)."


def _who_acts(decision):
    cafcass_acts = decision.who_acts == Decision.Actor.CAFCASS
    if cafcass_acts and decision.action in (A.PROCEEDINGS, A.OTHER_PROCEEDINGS):
        if decision.child_can_instruct == YES:
            yield "The child is able and willing to instruct a lawyer, yet Cafcass is to bring proceedings (PN 3.17)."
        if decision.adult_willing == YES:
            yield "An adult is able and willing to bring proceedings, yet Cafcass is to bring them (PN 3.17)."
        if not decision.child_can_instruct or not decision.adult_willing:
            yield (
                "Cafcass brings proceedings only if neither the child nor an adult can: answer both questions "
                "(PN 3.17)."
            )
    if decision.who_acts == Decision.Actor.CHILD and decision.child_can_instruct == NO:
        yield "The child is to act, but was found unable or unwilling to instruct a lawyer (PN 3.17)."
    if decision.who_acts == Decision.Actor.OTHER_ADULT and decision.adult_willing == NO:
        yield "Another adult is to act, but none was found able and willing (PN 3.17)."


def _action(decision):
    action = decision.action
    if action == A.PROCEEDINGS and decision.court_claim != YES:
        yield "A court claim is the action, but the fourth question does not say that one is necessary (PN 3.14d)."
    if (
        action == A.PROCEEDINGS
        and decision.who_acts == Decision.Actor.CAFCASS
        and not decision.litigation_friend
    ):
        yield "Say how appointment as the child’s litigation friend will be secured (PN 3.19)."
    if action == A.OTHER_PROCEEDINGS and decision.other_proceedings == NO:
        yield "Other proceedings are the action, but the third question says they would not help (PN 3.14c)."
    if action == A.NEGOTIATION and decision.more_resolution == NO:
        yield "Negotiation is the action, but the second question sees no way left to resolve it (PN 3.14b)."
    if action == A.NO_ACTION and decision.rights_compromised == YES:
        yield "The child’s rights are compromised, yet nothing is to be done: the reasons have to carry that (PN 3.21)."
    if action == A.NO_ACTION and not decision.not_done:
        yield "Say what the IRO asked for that will not be done, and why (PN 3.21)."
