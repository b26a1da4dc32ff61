"""A connection to a PostgreSQL database: it takes the SQL that SQLite takes, and waits as its thread may."""

from __future__ import annotations

import re
import select
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from inspect import isbuiltin
from typing import Any

import psycopg
from psycopg import waiting
from psycopg.adapt import Buffer, Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from queueing.clock import Stopwatch
from storage.db import Adding, Db
from storage.postgres_reach import SILENT_SECONDS, Reach, ServerSilent, is_there, patient, reach_of

OLDEST = 130000
"""PostgreSQL 13: the first that tells what became of a commit."""

PATIENCE: dict[str, Any] = {
    "application_name": "service-hall",
    "client_encoding": "UTF8",
    "connect_timeout": 2,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""Where the address says nothing else: a server that fell silent is given up in seconds."""

OF_READERS = (
    "SET jit = off; SET statement_timeout = 0; SET default_transaction_isolation = 'read committed'; "
    "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('transaction_timeout', "
    "'idle_session_timeout', 'idle_in_transaction_session_timeout')"
)
"""Whatever is set for the database or the role: a long report is waited for, and a quiet hall stays."""

OF_WRITER = (
    OF_READERS + "; SET lock_timeout = '10s'; SET statement_timeout = '60s'; "
    "SET idle_in_transaction_session_timeout = '15s'; "
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)
"""A process that hangs doesn't keep the hall's row locked; a commit comes back only from the disk."""

MAIN = threading.main_thread().native_id
"""Where a green engine has its loop."""


def must_not_block() -> bool:
    """Whether this is the loop of an engine that has replaced the system's waiting by its own."""
    return not isbuiltin(select.select) and threading.get_native_id() == MAIN


class Connection(psycopg.Connection[Any]):
    """Waits without holding up the loop that it is used on; in a real thread it just waits."""

    reach: Reach

    @classmethod
    def connect(cls, conninfo: str = "", **more: Any) -> Connection:
        """Everybody of this process who goes to that server knows what came of it."""
        reach, watch = reach_of(conninfo), Stopwatch()
        try:
            made = super().connect(conninfo, **more)
        except psycopg.OperationalError as error:
            reach.failed(error, watch.seconds())
            raise
        reach.well()
        made.reach = reach
        return made

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        wait = waiting.wait_select if must_not_block() else waiting.wait_c
        try:
            return wait(patient(gen, self.is_there), self.pgconn.socket, interval, timeout)
        except ServerSilent as error:
            self.reach.failed(error, SILENT_SECONDS)
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


def address_of(address: str) -> str:
    """The address with the hall's patience where it says none of its own."""
    return make_conninfo(address, **{k: v for k, v in PATIENCE.items() if k not in conninfo_to_dict(address)})


def without_password(address: str) -> str:
    """As it may be shown."""
    told = conninfo_to_dict(address)
    return make_conninfo("", **{name: value for name, value in told.items() if name != "password"})


def name_of(hall: str) -> str:
    """What a hall's connections call themselves, so that its own database can say whether it is open."""
    return f"service-hall {hall}"[:63]


def connected(address: str, settings: str = OF_WRITER) -> Connection:
    """A new connection; raises psycopg.OperationalError when there is none to be had."""
    conn = Connection.connect(address_of(address), autocommit=True)
    prepare(conn, settings)
    return conn


def prepare(conn: psycopg.Connection[Any], settings: str = OF_READERS) -> None:
    """What every new connection is told."""
    conn.adapters.register_loader("numeric", Number)
    conn.execute(settings)


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


WORDS = re.compile(
    r"(?P<text>'(?:[^']|'')*')|(?P<percent>%)|(?P<cast>::)|:(?P<name>[a-z_][a-z0-9_]*)"
    r"|CROSS JOIN (?P<table>\w+) INDEXED BY \w+"
)


@cache
def at_once(addings: tuple[Adding, ...]) -> str:
    """One statement that adds a row to each of the tables, with its marks for values as psycopg has them."""
    *others, last = (adding.sql.replace("?", "%s") for adding in addings)
    parts = ", ".join(f"part_{n} AS ({sql})" for n, sql in enumerate(others))
    return f"WITH {parts} {last}" if others else last


@cache
def translated(sql: str) -> str:
    """The statement as psycopg takes it: its marks for parameters, and no hints to SQLite's planner."""
    return WORDS.sub(_said_otherwise, sql)


def _said_otherwise(found: re.Match[str]) -> str:
    if found["name"]:
        return f"%({found['name']})s"
    if found["table"]:
        return f"JOIN {found['table']}"
    return found[0].replace("%", "%%")
