"""The documents that go with a referral, version by version (IRO Handbook 8.15, PN 3.7, 3.10, 3.11).

The exact text of Handbook 8.15 is not at hand, so the list is ours to start from and Cafcass Legal's to change:
check locally. A referral keeps the version it was begun with.
"""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.refusal import NotYours, Refusal, Stale
from referrals import access
from referrals.models import Checklist, ReferralPaper

LONGEST = 70
# These are written in the referral itself; once written, they count as enclosed.
ACCOUNT = "Account of the concern by the IRO"
WISHES = "The child’s wishes and feelings, including on court proceedings"
AGENCIES = "Names and contacts of staff of other agencies"
NEEDS = "Diversity and communication needs"
SHIPPED = (
    ("Court orders in force", ""),
    ("Care plan: the present one, and the one filed at court", ""),
    ("Judgment, or the court’s facts and reasons", ""),
    ("Reports of the guardian and of experts", ""),
    ("Review records and decisions", ""),
    (ACCOUNT, "The concern, its history, each dispute step and its result, why it is failing. Written in this referral."),
    ("Chronology", ""),
    (
        "Contact details of those involved",
        "IRO, social worker, team manager, LA legal, previous guardian and solicitor, those with parental "
        "responsibility, carers.",
    ),
    ("Records of complaints and advocacy", ""),
    (AGENCIES, "Education, health and others (PN 3.11a). Written in this referral."),
    (NEEDS, "Also whether anybody needs help to communicate (PN 3.11b). Written in this referral."),
    (WISHES, "PN 3.10. Written in this referral."),
)  # fmt: skip


def current():
    """The version in use; the shipped list until Cafcass Legal makes another."""
    latest = Checklist.objects.first()
    if latest:
        return latest
    items = [{"item": item, "hint": hint} for item, hint in SHIPPED]
    shipped, _ = Checklist.objects.get_or_create(
        number=1, defaults={"items": items, "made_at": timezone.now()}
    )
    return shipped


def new_version(items, *, by, seen_number):
    """Cafcass Legal's next list. Referrals already begun keep theirs."""
    if not access.may_triage(by):
        raise NotYours("Cafcass Legal keeps the list of documents.")
    items = [{"item": row["item"].strip(), "hint": row["hint"].strip()} for row in items]
    items = [row for row in items if row["item"]]
    _check(items)
    with transaction.atomic():
        latest = Checklist.objects.select_for_update().get(pk=current().pk)
        if latest.number != seen_number:
            raise Stale(
                f"Version {latest.number} was made while you were writing. Nothing you typed is lost: look at it, "
                "then save yours again."
            )
        if latest.items == items:
            return latest
        made = Checklist.objects.create(
            number=latest.number + 1, items=items, made_at=timezone.now(), made_by=by
        )
        audit.changed(by, "checklist.replaced", ("checklist", made.number))
        return made


def _check(items):
    if not items:
        raise Refusal("A referral needs its list: name at least one document.", field="item_1")
    for row, entry in enumerate(items, 1):
        if len(entry["item"]) > LONGEST:
            raise Refusal(
                f"Document {row}: use {LONGEST} letters or fewer for its name.", field=f"item_{row}"
            )
    names = [entry["item"].casefold() for entry in items]
    for row, name in enumerate(names, 1):
        if name in names[: row - 1]:
            raise Refusal(f"Document {row} is named twice in the list.", field=f"item_{row}")


def lay_out(referral):
    """The list a referral begins with, nothing answered yet."""
    used = current()
    ReferralPaper.objects.bulk_create(
        ReferralPaper(
            referral=referral, position=position, item=row["item"], hint=row["hint"], checklist=used.number
        )
        for position, row in enumerate(used.items, 1)
    )  # fmt: skip
