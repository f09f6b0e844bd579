"""What was committed, noted outside the database at once: until an entry is sealed nothing else would miss it.

A file for each day beside the anchors, a line for each entry. Once sealed, an entry is held by the chain, so
files older than a week go; `verify_audit` is to be run oftener than that.
"""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.audit.anchors import append

KEPT = timedelta(days=7)
PREFIX = "written-"


def note(entry):
    """Called when the transaction has been committed, and never when it has not."""
    append(settings.AUDIT_ANCHORS / f"{PREFIX}{timezone.localdate()}.txt", f"{entry.pk} {entry.mark}\n")


def noted():
    """Every entry noted this week: its number and its mark."""
    for path in files():
        for line in path.read_text(errors="replace").splitlines():
            number, _, mark = line.partition(" ")
            if number.isdecimal():
                yield int(number), mark


def files():
    return sorted(settings.AUDIT_ANCHORS.glob(f"{PREFIX}*.txt"))


def clear():
    """Let go of what the chain has held for a week."""
    oldest = timezone.localdate() - KEPT
    for path in files():
        if date.fromisoformat(path.stem.removeprefix(PREFIX)) < oldest:
            path.unlink(missing_ok=True)
