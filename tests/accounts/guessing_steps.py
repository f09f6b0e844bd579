"""When: somebody guesses, from an address that is another each time, or so every header of theirs says."""

from django.test import Client
from django.urls import reverse

QUARTER = 15 * 60


def claims(nth):
    """Another address each time, in every header that a proxy might write."""
    somewhere = f"{nth % 223 + 1}.{nth // 223 % 256}.{nth * 7 % 256}.{nth * 31 % 256}"
    return {"X-Forwarded-For": somewhere, "Forwarded": f"for={somewhere}", "X-Real-IP": somewhere}


def guess(email, *, nth=0, client=None):
    """A wrong password, in a new browser where none is given."""
    return (client or Client()).post(
        reverse("sign_in"), {"login": email, "password": f"wrong {nth}"}, headers=claims(nth)
    )
