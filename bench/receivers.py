"""Many screens in a process of their own, as cheap as they can be: bare sockets that count what comes.

A line of JSON comes in for every wish, and one goes out as the answer:
join     opens screens of a kind of server; answers when they are in
said     when the last of them had each of so many messages, and what the first heard
silent   they read nothing any more
leave    closes them
"""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import struct
import time
from typing import Any
from urllib.parse import urlsplit

from bench.wishes import Wishes

MARK = b'42["events"'
"""How a message begins that is counted."""

PING, PONG = b"\x81\x012", "3"
AT_MOST = 65536
ESTABLISHED = 1
"""The first byte of what the system tells of a connection, in `tcp_info`."""

LIVES_EVERY, PATIENCE = 1.0, 60.0


class Screen:
    """One socket; `came` holds when each counted message began to arrive."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.came: list[float] = []
        self.heard: bytearray | None = None
        self._rest = b""

    def ask(self, path: str, host: str) -> None:
        """Opens the websocket."""
        key = base64.b64encode(os.urandom(16)).decode()
        head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self.socket.sendall(f"{head}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
        self.until(b"\r\n\r\n")

    def join(self, words: list[tuple[str, bytes]]) -> None:
        """Says something and waits for the answer, one after the other."""
        for said, answer in words:
            if said:
                self.say(said)
            self.until(answer)

    def until(self, answer: bytes) -> None:
        while answer not in self._rest:
            piece = self.socket.recv(AT_MOST)
            if not piece:
                raise ConnectionError(self._rest[-200:])
            self._rest += piece
            if PING in piece:
                self.say(PONG)
        self._rest = self._rest.partition(answer)[2]

    def say(self, text: str) -> None:
        """A masked frame; the mask is nought, which changes nothing."""
        data = text.encode()
        self.socket.sendall(struct.pack("!BBI", 0x81, 0x80 | len(data), 0) + data)

    def read(self) -> None:
        piece = self.socket.recv(AT_MOST)
        if not piece:
            raise ConnectionError("hung up")
        marks = piece.count(MARK)
        if marks:
            self.came += [time.monotonic()] * marks
        if self.heard is not None:
            self.heard += piece
        if PING in piece:
            self.say(PONG)


JOINING = {
    "hall": ("/socket.io/?EIO=4&transport=websocket", [
        ("", b'0{"sid"'), ("40", b'40{"sid"'), ('420["join",{"screen":"board"}]', b'430[{"ok":true'),
    ]),
    "emit": ("/socket.io/?EIO=4&transport=websocket", [("", b'0{"sid"'), ("40", b'40{"sid"')]),
    "broadcast": ("/", []),
}  # fmt: skip
"""By the kind of server: where its sockets are, and what is said until one is in."""


class Receivers(Wishes):
    """All screens of all servers, and the wishes of whoever started this process."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: dict[str, list[Screen]] = {}
        self._lived = 0.0

    def join(self, name: str, kind: str, url: str, screens: int) -> dict[str, Any]:
        at, group = urlsplit(url), self._groups.setdefault(name, [])
        for _ in range(screens):
            screen = Screen(str(at.hostname), int(at.port or 80))
            path, words = JOINING[kind]
            screen.ask(path, at.netloc)
            screen.join(words)
            self.watch(screen)
            group.append(screen)
            self.read(0)
        group[0].heard = bytearray()
        return {}

    def said(self, name: str, times: int) -> dict[str, Any]:
        """Waits until every screen has had so many messages."""
        group, until = self._groups[name], time.monotonic() + PATIENCE
        while not all(len(screen.came) >= times for screen in group):
            self.read(0.1)
            if time.monotonic() > until:
                raise TimeoutError(f"{name}: {min(len(screen.came) for screen in group)} of {times}")
        last = [max(screen.came[i] for screen in group) for i in range(times)]
        return {"last": last, "heard": bytes(group[0].heard or b"").decode("latin-1")}

    def silent(self, name: str) -> dict[str, Any]:
        for screen in self._groups[name]:
            self.forget(screen)
        return {}

    def cut(self, name: str) -> dict[str, Any]:
        """How many of those that read nothing the server still holds; they give signs of life meanwhile."""
        held = [screen for screen in self._groups[name] if not is_cut(screen.socket)]
        if time.monotonic() - self._lived > LIVES_EVERY:
            self._lived = time.monotonic()
            for screen in held:
                with contextlib.suppress(OSError):  # it was cut just now
                    screen.say(PONG)
        return {"open": len(held)}

    def rest(self, seconds: float) -> dict[str, Any]:
        """Nothing but reading for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.read(0.1)
        return {}

    def leave(self, name: str) -> dict[str, Any]:
        for screen in self._groups.pop(name, []):
            self.forget(screen)
            screen.socket.close()
        return {}


def is_cut(connection: socket.socket) -> bool:
    """Whether the other side has closed it, whatever waits to be read."""
    state: int = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO)
    return state != ESTABLISHED


if __name__ == "__main__":
    Receivers().serve()
