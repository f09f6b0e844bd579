"""What a letter cannot go without, and what a good handover would say besides: the second are warnings only.

The letters that help IROs least are empty or say what every letter says; see END-3 and PN 2.3.
"""

from dataclasses import dataclass

from django.utils import timezone

from letters import gather
from letters.kinds import OF_A_REFERRAL, TO_THE_CHILD, LetterKind
from referrals import handling
from referrals.models import Decision

_TELEPHONE = (
    "guardian_telephone",
    "Add the guardian’s telephone number to their details: the letter gives it.",
)
_DECIDED = ("what_was_decided", "Tell the child what the judge decided.")
MUST_HAVE = {
    LetterKind.APPENDIX_1: [_TELEPHONE],
    LetterKind.APPENDIX_2: [
        ("concluded_on", "Record the day the proceedings concluded."),
        ("outcome", "Say what the court decided: the handover begins with it."),
        _TELEPHONE,
    ],
    LetterKind.IRO_NAMED: [
        ("iro_name", "Allocate an IRO first: the notice names them."),
        ("iro_telephone", "Add the IRO’s telephone number to their details: the notice gives it."),
    ],
    LetterKind.LA_LEGAL_NOTICE: [
        ("contact_telephone", "Add your telephone number to your details: the notice gives it."),
    ],
    LetterKind.DELAY_LETTER: [
        ("reason", "Give the reasons for the delay: that is what the letter is for (PN 3.16)."),
    ],
    LetterKind.PROGRESS_NOTE: [
        ("since_last", "Say what has been done."),
        ("comes_next", "Say what comes next."),
    ],
    LetterKind.FINAL_REPORT: [
        ("reasons_for_ending", "Give the reasons for bringing it to an end (PN 3.21)."),
    ],
    # What a decision lacks is for the referral to say, below.
    LetterKind.DECISION_REPORT: [],
} | {kind: [_DECIDED] for kind in TO_THE_CHILD}

# Words that fill a box without saying anything about this child.
SAYS_NOTHING = {
    "n/a", "na", "nil", "none", "no", "nothing", "nothing to add", "nothing to report", "nothing further",
    "not applicable", "no matters", "no matters arising", "no issues", "no issues identified", "no concerns",
    "no comment", "no comments", "tbc", "to be confirmed", "the usual", "standard", "continue", "monitor",
    "continue as planned", "please monitor", "please monitor the plan", "please monitor the care plan",
    "follow the plan", "follow the care plan", "care plan", "as planned",
}  # fmt: skip
POINTS_ELSEWHERE = (
    "as above",
    "as before",
    "as discussed",
    "as agreed",
    "as per ",
    "see ",
    "refer to ",
    "i have no ",
)
FEWEST_WORDS = 6


def missing(letter):
    """What the letter cannot go without, a sentence each."""
    said = gather.contents_of(letter, dated=timezone.localdate())
    absent = [sentence for name, sentence in MUST_HAVE[LetterKind(letter.kind)] if not getattr(said, name)]
    if letter.addressed_to and not letter.addressed_to.address.strip():
        absent.append(
            f"Add the address of {letter.addressed_to} to its details: the letter is addressed to it."
        )
    if letter.kind == LetterKind.DECISION_REPORT:
        absent += handling.decision_doubts(letter.referral)
    return absent


def is_overtaken(letter):
    """Whether the decision was changed after the report on it was approved: nobody stands by it as it now is."""
    if letter.kind != LetterKind.DECISION_REPORT or letter.approved_at is None:
        return False
    decision = Decision.objects.filter(referral=letter.referral_id).first()
    return decision is not None and decision.changed_at > letter.approved_at


@dataclass(frozen=True)
class Doubt:
    field: str
    sentence: str

    @property
    def anchor(self):
        return anchor(self.field)


def anchor(field):
    """Where the form asks about it: the first box of a date or of a choice."""
    if field == "matters":
        return "id_matter_1"
    return f"id_{field}_0" if field.endswith("_on") or field == "goodbye" else f"id_{field}"


def is_boilerplate(text):
    words = " ".join(text.casefold().split()).strip(" .!-")
    return words in SAYS_NOTHING or (words.startswith(POINTS_ELSEWHERE) and len(words.split()) < 8)


def doubts_of(letter, *, said_before=frozenset()):
    """What to ask the author before the letter is approved. `said_before`: texts of this author's other letters."""
    if letter.kind in OF_A_REFERRAL:
        return list(_of_a_referral(letter))
    if letter.kind != LetterKind.APPENDIX_2:
        return []
    answers = letter.answers
    return [
        *_of_outcome(answers),
        *_of_visits(answers),
        *_of_plan(answers),
        *_of_matters(answers, said_before),
    ]


def _of_a_referral(letter):
    """What a colleague would ask: whether manager and lawyer were consulted, and what the report leaves out."""
    kind, typed = letter.kind, letter.answers
    if kind == LetterKind.DECISION_REPORT:
        yield from (Doubt("", sentence) for sentence in handling.decision_cautions(letter.referral))
        if not letter.referral.enquiries.exists():
            yield Doubt("", "No enquiry is recorded: the report will say so (PN 3.12).")
    elif kind == LetterKind.DELAY_LETTER and not typed.get("report_expected_on"):
        yield Doubt("report_expected_on", "You have not said when the report can be expected.")
    elif kind == LetterKind.FINAL_REPORT:
        if not typed.get("reason_for_delay"):
            yield Doubt("reason_for_delay", "The report will say that the time limits were kept (PN 3.21).")
        if not typed.get("settlement"):
            yield Doubt("settlement", "The report will say that there was no settlement (PN 3.21).")
        if not typed.get("recommendations"):
            yield Doubt("recommendations", "The report will make no recommendation (PN 3.21).")


def _of_outcome(answers):
    outcome = answers.get("outcome", "").strip()
    if not outcome:
        yield Doubt("outcome", "You have not said what the court decided.")
    elif is_boilerplate(outcome):
        yield Doubt("outcome", f"“{outcome}” does not tell the IRO what the court decided.")


def _of_visits(answers):
    goodbye = answers.get("goodbye")
    if not goodbye:
        yield Doubt("goodbye", "You have not said whether there is a goodbye visit.")
    elif goodbye in ("planned", "done") and not answers.get("goodbye_visit_on"):
        yield Doubt("goodbye", "You have not said on which day the goodbye visit is.")


def _of_plan(answers):
    if not answers.get("final_plan_provided_on"):
        yield Doubt(
            "final_plan_provided_on", "The letter will say that the final care plan has not reached the IRO."
        )
    if not answers.get("final_plan_discussed_on"):
        yield Doubt(
            "final_plan_discussed_on",
            "The letter will say that you and the IRO have not talked the plan through.",
        )
    oversight = answers.get("oversight", "").strip()
    if not oversight:
        yield Doubt("oversight", "You have said nothing about how closely the plan needs watching.")
    elif is_boilerplate(oversight):
        yield Doubt("oversight", f"“{oversight}” does not say how closely this plan needs watching.")


def _of_matters(answers, said_before):
    matters = [matter["text"].strip() for matter in answers.get("matters", [])]
    if not matters:
        yield Doubt("matters", "You have said nothing about matters for the IRO’s attention.")
    for text in matters:
        if is_boilerplate(text):
            yield Doubt("matters", f"“{text}” gives the IRO nothing to follow up at the next review.")
        elif text.casefold() in said_before:
            yield Doubt(
                "matters", f"“{text}” is word for word in another of your letters. Is it about this child?"
            )
        elif len(text.split()) < FEWEST_WORDS:
            yield Doubt("matters", f"“{text}” is short: would the IRO know what to look for, and by when?")
