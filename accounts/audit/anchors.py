"""Where the chain stood, written outside the database: what a full rewrite of it cannot reach.

`seals.txt` in `settings.AUDIT_ANCHORS` has one line for each sealing: position, hash, time. It is only ever
added to. Keep the folder, or copies of it, where those who administer the database have no hand; with
`AUDIT_ANCHOR_EMAIL` the first line of each day also goes out by e-mail.
"""

import os
from dataclasses import dataclass
from datetime import UTC

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from accounts.audit.models import AuditSeal

HASH_LENGTH = 64


class Unreadable(Exception):
    """A line of the file that this code never wrote."""


@dataclass(frozen=True)
class Anchor:
    position: int
    hash: str
    at: str

    def __str__(self):
        return f"{self.position} {self.hash} {self.at}"


def file():
    return settings.AUDIT_ANCHORS / "seals.txt"


def keep_up():
    """Anchor the last seal, if it is not anchored yet."""
    last = AuditSeal.objects.order_by("-position").first()
    before = _last()
    if last is None or (before and before.position >= last.position):
        return
    at = timezone.now().astimezone(UTC).isoformat(timespec="seconds")
    anchor = Anchor(last.position, last.hash, at)
    append(file(), f"{anchor}\n", is_kept_for_good=True)
    if settings.AUDIT_ANCHOR_EMAIL and (before is None or before.at[:10] != at[:10]):
        send_mail("Audit anchor", f"{anchor}\n", None, [settings.AUDIT_ANCHOR_EMAIL])


def append(path, line, *, is_kept_for_good=False):
    """One write at the end of the file, whole or not at all; for good means on the disk before we go on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, line.encode())
        if is_kept_for_good:
            os.fsync(handle)
    finally:
        os.close(handle)


def read(path):
    """The anchors of a file, oldest first."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from map(_anchor, lines)


def _anchor(line):
    words = line.split()
    if len(words) != 3 or not words[0].isdecimal() or len(words[1]) != HASH_LENGTH:
        raise Unreadable(f"“{line.strip()[:80]}” is no anchor")
    return Anchor(int(words[0]), words[1], words[2])


def _last():
    """The last line alone: the file grows by a line a minute, for years."""
    try:
        with file().open("rb") as lines:
            lines.seek(max(0, lines.seek(0, os.SEEK_END) - 400))
            return _anchor(lines.read().decode(errors="replace").splitlines()[-1])
    except (FileNotFoundError, IndexError, Unreadable):
        return None
