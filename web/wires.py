"""Lines to machines that may mean harm: one deadline for all of an exchange, and a bound on all that is read.

A socket of the event loop's engine only lets others go on when it has to wait. A machine that never stops
talking never makes it wait, so others are let go on before each read as well.
"""

from __future__ import annotations

import contextlib
import io
import socket
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Done = TypeVar("Done")

AT_A_TIME = 8 * 1024
MOST_READ = 128 * 1024
"""Heads, body and what encryption adds; an answer's body has a lower bound of its own."""

MOST_LINES = 256
"""Of heads, those of "100 Continue" among them, and of pieces of a body: one answer has a hundred at most."""


class Wire:
    """As much of a socket as `http.client` uses. Every step raises TimeoutError after the deadline."""

    def __init__(self, plain: socket.socket, until: float) -> None:
        self._plain, self._until, self._read = plain, until, 0

    def recv(self, most: int) -> bytes:
        time.sleep(0)
        self._be_in_time()
        said = self._plain.recv(most)
        self._read += len(said)
        if self._read > MOST_READ:
            raise ValueError("talks without an end")
        return said

    def sendall(self, said: bytes) -> None:
        rest = memoryview(said)
        while rest:
            self._be_in_time()
            rest = rest[self._plain.send(rest) :]

    def makefile(self, mode: str) -> io.BufferedReader:
        return _Lines(_Raw(self), AT_A_TIME)

    def close(self) -> None:
        """Left to whoever opened the socket: `http.client` closes before it has read an answer."""

    def _be_in_time(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._plain.settimeout(left)


class Sealed(Wire):
    """The same, encrypted in memory, so that each byte of the line still passes the one below."""

    def __init__(self, below: Wire, trust: ssl.SSLContext, host: str) -> None:
        self._below, self._heard, self._said = below, ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = trust.wrap_bio(self._heard, self._said, server_hostname=host)
        self._done(self._tls.do_handshake)

    def recv(self, most: int) -> bytes:
        with contextlib.suppress(ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return self._done(lambda: self._tls.read(most))
        return b""

    def sendall(self, said: bytes) -> None:
        rest = memoryview(said)
        while rest:
            rest = rest[self._done(lambda: self._tls.write(rest)) :]  # noqa: B023 - called at once

    def _done(self, step: Callable[[], Done]) -> Done:
        """Repeats a step until the other side has said what it needs."""
        while True:
            try:
                return step()
            except ssl.SSLWantReadError:
                self._tell()
                self._hear()
            finally:
                self._tell()

    def _tell(self) -> None:
        if said := self._said.read():
            self._below.sendall(said)

    def _hear(self) -> None:
        if heard := self._below.recv(AT_A_TIME):
            self._heard.write(heard)
        else:
            self._heard.write_eof()


class _Raw(io.RawIOBase):
    """A wire as a file."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, room: WriteableBuffer) -> int:
        space = memoryview(room)
        said = self._wire.recv(len(space))
        space[: len(said)] = said
        return len(said)


class _Lines(io.BufferedReader):
    """Counts the lines that are read."""

    _lines = 0

    def readline(self, *most: Any) -> bytes:
        self._lines += 1
        if self._lines > MOST_LINES:
            raise ValueError("lines without an end")
        return super().readline(*most)
