"""What Celery wakes for answers and records. Tasks carry ids only and may run twice: the rows decide what is left to do."""

from celery import shared_task
from django.utils import timezone

from reports import following_up
from reports.files import making
from reports.finding import looking
from reports.records import disposal, packs

BATCH = 5


@shared_task(name="reports.tasks.keep_up")
def keep_up():
    """What was asked for or agreed, whoever should have been woken for it; chases nobody was told of."""
    following_up.tell_chased()
    making.forget_old()
    _files()
    _views()
    for pk in disposal.agreed().values_list("pk", flat=True):
        dispose.delay([pk])
    for pk in packs.wanted().values_list("pk", flat=True):
        make_packs.delay([pk])


def _files():
    ids = list(making.unmade(timezone.now()).values_list("pk", flat=True)[: BATCH * 20])
    for start in range(0, len(ids), BATCH):
        make_files.delay(ids[start : start + BATCH])


def _views():
    looking.let_go()
    now = timezone.now()
    for ids in looking.batches(looking.to_look_at(now)):
        look_at_views.delay(ids)
    for ids in looking.batches(looking.to_sum_up(now)):
        sum_up_views.delay(ids)


@shared_task(name="reports.tasks.look_at_views")
def look_at_views(ids):
    looking.look(ids)


@shared_task(name="reports.tasks.sum_up_views")
def sum_up_views(ids):
    looking.sum_up(ids)


@shared_task(name="reports.tasks.make_files")
def make_files(ids):
    making.make(ids)


@shared_task(name="reports.tasks.dispose")
def dispose(ids):
    for pk in ids:
        disposal.carry_out(pk)


@shared_task(name="reports.tasks.make_packs")
def make_packs(ids):
    for pk in ids:
        packs.make(pk)
