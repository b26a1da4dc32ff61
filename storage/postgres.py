"""A connection to a PostgreSQL database: it takes the SQL that SQLite takes, and waits as its thread may."""

from __future__ import annotations

import re
import select
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from inspect import isbuiltin
from math import inf
from typing import Any

import psycopg
from psycopg import waiting
from psycopg.adapt import Buffer, Loader
from psycopg.pq import TransactionStatus

from queueing.clock import Stopwatch
from storage.db import Adding, Db
from storage.postgres_address import Unfit, address_of, unreadable
from storage.postgres_reach import (
    FIRST_ANSWER_SECONDS,
    Busy,
    NoTurn,
    Reach,
    ServerSilent,
    anybody_at,
    is_there,
    patient,
    reach_of,
)

OLDEST = 130000
"""PostgreSQL 13: the first that names a transaction so that it can tell later what became of it."""

OF_READERS = (
    "SET jit = off; SET statement_timeout = 0; SET default_transaction_isolation = 'read committed'; "
    "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('transaction_timeout', "
    "'idle_session_timeout', 'idle_in_transaction_session_timeout')"
)
"""Whatever is set for the database or the role: a long report is waited for, and a quiet hall stays."""

OF_WRITER = (
    OF_READERS + "; SET lock_timeout = '10s'; SET statement_timeout = '60s'; SET enable_seqscan = off; "
    "SET idle_in_transaction_session_timeout = '15s'; "
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)
"""A process that hangs doesn't keep the hall's row locked; a commit comes back only from the disk.

A plan made when a table was small may last as long as the connection: presses always go by an index.
"""

MAIN = threading.main_thread().native_id
"""Where a green engine has its loop."""


def must_not_block() -> bool:
    """Whether this is the loop of an engine that has replaced the system's waiting by its own."""
    return not isbuiltin(select.select) and threading.get_native_id() == MAIN


class Connection(psycopg.Connection[Any]):
    """Waits without holding up the loop that it is used on; in a real thread it just waits."""

    reach: Reach
    patience = inf
    """Seconds for one answer."""

    @classmethod
    def connect(cls, conninfo: str = "", **more: Any) -> Connection:
        """Everybody of this process who goes to that server knows what came of it."""
        reach, watch = reach_of(conninfo), Stopwatch()
        try:
            made = cls._connected(conninfo, more)
        except UnicodeError:
            raise unreadable() from None
        except psycopg.OperationalError as error:
            reach.failed(error, watch.seconds())
            raise
        reach.well()
        made.reach = reach
        return made

    @classmethod
    def _connected(cls, conninfo: str, more: dict[str, Any]) -> Connection:
        """A server that is there, and only slow to let somebody in, is tried once more and longer."""
        try:
            return super().connect(conninfo, **more)
        except psycopg.errors.ConnectionTimeout:
            if not anybody_at(conninfo):
                raise
        try:
            return super().connect(conninfo, **(more | {"connect_timeout": int(FIRST_ANSWER_SECONDS)}))
        except psycopg.errors.ConnectionTimeout:
            raise Busy(f"it is there, but let nobody in within {FIRST_ANSWER_SECONDS:g} s") from None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        wait = waiting.wait_select if must_not_block() else waiting.wait_c
        watch = Stopwatch()
        try:
            return wait(patient(gen, self.is_there, self.patience), self.pgconn.socket, interval, timeout)
        except (ServerSilent, NoTurn) as error:
            self.reach.failed(error, watch.seconds())
            self.pgconn.finish()
            raise

    def is_there(self) -> bool:
        """Whether the server that it leads to answers anybody."""
        return is_there(self.info.hostaddr or self.info.host, self.info.port)


class Number(Loader):
    """Sums of whole numbers come as numbers of any length: whole ones are whole here, too."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


def connected(address: str, settings: str = OF_WRITER) -> Connection:
    """A new connection; raises psycopg.OperationalError when there is none to be had."""
    conn = Connection.connect(address_of(address), autocommit=True)
    try:
        must_be_new_enough(conn.info.server_version)
        prepare(conn, settings)
    except BaseException:
        conn.close()
        raise
    return conn


def must_be_new_enough(version: int) -> None:
    """Before anything is asked of it that an older one doesn't know; raises Unfit."""
    if version < OLDEST:
        raise Unfit(
            f"The database is PostgreSQL {version // 10000}. The hall needs version {OLDEST // 10000} or "
            "newer: upgrade that server, or name another."
        )


def prepare(conn: Connection, settings: str = OF_READERS) -> None:
    """What every new connection is told."""
    conn.adapters.register_loader("numeric", Number)
    conn.patience = FIRST_ANSWER_SECONDS
    conn.execute(settings)
    conn.patience = inf


class PostgresDb(Db):
    """A hand on one connection."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        self.conn = conn
        super().__init__(self._execute)

    def _execute(self, sql: str, params: dict[str, Any]) -> Any:
        return self.conn.execute(translated(sql), params)

    def add(self, tables: Mapping[Adding, Sequence[tuple[Any, ...]]]) -> None:
        """A table's rows in one round trip, and all tables with one row each in another."""
        told = {adding: adding.last_of(rows) for adding, rows in tables.items()}
        alone = {adding: rows[0] for adding, rows in told.items() if len(rows) == 1}
        if alone:
            self.conn.execute(at_once(tuple(alone)), [value for row in alone.values() for value in row])
        for adding, rows in told.items():
            if adding not in alone:
                self.conn.cursor().executemany(at_once((adding,)), rows)

    def is_lost(self) -> bool:
        """Whether nothing can be said over it any more."""
        return self.conn.closed

    def end(self, how: str = "COMMIT") -> None:
        if self.conn.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            self.run(how)

    def close(self) -> None:
        self.conn.close()


KEPT = 1024
"""Statements that are remembered as they were put; a list of any length makes one of its own."""

WORDS = re.compile(
    r"(?P<text>'(?:[^']|'')*')|(?P<percent>%)|(?P<cast>::)|:(?P<name>[a-z_][a-z0-9_]*)"
    r"|CROSS JOIN (?P<table>\w+) INDEXED BY \w+"
)


@lru_cache(maxsize=KEPT)
def at_once(addings: tuple[Adding, ...]) -> str:
    """One statement that adds a row to each of the tables, with its marks for values as psycopg has them."""
    *others, last = (adding.sql.replace("?", "%s") for adding in addings)
    parts = ", ".join(f"part_{n} AS ({sql})" for n, sql in enumerate(others))
    return f"WITH {parts} {last}" if others else last


@lru_cache(maxsize=KEPT)
def translated(sql: str) -> str:
    """The statement as psycopg takes it: its marks for parameters, and no hints to SQLite's planner."""
    return WORDS.sub(_said_otherwise, sql)


def _said_otherwise(found: re.Match[str]) -> str:
    if found["name"]:
        return f"%({found['name']})s"
    if found["table"]:
        return f"JOIN {found['table']}"
    return found[0].replace("%", "%%")
