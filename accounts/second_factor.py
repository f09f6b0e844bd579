"""The second factor: something a person has, besides the password they know. Nobody comes in without it."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from accounts import audit, post, sessions
from accounts.invitations import password_link

KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_one(person) -> bool:
    return Authenticator.objects.filter(user_id=person.pk, type__in=KINDS).exists()


def of(person):
    """What a person signs in with, oldest first."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=KINDS).order_by("pk")


def was_given(request, person) -> bool:
    """Whether this very session was begun with the second factor of this person."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, person))


def given_at(request, person):
    """When it was last given in this session, in seconds; 0 when never."""
    records = get_authentication_records(request, person)
    return max((record["at"] for record in records if record.get("method") == "mfa"), default=0)


def enrolled(request, authenticator):
    """Proved by having just been set up: the session that could only enrol now is complete, under a new key."""
    record_authentication(
        request, request.user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )
    request.session.cycle_key()
    request.enrolling = None


def remove(authenticator):
    """Take one away; the last one stays, because nobody comes in without."""
    with transaction.atomic():
        mine = {one.pk for one in of(authenticator.user).select_for_update()}
        if not mine - {authenticator.pk}:
            return False
        authenticator.delete()
    return True


def reset(person, *, by):
    """For somebody who has lost theirs. The password goes too: only who reads their e-mail can begin again."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=person.pk).delete()
        person.set_unusable_password()
        person.save(update_fields=["password"])
        sessions.end_all(person)
        audit.changed(by, "sign_in.reset", ("person", person.pk))
    address = settings.SITE_ADDRESS + password_link(person)
    body = render_to_string("email/second_factor_reset.txt", {"person": person, "by": by, "address": address})
    post.send("Set up your sign-in again", body, to=person.email)
