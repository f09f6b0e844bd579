"""E-mail outside production: to those on the list, and to nobody else, whatever was copied from a live service."""

import logging

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

logger = logging.getLogger(__name__)


def is_allowed(address):
    """Whether an address, or its domain, is on the list; the display name does not count."""
    plain = address.rpartition("<")[2].rstrip("> ").strip().lower()
    return plain in settings.EMAIL_ALLOWED or f"@{plain.rpartition('@')[2]}" in settings.EMAIL_ALLOWED


class OnlyAllowed(EmailBackend):
    """Sends what is left of each message once everybody else has been taken out of it."""

    def send_messages(self, messages):
        allowed = [message for message in messages if self._narrowed(message)]
        if len(allowed) < len(messages):
            logger.warning("%d e-mails went nowhere: EMAIL_ALLOWED.", len(messages) - len(allowed))
        return (super().send_messages(allowed) or 0) if allowed else 0

    def _narrowed(self, message):
        for field in ("to", "cc", "bcc"):
            setattr(message, field, [one for one in getattr(message, field) if is_allowed(one)])
        return bool(message.recipients())
