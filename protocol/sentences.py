"""A duty in plain English: "The IRO service must allocate an IRO … within 5 working days of issue"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from protocol.happenings.names import Happening
from protocol.periods import Anchor, Due, Word
from protocol.vocabulary import Kind, Role, Unit

if TYPE_CHECKING:
    from protocol.duty import Duty

COUNTED_FROM = {
    Happening.RISK_IDENTIFIED: "the risk being identified",
    Happening.BECAME_LOOKED_AFTER: "becoming looked after",
    Happening.AUTHORITY_TO_PLACE: "authority to place for adoption",
    Happening.PLACED_FOR_ADOPTION: "placement for adoption",
    Happening.DECISION_TO_ISSUE: "the decision to issue",
    Happening.PROCEEDINGS_ISSUED: "the issue of proceedings",
    Happening.IRO_ALLOCATED: "the IRO's allocation",
    Happening.GUARDIAN_ALLOCATED: "the guardian's allocation",
    Happening.APPENDIX_1_SENT: "the Appendix 1 letter",
    Happening.CHILD_ADDED: "the child being added",
    Happening.DOCUMENT_RECEIVED: "receiving each",
    Happening.MEETING_HELD: "the meeting",
    Happening.REVIEW_HELD: "the review",
    Happening.DISPUTE_RAISED: "the formal start",
    Happening.DISPUTE_MADE_FORMAL: "the formal start",
    Happening.DISPUTE_ESCALATED: "the step",
    Happening.DISPUTE_UNRESOLVED: "the dispute ending unresolved",
    Happening.APPENDIX_2_SENT: "the handover letter",
    Happening.REFERRAL_SUBMITTED: "the referral",
    Happening.REFERRAL_ALLOCATED: "the referral's allocation",
    Happening.PROGRESS_REPORT_SENT: "each progress report",
    Happening.SETTLED: "the settlement",
    Happening.JUDGMENT_GIVEN: "the judgment",
    Happening.PROTOCOL_SIGNED: "signing",
    Happening.PROTOCOL_REVIEWED: "the last review",
}
NAMES = (Role.CAFCASS_LEGAL, Role.LA_LEGAL, Role.EVERYONE)
VERB = {Kind.MUST: "must", Kind.SHOULD: "should", Kind.MAY: "may", Kind.STANDING: "must at all times"}


def counted_from(anchor: Happening | Anchor) -> str:
    return anchor.value if isinstance(anchor, Anchor) else COUNTED_FROM[anchor]


def rule_in_words(due: Due, number: int | None) -> str:
    """The rule of one date, with the number that governs it (a local agreement may have tightened it)."""
    since = counted_from(due.of)
    if due.word is Word.BEFORE:
        return f"before {since}"
    if due.word is Word.ON_THE_DATE or due.period is None:
        return f"by {since}"
    if number == 0 and due.period.unit is Unit.WORKING_DAYS:
        return f"on the same working day as {since}"
    if number == 1 and due.word is Word.WITHIN and due.period.unit is Unit.WORKING_DAYS:
        return f"by the next working day after {since}"
    period = f"{number} {due.period.unit.label}{'' if number == 1 else 's'}" if number else due.period.words
    if due.word is Word.NO_LATER_THAN:
        return f"no later than {period} before {since}"
    if due.word is Word.EVERY:
        return f"every {period} from {since}"
    return f"within {period} {'beginning with' if due.beginning_with else 'of'} {since}"


def sentence_of(duty: Duty) -> str:
    people = [_with_article(role) for role in (duty.owed_by, *duty.also_owed_by)]
    who = " and ".join(filter(None, (", ".join(people[:-1]), people[-1])))
    return f"{who[0].upper()}{who[1:]} {VERB[duty.kind]} {duty.action}{_when(duty)}.{_whose_limit(duty)}"


def _with_article(role: Role) -> str:
    return role.label if role in NAMES else f"the {role.label}"


def _when(duty: Duty) -> str:
    if duty.timing:
        return f", {duty.timing}"
    if not duty.due:
        return ""
    rules = [rule_in_words(due, due.own_number) for due in duty.due]
    conditions = [f", only if {due.only_if}" if due.only_if else "" for due in duty.due]
    if len(set(conditions)) == 1:
        return f" {', or '.join(dict.fromkeys(rules))}{conditions[0]}"
    told = dict.fromkeys(f"{rule}{condition}" for rule, condition in zip(rules, conditions, strict=True))
    return f" {'; or '.join(told)}"


def _whose_limit(duty: Duty) -> str:
    return " (The limit is our own target, not the source's.)" if duty.is_target else ""
