"""From which address somebody asks."""

from allauth.core.internal.httpkit import clean_client_ip
from django.conf import settings


def client_address(request) -> str:
    """The address that the outermost of our own proxies saw.

    What stands further left in X-Forwarded-For was written by whoever asks: it counts for nothing.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    seen = forwarded[-proxies] if 0 < proxies <= len(forwarded) else direct
    return clean_client_ip(seen) or direct
