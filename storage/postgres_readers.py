"""The connections that looks borrow: a pool where requests run, one for each real thread beside a green loop.

The pool's locks are those of the engine. A real thread beside a green engine must not wait on them, so such a
thread takes a connection from a shelf: there are never more of them than threads.
"""

from __future__ import annotations

import logging
import select
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from inspect import isbuiltin
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from storage.postgres import (
    OF_READERS,
    Connection,
    PostgresDb,
    address_of,
    connected,
    must_not_block,
    prepare,
)

logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # the store tells the operator, once

MOST = 8
"""Looks at the same moment; more wait for their turn."""

PATIENCE_SECONDS = 4.0
AGAIN_SECONDS = 0.5
"""After which the pool gives an attempt up; the next look makes a new one at once."""

PICTURE = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Readers:
    """Lends connections, and begins a picture on them that stays the same until it is given back."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._shelf: list[Any] = []
        self._pool = ConnectionPool(
            address_of(address), connection_class=Connection, kwargs={"autocommit": True}, configure=prepare,
            min_size=1, max_size=MOST, timeout=PATIENCE_SECONDS, reconnect_timeout=AGAIN_SECONDS, open=True,
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
        for _ in range(MOST):
            conn = self._taken()
            try:
                conn.execute(PICTURE)
            except psycopg.OperationalError:
                self._give_back(conn)
            else:
                return conn
        raise psycopg.OperationalError("every connection to the database was lost")

    def _taken(self) -> Any:
        if not is_beside():
            return self._pool.getconn()
        with suppress(IndexError):
            return self._shelf.pop()
        return connected(self._address, OF_READERS)

    def _give_back(self, conn: Any) -> None:
        if not is_beside():
            self._pool.putconn(conn)
        elif not conn.closed:
            self._shelf.append(conn)

    def close(self) -> None:
        self._pool.close()
        while self._shelf:
            self._shelf.pop().close()


def is_beside() -> bool:
    """Whether this is a real thread beside a green engine's loop."""
    return not isbuiltin(select.select) and not must_not_block()
