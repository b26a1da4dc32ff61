"""How fast and how much a client may speak over its websocket; who says more is hung up on."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from flask_socketio import SocketIO

LONGEST_MESSAGE = 4096
PER_SECOND, AT_ONCE = 20.0, 40.0
"""A screen says a few words when it joins, and then little more than that it lives."""

DIGITS = frozenset("0123456789")
BARE = frozenset({"1", "2", "3", "5", "6", "2probe"})
"""The signs of the transport that come without words: the end, signs of life, the change from polling."""


class TooMuch(Exception):
    """More than a screen of ours says; the connection ends with it."""


class Bucket:
    """Tokens that come back with time."""

    def __init__(self) -> None:
        self._left, self._at = AT_ONCE, time.monotonic()

    def take(self) -> None:
        now = time.monotonic()
        self._left = min(AT_ONCE, self._left + (now - self._at) * PER_SECOND)
        self._at = now
        if self._left < 1:
            raise TooMuch("too many messages")
        self._left -= 1


class Paced:
    """A websocket that is read at a bearable pace; between two messages it is others' turn."""

    def __init__(self, websocket: Any, sleep: Callable[[float], Any], ended: Callable[[], None]) -> None:
        """`ended` is told when nothing more will be read."""
        self._websocket, self._sleep, self._ended = websocket, sleep, ended
        self._messages, self._frames = Bucket(), Bucket()
        if hasattr(websocket, "_recv_frame"):
            self._receive = websocket._recv_frame
            websocket._recv_frame, websocket._apply_mask = self._frame, unmasked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._websocket, name)

    def give_back(self) -> None:
        """Nothing more is read: websocket and pace let go of each other, and both can go at once."""
        for name in ("_recv_frame", "_apply_mask"):
            vars(self._websocket).pop(name, None)

    def wait(self) -> str | None:
        """The next message; none when the client has gone."""
        said = None
        try:
            said = self._next()
        finally:
            if said is None:
                self._ended()
        return said

    def _next(self) -> str | None:
        self._sleep(0)
        said = self._websocket.wait()
        if said is None:
            return None
        self._messages.take()
        return must_be_packet(said)

    def _frame(self, message: Any = None) -> Any:
        """Frames that make no message cost something, too: pings, and pieces that never end."""
        frame = self._receive(message=message)
        self._frames.take()
        if not frame.finished:
            raise TooMuch("a message in pieces")
        return frame


def must_be_packet(said: Any) -> str:
    """Text, and of the transport's own form; nothing of ours is binary."""
    if not isinstance(said, str) or len(said) > LONGEST_MESSAGE:
        raise TooMuch("not a packet")
    if said not in BARE and not (said[:1] == "4" and said[1:2] in DIGITS):
        raise TooMuch("not a packet")
    return said


def unmasked(data: bytes, mask: tuple[int, ...], length: int | None = None, offset: int = 0) -> bytes:
    """All bytes in one go."""
    size = len(data) if length is None else length
    turned = bytes(mask[(offset + i) % 4] for i in range(4)) * (size // 4 + 1)
    return (int.from_bytes(data[:size], "big") ^ int.from_bytes(turned[:size], "big")).to_bytes(size, "big")


def pace_polling(sockets: SocketIO, hang_up: Callable[[str], None]) -> None:
    """Who polls instead of holding a websocket may say no more than others."""
    transport = sockets.server.eio
    handle: Callable[[str, Any], None] = transport.handlers["message"]

    def heard(connection: str, said: Any) -> None:
        socket = transport.sockets.get(connection)
        if socket is not None and not socket.upgraded:
            try:
                vars(socket).setdefault("bucket", Bucket()).take()
            except TooMuch:
                return hang_up(connection)
        return handle(connection, said)

    transport.on("message", heard)
