"""The port to a scanner for malware. `settings.FILE_SCANNER` names the class; one that cannot answer raises `Silent`."""

import socket
import struct
import time
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string


class Silent(Exception):
    """The scanner did not answer, or not in words it knows: what it did not look at is held."""


class Scanner(Protocol):
    """`found` takes the bytes in pieces and says what it found, or nothing; `called` is who looked."""

    called: str

    def found(self, pieces) -> str: ...


class NoScanner:
    """Nothing is scanned. `manage.py check --deploy` says so aloud, and so does the list of held files."""

    called = ""

    def found(self, pieces):
        return ""


class ClamAV:
    """clamd, by its INSTREAM command: the bytes in pieces with their length, an empty one at the end."""

    called = "ClamAV"

    def found(self, pieces):
        try:
            with self._connected() as line:
                line.sendall(b"zINSTREAM\0")
                for piece in pieces:
                    line.sendall(struct.pack("!L", len(piece)) + piece)
                line.sendall(struct.pack("!L", 0))
                answer = self._heard(line)
        except OSError as fault:
            raise Silent(f"The scanner cannot be asked: {fault.__class__.__name__}") from fault
        return self._said(answer)

    def _connected(self):
        """`tcp://host:3310`, or `unix:///run/clamav/clamd.ctl`."""
        address, seconds = urlsplit(settings.CLAMAV_ADDRESS), settings.CLAMAV_SECONDS
        if address.scheme != "unix":
            return socket.create_connection((address.hostname, address.port or 3310), timeout=seconds)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(address.path)
        except OSError:
            line.close()
            raise
        return line

    def _heard(self, line):
        """At once or not at all: one that answers a letter at a time does not hold the worker up."""
        answer, until = b"", time.monotonic() + settings.CLAMAV_SECONDS
        while not answer.endswith(b"\0") and time.monotonic() < until and (piece := line.recv(4096)):
            answer += piece
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")

    def _said(self, answer):
        if answer == "stream: OK":
            return ""
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise Silent("The scanner answered with something that is neither yes nor no")


def scanner():
    return import_string(settings.FILE_SCANNER)()
