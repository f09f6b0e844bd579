"""Sessions: rows that know whose they are, when they began and when their person was last there."""

import json
import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as RowStore

from accounts.sealing import seal, unseal

BEGAN, SEEN, ENDED = "began_at", "seen_at", "ended_of"
# What a page sends by itself, without its person.
BACKGROUND_HEADER = "X-Background"


class SessionStore(RowStore):
    """A session in a row that names its person, so that all of a leaver's can be ended at once.

    What is in it is sealed: a name somebody searched for is not to be read in the database, nor in a copy of it.
    """

    @classmethod
    def get_model_class(cls):
        from accounts.models import Session

        return Session

    def encode(self, session_dict):
        return seal(json.dumps(session_dict))

    def decode(self, session_data):
        try:
            return json.loads(unseal(session_data))
        except (LookupError, ValueError):
            return {}

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        person = data.get(SESSION_KEY)
        row.person_id = int(person) if person else None
        return row


def end_all(person):
    """Every session of a person is over, wherever it is open."""
    from accounts.models import Session

    Session.objects.filter(person=person).delete()


def begin(session, *, now=None):
    session.pop(ENDED, None)
    session[BEGAN] = session[SEEN] = now or time.time()


def end(session, person_id):
    """Nobody is in any more; whose it was is remembered until the next person is."""
    session.flush()
    session[ENDED] = int(person_id)


def ended_of(session):
    return session.get(ENDED)


def has_begun(session):
    return BEGAN in session and SEEN in session


def was_seen(session, *, now=None):
    session[SEEN] = now or time.time()


def why_ended(session, *, now=None):
    """What to tell the person when their session is over; nothing while it lasts."""
    now = now or time.time()
    if not has_begun(session) or now - session[BEGAN] >= settings.SESSION_SECONDS:
        return "You were signed out: a session lasts at most 12 hours."
    if now - session[SEEN] >= settings.SESSION_IDLE_SECONDS:
        return "You were signed out because nothing happened for 15 minutes."
    return ""


def ends_at(session):
    """The moment it ends if nothing more happens, in seconds, and whether staying can move it."""
    idle = session[SEEN] + settings.SESSION_IDLE_SECONDS
    at_most = session[BEGAN] + settings.SESSION_SECONDS
    return min(idle, at_most), idle < at_most


def is_background(request):
    """A page that asks by itself: the service answers, and the session grows no longer by it."""
    return BACKGROUND_HEADER in request.headers
