"""Bringing a person in: added by their organisation's administrator, they choose their own password."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts import audit, post
from accounts.models import LinkWanted, User


def invite(person):
    """A link with which a person sets a password is wanted. Without one nobody can sign in as them."""
    LinkWanted.objects.create(person=person)


def tell_of_new_address(person, *, before, by):
    """To the address they had: whoever reads it knows if this was not meant."""
    body = render_to_string("email/address_changed.txt", {"person": person, "by": by})
    post.send("Your e-mail address has changed", body, to=before)


def want_link(email, *, by):
    """Somebody has forgotten a password. The same work is done whether or not anybody has this address.

    The trail keeps whose link was asked for, and as much where there is nobody.
    """
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    LinkWanted.objects.create(person=person if person and person.has_usable_password() else None)
    audit.changed(by, "password.forgotten", ("person", person.pk if person else "unknown"))


def send_links():
    """Send the links that were asked for. Whoever takes the row sends; what cannot be sent is put back."""
    for wanted in LinkWanted.objects.select_related("person__organisation").order_by("pk"):
        taken, _ = LinkWanted.objects.filter(pk=wanted.pk).delete()
        if taken and wanted.person and wanted.person.is_active:
            try:
                _send_link(wanted.person)
            except OSError:
                LinkWanted.objects.create(person=wanted.person)
                raise


def password_link(person):
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("set_password", args=[uid, default_token_generator.make_token(person)])


def _send_link(person):
    """Whoever has no password yet is invited; whoever has one may choose another."""
    subject, template = (
        (f"A new password for {settings.SERVICE_NAME}", "email/forgotten_password.txt")
        if person.has_usable_password()
        else (f"Your account on {settings.SERVICE_NAME}", "email/invitation.txt")
    )
    address = settings.SITE_ADDRESS + password_link(person)
    body = render_to_string(template, {"person": person, "address": address})
    EmailMessage(subject, body, to=[person.email]).send()
