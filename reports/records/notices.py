"""Telling whoever asked that it is done, and asking a worker to do it."""

import logging

from celery import current_app
from django.utils import timezone

from cases.models import Notice

logger = logging.getLogger(__name__)


def tell(person, kind, about):
    """Once, however often it is done. `about` leads to the page: see `settings.NOTICE_PAGES`."""
    Notice.objects.get_or_create(
        recipient=person, kind=kind, about=about, defaults={"created_at": timezone.now()}
    )


def ask_for(task, pk):
    """Now, if the broker is there; otherwise the clock finds the row within its next tick."""
    try:
        current_app.send_task(task, [[pk]], retry=False)
    except Exception:
        logger.warning("The broker is away; the clock will see to %s %s.", task, pk)
