"""The advice line's verbs: Cafcass Legal writes down a call, adds to the note, looks notes up (PN 3.2, REF-2).

Nothing here touches a case, a child's record, a notice or a counter. Every verb leaves a trace in the line's own
audit, in the same transaction.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.refusal import NotYours, Refusal
from referrals import advice_trail as trail
from referrals.access import is_cafcass_legal
from referrals.models import AdviceAddition, AdviceNote

MOST = 50
SOUGHT_IN = ("caller", "child_name", "authority__name", "authority_name", "matter")


@dataclass(frozen=True)
class Found:
    """One page of notes, the newest first; `older` is the note the next page begins after."""

    notes: list
    older: AdviceNote | None

    @property
    def older_key(self):
        return str(self.older.pk)


def take_note(
    *, by, on, caller, matter, guidance, authority=None, authority_name="", child_name="", child_born=None,
    asked_to_act=False, overriding_concern=False, done_about_it="", told="", submission=None,
):  # fmt: skip
    """Write down a call. `submission` becomes the note's key, so that a button pressed twice writes it once."""
    _check_ours(by)
    note = AdviceNote(
        id=submission or uuid4(), on=on, taken_at=timezone.now(), taken_by=by, caller=caller.strip(),
        authority=authority, authority_name=authority_name.strip(), child_name=" ".join(child_name.split()),
        child_born=child_born, matter=matter.strip(), guidance=guidance.strip(), asked_to_act=asked_to_act,
        overriding_concern=overriding_concern, done_about_it=done_about_it.strip(), told=told.strip(),
    )  # fmt: skip
    _check_days(note, today=timezone.localdate())
    _check_says_enough(note)
    _check_concern(note)
    with transaction.atomic():
        written, is_new = AdviceNote.objects.get_or_create(pk=note.pk, defaults=_values(note))
        if is_new:
            trail.leave(trail.TAKEN, by=by, note=written)
        return written


def add_to(note, text, *, by):
    """Add to a note, or put it right, beneath what was written first.

    A note that was shared stands as it was shared: what is new is a note of its own, and is shared in its turn.
    """
    _check_ours(by)
    if not text.strip():
        raise Refusal("Write what is to be added to the note.", field="text")
    with transaction.atomic():
        note = AdviceNote.objects.select_for_update().get(pk=note.pk)
        if note.disclosures.exists():
            raise Refusal(
                "This note was shared with the officer on a case, so nothing is added to it any more. Take a new "
                "note instead: it is shared in its turn (PN 3.2, REF-27).",
                field="text",
            )
        latest = note.additions.last()
        if latest and (latest.text, latest.by_id) == (text.strip(), by.pk):
            return latest
        added = AdviceAddition.objects.create(note=note, text=text.strip(), at=timezone.now(), by=by)
        trail.leave(trail.ADDED_TO, by=by, note=note)
        return added


def read(key, *, by):
    """One note, if it is this person's to read; None otherwise. Reading leaves a trace."""
    visible = AdviceNote.objects.visible_to(by).select_related("authority", "taken_by")
    note = visible.prefetch_related("additions__by").filter(pk=key).first()
    if note:
        trail.leave(trail.READ, by=by, note=note)
    return note


def look_through(*, by, words="", after=None):
    """A page of the line's notes; with `words`, those in which every word is found."""
    _check_ours(by)
    found = matching(words).select_related("authority", "taken_by")
    if after:
        found = found.filter(_older_than(after))
    trail.leave(trail.SEARCHED if words else trail.LISTED, by=by)
    notes = list(found.order_by("-on", "-taken_at", "-pk")[: MOST + 1])
    return Found(notes[:MOST], notes[MOST - 1] if len(notes) > MOST else None)


def _older_than(note):
    earlier = Q(taken_at__lt=note.taken_at) | Q(taken_at=note.taken_at, pk__lt=note.pk)
    return Q(on__lt=note.on) | (Q(on=note.on) & earlier)


def matching(words):
    """Notes in whose caller, child, authority or matter every word is found."""
    found = AdviceNote.objects.all()
    for word in words.split():
        anywhere = Q()
        for name in SOUGHT_IN:
            anywhere |= Q(**{f"{name}__icontains": word})
        found = found.filter(anywhere)
    return found


def _check_ours(by):
    if not is_cafcass_legal(by):
        raise NotYours("The advice line’s records are Cafcass Legal’s own (PN 3.2).")


def _check_days(note, *, today):
    if note.on > today:
        raise Refusal("The day of the call must be today or in the past.", field="on")
    if note.child_born and note.child_born > today:
        raise Refusal("The child’s date of birth must be in the past.", field="child_born")


def _check_says_enough(note):
    if not note.caller:
        raise Refusal("Write who called.", field="caller")
    if not note.authority and not note.authority_name:
        raise Refusal("Choose the authority, or write the name of another agency.", field="authority")
    if note.authority and note.authority_name:
        raise Refusal(
            "Either choose the authority or write another agency’s name, not both.", field="authority_name"
        )
    for name, asked in (("matter", "what was discussed"), ("guidance", "the guidance you gave")):
        if not getattr(note, name):
            raise Refusal(f"Write {asked}.", field=name)


def _check_concern(note):
    """An overriding concern is the one thing that lets Cafcass Legal act unasked (PN 3.2)."""
    if not note.overriding_concern:
        return
    for name, asked in (("done_about_it", "what was done"), ("told", "who was told")):
        if not getattr(note, name):
            raise Refusal(
                f"A child may be in danger: say {asked}. Cafcass Legal acts unasked only for an overriding "
                "child-protection concern, and the note says how (PN 3.2, REF-2).",
                field=name,
            )


def _values(note):
    return {field.attname: getattr(note, field.attname) for field in note._meta.fields if field.name != "id"}
