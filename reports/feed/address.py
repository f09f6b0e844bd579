"""Making, finding and ending a private address."""

import hmac
import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from reports.models import Feed


def make(*, by):
    """A new address; the one before it ends. It is shown now and never again."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        _end(by)
        feed = Feed.objects.create(
            person=by,
            made_as=by.role,
            organisation=by.organisation,
            token_hash=_hash(token),
            made_at=timezone.now(),
        )
        audit.changed(by, "feed.made", ("feed", feed.pk))
    return token


def end(*, by):
    """The address is revoked: whoever asks by it finds nothing."""
    with transaction.atomic():
        if feed := current(by):
            _end(by)
            audit.changed(by, "feed.ended", ("feed", feed.pk))


def _end(person):
    Feed.objects.filter(person=person, ended_at=None).update(ended_at=timezone.now())


def current(person):
    found = Feed.objects.filter(person=person, ended_at=None).first()
    return found if found and _holds(found, person) else None


def found(token):
    """The feed behind an address, while its person is still here and still what they were."""
    asked = _hash(token)
    feed = Feed.objects.filter(token_hash=asked, ended_at=None).select_related("person__organisation").first()
    if feed is None or not hmac.compare_digest(feed.token_hash, asked):
        return None
    return feed if _holds(feed, feed.person) else None


def _holds(feed, person):
    is_the_same = (feed.made_as, feed.organisation_id) == (person.role, person.organisation_id)
    return person.is_active and person.organisation.is_on_system and is_the_same


def _hash(token):
    return sha256(token.encode()).hexdigest()
