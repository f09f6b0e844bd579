"""A clamd of our own: it speaks INSTREAM, knows one signature, and can be struck dumb."""

import socket
import struct
import threading
from contextlib import contextmanager

from tests.cases.files.making import EICAR


class Clamd:
    """`answer` is what it says whatever it is sent; an empty one is never sent, `None` is an honest answer."""

    def __init__(self, server, address):
        self.server, self.address, self.answer, self.asked = server, address, None, 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                line, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._hear, args=(line,), daemon=True).start()

    def _hear(self, line):
        heard = line.makefile("rb")
        assert heard.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", heard.read(4))[0]:
            content += heard.read(length)
        self.asked += 1
        honest = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        answer = honest if self.answer is None else self.answer
        if answer:
            line.sendall(answer)
            line.close()


@contextmanager
def clamd(unix_path=None):
    if unix_path:
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(unix_path))
        server.listen()
        address = f"unix://{unix_path}"
    else:
        server = socket.create_server(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    try:
        yield Clamd(server, address)
    finally:
        server.close()
