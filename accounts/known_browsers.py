"""Browsers in which a person has come all the way in before.

A stranger who guesses passwords uses up the tries that strangers have. A browser that carries this mark has a few
of its own, so that guessing at somebody's account never keeps its owner out.
"""

from django.conf import settings
from django.core import signing

COOKIE = "known_browser"
SALT = "accounts.known_browsers"
FOR_SECONDS = 180 * 24 * 3600
# Who shares a computer in an office.
AT_MOST = 5


def knows(request, person_id) -> bool:
    return person_id in _people(request)


def remember(request, response, person):
    people = [person.pk, *(pk for pk in _people(request) if pk != person.pk)][:AT_MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(people, salt=SALT),
        max_age=FOR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _people(request):
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=FOR_SECONDS)
    except signing.BadSignature:
        return []
