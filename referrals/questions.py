"""What an IRO is asked before a referral, one question a page, each with its clause (PN 2.1, 3.1, 3.4, 4.1–4.4, Annex)."""

from dataclasses import dataclass

YES, NO, UNSURE = ("yes", "Yes"), ("no", "No"), ("unsure", "It is not clear")


@dataclass(frozen=True)
class Question:
    name: str
    title: str
    hint: str
    clause: str
    short: str
    choices: tuple = (YES, NO, UNSURE)
    # What the box for words asks, and after which answers something must stand in it.
    words: str = "Why do you say so?"
    words_after: tuple = ()


STANDING = (
    Question(
        "looked_after", "Is the child looked after?",
        "Only the IRO of a looked-after child can refer, or the IRO of a child placed by a voluntary organisation or "
        "a private children’s home that appointed the IRO. Everybody else uses the usual procedures of the authority.",
        "PN 2.1, 3.4; REF-26", "Looked after",
        (("looked_after", "Yes, looked after by the authority"),
         ("placed", "Placed by a voluntary organisation or private home that appointed the IRO"),
         ("neither", "Neither")),
        "Anything to add?",
    ),
    Question(
        "tried", "What has been tried to put it right?",
        "A referral is the last resort: local resolution has failed or is failing. The whole ladder need not have been "
        "climbed where the child cannot wait.",
        "PN 3.1; GPP; REF 2.f", "What has been tried",
        (("failed", "The dispute process has ended without an answer"),
         ("failing", "Steps have been taken and are failing"),
         ("not_yet", "The dispute process has not been used")),
        "What was tried, with what result? If nothing was, why not?", ("failed", "failing", "not_yet"),
    ),
    Question(
        "impact", "What would a referral mean for the child?",
        "Consider the impact on the child, and decide by the timetable for the child: what has to happen for this child, "
        "and by when.",
        "PN 3.1", "Impact and timetable",
        (("cannot_wait", "The child’s timetable leaves no time to lose"),
         ("can_wait", "There is some time"), UNSURE),
        "What is the impact, and what is the child’s timetable?", ("cannot_wait", "can_wait", "unsure"),
    ),
)  # fmt: skip
EXCLUSIONS = (
    Question(
        "child_can_act", "Can the child bring proceedings without an adult to act?",
        "Is the child of sufficient age and understanding? Then see that the child has access to a suitably "
        "experienced solicitor, and that legal aid is explained.",
        "PN 4.1a; REF-4", "Child able to act",
        words="Which solicitor is the child put in touch with, and who explained legal aid? If no: why not?",
        words_after=("yes",),
    ),
    Question(
        "adult_willing", "Is a suitable adult able and willing to act for the child?",
        "A parent, a relative, a carer, a former guardian, an advocate: anybody independent of the authority.",
        "PN 4.1b; REF 2.f; DIS-6", "Adult willing to act",
        words="Who was considered or asked, and what did they say?", words_after=("yes", "no", "unsure"),
    ),
    Question(
        "time_for_process", "Does the child’s timetable allow the full dispute process?",
        "A placement that is about to end may not; a school place for next September may.",
        "PN 4.1c; REF-4", "Time for the dispute process",
    ),
    Question(
        "children_act", "Could a Children Act application give the remedy?",
        "In proceedings that are running or new ones: contact with a brother or sister, for one. Judicial review is "
        "not for what a family court can put right.",
        "PN 4.1c; REF-4", "Children Act remedy",
    ),
    Question(
        "compensation", "Is this a claim for compensation?",
        "Cafcass does not deal with compensation. The Official Solicitor does.", "PN 4.2; REF-5", "Compensation claim",
    ),
    Question(
        "more_fitting", "Is the case more fitting for the Official Solicitor in another way?",
        "The Official Solicitor conducts a wide range of civil litigation for children.",
        "PN 4.3; REF-5", "For the Official Solicitor",
    ),
)  # fmt: skip
LIKE = (("yes", "Yes, it is like this"), ("no", "No"))
TO_CAFCASS = (
    Question(
        "statutory", "Is it an unreasonable failure to meet statutory requirements?",
        "For example a long delay in allocating a social worker, or visits not made in time.",
        "PN Annex A i", "Statutory requirements not met", LIKE, words="In what way?",
    ),
    Question(
        "plan", "Is it an unreasonable failure to carry out an important part of the care plan?",
        "For example sibling contact, or a foster placement for a child seeking asylum.",
        "PN Annex A ii", "Care plan not carried out", LIKE, words="In what way?",
    ),
    Question(
        "conflict", "Is the plan not carried out because decisions outside the review conflict with it?",
        "For example the funding of a specialist placement or of therapy.",
        "PN Annex A iii", "Conflict outside the review", LIKE, words="In what way?",
    ),
    Question(
        "move", "Is it an unreasonable decision to move the child to another placement?",
        "", "PN Annex A iv", "Unreasonable move", LIKE, words="In what way?",
    ),
)  # fmt: skip
TO_OFFICIAL_SOLICITOR = (
    Question(
        "injury", "Is it a personal injury claim against the authority?",
        "", "PN Annex B i; REF-5", "Personal injury", LIKE, words="In what way?",
    ),
    Question(
        "negligence", "Is it a claim for harm because the authority failed to bring care proceedings?",
        "Harm the child suffered through the authority’s negligence.",
        "PN Annex B ii; REF-5", "Negligence", LIKE, words="In what way?",
    ),
    Question(
        "incapacity", "Is it about a 17 year old who cannot manage their affairs and is likely to stay so?",
        "Because of mental disability, and likely to remain so as an adult.",
        "PN Annex B iii; REF-5", "Incapacity at 17", LIKE, words="In what way?",
    ),
)  # fmt: skip

QUESTIONS = (*STANDING, *EXCLUSIONS, *TO_CAFCASS, *TO_OFFICIAL_SOLICITOR)
BY_NAME = {question.name: question for question in QUESTIONS}
ORDER = tuple(BY_NAME)


def after(name):
    """The question that follows, or None at the end."""
    at = ORDER.index(name) + 1
    return QUESTIONS[at] if at < len(QUESTIONS) else None


def before(name):
    at = ORDER.index(name)
    return QUESTIONS[at - 1] if at else None


def first_unanswered(answers):
    return next((question for question in QUESTIONS if question.name not in answers), None)
