"""What is hashed. Two kinds of proof: a mark that the application wrote an entry, a link that it stands where it did.

The mark is made with a key that is not in the database, so an entry written or changed from inside it has none.
The link needs no key: anyone with the table and the anchors can follow the chain.
"""

import hashlib
import hmac
import json
from datetime import UTC

from django.conf import settings

FIRST = "0" * 64
SIGNED = (
    "act", "verb", "who_id", "name", "role", "organisation_id", "organisation_name", "address", "request_id", "why",
)  # fmt: skip


def content_of(entry, records):
    """Everything an entry says, as one string that is the same on every database."""
    said = {name: getattr(entry, name) for name in SIGNED}
    said |= {"ref": str(entry.ref), "at": _moment(entry.at), "records": sorted(map(list, records))}
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def mark_of(content, key=None):
    return hmac.new(_derived(key or keys()[0]), content.encode(), hashlib.sha256).hexdigest()


def is_ours(mark, content):
    """Whether the application wrote this, with its present key or a former one."""
    return any(hmac.compare_digest(mark_of(content, key), mark) for key in keys())


def keys():
    """The key in use first. Former ones stay in the setting as long as what they marked is kept."""
    return settings.AUDIT_KEYS


def link_of(previous, position, entry_id, sealed_at, content, mark):
    """The hash of a link: over the link before, and over all there is to this one."""
    said = json.dumps([previous, position, entry_id, _moment(sealed_at), content, mark])
    return hashlib.sha256(said.encode()).hexdigest()


def _derived(key):
    return hashlib.sha256(b"audit mark:" + key.encode()).digest()


def _moment(at):
    return at.astimezone(UTC).isoformat(timespec="microseconds")
