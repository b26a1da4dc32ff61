"""How many connections a hall can hold, how long a silent one is kept, and a door that stays open."""

from __future__ import annotations

import errno
import logging
import os
import resource
import time
from collections.abc import Callable
from typing import Any

LOG = logging.getLogger(__name__)

MOST_CONNECTIONS = 16_384
SILENT_SECONDS = 20.0
"""A connection that neither asks nor reads for so long is closed; sockets are asked for a sign of life."""

PAUSE_SECONDS = 0.5
PASSING = frozenset(
    {
        *(errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM),
        *(errno.ECONNABORTED, errno.ECONNRESET, errno.EPIPE, errno.EPROTO, errno.ENOTCONN, errno.ESHUTDOWN),
        *(errno.EPERM, errno.ETIMEDOUT, errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTUNREACH),
    }
)
"""What keeps a connection from being accepted now, but not the next one a little later."""


def of_connections() -> dict[str, Any]:
    """The limits in the words of the server."""
    return {"max_size": most_connections(), "socket_timeout": SILENT_SECONDS, "keepalive": SILENT_SECONDS}


def most_connections() -> int:
    """As many as the system allows files, less a share for the hall's own."""
    files = raised_limit()
    return min(MOST_CONNECTIONS, files - files // 8)


def raised_limit() -> int:
    """How many files may be open, after asking the system for all that it gives."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError) as reason:
        LOG.warning("No more than %d files may be open: %s", soft, reason)
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 2 * MOST_CONNECTIONS if allowed == resource.RLIM_INFINITY else allowed


def read_in_time(body: Any, seconds: float, timeout: Callable[[float, Exception], Any]) -> None:
    """Ends a connection on which a body drips in for longer: from the first look at it to the last."""
    read, left = body.read, [seconds]

    def in_time(*size: int) -> bytes:
        began = time.monotonic()
        with timeout(max(left[0], 0.0), ConnectionAbortedError(errno.ECONNABORTED, "too slow")):
            read_now: bytes = read(*size)
        left[0] -= time.monotonic() - began
        return read_now

    body.read = in_time


class Door:
    """A listening socket whose `accept` waits for better times instead of ending the server."""

    def __init__(self, socket: Any, sleep: Callable[[float], Any]) -> None:
        self._socket, self._sleep = socket, sleep

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def accept(self) -> Any:
        while True:
            try:
                return self._socket.accept()
            except OSError as reason:
                if reason.errno not in PASSING:
                    closed(reason)
                LOG.error("A connection couldn't be accepted, the next try follows: %s", reason)
                self._sleep(PAUSE_SECONDS)


def closed(reason: object) -> None:
    """Nobody can come in any more: better no hall, which is started again, than one that hears nobody."""
    LOG.critical("The hall's door is shut, the server ends: %r", reason)
    logging.shutdown()
    os._exit(1)
