"""Who looked at a child's record, in words: the audit trail read for an IRO manager or a subject-access answer."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts import audit
from accounts.audit.models import AuditEntry
from accounts.roles import PersonRole
from cases import witness
from cases.exports import Sheet
from cases.specifications import SPECIFICATIONS, specification_of

SIZE = 50
HEADING = ("When", "Who", "Role", "Organisation", "What", "Why", "Address", "Request")
LOOKED = {
    "my_work": "My work",
    "cases": "The list of cases",
    "children": "The list of children",
    "case": "The case, now",
    "who_may_open": "Who may open the case",
    "restrict": "A form to restrict the case",
    "restricted_cases": "The list of restricted cases",
    "restriction": "Who is on the list of the case",
    "restriction_change": "A form to change the list of the case",
    "restriction_lift": "A form to lift the restriction of the case",
    "emergency": "What was opened in an emergency",
    "cover": "Cover for absence",
    "whereabouts_new": "A form about where the child lives",
    "whereabouts_end": "A form about where the child lives",
    "whereabouts_correct": "A form about where the child lives",
    "child": "The child’s record",
    "why": "Why a deadline",
    "case_letters": "The case’s letters",
    "letter": "A letter",
    "letter_edit": "A letter, being written",
    "letter_check": "A letter, being checked",
    "letter_send": "A letter, about to be sent",
    "letter_pdf": "A letter’s PDF",
    "referral_letters": "The letters of a referral",
    "referral_letter": "A letter of a referral",
    "referral_letter_pdf": "A letter’s PDF",
    "recipient_pdf": "The PDF of one recipient",
    "case_disputes": "The case’s disputes",
    "dispute": "A dispute",
    "dispute_do": "A form about a dispute",
    "case_referrals": "The case’s referrals",
    "referral": "A referral",
    "referral_part": "A part of a referral",
    "triage": "The triage board",
    "inbox": "Their notices",
    "calendar": "A calendar, by its private address: initials and reference",
    "answer_file_fetch": "A file that was asked for",
    "statutory_return": "What to check in the reviews of a year",
    "quality_list": "A data-quality list",
    "conformance_duty": "The deadlines behind a figure",
    "annual_behind": "What a figure of the annual report counts",
    "who_looked": "Who looked at this record",
    "who_looked_export": "Who looked at this record",
}
DONE = {
    "recorded": "Recorded",
    "corrected": "Corrected",
    "appointed": "Appointed",
    "case.opened": "Opened a case",
    "child.added": "Added the child",
    "child.changed": "Changed the child’s record",
    "matter.closed": "Closed a matter",
    "notice.acknowledged": "Acknowledged a notice",
    "case.restricted": "Restricted the case to a list of names",
    "restriction.changed": "Changed the list of who may open the case",
    "restriction.lifted": "Lifted the restriction of the case",
    "emergency.opened": "Opened the case in an emergency",
    "cover.arranged": "Arranged cover for an absence",
    "cover.ended": "Ended cover for an absence",
    "whereabouts.added": "Wrote down where the child lives",
    "whereabouts.corrected": "Corrected where the child lives",
    "whereabouts.ended": "Wrote down that the child lives there no longer",
    "return.imported": "Imported the statutory return",
}


@dataclass(frozen=True)
class Look:
    """One entry as a person reads it."""

    number: int
    at: datetime
    who: str
    role: str
    organisation: str
    what: str
    why: str
    address: str
    request: str


def looks(child):
    """Every look at the child and every change, the latest first."""
    return audit.who_read(*witness.child(child))


def page(child, before):
    """A page of them, and the number after which the next one goes on."""
    found = looks(child)
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    read = [_look(entry) for entry in found[: SIZE + 1]]
    return read[:SIZE], read[SIZE - 1].number if len(read) > SIZE else None


def every(child):
    """All of them, for a pack of the whole record."""
    return (_look(entry) for entry in looks(child).iterator(500))


def export(child):
    """All of it as a file, for whoever asks who looked at their record."""
    rows = (_row(_look(entry)) for entry in looks(child).iterator(500))
    return Sheet(f"who-looked-{child.key}", HEADING, rows)


def _row(look):
    at = timezone.localtime(look.at).strftime("%Y-%m-%d %H:%M:%S")
    return at, look.who, look.role, look.organisation, look.what, look.why, look.address, look.request


def _look(entry):
    role = PersonRole(entry.role).label if entry.role in PersonRole.values else entry.role
    return Look(
        entry.pk, entry.at, entry.name or "The service itself", role, entry.organisation_name, _what(entry),
        entry.why, entry.address or "", entry.request_id,
    )  # fmt: skip


def _what(entry):
    if entry.act != AuditEntry.Act.CHANGED:
        return f"{entry.get_act_display()}: {LOOKED.get(entry.verb, _plainly(entry.verb))}"
    deed, _, about = entry.verb.partition(".")
    if entry.verb in DONE:
        return DONE[entry.verb]
    return f"{DONE.get(deed, _plainly(deed))}: {_about(about)}"


def _about(name):
    if name in SPECIFICATIONS:
        return specification_of(name).label
    return PersonRole(name).label if name in PersonRole.values else _plainly(name)


def _plainly(name):
    return name.replace("_", " ").replace(".", " ").capitalize()
