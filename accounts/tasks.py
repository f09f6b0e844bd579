"""What the alarm clock wakes for people: links to send, roles that change today, sessions that are over, and the seal
of the audit trail. The rows decide what is left to do; being woken twice changes nothing."""

from celery import shared_task

from accounts import audit, invitations, kept_work, moves
from accounts.sessions import SessionStore


@shared_task(name="accounts.tasks.seal_audit")
def seal_audit():
    audit.seal()


@shared_task(name="accounts.tasks.keep_the_doors")
def keep_the_doors():
    moves.apply_due()
    invitations.send_links()
    SessionStore.clear_expired()
    kept_work.forget_old()


@shared_task(name="accounts.tasks.send_links")
def send_links():
    invitations.send_links()
