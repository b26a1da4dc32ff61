"""A crowd in a process of its own: phones that open their page and join, screens that come back, all at once.

A line of JSON comes in for every wish, and one goes out as the answer:
phones   each opens its page and, once it is there, its socket; how long both took
screens  each opens a socket; how long it took until it had its picture
"""

from __future__ import annotations

import struct
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from bench.receivers import AT_MOST, JOINING, PING, PONG, Screen
from bench.wishes import Wishes

Steps = Sequence[tuple[bytes, bytes]]
"""What is said, and how the answer ends for which one waits."""

LONGEST = 100.0
"""Seconds after which a crowd that isn't in has failed."""

Told = Callable[["Talk"], None]

UPGRADE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


class Talk(Screen):
    """One connection that says one thing after the other, each once the answer to the last is there."""

    def __init__(self, host: str, port: int, steps: Steps, over: Told, gone: Told) -> None:
        """`over` is told when the last answer is there, `gone` when the hall hangs up after that."""
        super().__init__(host, port)
        self._steps, self._over, self._gone = deque(steps), over, gone
        self.began = time.monotonic()
        self.socket.sendall(self._steps[0][0])

    def read(self) -> None:
        piece = self.socket.recv(AT_MOST)
        if not piece and self._steps:
            raise ConnectionError(f"hung up before {[answer for _, answer in self._steps]}")
        if not piece:
            self._gone(self)
        if PING in piece:
            self.say(PONG)
        if self._steps:
            self._rest += piece
            self._go_on()

    def _go_on(self) -> None:
        while self._steps and self._steps[0][1] in self._rest:
            self._rest = self._rest.partition(self._steps.popleft()[1])[2]
            if self._steps:
                self.socket.sendall(self._steps[0][0])
            else:
                self._over(self)


def frame(text: str) -> bytes:
    """Masked with nought, which changes nothing."""
    data = text.encode()
    size = bytes([0x80 | len(data)]) if len(data) < 126 else struct.pack("!BH", 0xFE, len(data))
    return b"\x81" + size + bytes(4) + data


def page(path: str, host: str) -> Steps:
    return [(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(), b"</html>")]


def joining(join: str, host: str) -> Steps:
    """From the upgrade to the picture."""
    path = JOINING["hall"][0]
    return [
        (UPGRADE.format(path=path, host=host).encode(), b'0{"sid"'),
        (frame("40"), b'40{"sid"'),
        (frame(f'420["join",{join}]'), b'430[{"ok":true'),
    ]


class Crowd(Wishes):
    """All of them, and the wishes of whoever started this process."""

    def __init__(self) -> None:
        super().__init__()
        self._took: dict[str, list[float]] = {}
        self._lost = 0
        self._there: list[Talk] = []

    def phones(self, url: str, links: list[str]) -> dict[str, Any]:
        """`page`, `join`: ms of each, the page's from the moment in which all began."""
        began, at = time.monotonic(), urlsplit(url)
        for link in links:

            def open_socket(done: Talk, token: str = link.rsplit("/", 1)[-1]) -> None:
                self._note("page", began)
                self.forget(done)
                done.socket.close()
                self._begin(at, joining(f'{{"screen":"phone","token":"{token}"}}', at.netloc), self._joined)

            self._begin(at, page(link, at.netloc), open_socket)
        return self._until(len(links), began)

    def screens(self, url: str, screens: int) -> dict[str, Any]:
        """`join`: ms from the moment in which all began."""
        began, at = time.monotonic(), urlsplit(url)
        for _ in range(screens):
            self._begin(at, joining('{"screen":"board"}', at.netloc), lambda done: self._note("join", began))
        return self._until(screens, began)

    def _hung_up(self, talk: Talk) -> None:
        """It comes no more, and is counted."""
        self._lost += 1
        self.forget(talk)
        self._there.remove(talk)

    def leave(self) -> dict[str, Any]:
        """All close their sockets."""
        for talk in self._there:
            self.forget(talk)
            talk.socket.close()
        self._there.clear()
        return {}

    def _joined(self, talk: Talk) -> None:
        self._note("join", talk.began)

    def _note(self, what: str, began: float) -> None:
        self._took.setdefault(what, []).append(1000 * (time.monotonic() - began))

    def _begin(self, at: Any, steps: Steps, over: Told) -> None:
        talk = Talk(str(at.hostname), int(at.port), steps, over, self._hung_up)
        self._there.append(talk)
        self.watch(talk)

    def _until(self, screens: int, began: float) -> dict[str, Any]:
        """Reads until so many have joined."""
        while len(self._took.get("join", ())) < screens:
            self.read(0.1)
            if time.monotonic() - began > LONGEST:
                raise TimeoutError(f"{len(self._took.get('join', ()))} of {screens}")
        took, self._took = self._took, {}
        lost, self._lost = self._lost, 0
        return took | {"seconds": time.monotonic() - began, "lost": lost}


if __name__ == "__main__":
    Crowd().serve()
