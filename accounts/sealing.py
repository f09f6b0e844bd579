"""What is stored so that only this service can read it: secrets of second factors, work kept for a person."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(words: str) -> str:
    return _key().encrypt(words.encode()).decode()


def unseal(sealed: str) -> str:
    """The words again; LookupError when they were sealed by another service, or with a key long gone."""
    try:
        return _key().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise LookupError("Sealed with a key this service does not have.") from None


def _key():
    """The first key seals; keys that were replaced (SECRET_KEY_FALLBACKS) still open what they sealed."""
    return MultiFernet(
        [Fernet(_derived(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _derived(secret):
    digest = salted_hmac("accounts.sealing", "key", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
