"""Bringing a person in: added by their organisation's administrator, they choose their own password."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode


def invite(person):
    """Send the link with which a person sets a password. Without a password nobody can sign in as them."""
    body = render_to_string(
        "email/invitation.txt", {"person": person, "address": settings.SITE_ADDRESS + password_link(person)}
    )
    EmailMessage(f"Your account on {settings.SERVICE_NAME}", body, to=[person.email]).send()


def password_link(person):
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("set_password", args=[uid, default_token_generator.make_token(person)])
