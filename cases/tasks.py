"""What Celery wakes. Tasks carry ids only and may run twice: the rows decide what is left to do."""

from celery import shared_task

from cases import agreements, clock, notices
from cases.files import admitting, sweeping


@shared_task(name="cases.tasks.tick")
def tick():
    for batch in clock.tick():
        send_notices.delay(batch)
    for batch in admitting.batches():
        admit_files.delay(batch)
    for batch in clock.stale_cases():
        reproject.delay(batch)


@shared_task(name="cases.tasks.admit_files")
def admit_files(ids):
    admitting.admit(ids)


@shared_task(name="cases.tasks.sweep_files")
def sweep_files():
    sweeping.sweep()


@shared_task(name="cases.tasks.send_notices")
def send_notices(ids):
    notices.send(ids)


@shared_task(name="cases.tasks.reproject")
def reproject(case_ids):
    agreements.reproject(case_ids)
