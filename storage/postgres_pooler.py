"""Whether something stands between that hands connections round: the hall needs one that stays its own.

What a hall holds (who leads, who speaks) and how its connections are set belong to a session. A pooler that
gives the next transaction to any other session would lose both without a word.
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

import psycopg

from storage.opening import CannotOpen
from storage.postgres import OF_READERS, PostgresDb, connected

TRIES = 3
WHICH = "SELECT pg_backend_pid()"


def must_be_our_own(conn: psycopg.Connection[Any], address: str) -> None:
    """Raises CannotOpen behind a pooler by transactions, such as PgBouncer's `pool_mode = transaction`."""
    if conn.info.backend_pid == which(conn) or not is_handed_round(conn, address):
        return
    raise CannotOpen(
        "Between the hall and its database stands a pooler that hands connections round after each "
        "transaction (PgBouncer: pool_mode = transaction or statement). The hall needs connections of its "
        "own: name the database's own address, or set pool_mode = session for it."
    )


def which(conn: psycopg.Connection[Any]) -> int:
    """The process of the server that answers at this moment."""
    return int(conn.execute(WHICH).fetchall()[0][0])


def is_handed_round(conn: psycopg.Connection[Any], address: str) -> bool:
    """Whether another session gets what answered this one, or this one gets another while that is taken."""
    before = which(conn)
    with closing(connected(address, OF_READERS)) as other:
        db = PostgresDb(other)
        db.run("BEGIN")
        taken = which(other) == before or any(which(conn) != before for _ in range(TRIES))
        db.end("ROLLBACK")
    return taken
