"""What Celery wakes for the records. Tasks carry ids only and may run twice: the rows decide what is left to do."""

from celery import shared_task

from reports.records import disposal, packs


@shared_task(name="reports.tasks.keep_up")
def keep_up():
    """Disposals that are agreed, and packs that were asked for, whoever should have been woken for them."""
    for pk in disposal.agreed().values_list("pk", flat=True):
        dispose.delay([pk])
    for pk in packs.wanted().values_list("pk", flat=True):
        make_packs.delay([pk])


@shared_task(name="reports.tasks.dispose")
def dispose(ids):
    for pk in ids:
        disposal.carry_out(pk)


@shared_task(name="reports.tasks.make_packs")
def make_packs(ids):
    for pk in ids:
        packs.make(pk)
