"""What a draft still needs, part by part: a sentence each. A paper never holds a referral up, a missing date does."""

from dataclasses import dataclass

from django.utils import timezone

from cases.dates import weekday_date
from referrals import questions
from referrals.models import ReferralPaper
from referrals.screening import Outcome

SCREENING, ACCOUNT, WISHES, NEEDS, PAPERS = "screening", "account", "wishes", "needs", "papers"
TITLES = {
    SCREENING: "Screening",
    ACCOUNT: "Your account",
    WISHES: "The child’s wishes and feelings",
    NEEDS: "Other agencies and communication",
    PAPERS: "Papers",
}


@dataclass(frozen=True)
class Lack:
    part: str
    field: str
    sentence: str


def lacking(referral):
    """Everything that keeps a draft from being submitted, in the order of its parts."""
    return [*_screening(referral), *_account(referral), *_wishes(referral), *_papers(referral)]


def answers_of(referral):
    return dict(referral.screening.answers.values_list("question", "answer"))


def _screening(referral):
    answers = answers_of(referral)
    if following := questions.first_unanswered(answers):
        left = len(questions.QUESTIONS) - len(answers)
        yield Lack(
            SCREENING, following.name,
            f"Answer the screening questions: {left} still to answer (PN 3.1, 4.1; REF-3, REF-4).",
        )  # fmt: skip
        return
    screening = referral.screening
    if screening.finished_at is None:
        yield Lack(SCREENING, "finish", "Look at where the screening points, and save it (REF-3).")
    elif screening.outcome != Outcome.REFER and not screening.against_because:
        yield Lack(
            SCREENING, "against_because",
            f"The screening says: {Outcome(screening.outcome).label[0].lower()}{Outcome(screening.outcome).label[1:]}. "
            "You may refer all the same: say why (GPP, PN 4.1–4.3).",
        )  # fmt: skip


def _account(referral):
    if not referral.concern:
        yield Lack(ACCOUNT, "concern", "Write what the concern is (IRO Handbook 8.15).")
    if not referral.why_failing:
        yield Lack(ACCOUNT, "why_failing", "Write why local resolution is failing (PN 3.1, REF 2.f).")
    if referral.is_urgent and not referral.urgent_because:
        yield Lack(ACCOUNT, "urgent_because", "Say why the referral is urgent (PN 3.20).")


def _wishes(referral):
    if not referral.wishes:
        yield Lack(
            WISHES,
            "wishes",
            "Convey the child’s wishes and feelings, or say why the child cannot give them (PN 3.10).",
        )
    if not referral.wishes_on_court:
        yield Lack(
            WISHES, "wishes_on_court",
            "Convey the child’s view of court proceedings, or say why the child cannot give one (PN 3.10).",
        )  # fmt: skip


def _papers(referral):
    today = timezone.localdate()
    for paper in referral.papers.all():
        if not paper.answer:
            yield Lack(
                PAPERS, f"answer_{paper.pk}",
                f"{paper.item}: it need not be here yet, but give the date by which it will come, or say why it is "
                "not applicable (PN 3.9).",
            )  # fmt: skip
        elif paper.answer == ReferralPaper.Answer.TO_FOLLOW and paper.promised_on < today:
            yield Lack(
                PAPERS, f"promised_on_{paper.pk}",
                f"{paper.item}: the date promised, {weekday_date(paper.promised_on)}, has passed. Give a new one (PN 3.9).",
            )  # fmt: skip


def tasks(referral):
    """The parts of a draft with their status, as the task list shows them."""
    lacks = {lack.part for lack in lacking(referral)}
    begun = _begun(referral)
    return [
        {"part": part, "title": title, "status": _status(part, lacks, begun)}
        for part, title in TITLES.items()
    ]


def _status(part, lacks, begun):
    if part in lacks:
        return "In progress" if part in begun else "Not yet started"
    if part == NEEDS and part not in begun:
        return "Optional"
    return "Completed"


def _begun(referral):
    written = {
        ACCOUNT: ("concern", "history", "why_failing", "sought"),
        WISHES: ("wishes", "wishes_on_court"),
        NEEDS: ("other_agencies", "communication_needs"),
    }
    begun = {part for part, names in written.items() if any(getattr(referral, name) for name in names)}
    if referral.screening.answers.exists():
        begun.add(SCREENING)
    if referral.papers.exclude(answer="").exists():
        begun.add(PAPERS)
    return begun
