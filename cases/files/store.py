"""Where the bytes lie: outside what the web serves, under names nobody can guess, for the service alone to read."""

import os
import re
import secrets
from hashlib import sha256

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{64}")
PIECE = 64 * 1024
ASIDE = "aside"


def keep(pieces):
    """Write them down under a new name: the name, the size and the hash."""
    name, size, digest = new_name(), 0, sha256()
    with open(_new(name), "wb") as kept:
        for piece in pieces:
            size += len(piece)
            digest.update(piece)
            kept.write(piece)
        kept.flush()
        os.fsync(kept.fileno())
    return name, size, digest.hexdigest()


def new_name():
    return secrets.token_hex(32)


def path(name):
    """Where a name leads; anything that is no name of ours leads nowhere."""
    if not NAME.fullmatch(name):
        raise LookupError("No file is kept under such a name.")
    return settings.FILES_DIR / name[:2] / name[2:]


def place(name):
    """A path where something may be written, its folder closed to everybody else."""
    where = path(name)
    for folder in (settings.FILES_DIR, where.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return where


def pieces(name):
    with path(name).open("rb") as kept:
        while piece := kept.read(PIECE):
            yield piece


def remove(name):
    """Taking away what is already gone is done."""
    path(name).unlink(missing_ok=True)


def older_than(moment):
    """The names under which something was written down before a moment, a folder at a time; in seconds as the file
    system counts them."""
    for folder in settings.FILES_DIR.glob("[0-9a-f][0-9a-f]/"):
        files = [file for file in folder.iterdir() if NAME.fullmatch(folder.name + file.name)]
        yield [folder.name + file.name for file in files if _written_at(file) < moment]


def put_aside(name):
    """Out of where it is looked for; the day it was put there is then its own."""
    (settings.FILES_DIR / ASIDE).mkdir(mode=0o700, exist_ok=True)
    file = path(name)
    if file.exists():
        os.utime(file)
        file.rename(settings.FILES_DIR / ASIDE / name)


def put_back(name):
    (settings.FILES_DIR / ASIDE / name).rename(place(name))


def aside():
    return [file.name for file in (settings.FILES_DIR / ASIDE).glob("*") if NAME.fullmatch(file.name)]


def remove_aside(*, before):
    """What was put aside before a moment; how many."""
    old = [name for name in aside() if _written_at(settings.FILES_DIR / ASIDE / name) < before]
    for name in old:
        (settings.FILES_DIR / ASIDE / name).unlink(missing_ok=True)
    return len(old)


def _written_at(file):
    """A file that went in the meantime is as new as can be."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _new(name):
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    return os.open(place(name), flags, 0o600)
