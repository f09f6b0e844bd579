"""The one question put to the trail by a person: who looked at this record?"""

from accounts.audit.models import AuditEntry


def who_read(kind, key):
    """Every entry that names the record, the latest first: pages read, lists it stood in, exports, changes."""
    return AuditEntry.objects.filter(records__kind=kind, records__key=str(key)).order_by("-pk")
