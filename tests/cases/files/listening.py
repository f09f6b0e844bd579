"""A place on this machine that hostile files and letters try to reach: whoever comes is counted."""

import socket
import threading
from contextlib import contextmanager


class Beacon:
    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.server.getsockname()[1]}/"
        self.visits = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                visitor, _ = self.server.accept()
            except OSError:
                return
            self.visits.append(visitor.recv(200))
            visitor.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
            visitor.close()


@contextmanager
def beacon():
    lit = Beacon()
    try:
        yield lit
    finally:
        lit.server.close()
