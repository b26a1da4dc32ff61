"""The connections that looks borrow: a pool where requests run, a shelf for real threads beside a green loop.

All halls of a process whose data lie at one address share them. The pool's locks are those of the engine. A
real thread beside a green engine must not wait on them, so such a thread takes its connection from the shelf.
"""

from __future__ import annotations

import logging
import select
from _queue import Empty, SimpleQueue
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from inspect import isbuiltin
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from queueing.clock import Stopwatch
from storage.postgres import (
    OF_READERS,
    Connection,
    PostgresDb,
    connected,
    must_not_block,
    prepare,
)
from storage.postgres_address import address_of
from storage.postgres_reach import reach_of

logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # the store tells the operator, once

MOST = 8
"""Looks at the same moment, in requests and as many again in threads beside; more wait for their turn."""

TURN_SECONDS = 10.0
"""So long a look waits for its turn while the database answers."""

LOOK_SECONDS = 0.5
"""How often it hears meanwhile whether the database does."""

AGAIN_SECONDS = 0.5
"""After which the pool gives an attempt up; the next look makes a new one at once."""

IDLE_SECONDS = 60.0
"""A connection that nobody has needed for so long is given back to the server."""

PICTURE = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Shelf:
    """For real threads, which wait for a place as real threads do."""

    def __init__(self, address: str, most: int) -> None:
        self._address = address
        self._places: SimpleQueue[None] = SimpleQueue()
        for _ in range(most):
            self._places.put(None)
        self._idle: list[tuple[Any, Stopwatch]] = []

    def take(self) -> Any:
        try:
            self._places.get(timeout=TURN_SECONDS)
        except Empty:
            raise PoolTimeout("too many looks at the same moment") from None
        with suppress(IndexError):
            return self._idle.pop()[0]
        try:
            return connected(self._address, OF_READERS)
        except BaseException:
            self._places.put(None)
            raise

    def give_back(self, conn: Any) -> None:
        """The newest lies on top; the lowest goes when it has lain too long."""
        if not conn.closed:
            self._idle.append((conn, Stopwatch()))
        self._places.put(None)
        with suppress(IndexError):
            if self._idle[0][1].seconds() > IDLE_SECONDS:
                self._idle.pop(0)[0].close()

    def close(self) -> None:
        while self._idle:
            self._idle.pop()[0].close()


class Readers:
    """Lends connections, and begins a picture on them that stays the same until it is given back."""

    def __init__(self, address: str, most: int) -> None:
        self._address, self._most = address, most
        self._reach, self.users = reach_of(address), 0
        self._shelf = Shelf(address, most)
        self._pool = ConnectionPool(
            address_of(address), connection_class=Connection, kwargs={"autocommit": True}, configure=prepare,
            min_size=0, max_size=most, max_idle=IDLE_SECONDS, reconnect_timeout=AGAIN_SECONDS, open=True,
            name="looks",
        )  # fmt: skip

    @contextmanager
    def picture(self) -> Iterator[PostgresDb]:
        """A connection with a read-only transaction; raises psycopg.OperationalError when there is none."""
        conn = self._begun()
        db = PostgresDb(conn)
        try:
            yield db
        finally:
            with suppress(psycopg.Error):  # it is thrown away
                db.end("ROLLBACK")
            self._give_back(conn)

    def _begun(self) -> Any:
        """A connection that the server has left meanwhile is thrown away, and the next one taken."""
        for _ in range(self._most):
            self._reach.must_be_worth_trying()
            conn = self._taken()
            try:
                conn.execute(PICTURE)
            except BaseException as error:
                self._give_back(conn)
                if not isinstance(error, psycopg.OperationalError):
                    raise
            else:
                return conn
        raise psycopg.OperationalError("every connection to the database was lost")

    def _taken(self) -> Any:
        if is_beside():
            return self._shelf.take()
        watch = Stopwatch()
        while True:
            try:
                return self._pool.getconn(LOOK_SECONDS)
            except PoolTimeout:
                self._reach.must_not_have_failed(watch)
                if watch.seconds() > TURN_SECONDS:
                    raise

    def _give_back(self, conn: Any) -> None:
        if is_beside():
            self._shelf.give_back(conn)
        else:
            self._pool.putconn(conn)

    def close(self) -> None:
        self._pool.close()
        self._shelf.close()


SHARED: dict[str, Readers] = {}


def shared(address: str, most: int = MOST) -> Readers:
    """Those of this process for that address; who takes them has to leave them."""
    readers = SHARED.get(address) or SHARED.setdefault(address, Readers(address, most))
    readers.users += 1
    return readers


def leave(address: str) -> None:
    """The last one who leaves closes them."""
    SHARED[address].users -= 1
    if not SHARED[address].users:
        SHARED.pop(address).close()


def is_beside() -> bool:
    """Whether this is a real thread beside a green engine's loop."""
    return not isbuiltin(select.select) and not must_not_block()
