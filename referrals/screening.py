"""Where the answers before a referral point. It advises and never forbids: the IRO decides (PN 3.1, 4.1–4.4).

Every outcome whose answers call for it is shown. The leading one is the first in this order:

1. Nobody but the IRO of a looked-after or placed child can refer: without standing nothing else matters (PN 3.4).
2. What the Official Solicitor does, Cafcass does not do at all, whoever could act for the child (PN 4.2, 4.3).
3. The child who can act comes before any adult, the willing adult before Cafcass (PN 4.1a before 4.1b, as PN 3.17).
4. Where a family court can give the remedy, other litigation is not appropriate, now or later (PN 4.1c).
5. Time for the dispute process comes last: it is the only reason that passes by itself (PN 4.1c).

Nothing of these: refer. That the case is like no example of Annex A excludes nothing, the list is not
exhaustive; it is said beside the outcome, as is every answer "not clear", for which PN 4.4 offers a discussion.
"""

from dataclasses import dataclass

from django.db import models

from referrals.questions import QUESTIONS, TO_CAFCASS, TO_OFFICIAL_SOLICITOR


class Outcome(models.TextChoices):
    NOT_LOOKED_AFTER = "not_looked_after", "A referral is not open for this child"
    OFFICIAL_SOLICITOR = "official_solicitor", "This is for the Official Solicitor"
    CHILD_CAN_INSTRUCT = "child_can_instruct", "The child can instruct a solicitor"
    ADULT_WILLING = "adult_willing", "A suitable adult is willing to act"
    CHILDREN_ACT_APPLICATION = "children_act_application", "A Children Act application would do"
    TIME_FOR_DISPUTE_PROCESS = "time_for_dispute_process", "There is time for the dispute process"
    REFER = "refer", "Refer to Cafcass Legal"


@dataclass(frozen=True)
class Advice:
    """One outcome, in words: what to do about it, and the clause."""

    outcome: Outcome
    what_to_do: str
    clause: str

    @property
    def label(self):
        return self.outcome.label


OS_EXAMPLES = tuple(question.name for question in TO_OFFICIAL_SOLICITOR)
CALLED_FOR_BY = {
    Outcome.NOT_LOOKED_AFTER: (("looked_after", "neither"),),
    Outcome.OFFICIAL_SOLICITOR: tuple(
        (name, "yes") for name in ("compensation", "more_fitting", *OS_EXAMPLES)
    ),
    Outcome.CHILD_CAN_INSTRUCT: (("child_can_act", "yes"),),
    Outcome.ADULT_WILLING: (("adult_willing", "yes"),),
    Outcome.CHILDREN_ACT_APPLICATION: (("children_act", "yes"),),
    Outcome.TIME_FOR_DISPUTE_PROCESS: (("time_for_process", "yes"),),
}
ADVICE = {
    Outcome.NOT_LOOKED_AFTER: (
        "Concerns about a child who is neither looked after nor placed by a voluntary organisation or private home go "
        "through the authority’s usual procedures: complaints, representations, the child’s own solicitor.",
        "PN 2.1, 3.4; REF-26",
    ),
    Outcome.OFFICIAL_SOLICITOR: (
        "Send the case to the Official Solicitor. First ask the court for its permission to disclose papers to the "
        "Official Solicitor, and say here on which day you asked.",
        "PN 4.2, 4.3, Annex B; REF-5",
    ),
    Outcome.CHILD_CAN_INSTRUCT: (
        "See that the child has access to a suitably experienced solicitor and that legal aid is explained.",
        "PN 4.1a; REF-4",
    ),
    Outcome.ADULT_WILLING: (
        "The adult brings the proceedings for the child. Put them in touch with a suitably experienced solicitor.",
        "PN 4.1b; REF-4",
    ),
    Outcome.CHILDREN_ACT_APPLICATION: (
        "An application in current or new Children Act proceedings comes before any other litigation.",
        "PN 4.1c; REF-4",
    ),
    Outcome.TIME_FOR_DISPUTE_PROCESS: (
        "Exhaust the local dispute process first: the child’s timetable leaves time for it.",
        "PN 4.1c; REF-4",
    ),
    Outcome.REFER: (
        "Nothing in your answers speaks against a referral. Refer without delay.",
        "CA 1989 s25B(3); PN 3.1",
    ),
}  # fmt: skip


def outcomes(answers):
    """All that the answers call for, the leading one first. `answers`: the answer to each question by its name."""
    found = [
        outcome
        for outcome, calls in CALLED_FOR_BY.items()
        if any(answers.get(question) == answer for question, answer in calls)
    ]
    return [_advice(outcome) for outcome in found or [Outcome.REFER]]


def leading(answers):
    return outcomes(answers)[0].outcome


def _advice(outcome):
    return Advice(outcome, *ADVICE[outcome])


def remarks(answers):
    """What to weigh besides: it changes no outcome."""
    said = []
    if unclear := [question.short for question in QUESTIONS if answers.get(question.name) == "unsure"]:
        said.append(
            f"Not clear: {', '.join(unclear).lower()}. Cafcass Legal and the Official Solicitor’s office are there "
            "to discuss it before you decide (PN 4.4, REF-28)."
        )
    if answers.get("tried") == "not_yet":
        said.append(
            "The dispute process has not been used. A referral is the last resort; it is open to you all the same, "
            "with the reason you gave (GPP, PN 3.1)."
        )
    if not any(answers.get(question.name) == "yes" for question in TO_CAFCASS):
        said.append(
            "The case is like none of the examples. The list is not exhaustive: say in your account what makes this "
            "an unreasonable failure (PN Annex A)."
        )
    return said
