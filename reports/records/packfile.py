"""What a pack says, chapter by chapter: read from the record as it stands, with the names left out that were marked.

The advice line is Cafcass Legal's own, confidential record and no part of it (PN 3.2); nor are drafts, nor what
concerns a brother or sister alone. What a reader may not have is said to be withheld.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from cases import childfile, wholooked
from cases.dates import weekday_date
from cases.models import Event, Matter, Miss, Whereabouts
from cases.timeline import told
from letters.models import GONE, Letter
from letters.press import kept_sheet
from referrals.models import Dispute, Referral
from reports.records.others import cases_of, reached, this_childs
from reports.records.redaction import Redaction

ACCOUNT = (
    "concern", "history", "why_failing", "sought", "urgent_because", "wishes", "wishes_on_court", "other_agencies",
    "communication_needs",
)  # fmt: skip
DISPUTED = ("concern", "impact", "sought", "timetable", "changed_for_child")


@dataclass(frozen=True)
class Chapter:
    """A chapter with its address in the pack; `kind` says how it is set."""

    name: str
    title: str
    kind: str
    parts: list
    none: str


def contents_of(pack):
    child = pack.child
    hide = Redaction(pack.withheld, reached(pack.withheld, child, pack.asked_by), child=child.name)
    cases = list(cases_of(child, pack.asked_by))
    chapters = [
        Chapter("child", "Who the record is about", "facts", _child(child, hide), ""),
        Chapter("whereabouts", "Where the child lived", "facts", _whereabouts(pack, hide), "No address is recorded."),
        Chapter("care", "Periods of care", "facts", _care(child), "The child was never looked after."),
        Chapter("reviews", "Looked-after reviews", "facts", _reviews(child), "No review is recorded."),
        Chapter("people", "Who was appointed", "facts", _people(child, cases, hide), "Nobody is recorded."),
        Chapter("cases", "Cases", "facts", [_case(case) for case in cases], "No case was opened."),
        Chapter("chronology", "Chronology", "entries", _chronology(child, cases, hide), "Nothing is recorded."),
        Chapter("matters", "Matters handed over", "texts", _matters(child, cases, hide), "None was handed over."),
        Chapter("letters", "Letters", "letters", _letters(child, cases, hide), "No letter was sent."),
        Chapter("disputes", "Disputes", "texts", _disputes(child, cases, hide), "None was raised."),
        Chapter("referrals", "Referrals to Cafcass Legal", "texts", _referrals(child, cases, hide), "None was made."),
        Chapter("looked", "Who looked at this record", "looks", _looks(child, hide), "Nobody is recorded."),
    ]  # fmt: skip
    return {"pack": pack, "child": child, "chapters": chapters, "is_withheld": bool(pack.withheld),
            "today": timezone.localdate()}  # fmt: skip


def _child(child, hide):
    parent = hide.words(child.parent.name) if child.parent else ""
    return _facts(
        child.name,
        ("Date of birth", weekday_date(child.born)),
        ("Sex", child.get_sex_display()),
        ("Authority", child.authority.name),
        ("Reference", child.key),
        ("Number in the statutory return", child.return_id),
        ("Parent in the record", parent),
    )


def _whereabouts(pack, hide):
    """What the person who asked may read; of the rest only that it is withheld."""
    rows = Whereabouts.objects.standing().filter(child=pack.child).order_by("from_on", "pk")
    readable = set(
        Whereabouts.objects.visible_to(pack.asked_by).filter(pk__in=rows).values_list("pk", flat=True)
    )
    return [_place(row, hide if row.pk in readable else None) for row in rows]


def _place(row, hide):
    until = f" until {weekday_date(row.until_on)}" if row.until_on else ""
    address = "Withheld: its audience does not include the person who made this pack."
    if hide:
        address = hide.words(f"{row.address}\n{row.postcode}".strip())
    [part] = _facts(row.get_kind_display(), ("From", weekday_date(row.from_on) + until), ("Address", address))
    return part


def _care(child):
    return [
        part
        for period in reversed(childfile.periods(child))
        for part in _facts(
            f"From {weekday_date(period.began_on)}",
            ("Ended", weekday_date(period.ended_on) if period.ended_on else "Not ended"),
            *(("Legal status", f"{said['status']}, {weekday_date(said['on'])}") for said in period.statuses),
        )
    ]


def _reviews(child):
    return [
        part
        for review in reversed(childfile.reviews(child, today=timezone.localdate()))
        for part in _facts(
            f"Review of {weekday_date(review.on)}",
            ("How the child took part", review.participation),
            ("In time", review.lateness),
        )
    ]


def _people(child, cases, hide):
    return [
        part
        for held in childfile.appointments(child).filter(Q(case=None) | Q(case__in=cases))
        for part in _facts(
            held.get_role_display(),
            ("Who", hide.words(f"{held.person.name}, {held.person.organisation.name}")),
            ("From", weekday_date(held.from_on)),
            ("Until", weekday_date(held.until_on) if held.until_on else "Still"),
        )
    ]


def _case(case):
    [part] = _facts(
        f"Case {case.key}",
        ("Opened", weekday_date(case.opened_on)),
        ("Stage", case.get_stage_display()),
        ("Proceedings issued", weekday_date(case.issued_on) if case.issued_on else ""),
        ("Court", case.court),
        ("Court case number", case.court_number),
        ("Cafcass office", case.cafcass_office.name),
    )
    return part


def _chronology(child, cases, hide):
    """Oldest first, the misses among the facts."""
    theirs = this_childs(child, cases)
    return [
        {
            "on": entry.on,
            "title": entry.title,
            "text": hide.words(entry.text),
            "by": hide.words(" for ".join(filter(None, [entry.by, entry.on_behalf_of]))),
            "struck": hide.words(entry.struck_why) if entry.struck else "",
        }
        for entry in told(Event.objects.filter(theirs), Miss.objects.filter(theirs))
    ]


def _matters(child, cases, hide):
    told_of = Q(raised_by__case=None) | Q(raised_by__case__in=cases)
    handed_over = (
        Matter.objects.filter(told_of, child=child)
        .select_related("raised_by")
        .order_by("raised_by__on", "pk")
    )
    return [
        _texts(
            f"Handed over on {weekday_date(matter.raised_by.on)}",
            hide,
            ("What", matter.text),
            ("What was done", matter.evidence),
        )
        for matter in handed_over
    ]


def _letters(child, cases, hide):
    about = Q(about__child=child) | Q(referral__children=child)
    sent = Letter.objects.filter(about, state__in=GONE, case__in=cases).distinct().order_by("sent_on", "pk")
    return [
        {
            "title": f"{letter.get_kind_display()}, {weekday_date(letter.sent_on)}",
            "name": f"letter-{letter.key}",
            "sheet": hide.page(kept_sheet(letter)),
        }
        for letter in sent
    ]


def _disputes(child, cases, hide):
    raised = Dispute.objects.filter(Q(children=child) | Q(children=None), case__in=cases).distinct()
    return [
        _texts(
            f"{dispute.ref}, raised on {weekday_date(dispute.raised_on)}: {dispute.get_state_display().lower()}",
            hide,
            ("About", dispute.get_theme_display()),
            *((_label(dispute, name), getattr(dispute, name)) for name in DISPUTED),
        )
        for dispute in raised.order_by("raised_on", "pk")
    ]


def _referrals(child, cases, hide):
    made = Referral.objects.exclude(state="draft").filter(children=child, case__in=cases).distinct()
    return [
        _texts(
            f"{referral.ref}, {weekday_date(referral.submitted_on)}: {referral.get_state_display().lower()}",
            hide,
            *((_label(referral, name), getattr(referral, name)) for name in ACCOUNT),
        )
        for referral in made.order_by("submitted_on", "pk")
    ]


def _looks(child, hide):
    return [
        {"at": look.at, "who": hide.words(look.who), "role": look.role, "organisation": look.organisation,
         "what": look.what, "why": hide.words(look.why)}
        for look in wholooked.every(child)
    ]  # fmt: skip


def _label(row, name):
    label = str(row._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _facts(title, *pairs):
    return [{"title": title, "rows": [(key, value) for key, value in pairs if value]}]


def _texts(title, hide, *pairs):
    return {"title": title, "rows": [(key, hide.words(value)) for key, value in pairs if value]}
