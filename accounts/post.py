"""E-mail about an account. It goes once what it tells of is saved, and never before."""

from django.core.mail import EmailMessage
from django.db import transaction


def send(subject, body, *, to):
    """A server that does not take it keeps nothing from being saved; the log says so."""
    transaction.on_commit(EmailMessage(subject, body, to=[to]).send, robust=True)
