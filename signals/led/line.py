"""The line protocol over TCP (docs/led.md): one line out, one line back."""

from __future__ import annotations

import socket
import time

from queueing.signal_rules import LedController
from signals.led.driver import NoStrip, Shown
from web.outside import InThread

SECONDS = 3.0
LONGEST_ANSWER = 200


class LineDriver:
    """Sockets are those of the hall's engine, so waiting for an answer holds up nobody."""

    def __init__(self, rules: LedController, in_thread: InThread) -> None:
        self._rules, self._in_thread = rules, in_thread
        self._wire: socket.socket | None = None

    def open(self) -> None:
        host, port = self._rules.host, self._rules.port
        try:
            found = self._in_thread(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            self._wire = socket.create_connection(found[0][4][:2], SECONDS)
        except (OSError, ValueError) as trouble:
            raise NoStrip(str(trouble)) from None

    def show(self, window: str, shown: Shown) -> None:
        text = " ".join(shown.text.split())[: self._rules.characters]
        self._say(f"SHOW {window} {shown.colour} {text}")

    def alive(self) -> None:
        self._say("PING")

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()
        self._wire = None

    def _say(self, line: str) -> None:
        if self._wire is None:
            raise NoStrip("not connected")
        try:
            self._wire.settimeout(SECONDS)
            self._wire.sendall(line.encode(self._rules.encoding, "replace") + b"\n")
            answer = self._answer(self._wire)
        except OSError as trouble:
            raise NoStrip(str(trouble)) from None
        if answer != b"OK":
            raise NoStrip(f"answered {answer[:40]!r}")

    def _answer(self, wire: socket.socket) -> bytes:
        said, until = b"", time.monotonic() + SECONDS
        while not said.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0:
                raise NoStrip("answered too slowly")
            wire.settimeout(left)
            more = wire.recv(LONGEST_ANSWER)
            if not more or len(said) > LONGEST_ANSWER:
                raise NoStrip("hung up" if not more else "answered too much")
            said += more
        return said.strip()
