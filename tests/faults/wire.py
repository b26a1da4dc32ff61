"""A cable between a screen and the hall that a test can pull out, bite through, slow down and put back."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
import time
from typing import Literal
from urllib.parse import urlsplit

Way = Literal["up", "down"]
BOTH: frozenset[Way] = frozenset({"up", "down"})
RESET = struct.pack("ii", 1, 0)
"""Linger for no time: the connection ends with RST instead of FIN."""


class Line:
    """One connection through the wire; what is dumb swallows all that comes, for good."""

    def __init__(self, near: socket.socket, far: socket.socket | None) -> None:
        self.ends = [end for end in (near, far) if end is not None]
        self.near, self.far = near, far
        self.dumb: frozenset[Way] = frozenset() if far else BOTH

    def close(self, reset: bool = False) -> None:
        for end in self.ends:
            if reset:
                with contextlib.suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            _close(end, reset)


class Wire:
    """Listens on a port of its own and passes everything on, both ways, until a test does something to it."""

    def __init__(self, url: str) -> None:
        self._target = _address(url)
        self._lines: set[Line] = set()
        self._passing = threading.Event()
        self._passing.set()
        self._state: Literal["whole", "cut", "dumb"] = "whole"
        self._bites: Literal["", "fin", "rst"] = ""
        self._delay, self._jitter = 0.0, random.Random(1)
        self._door = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def cut(self, reset: bool = False) -> None:
        """Every connection ends, and new ones with them."""
        self._state = "cut"
        for line in list(self._lines):
            line.close(reset)

    def bite(self, how: Literal["fin", "rst"]) -> None:
        """Every connection ends in the middle of what the hall says next on it; new ones end at once."""
        self._state, self._bites = "cut", how

    def stall(self, *ways: Way) -> None:
        """Half-open: what is on the way vanishes, nobody is told, and new connections come to nothing too."""
        self._state = "dumb"
        for line in self._lines:
            line.dumb |= frozenset(ways or BOTH)

    def slow(self, seconds: float) -> None:
        """Everything takes that much longer, give or take a third."""
        self._delay = seconds

    def mend(self, url: str | None = None) -> None:
        """New connections go through again, perhaps to another server; those gone dumb stay so."""
        self._target = _address(url) if url else self._target
        self._state, self._bites, self._delay = "whole", "", 0.0

    def go_dumb(self) -> None:
        """Connections stay, and what is said waits: a cable pulled out for a moment looks like this."""
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
        far = None
        if self._state == "whole":
            with contextlib.suppress(OSError):
                far = socket.create_connection(self._target)
        if far is None and self._state != "dumb":
            return _close(near)
        line = Line(near, far)
        self._lines.add(line)
        self._carried(line, "up", near, far)
        if far is not None:
            self._carried(line, "down", far, near)
        return None

    def _carried(self, line: Line, way: Way, source: socket.socket, sink: socket.socket | None) -> None:
        threading.Thread(target=self._carry, args=(line, way, source, sink), daemon=True).start()

    def _carry(self, line: Line, way: Way, source: socket.socket, sink: socket.socket | None) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self._pass(data, line, way, sink):
                    break
        if not line.dumb:
            self._lines.discard(line)
            line.close(self._bites == "rst")

    def _pass(self, data: bytes, line: Line, way: Way, sink: socket.socket | None) -> bool:
        """False: bitten off in the middle."""
        self._passing.wait()
        if self._delay:
            time.sleep(self._delay * self._jitter.uniform(2 / 3, 4 / 3))
        if way in line.dumb or sink is None:
            return True
        if self._bites and way == "down":
            sink.sendall(data[: len(data) // 2])
            return False
        sink.sendall(data)
        return True


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 80


def _close(end: socket.socket, reset: bool = False) -> None:
    """Whoever still reads from it wakes up; a reset says nothing to the other side but RST."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RD if reset else socket.SHUT_RDWR)
    end.close()
