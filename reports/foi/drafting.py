"""A draft of the reply, in plain words; whoever answers makes it theirs."""

from datetime import date

from cases.dates import weekday_date
from reports.foi.questions import OF_REFERRALS
from reports.foi.suppression import FEWEST

RIGHTS = (
    "If you are not content with how we have dealt with your request you may ask us for an internal review within "
    "40 working days. If you are still not content after that, you may apply to the Information Commissioner "
    "(ico.org.uk) for a decision."
)
HIDDEN_BECAUSE = (
    f"Some numbers are not shown. A number from one to {FEWEST - 1} could tell those who know a child who it is "
    "about, and so could a number from which it would follow; they are personal information of third parties, "
    "which section 40(2) of the Act exempts."
)
ATTACHED = "The form by which an IRO refers, left blank, and the guidance on referring are enclosed."
GUIDANCE = "The guidance that IROs work by is enclosed."


def draft(request, answer):
    """Paragraphs, one below the other."""
    counted_on = weekday_date(date.fromisoformat(answer.counted_on))
    parts = [
        "Dear requester",
        f"Your request under the Freedom of Information Act 2000, our number {request.reference}, reached us on "
        f"{weekday_date(request.received_on)}. You asked about: {_asked(request)}.",
        *_answered(request, answer),
        f"How it was counted, on {counted_on}: {answer.words}",
        *([HIDDEN_BECAUSE] if answer.hides else []),
        ATTACHED if request.question in OF_REFERRALS else GUIDANCE,
        RIGHTS,
    ]
    return "\n\n".join(parts)


def _asked(request):
    words = request.get_question_display()
    return (
        f"{words[0].lower()}{words[1:]}, from {weekday_date(request.from_on)} to "
        f"{weekday_date(request.until_on)}"
    )


def _answered(request, answer):
    what = "referrals" if request.question in OF_REFERRALS else "disputes"
    if answer.is_nought:
        return [
            f"The answer is none. {request.organisation} holds the information, has counted, and there were no "
            f"{what} in that time. Nothing is withheld: the number is 0."
        ]
    lines = "\n".join(f"{label}: {shown}" for label, shown in answer.cells)
    return [f"The answer is, in all: {answer.total}.", f"Divided:\n{lines}"]
