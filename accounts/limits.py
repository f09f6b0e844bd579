"""How often one may guess. Counted in the shared cache by django-allauth; the numbers stand in settings.

A try is counted before the password is looked at and given back when it was right: so however many arrive at once,
no more than the limit reach the check. The account is counted by who it belongs to, not by how it was spelt; an
address that nobody has is counted just the same, and refused in the same words.
"""

from allauth.core.internal import ratelimit

from accounts import known_browsers
from accounts.models import User

WORDS = "There were too many tries. Wait 15 minutes, then try again."


def password_try(request, email):
    """One more try at the password of an account; None when there is none left."""
    person_id = User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    key = f"person {person_id}" if person_id else f"nobody {email.strip().casefold()}"
    if known_browsers.knows(request, person_id):
        own = _take(request, "password_in_a_known_browser", key)
        if own:
            return own
    return _take(request, "password", key)


def present_password_try(request):
    """One more try at the password by somebody who is signed in and wants to change it."""
    return _take(request, "present_password", f"person {request.user.pk}")


def link_wanted(request, email):
    """Whether one more e-mail with a link may go to this address."""
    return _take(request, "password_link", email.strip().casefold()) is not None


def _take(request, action, key):
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)
