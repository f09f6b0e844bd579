"""What Celery wakes for letters. Tasks carry ids only and may run twice: the rows decide what is left to do."""

from celery import shared_task

from letters import clock, papers


@shared_task(name="letters.tasks.keep_up")
def keep_up():
    """Begin the letters that are owed; print those that have gone."""
    clock.begin_owed()
    for batch in papers.batches_unprinted():
        make_papers.delay(batch)


@shared_task(name="letters.tasks.make_papers")
def make_papers(ids):
    papers.make(ids)
