"""What people do with files: release or refuse what is held, strike out what is wrong. Only disposal deletes."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases import access, witness
from cases.files import store
from cases.models import FileState, HeldFor, StoredFile
from cases.refusal import NotYours, Refusal, Stale


def release(file, *, by, because):
    """A person who has looked at it answers for it. What the scanner has not seen is nobody's to release."""
    _check_decides(file, by, because)
    if file.held_for == HeldFor.SCANNER:
        raise Refusal(
            "The scanner has not looked at this file yet, so nobody can release it. It is asked again every few "
            "minutes; until it answers, the file can only be refused."
        )
    return _decide(file, FileState.ADMITTED, "file.released", by, because, held_for=HeldFor.CONTENT)


def refuse(file, *, by, because):
    """Nobody opens it, and its bytes are taken away; that it came, from whom and when, stays."""
    _check_decides(file, by, because)
    return _decide(file, FileState.REFUSED, "file.refused", by, because)


def _check_decides(file, by, because):
    if not access.may_decide_on_files(by) or by.organisation_id != file.authority_id:
        raise NotYours("The authority’s IRO manager decides on files that are held.")
    if not because.strip():
        raise Refusal("Say why: it stays beside the file.", field="because")


def _decide(file, state, verb, by, because, **only):
    row = StoredFile.objects.standing().filter(pk=file.pk, state=FileState.HELD, **only)
    with transaction.atomic():
        decided = row.update(
            state=state, decided_by=by, decided_at=timezone.now(), decided_because=because.strip()
        )
        if decided:
            audit.changed(by, verb, *witness.whole(file.case), witness.file(file))
            if state == FileState.REFUSED:
                transaction.on_commit(partial(store.remove, file.stored_as))
    if not decided:
        _check_same(file, state, by)
    return StoredFile.objects.get(pk=file.pk)


def _check_same(file, state, by):
    """A button pressed twice changes nothing; somebody else's decision is said."""
    now = StoredFile.objects.select_related("decided_by").get(pk=file.pk)
    if now.is_struck:
        raise Stale("Somebody struck this file out while you were looking at it. There is nothing to decide.")
    if (now.state, now.decided_by) != (state, by):
        who = now.decided_by.name if now.decided_by else "The scanner"
        raise Stale(f"{who} has decided on this file meanwhile: it is {now.get_state_display().lower()}.")


def strike_out(file, *, by, because):
    """The wrong file, or one on the wrong child: it is kept and shown struck through, and nobody opens it."""
    if not access.may_add_files(by, file.case) or file.kept_with != StoredFile.With.CASE:
        raise NotYours("A court document’s file is struck out by those who may add one (CMH-10).")
    return strike(file, by=by, because=because)


def strike(file, *, by, because):
    """For the rooms that know who may: a mistake is corrected, never deleted."""
    if not because.strip():
        raise Refusal("Say why this file is struck out: it stays beside it.", field="because")
    with transaction.atomic():
        is_struck = StoredFile.objects.standing().filter(pk=file.pk).update(
            struck_by=by, struck_at=timezone.now(), struck_because=because.strip()
        )  # fmt: skip
        if is_struck:
            audit.changed(by, "file.struck_out", *witness.whole(file.case), witness.file(file))
    return StoredFile.objects.get(pk=file.pk)
