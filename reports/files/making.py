"""Making files: claimed one at a time by a one-row update, so that two workers never make the same."""

import logging
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reports.files.kinds import maker
from reports.files.theirs import opened_by
from reports.models import AnswerFile

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
KEPT = timedelta(days=7)
FAULT = "It could not be made. Ask for it again; should that fail too, tell whoever runs this service."


def unmade(now):
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    return AnswerFile.objects.filter(free, made_at=None, failed="").order_by("pk")


def make(ids):
    """Make those nobody else is making; return how many there are now."""
    now = timezone.now()
    return sum(_made(pk) for pk in ids if unmade(now).filter(pk=pk).update(claimed_at=now))


def _made(pk):
    file = AnswerFile.objects.select_related("asked_by__organisation").get(pk=pk)
    if not AnswerFile.objects.visible_to(file.asked_by).filter(pk=pk).exists():
        AnswerFile.objects.filter(pk=pk).update(
            failed="Whoever asked for it has left or has another part now."
        )
        return False
    try:
        with transaction.atomic():
            _keep(file, maker(file.kind)(file))
    except Exception:
        logger.exception("File %s could not be made.", pk)
        AnswerFile.objects.filter(pk=pk).update(failed=FAULT)
        return False
    return True


def _keep(file, made):
    records = sorted({(kind, str(key)) for kind, key in made.records})
    AnswerFile.objects.filter(pk=file.pk).update(
        made_at=timezone.now(), name=made.name, content_type=made.content_type, content=made.content,
        sha256=sha256(made.content).hexdigest(), records=records, opened=opened_by(file.asked_by, records),
        rows=made.rows,
    )  # fmt: skip


def forget_old(now=None):
    """A copy of the record does not lie about for longer than it takes to fetch it."""
    return AnswerFile.objects.filter(asked_at__lt=(now or timezone.now()) - KEPT).delete()[0]
