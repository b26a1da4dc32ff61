"""What leaves over websockets: whole frames, written at once; nobody waits for a client that reads slowly.

What the system doesn't take of a frame waits in the outlet, in order, and whoever serves the connection
writes it as soon as there is room. When too much of it waits, the connection is cut.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

MOST_BEHIND = 512 * 1024
"""Bytes that a screen may be behind, beside the one message that it was sent last; a slower one is cut."""

SEND_BUFFER = 64 * 1024
"""Bytes that the system is asked to keep for one screen; it keeps up to twice as many."""

TEXT, BINARY, CLOSE = 0x81, 0x82, 0x88
SHORT, LONG = 126, 65536

Guard = AbstractContextManager[Any]


def framed(message: str | bytes) -> bytes:
    """A whole unmasked frame, as a server sends it (RFC 6455, section 5.2)."""
    data, kind = (message.encode(), TEXT) if isinstance(message, str) else (message, BINARY)
    size = len(data)
    if size < SHORT:
        return bytes((kind, size)) + data
    if size < LONG:
        return struct.pack("!BBH", kind, 126, size) + data
    return struct.pack("!BBQ", kind, 127, size) + data


def nothing() -> None:
    """What is to be done about a connection that is over."""


class Outlet:
    """The outgoing side of one connection; frames leave whole and in the order in which they were put."""

    __slots__ = (
        "_behind", "_bytes_behind", "_ended", "_guard", "_raw", "_say_behind", "_write_now", "_write_some",
        "was_too_slow",
    )  # fmt: skip

    def __init__(
        self, raw: Any, write_some: Callable[[Any], int], say_behind: Callable[[], Any], guard: Guard
    ) -> None:
        """`raw`: the system's socket; `write_some` waits for room; `say_behind` asks for `catch_up`."""
        self._raw, self._write_now, self._write_some = raw, raw.send, write_some
        self._say_behind, self._guard = say_behind, guard
        self._behind: deque[bytes | memoryview] | None = None
        self._bytes_behind = 0
        self.was_too_slow = False
        self._ended = False
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

    def put(self, frame: bytes) -> None:
        """Writes it, or keeps what isn't taken; after the closing frame nothing follows."""
        with self._guard:
            if self._ended:
                return
            if self._behind is not None:
                self._keep(frame)
            else:
                self._write(frame)
            self._ended = self._ended or frame[0] == CLOSE

    def _write(self, frame: bytes) -> None:
        try:
            sent = self._write_now(frame, socket.MSG_DONTWAIT)
        except BlockingIOError:
            sent = 0
        except OSError:  # the client has gone; whoever reads from it notices
            self._ended = True
            return
        if sent < len(frame):
            self._behind = deque([memoryview(frame)[sent:]])
            self._bytes_behind = len(frame) - sent
            self._say_behind()

    def _keep(self, frame: bytes) -> None:
        if self._bytes_behind > MOST_BEHIND:
            self.was_too_slow = True
            self._cut()
            return
        assert self._behind is not None
        self._behind.append(frame)
        self._bytes_behind += len(frame)

    def catch_up(self) -> None:
        """Writes what waits, and waits for room meanwhile; raises OSError when the connection is gone."""
        while piece := self._first():
            self._has_left(self._write_some(piece))

    def _first(self) -> bytes | memoryview | None:
        """What is to be written next; when nothing is, frames leave directly again."""
        with self._guard:
            if self._behind:
                return self._behind[0]
            self._behind = None
            return None

    def _has_left(self, size: int) -> None:
        with self._guard:
            if not self._behind:  # cut meanwhile
                return
            self._bytes_behind -= size
            first = self._behind.popleft()
            if size < len(first):
                self._behind.appendleft(memoryview(first)[size:])

    @property
    def bytes_behind(self) -> int:
        """What the system hasn't taken yet."""
        return self._bytes_behind

    def let_go(self) -> None:
        """The connection ends: nobody waits any more for a client that doesn't read."""
        with self._guard:
            if self._behind is not None:
                self._cut()

    def forget(self) -> None:
        """The connection is over: nobody is asked to catch up any more."""
        self._say_behind = nothing

    def _cut(self) -> None:
        """Wakes whoever reads or writes on the connection; the kept frames go."""
        self._bytes_behind, self._behind = 0, deque()
        self.end()

    def end(self) -> None:
        """Nothing more leaves, nothing more comes in."""
        self._ended = True
        with contextlib.suppress(OSError):
            self._raw.shutdown(socket.SHUT_RDWR)
