"""A worker looks at what waits. The scanner first, then a process of its own; then the row says what was found.

Nothing is opened inside a transaction. A row is claimed by a one-row update with a lease: a worker that dies loses
nothing, and two workers never look at the same file at once. What kills its worker three times is refused.
"""

import json
import logging
import math
import os
import subprocess
import sys
from datetime import timedelta
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import audit
from cases import witness
from cases.files import scanner, store
from cases.files.verdict import Verdict
from cases.models import FileState, HeldFor, StoredFile

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
BATCH = 20
MOST_TRIES = 3
TOO_MUCH = (
    "It could not be looked at with the time and memory a paper or picture needs, so it is not one that anybody "
    "should open. Print or save it anew, and add the new one."
)
SILENT = "The scanner for malware has not answered. It is asked again every few minutes."


def batches():
    """What waits, and what the scanner has still to look at, in batches of ids."""
    ids = list(_waiting(timezone.now()).order_by("pk").values_list("pk", flat=True)[: BATCH * 50])
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


def admit(ids):
    """Look at the files of a batch that nobody else is looking at. One that fails leaves the others be."""
    for pk in ids:
        now = timezone.now()
        if not _waiting(now).filter(pk=pk).update(claimed_at=now, tries=F("tries") + 1):
            continue
        file = StoredFile.objects.select_related("case").get(pk=pk)
        try:
            _look_at(file)
        except Exception:
            logger.exception("File %s could not be looked at; the clock will try again.", file.key)


def _waiting(now):
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    unseen = Q(state=FileState.WAITING) | Q(state=FileState.HELD, held_for=HeldFor.SCANNER)
    return StoredFile.objects.standing().filter(free, unseen)


def _look_at(file):
    if file.state == FileState.WAITING and file.tries > MOST_TRIES:
        return _settle(file, Verdict("refused", because=TOO_MUCH))
    port = scanner.scanner()
    try:
        found = port.found(store.pieces(file.stored_as))
    except scanner.Silent:
        return _settle(file, Verdict("held", because=SILENT), held_for=HeldFor.SCANNER)
    if found:
        harm = f"The scanner found something harmful in it: {found[:80]}."
        return _settle(file, Verdict("refused", because=harm), scanned_by=port.called)
    drawn_anew = store.new_name()
    verdict = at_the_workbench(store.path(file.stored_as), store.place(drawn_anew))
    held_for = HeldFor.CONTENT if verdict.outcome == "held" else ""
    if not verdict.remade:
        store.remove(drawn_anew)
        return _settle(file, verdict, held_for=held_for, scanned_by=port.called)
    return _settle(file, verdict, scanned_by=port.called, **_remade(drawn_anew))


def at_the_workbench(path, new_path):
    """What a process of its own found, with little time and memory; one that ended without a word found too much."""
    limits = {
        "seconds": math.ceil(settings.FILE_SECONDS),
        "memory": settings.FILE_MEMORY,
        "room": 4 * settings.FILE_BYTES,
        "pixels": settings.FILE_PIXELS,
    }
    command = [sys.executable, "-s", "-m", "cases.files.workbench", json.dumps(limits), path, new_path]
    try:
        done = subprocess.run(  # noqa: S603 (our own program; its arguments are paths of ours)
            command, cwd=settings.BASE_DIR, env={"LANG": "C.UTF-8", "PATH": os.defpath}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=settings.FILE_SECONDS, umask=0o077,
            start_new_session=True, check=True,
        )  # fmt: skip
        return Verdict(**json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError, TypeError) as ended:
        logger.warning("The workbench ended without a word: %s", ended.__class__.__name__)
        return Verdict("refused", because=TOO_MUCH)


def _remade(stored_as):
    return {
        "stored_as": stored_as,
        "size": store.path(stored_as).stat().st_size,
        "kept_sha256": _hash_of(stored_as),
    }


def _hash_of(stored_as):
    digest = sha256()
    for piece in store.pieces(stored_as):
        digest.update(piece)
    return digest.hexdigest()


def _settle(file, verdict, *, held_for="", **more):
    """Write down what was found, unless somebody struck the file out or claimed it meanwhile."""
    row = StoredFile.objects.standing().filter(pk=file.pk, state=file.state, claimed_at=file.claimed_at)
    with transaction.atomic():
        is_settled = row.update(
            state=verdict.outcome, because=verdict.because, held_for=held_for, content_type=verdict.content_type,
            looked_at=timezone.now(), **more,
        )  # fmt: skip
        if is_settled and (verdict.outcome, held_for) != (file.state, file.held_for):
            audit.changed(None, f"file.{verdict.outcome}", *witness.whole(file.case), witness.file(file))
        gone = _of_no_use(file, verdict, more.get("stored_as"), is_settled)
        transaction.on_commit(partial(_remove, gone))


def _of_no_use(file, verdict, drawn_anew, is_settled):
    """Bytes nobody will open: what a picture was drawn from, what was refused, what came too late."""
    if not is_settled:
        return [drawn_anew] if drawn_anew else []
    return [file.stored_as] if drawn_anew or verdict.outcome == "refused" else []


def _remove(stored):
    for stored_as in stored:
        store.remove(stored_as)
