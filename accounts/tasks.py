"""What Celery wakes. The rows decide what is left to do; being woken twice changes nothing."""

from celery import shared_task

from accounts import audit


@shared_task(name="accounts.tasks.seal_audit")
def seal_audit():
    audit.seal()
