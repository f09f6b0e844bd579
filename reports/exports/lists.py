"""The lists there are: what each is called, its headings, and its rows for whoever asks."""

from collections.abc import Callable
from dataclasses import dataclass

from cases import worklist
from cases.models import Case, CaseChild, Child, Deadline, LocalAgreement, Matter, Miss
from letters.models import Letter
from protocol.duties import CATALOGUE
from protocol.vocabulary import Role
from referrals.models import Dispute, Referral

STATUSES = {
    "awaiting_date": "Awaiting a date", "open": "Open", "overdue": "Overdue", "met": "Met", "met_late": "Met late",
    "excused": "Excused", "not_required": "Not required",
}  # fmt: skip


@dataclass(frozen=True)
class List:
    """`rows(user, today)` yields cells and the records they are about, as the audit trail calls them."""

    title: str
    about: str
    heading: tuple
    rows: Callable


def _work(user, today):
    yield from _deadlines(Deadline.objects.owed_by_person(user).still_open(), today)


def _every_deadline(user, today):
    yield from _deadlines(Deadline.objects.visible_to(user), today)


DEADLINE = ("Duty", "What", "About", "Child", "Case", "Owed by", "Who", "Due", "Status", "Lateness", "Met")


def _deadlines(deadlines, today):
    for values in deadlines.order_by("due_on", "pk").values(*worklist.READ).iterator(2000):
        duty = CATALOGUE[values["duty"]]
        cells = (
            duty.id, duty.sentence, values["subject"], values["child__name"] or "", values["case__key"] or "",
            Role(values["owed_by"]).label, values["owner__name"] or values["owing__name"] or "", values["due_on"],
            STATUSES[worklist.status(values, today)], worklist.lateness(values, today), values["met_on"],
        )  # fmt: skip
        yield cells, _records(case=values["case__key"], child=values["child__key"])


def _cases(user, today):
    cases = Case.objects.visible_to(user).select_related("authority", "cafcass_office").order_by("pk")
    members = _members(cases)
    for case in cases.iterator(2000):
        children = members.get(case.pk, [])
        cells = (
            case.key, ", ".join(child.name for child in children), case.get_stage_display(), case.opened_on,
            case.issued_on, case.court, case.court_number, case.authority.name, case.cafcass_office.name,
        )  # fmt: skip
        yield cells, [("case", case.key), *(("child", child.key) for child in children)]


def _members(cases):
    found = {}
    listed = CaseChild.objects.filter(case__in=cases.order_by().values("pk"), left_on=None)
    for member in listed.select_related("child"):
        found.setdefault(member.case_id, []).append(member.child)
    return found


def _children(user, today):
    children = Child.objects.visible_to(user).prefetch_related("periods").order_by("name", "pk")
    for child in children.iterator(1000):
        current = next((period for period in child.periods.all() if period.ended_on is None), None)
        cells = (
            child.key, child.name, child.born, child.get_sex_display(), child.return_id,
            "Yes" if current else "No", current.began_on if current else None,
            current.legal_status if current else "",
        )  # fmt: skip
        yield cells, [("child", child.key)]


def _disputes(user, today):
    disputes = Dispute.objects.visible_to(user).select_related("case", "raised_by", "addressed_to")
    for one in disputes.prefetch_related("children").order_by("raised_on", "pk").iterator(1000):
        cells = (
            one.key, one.ref, one.case.key, ", ".join(child.name for child in one.children.all()), one.get_kind_display(),
            one.get_theme_display(), one.get_state_display(), one.rung, one.raised_by.name,
            one.addressed_to.name if one.addressed_to else "", one.raised_on, one.formal_on, one.ended_on,
        )  # fmt: skip
        yield cells, [("dispute", one.key), ("case", one.case.key), *_keys(one.children.all())]


def _referrals(user, today):
    referrals = Referral.objects.visible_to(user).select_related("case", "iro", "officer", "authority")
    for one in referrals.prefetch_related("children").order_by("submitted_on", "pk").iterator(1000):
        cells = (
            one.key, one.ref, one.case.key, one.authority.name, ", ".join(child.name for child in one.children.all()),
            one.get_state_display(), one.iro.name, one.submitted_on, one.received_on, one.allocated_on,
            one.officer.name if one.officer else "", one.decided_on, one.ended_on,
        )  # fmt: skip
        yield cells, [("referral", one.key), ("case", one.case.key), *_keys(one.children.all())]


def _letters(user, today):
    letters = Letter.objects.visible_to(user).select_related("case", "sender", "signatory", "referral")
    for one in letters.prefetch_related("children").order_by("pk").iterator(1000):
        cells = (
            one.key, one.get_kind_display(), one.case.key, ", ".join(child.name for child in one.children.all()),
            one.get_state_display(), one.sender.name, one.signatory.name, one.sent_on, one.acknowledged_on,
            one.usefulness,
        )  # fmt: skip
        yield cells, [("letter", one.key), ("case", one.case.key), *_keys(one.children.all())]


def _misses(user, today):
    """Standing misses of what one may see; those annulled are on the chronology."""
    mine = Deadline.objects.visible_to(user).order_by().values("key")
    misses = Miss.objects.filter(key__in=mine, annulled_at=None).select_related("case", "child")
    for one in misses.order_by("due_on", "pk").iterator(2000):
        case, child = one.case and one.case.key, one.child and one.child.key
        cells = (
            one.duty, CATALOGUE[one.duty].sentence, one.subject, one.child.name if one.child else "", case or "",
            one.due_on, one.force, one.reason,
        )  # fmt: skip
        yield cells, _records(case=case, child=child)


def _matters(user, today):
    mine = Child.objects.visible_to(user).order_by().values("pk")
    matters = Matter.objects.filter(child__in=mine).select_related("child", "closed_by")
    for one in matters.order_by("pk").iterator(1000):
        cells = (
            one.child.key, one.child.name, one.text, one.evidence, one.closed_on,
            one.closed_by.name if one.closed_by else "",
        )  # fmt: skip
        yield cells, [("child", one.child.key), ("matter", one.pk)]


def _agreements(user, today):
    mine = LocalAgreement.objects.filter(authority=user.organisation_id) | LocalAgreement.objects.filter(
        cafcass_office=user.organisation_id
    )
    for one in mine.select_related("authority", "cafcass_office").order_by("from_on"):
        cells = (
            one.authority.name, one.cafcass_office.name, one.from_on, one.signed_for_authority, one.signed_for_cafcass,
            ", ".join(one.variations), "; ".join(f"{duty}: {days}" for duty, days in one.tighter.items()),
        )  # fmt: skip
        yield cells, [("agreement", one.pk)]


def _records(**named):
    return [(kind, key) for kind, key in named.items() if key]


def _keys(children):
    return [("child", child.key) for child in children]


LISTS = {
    "work": List("My work", "What you owe now", DEADLINE, _work),
    "deadlines": List("Deadlines", "Every deadline you may see, met or not", DEADLINE, _every_deadline),
    "misses": List(
        "Missed deadlines", "Every miss that stands",
        ("Duty", "What", "About", "Child", "Case", "Was due", "Force", "Reason for lateness"), _misses,
    ),
    "cases": List(
        "Cases", "Every case you may see",
        ("Case", "Children", "Stage", "Opened", "Issued", "Court", "Court number", "Authority", "Cafcass office"), _cases,
    ),
    "children": List(
        "Children", "Every child whose record you may open",
        ("Key", "Name", "Born", "Sex", "Number in the return", "Looked after", "Since", "Legal status"), _children,
    ),
    "disputes": List(
        "Disputes", "Disputes and good-practice alerts of your cases",
        ("Key", "Name", "Case", "Children", "Kind", "Theme", "Stands", "Step", "Raised by", "Addressed to", "Raised",
         "Formal since", "Ended"), _disputes,
    ),
    "referrals": List(
        "Referrals", "Referrals to Cafcass Legal that you may see",
        ("Key", "Name", "Case", "Authority", "Children", "Stands", "IRO", "Submitted", "Received", "Allocated", "Officer",
         "Decided", "Ended"), _referrals,
    ),
    "letters": List(
        "Letters", "Letters you may read",
        ("Key", "Letter", "Case", "Children", "Stands", "From", "Signed by", "Sent", "Acknowledged", "How useful"), _letters,
    ),
    "matters": List(
        "Matters handed over", "What guardians handed over, open and closed",
        ("Key", "Child", "Matter", "What was done", "Closed", "Closed by"), _matters,
    ),
    "agreements": List(
        "Local agreements", "Those your organisation is a party to",
        ("Authority", "Cafcass office", "From", "Signed for the authority", "Signed for Cafcass", "Variations", "Tightened"),
        _agreements,
    ),
}  # fmt: skip
