"""What the letters of a referral say, each to everybody it is sent to (REF-10, 12, 13, 17, 21)."""

from dataclasses import dataclass
from datetime import date

from letters.contents.sheet import Sheet
from letters.kinds import LetterKind

ABOUT = ("number_of_children", "children", "authority", "submitted_on")


@dataclass(frozen=True, kw_only=True)
class OfAReferral(Sheet):
    """Which referral it is about."""

    number_of_children: int
    children: tuple[str, ...]
    authority: str
    submitted_on: date


@dataclass(frozen=True, kw_only=True)
class FromTheOfficer(OfAReferral):
    """How to reach the officer: the child is told too (PN 3.18b)."""

    officer_telephone: str = ""
    officer_email: str = ""


@dataclass(frozen=True, kw_only=True)
class LaLegalNotice(OfAReferral):
    """Cafcass Legal tells the authority's legal department that a referral has come (REF-10, PN 3.6)."""

    kind = LetterKind.LA_LEGAL_NOTICE
    must_say = (*ABOUT, "received_on", "allocated_to", "contact_name", "contact_telephone", "contact_email")
    iro_name: str
    received_on: date
    allocated_to: str = ""
    contact_name: str
    contact_telephone: str = ""
    contact_email: str = ""


@dataclass(frozen=True, kw_only=True)
class DelayLetter(FromTheOfficer):
    """Why the report cannot come within two weeks, and when it may be expected (REF-13, PN 3.16)."""

    kind = LetterKind.DELAY_LETTER
    must_say = (*ABOUT, "due_on", "reason", "report_expected_on", "officer_telephone")
    received_on: date | None = None
    due_on: date | None = None
    reason: str = ""
    report_expected_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionReport(FromTheOfficer):
    """What will be done, by whom, with reasons, after the five questions of PN 3.14 (REF-12, PN 3.21)."""

    kind = LetterKind.DECISION_REPORT
    must_say = (
        *ABOUT,
        "iro_name",
        "concern",
        "sought",
        "enquiries",
        "rights_compromised",
        "more_resolution",
        "other_proceedings",
        "court_claim",
        "wishes",
        "who_acts",
        "action",
        "reasons",
        "not_done",
        "next_dates",
        "officer_telephone",
    )
    iro_name: str
    received_on: date | None = None
    concern: str = ""
    sought: str = ""
    enquiries: tuple[str, ...] = ()
    findings: str = ""
    rights_compromised: str = ""
    rights_because: str = ""
    more_resolution: str = ""
    resolution_by: str = ""
    other_proceedings: str = ""
    other_proceedings_because: str = ""
    court_claim: str = ""
    court_claim_because: str = ""
    wishes: str = ""
    child_can_instruct: str = ""
    adult_willing: str = ""
    who_acts: str = ""
    litigation_friend: str = ""
    manager_consulted_on: date | None = None
    legal_consulted_on: date | None = None
    action: str = ""
    reasons: str = ""
    not_done: str = ""
    next_dates: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProgressNote(FromTheOfficer):
    """What was done since the last, and what comes next (REF-21)."""

    kind = LetterKind.PROGRESS_NOTE
    must_say = (*ABOUT, "since_last", "comes_next", "officer_telephone")
    since_on: date | None = None
    since_last: str = ""
    comes_next: str = ""
    next_note_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class FinalReport(FromTheOfficer):
    """Why it has ended, why there was delay, what was settled, what is recommended (REF-17, PN 3.21)."""

    kind = LetterKind.FINAL_REPORT
    must_say = (
        *ABOUT,
        "reasons_for_ending",
        "reason_for_delay",
        "settlement",
        "recommendations",
        "officer_telephone",
    )
    decided_on: date | None = None
    ended_on: date | None = None
    how_it_ended: str = ""
    reasons_for_ending: str = ""
    reason_for_delay: str = ""
    settlement: str = ""
    recommendations: str = ""
