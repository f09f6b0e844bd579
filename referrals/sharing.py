"""Sharing the advice line's notes on a child with the officer on the case, once a referral is made (REF-27, PN 3.2).

A disclosure is a row of its own, and so is holding a note back. The clock is read off the rule layer by playing
the case with what might be told of the notes; nothing of it is stored on the case.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.dates import weekday_date
from cases.models import Case
from cases.refusal import NotYours, Refusal
from referrals import advice_clock, likeness
from referrals import advice_trail as trail
from referrals.access import is_cafcass_legal, may_read_shared
from referrals.models import AdviceNote, Disclosure, Referral, Withholding


@dataclass(frozen=True)
class Suggested:
    """A note, why it may be about a child of the referral, and what was done with it."""

    note: AdviceNote
    because: str
    shared: Disclosure | None
    shared_before: tuple
    withheld: Withholding | None

    @property
    def is_certain(self):
        return self.because in likeness.CERTAIN

    @property
    def is_settled(self):
        return bool(self.shared or self.withheld)


@dataclass(frozen=True)
class Summary:
    """What a referral's page says of the advice line, to those who may know of it."""

    referral: Referral
    is_legal: bool
    shared: int
    owed: int = 0
    to_look_at: int = 0
    due_on: date | None = None
    lateness: str = ""


# --- Verbs ------------------------------------------------------------------------------------------------------


def share(referral, note, *, by):
    """Share a note with the officer the referral is with now; a note held back before can still be shared."""
    with transaction.atomic():
        referral, note = _lock(referral, note, by)
        disclosure, is_new = Disclosure.objects.get_or_create(
            note=note, referral=referral, to=referral.officer, defaults={"at": timezone.now(), "by": by}
        )
        if is_new:
            trail.leave(trail.SHARED, by=by, note=note)
        return disclosure


def hold_back(referral, note, *, by, reason):
    """Keep a note from the officer, with the reason: every other note on the child is shared."""
    if not reason.strip():
        raise Refusal(
            "Say why this note is not shared: every note on the child is, unless a reason is recorded (PN 3.2).",
            field="reason",
        )
    with transaction.atomic():
        referral, note = _lock(referral, note, by)
        if shared := note.disclosures.filter(referral=referral, to=referral.officer).first():
            raise Refusal(
                f"This note was shared with {referral.officer.name} on {_day(shared.at)}. What was shared cannot "
                "be held back.",
                field="reason",
            )
        withholding, is_new = Withholding.objects.get_or_create(
            note=note,
            referral=referral,
            defaults={"at": timezone.now(), "by": by, "reason": reason.strip()},
        )
        if is_new:
            trail.leave(trail.HELD_BACK, by=by, note=note)
        return withholding


def _lock(referral, note, by):
    """The case first, as every fact does, then the referral and the note, read again."""
    if not is_cafcass_legal(by):
        raise NotYours("Cafcass Legal shares the advice line’s notes (PN 3.2, REF-27).")
    Case.objects.select_for_update(of=("self",)).get(pk=referral.case_id)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("officer").get(pk=referral.pk)
    if refused := why_not(referral):
        raise Refusal(refused)
    return referral, AdviceNote.objects.select_for_update(of=("self",)).get(pk=note.pk)


def why_not(referral):
    """Why nothing can be shared now, in a sentence; an empty one when it can."""
    if referral.is_open and referral.officer_id:
        return ""
    if referral.is_open or referral.is_draft:
        return (
            "This referral has not been allocated to an officer. Notes on the child are shared with the officer on "
            "the case, on allocation (PN 3.2, REF-27): allocate the referral first."
        )
    return (
        "This referral is over: no officer is on the case any more with whom a note could be shared (PN 3.2)."
    )


# --- Which notes ------------------------------------------------------------------------------------------------


def notes_on(referral):
    """Every note that may be about a child of the referral, those certain first, with what was done with each.

    A note shared or held back by hand is among them, whatever name it bears.
    """
    return _suggested([referral])[referral.pk]


def outstanding(referral):
    """Notes certainly on the child, neither shared with the present officer nor held back."""
    if why_not(referral):
        return []
    return [found for found in notes_on(referral) if found.is_certain and not found.is_settled]


def outstanding_for(user, referrals):
    """How many notes wait to be shared on each of several referrals; nothing at all outside Cafcass Legal."""
    if not is_cafcass_legal(user):
        return {}
    ready = [referral for referral in referrals if not why_not(referral)]
    return {
        pk: sum(one.is_certain and not one.is_settled for one in found)
        for pk, found in _suggested(ready).items()
    }


def _suggested(referrals):
    notes = list(AdviceNote.objects.select_related("authority", "taken_by"))
    shared, withheld = _done(referrals)
    return {
        referral.pk: _of_one(referral, notes, shared.get(referral.pk, {}), withheld.get(referral.pk, {}))
        for referral in referrals
    }


def _done(referrals):
    keys = [referral.pk for referral in referrals]
    shared, withheld = {}, {}
    for row in Disclosure.objects.filter(referral__in=keys).select_related("to", "by"):
        shared.setdefault(row.referral_id, {}).setdefault(row.note_id, []).append(row)
    for row in Withholding.objects.filter(referral__in=keys).select_related("by"):
        withheld.setdefault(row.referral_id, {})[row.note_id] = row
    return shared, withheld


def _of_one(referral, notes, shared, withheld):
    children = list(referral.children.all())
    found = []
    for note in notes:
        because = _because(note, children, referral.authority_id)
        rows = shared.get(note.pk, [])
        if because or rows or note.pk in withheld:
            now = next((row for row in rows if row.to_id == referral.officer_id), None)
            before = tuple(row for row in rows if row is not now)
            found.append(Suggested(note, because, now, before, withheld.get(note.pk)))
    return sorted(found, key=lambda one: not one.is_certain)


def _because(note, children, authority_id):
    """The strongest likeness to any of the children."""
    found = [likeness.likeness(note, child, authority_id) for child in children]
    return next((words for words in found if words in likeness.CERTAIN), next(filter(None, found), ""))


# --- Reading ----------------------------------------------------------------------------------------------------


def look_at(referral, *, by):
    """The notes that may be about the child, for Cafcass Legal to decide on. Looking leaves a trace."""
    trail.leave(trail.LISTED, by=by)
    return notes_on(referral)


def read_shared(referral, *, by):
    """What was shared with this person on the referral that is theirs now. Reading leaves a trace for each note."""
    if referral.officer_id != by.pk:
        return []
    with transaction.atomic():
        rows = list(
            _shared_with(referral, by)
            .select_related("note__authority", "note__taken_by", "by")
            .prefetch_related("note__additions__by")
        )
        for row in rows:
            trail.leave(trail.READ, by=by, note=row.note)
        return rows


def _shared_with(referral, person):
    visible = AdviceNote.objects.visible_to(person)
    return Disclosure.objects.filter(referral=referral, to=person, note__in=visible)


def for_page(referral, user):
    """What the referral's page says of the advice line; nothing at all to anybody outside, and no query."""
    if referral.is_draft or not may_read_shared(user, referral):
        return None
    if not is_cafcass_legal(user):
        return Summary(referral, False, _shared_with(referral, user).count())
    found = notes_on(referral)
    owed = [one for one in found if one.is_certain and not one.is_settled]
    doubtful = [one for one in found if not one.is_certain and not one.is_settled]
    clock = advice_clock.pressing(referral, owed, today=timezone.localdate())
    shared = sum(one.shared is not None for one in found)
    return Summary(referral, True, shared, len(owed), len(doubtful), *(clock or (None, "")))


def _day(moment):
    return weekday_date(timezone.localdate(moment))
