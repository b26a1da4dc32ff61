"""Asks other machines over HTTP without holding up the hall, whichever engine it runs on.

Sockets are the engine's own and wait without blocking anybody. Only the search for a name's address would
block, so that is done in a thread. No redirection is followed, nothing is read beyond a bound.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

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
    inside: bool = True
    """Whether it may stay in the own network: to what the hall's file names, not to what strangers name."""


def sent(wish: Wish, in_thread: InThread) -> Reply:
    """The reply, or NoAnswer."""
    parts = urlsplit(wish.url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
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
        connection.close()


def _bounded(answer: http.client.HTTPResponse) -> bytes:
    body = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise ValueError("more than anybody would say")
    return body


class _Connection(http.client.HTTPConnection):
    """A connection whose address was found in a thread; encrypted where asked for."""

    def __init__(self, host: str, port: int, wish: Wish, secure: bool, in_thread: InThread) -> None:
        super().__init__(host, port, timeout=wish.seconds)
        self._secure, self._in_thread, self._wish = secure, in_thread, wish
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        found = self._in_thread(lambda: socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM))
        address = str(found[0][4][0])
        if not self._wish.inside and not ip_address(address.partition("%")[0]).is_global:
            raise NoAnswer("an address of the own network")
        self.sock = socket.create_connection((address, self.port), self._wish.seconds)
        if self._secure:
            trust = self._in_thread(ssl.create_default_context)  # reads a file of some hundred certificates
            self.sock = trust.wrap_socket(self.sock, server_hostname=self.host)
