"""A person adds files. They are written down and wait; nobody can open one before it was looked at."""

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases import access, witness
from cases.files import names, store
from cases.models import Case, StoredFile
from cases.refusal import NotYours, Refusal

logger = logging.getLogger(__name__)
With = StoredFile.With


class NoMoreThanAllowed(FileUploadHandler):
    """Stops writing down what is sent once it is more than a form may hold; `request.is_too_much` says so."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.request.bytes_sent = getattr(self.request, "bytes_sent", 0)

    def receive_data_chunk(self, raw_data, start):
        self.request.bytes_sent += len(raw_data)
        if self.request.bytes_sent > settings.FILES_AT_ONCE * settings.FILE_BYTES + 1:
            self.request.is_too_much = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size):
        return None


def add(case, uploads, *, by, event):
    """The files of a court document; the same file added twice is there once."""
    if not access.may_add_files(by, case):
        raise NotYours(
            "Whoever records that a court document was received adds its file: LA legal, or the authority (CMH-10)."
        )
    with transaction.atomic(), audit.act(by, "file.added") as act:
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        present = StoredFile.objects.standing().filter(event=event)
        files = take_in(case, uploads, by=by, present=present, kept_with=With.CASE, event=event)
        if files:
            act.touched(*witness.whole(case), *witness.files(files))
    return files


def take_in(case, uploads, *, by, present, **where):
    """Write files down within the transaction of a verb; those that are `present` already are not taken again."""
    check(uploads)
    files, written = [], []
    try:
        for upload in uploads:
            stored_as, size, digest = store.keep(upload.chunks())
            written.append(stored_as)
            if present.filter(sha256=digest).exists():
                continue
            files.append(
                StoredFile.objects.create(
                    authority_id=case.authority_id, case=case, name=names.cleaned(upload.name), uploaded_by=by,
                    uploaded_at=timezone.now(), sha256=digest, kept_sha256=digest, stored_as=stored_as, size=size,
                    **where,
                )
            )  # fmt: skip
    except Exception:
        _unwrite(written)
        raise
    _unwrite(set(written) - {file.stored_as for file in files})
    if files:
        transaction.on_commit(partial(ask_for, [file.pk for file in files]))
    return files


def check(uploads):
    if not uploads:
        raise Refusal("Choose a file.", field="files")
    if len(uploads) > settings.FILES_AT_ONCE:
        raise Refusal(f"Add at most {settings.FILES_AT_ONCE} files at once.", field="files")
    for upload in uploads:
        name = names.cleaned(upload.name)
        if not upload.size:
            raise Refusal(f"“{name}” is empty. Look whether it is the right one.", field="files")
        if upload.size > settings.FILE_BYTES:
            raise Refusal(f"“{name}” is larger than {megabytes()}. Add it in parts.", field="files")


def megabytes():
    return f"{settings.FILE_BYTES // (1024 * 1024)} MB"


def at_once():
    return settings.FILES_AT_ONCE


def ask_for(ids):
    """Ask a worker now. Should the broker be away, the clock finds what waits within its next tick."""
    try:
        current_app.send_task("cases.tasks.admit_files", [ids], retry=False)
    except Exception:
        logger.warning("The broker is away; the clock will see to files %s.", ids)


def _unwrite(stored):
    for stored_as in stored:
        store.remove(stored_as)
