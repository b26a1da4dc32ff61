"""Asks other machines over HTTP without holding up the hall, whichever engine it runs on.

Sockets are the engine's own (`web.wires`); what would block is done in a thread: the search for a name's
address, reading certificates. No redirection is followed, and one deadline is for the whole exchange.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from web.wires import Sealed, Wire

InThread = Callable[[Callable[[], Any]], Any]
MOST_BYTES = 16 * 1024


class NoAnswer(Exception):
    """The other machine said nothing, or nothing that can be read."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Wish:
    """One request."""

    method: str
    url: str
    body: bytes
    headers: Mapping[str, str]
    seconds: float
    """For everything from looking for the address to the last byte of the answer."""

    inside: bool = True
    """Whether it may stay in the own network: to what the hall's file names, not to what strangers name."""


def sent(wish: Wish, in_thread: InThread) -> Reply:
    """The reply, or NoAnswer."""
    try:
        parts = urlsplit(wish.url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connection = _Connection(parts.hostname or "", port, wish, parts.scheme == "https", in_thread)
        return _exchanged(connection, wish, parts.path + (f"?{parts.query}" if parts.query else ""))
    except (OSError, http.client.HTTPException, ValueError) as trouble:
        raise NoAnswer(type(trouble).__name__) from trouble


def _exchanged(connection: _Connection, wish: Wish, path: str) -> Reply:
    try:
        connection.request(wish.method, path or "/", wish.body or None, dict(wish.headers))
        answer = connection.getresponse()
        return Reply(answer.status, _bounded(answer))
    finally:
        connection.hang_up()


def _bounded(answer: http.client.HTTPResponse) -> bytes:
    body = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise ValueError("more than anybody would say")
    return body


class _Connection(http.client.HTTPConnection):
    """A connection whose address was found in a thread; encrypted where asked for."""

    def __init__(self, host: str, port: int, wish: Wish, secure: bool, in_thread: InThread) -> None:
        super().__init__(host, port)
        self._secure, self._in_thread, self._wish = secure, in_thread, wish
        self._until = time.monotonic() + wish.seconds
        self._plain: socket.socket | None = None
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        found = self._in_thread(lambda: socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM))
        address = str(found[0][4][0])
        if not self._wish.inside and not ip_address(address.partition("%")[0]).is_global:
            raise NoAnswer("an address of the own network")
        left = max(self._until - time.monotonic(), 0.001)
        self._plain = socket.create_connection((address, self.port), left)
        wire: Any = Wire(self._plain, self._until)
        if self._secure:
            trust = self._in_thread(ssl.create_default_context)  # reads a file of some hundred certificates
            wire = Sealed(wire, trust, self.host)
        self.sock = wire

    def hang_up(self) -> None:
        """Closing alone would leave the line to an answer that is still being read."""
        self.close()
        if self._plain is not None:
            self._plain.close()
