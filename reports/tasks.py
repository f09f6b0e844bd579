"""What Celery wakes for answers. Tasks carry ids only and may run twice: the rows decide what is left to do."""

from celery import shared_task
from django.utils import timezone

from reports import following_up
from reports.files import making

BATCH = 5


@shared_task(name="reports.tasks.keep_up")
def keep_up():
    """Files nobody has made yet, and those that have lain about for long enough; chases nobody was told of."""
    following_up.tell_chased()
    making.forget_old()
    ids = list(making.unmade(timezone.now()).values_list("pk", flat=True)[: BATCH * 20])
    for start in range(0, len(ids), BATCH):
        make_files.delay(ids[start : start + BATCH])


@shared_task(name="reports.tasks.make_files")
def make_files(ids):
    making.make(ids)
