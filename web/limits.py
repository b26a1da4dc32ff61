"""How many connections a hall can hold, how long a silent one is kept, and a door that stays open."""

from __future__ import annotations

import errno
import logging
import os
import resource
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from queueing.house import House
from queueing.tries import network_of
from web.seldom import Seldom

LOG = logging.getLogger(__name__)

MOST_CONNECTIONS = 16_384
SILENT_SECONDS = 20.0
"""A connection that neither asks nor reads for so long is closed; sockets are asked for a sign of life."""

OWN_MACHINE = frozenset({network_of("127.0.0.1"), network_of("::1")})
"""From where nobody is counted: the hall's own browser, and a proxy beside it."""

PAUSE_SECONDS = 0.5
FOR_EVER = 86400.0
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


def of_one_address(house: House) -> int:
    """How many connections one address may hold; behind a proxy everybody comes from the proxy's."""
    half = most_connections() // 2
    return half if house.server.trusted_proxies else min(house.doors.connections_per_address, half)


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
        try:
            with timeout(max(left[0], 0.0), ConnectionAbortedError(errno.ECONNABORTED, "too slow")):
                read_now: bytes = read(*size)
        finally:  # whoever asks again, such as to throw the rest away, has no more time
            left[0] -= time.monotonic() - began
        return read_now

    body.read = in_time


class Door:
    """A listening socket that lets no address in too often, and whose `accept` waits for better times."""

    def __init__(self, socket: Any, sleep: Callable[[float], Any], of_one_address: int) -> None:
        self._socket, self._sleep, self._most = socket, sleep, of_one_address
        self._open: Counter[str] = Counter()
        self._log = Seldom(LOG)
        self._is_shut = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def accept(self) -> Any:
        while True:
            connection, address = self._next()
            self._sleep(0)  # a crowd that comes at once comes in one by one, between all that others do
            if self._let_in(connection, network_of(address[0])):
                return connection, address
            connection.close()

    def shut(self) -> None:
        """Nobody comes in any more; whoever is inside stays. The system lets nobody wait before it either."""
        self._is_shut = True
        self._socket.close()

    def left(self, reason: object) -> None:
        """Nobody waits at the door any more: well, once it was shut, even before anybody began to wait."""
        if not self._is_shut:
            closed(reason)

    def _next(self) -> Any:
        while True:
            try:
                return self._socket.accept()
            except OSError as reason:
                if self._is_shut:
                    self._sleep(FOR_EVER)
                elif reason.errno not in PASSING:
                    closed(reason)
                LOG.error("A connection couldn't be accepted, the next try follows: %s", reason)
                self._sleep(PAUSE_SECONDS)

    def _let_in(self, connection: Any, network: str) -> bool:
        """Counted until it is closed; the server closes every connection in the end, whoever ended it."""
        if network in OWN_MACHINE:
            return True
        if self._open[network] >= self._most:
            self._log.warn("%s holds %d connections and gets no further one", network, self._most)
            return False
        self._open[network] += 1
        connection.close = self._leaving(network, connection.close)
        return True

    def _leaving(self, network: str, close: Callable[[], Any]) -> Callable[[], Any]:
        """Closes as ever; the first time, the address has one less."""
        here = [network]

        def leave() -> Any:
            if here:
                self._one_less(here.pop())
            return close()

        return leave

    def _one_less(self, network: str) -> None:
        self._open[network] -= 1
        if not self._open[network]:
            del self._open[network]


def closed(reason: object) -> None:
    """Nobody can come in any more: better no hall, which is started again, than one that hears nobody."""
    LOG.critical("The hall's door is shut, the server ends: %r", reason)
    logging.shutdown()
    os._exit(1)
