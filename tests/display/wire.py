"""A cable between a screen and the hall that a test can pull out, and put back to another server."""

from __future__ import annotations

import contextlib
import socket
import threading
from urllib.parse import urlsplit


class Wire:
    """Listens on a port of its own and passes everything on, both ways, until it is cut or goes dumb."""

    def __init__(self, url: str) -> None:
        self._target = _address(url)
        self._open: set[socket.socket] = set()
        self._passing = threading.Event()
        self._passing.set()
        self._whole = True
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def cut(self) -> None:
        """Every connection ends, and new ones with them."""
        self._whole = False
        for end in list(self._open):
            _close(end)

    def mend(self, url: str | None = None) -> None:
        """New connections go through again, perhaps to another server."""
        self._target = _address(url) if url else self._target
        self._whole = True

    def go_dumb(self) -> None:
        """Connections stay, but nothing comes through any more: a pulled cable looks like this."""
        self._passing.clear()

    def speak_again(self) -> None:
        self._passing.set()

    def close(self) -> None:
        self._passing.set()
        self.cut()
        _close(self._door)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                self._join(near)

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target) if self._whole else None
        except OSError:
            far = None
        if far is None:
            return _close(near)
        self._open |= {near, far}
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()
        return None

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._passing.wait()
                sink.sendall(data)
        for end in (source, sink):
            self._open.discard(end)
            _close(end)


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 80


def _close(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
