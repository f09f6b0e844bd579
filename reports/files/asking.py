"""Asking for a file: a row, and a nudge to whoever makes it."""

import logging

from celery import current_app
from django.db import transaction
from django.utils import timezone

from accounts import audit
from cases.refusal import Refusal
from reports.files.kinds import MAKERS
from reports.models import AnswerFile

logger = logging.getLogger(__name__)
WAITING_AT_MOST = 20


def ask(kind, *, by, title, purpose, **asked):
    """Keep that a file is wanted and what for; the worker makes it."""
    assert kind in MAKERS, kind  # noqa: S101
    with transaction.atomic():
        _refuse_a_heap(by)
        file = AnswerFile.objects.create(
            kind=kind, title=title, asked=asked, purpose=purpose, asked_by=by, asked_as=by.role,
            organisation=by.organisation, asked_at=timezone.now(),
        )  # fmt: skip
        audit.changed(by, f"file_asked.{kind}", ("file", file.key), why=purpose)
        transaction.on_commit(lambda: _nudge([file.pk]), robust=True)
    return file


def _refuse_a_heap(by):
    waiting = AnswerFile.objects.filter(asked_by=by, made_at=None, failed="").count()
    if waiting >= WAITING_AT_MOST:
        raise Refusal(
            f"{waiting} files you asked for are still being made. Wait until they are there, and ask again then."
        )


def _nudge(ids):
    """Should the broker be away, the clock finds the files within its next tick."""
    try:
        current_app.send_task("reports.tasks.make_files", [ids], retry=False)
    except Exception:
        logger.warning("The broker is away; the clock will make files %s.", ids)
