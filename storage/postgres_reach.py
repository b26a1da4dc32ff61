"""Whether the database answers, as far as this process knows: nobody waits long for one that is away.

A server that refuses says so at once. One that fell silent is found out by asking it, on a line of its own
and while somebody waits, whether it is there; what a server that is there takes long for is waited for.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Generator
from contextlib import closing
from itertools import zip_longest
from math import inf
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from queueing.clock import Stopwatch
from storage.postgres_advice import NONE_LEFT

SILENT_SECONDS, AGAIN_SECONDS = 1.0, 5.0
"""After how long without an answer the server is asked whether it is there, and how often from then on."""

SIGN_SECONDS = 1.0
"""So long it has to say so."""

HELD_OFF_SECONDS = 1.0
"""So long after a failure nobody else tries and waits."""

DEAR_SECONDS = 0.5
"""A failure that took less is no reason for a press not to try by itself."""

FIRST_ANSWER_SECONDS = 5.0
"""So long a server that is there may take on a new connection: a pooler lets who is one too many wait."""

USUAL_PORT = 5432
ARE_YOU_THERE = struct.pack("!ii", 8, 80877103)
"""The server's own question whether it speaks TLS; it answers with one byte before anybody has to sign in."""

Wait = Generator[Any, Any, Any]


class ServerSilent(psycopg.OperationalError):
    """The line is there, and nobody answers on it."""


class NoTurn(psycopg.OperationalError):
    """The line is there, and whoever took it has nobody to hand it on to."""


class Busy(psycopg.errors.ConnectionTimeout):
    """Somebody is there, and nobody was let in within the time that there is for it."""


class Reach:
    """What tries at one database have come to lately."""

    def __init__(self) -> None:
        self._failure: psycopg.Error | None = None
        self._since, self._took = Stopwatch(), 0.0

    def failed(self, error: psycopg.Error, seconds: float) -> None:
        self._failure, self._since, self._took = error, Stopwatch(), seconds

    def well(self) -> None:
        self._failure = None

    def must_be_worth_trying(self, dear: float = 0.0) -> None:
        """Raises again what somebody has just found out in vain, where that took so long at least.

        That there is no connection left says nothing of those that one has.
        """
        failure = self._failure
        if not failure or NONE_LEFT.search(str(failure)):
            return
        if self._took >= dear and self._since.seconds() < HELD_OFF_SECONDS:
            raise psycopg.OperationalError(str(failure)) from failure

    def must_not_have_failed(self, lately: Stopwatch) -> None:
        """Raises what a try has come to that began after the watch."""
        failure = self._failure
        if failure and self._since.seconds() <= lately.seconds():
            raise psycopg.OperationalError(str(failure)) from failure


REACHES: dict[tuple[str, ...], Reach] = {}
OF_SERVER = ("host", "hostaddr", "port", "dbname", "user")


def reach_of(address: str) -> Reach:
    """One for all of this process that go there."""
    told = conninfo_to_dict(address)
    return REACHES.setdefault(tuple(str(told.get(name, "")) for name in OF_SERVER), Reach())


def patient(gen: Wait, is_there: Callable[[], bool], most: float = inf) -> Wait:
    """The same wait, ended by ServerSilent when nobody is there any more, by NoTurn after so many seconds."""
    watch, due, ready = Stopwatch(), SILENT_SECONDS, None
    while True:
        try:
            wanted = gen.send(ready)
        except StopIteration as done:
            return done.value
        ready = yield wanted
        if not ready and watch.seconds() >= due:
            if not is_there():
                raise ServerSilent("the server doesn't answer any more")
            due = watch.seconds() + AGAIN_SECONDS
        if not ready and watch.seconds() >= most:
            raise NoTurn(f"it answered nothing on a new connection for {most:g} s")


def anybody_at(address: str) -> bool:
    """Whether one of the servers that it names says that it is there."""
    told = conninfo_to_dict(address)
    hosts, ports = (str(told.get(name) or "").split(",") for name in ("host", "port"))
    hosts = str(told.get("hostaddr") or "").split(",") if told.get("hostaddr") else hosts
    places = zip_longest(hosts, ports, fillvalue=ports[0] if len(ports) == 1 else "")
    return any(is_there(host, int(port or USUAL_PORT)) for host, port in places if host)


def is_there(host: str, port: int) -> bool:
    """Whether a server answers at that address or in that folder of sockets."""
    by_file = host.startswith(("/", "@"))
    try:
        with closing(socket.socket(socket.AF_UNIX) if by_file else _line_to(host, port)) as line:
            line.settimeout(SIGN_SECONDS)
            if by_file:
                line.connect(f"{host}/.s.PGSQL.{port}".replace("@", "\0", 1))
            line.sendall(ARE_YOU_THERE)
            return bool(line.recv(1))
    except OSError:
        return False


def _line_to(host: str, port: int) -> socket.socket:
    return socket.create_connection((host, port), SIGN_SECONDS)
