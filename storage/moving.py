"""A hall's rows carried from one database to the other: every table, nothing changed on the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from storage.backups import fresh_part, settle
from storage.chain import Broken, Verdict, first_broken
from storage.db import open_database
from storage.opening import CannotOpen
from storage.postgres import OF_READERS, PostgresDb, connected
from storage.postgres_address import name_of
from storage.postgres_readers import PICTURE
from storage.postgres_schema import missing
from storage.postgres_trouble import told_at_start
from storage.upgrading import upgrade

AT_ONCE = 2_000
"""Rows that are held in memory on their way."""

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*sqlite_*'"
Counts = dict[str, int]


class NotMoved(Exception):
    """Why nothing was carried over."""


class DatabaseLost(OSError):
    """The database couldn't be read to its end."""


class Asked:
    """A connection to PostgreSQL asked as a file is: `?` for parameters, rows one by one."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        self._conn, self._names = conn, count(1)

    def execute(self, question: str, params: tuple[Any, ...] = ()) -> Any:
        cursor = self._conn.cursor(name=f"asked_{next(self._names)}")
        cursor.itersize = AT_ONCE
        return Rows(cursor.execute(question.replace("%", "%%").replace("?", "%s"), params))


class Rows:
    """What was found: read once, and left on the server until then."""

    def __init__(self, cursor: psycopg.ServerCursor[Any]) -> None:
        self._cursor = cursor
        self.description = cursor.description or ()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        with self._cursor as cursor:
            yield from cursor

    def fetchone(self) -> tuple[Any, ...] | None:
        with self._cursor as cursor:
            first: tuple[Any, ...] | None = cursor.fetchone()
            return first


def tables_of(conn: sqlite3.Connection) -> dict[str, list[str]]:
    """Every table with its columns; what others refer to comes first."""
    names = [name for (name,) in conn.execute(TABLES)]
    names.sort(key=lambda name: bool(conn.execute(f"PRAGMA foreign_key_list({name})").fetchall()))
    return {name: [row[1] for row in conn.execute(f"PRAGMA table_info({name})")] for name in names}


class Cleaned:
    """Rows as PostgreSQL takes them: SQLite keeps a U+0000 in a text, and earlier releases took one."""

    def __init__(self) -> None:
        self.texts = 0

    def row(self, name: str, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """Without that sign; the log isn't changed by a sign, so NotMoved there."""
        if not any(isinstance(value, str) and "\0" in value for value in row):
            return row
        if name == "events":
            raise NotMoved(f"event {row[1]} of the log holds the sign U+0000, which PostgreSQL can't keep.")
        self.texts += sum(isinstance(value, str) and "\0" in value for value in row)
        return tuple(value.replace("\0", "") if isinstance(value, str) else value for value in row)


def carry_in(
    source: sqlite3.Connection, conn: psycopg.Connection[Any], hall: str, cleaned: Cleaned | None = None
) -> Counts:
    """Puts a file's rows into the database in the transaction under way; how many of each table."""
    clean = (cleaned or Cleaned()).row
    tables = tables_of(source).items()
    return {name: _put(source, conn, hall, name, columns, clean) for name, columns in tables}


def _put(
    source: sqlite3.Connection, conn: psycopg.Connection[Any], hall: str, name: str, columns: list[str],
    clean: Callable[[str, tuple[Any, ...]], tuple[Any, ...]],
) -> int:  # fmt: skip
    named = ", ".join(f'"{column}"' for column in columns)
    rows = source.execute(f"SELECT {named} FROM {name} WHERE hall = ?", (hall,))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with conn.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(clean(name, row))
    return int(cursor.rowcount)


def carry_out(asked: Asked, target: sqlite3.Connection, hall: str) -> Counts:
    """Puts the database's rows into a file of the same schema; how many of each table."""
    return {name: _take(asked, target, hall, name, columns) for name, columns in tables_of(target).items()}


def _take(asked: Asked, target: sqlite3.Connection, hall: str, name: str, columns: list[str]) -> int:
    named, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    rows = asked.execute(f"SELECT {named} FROM {name} WHERE hall = ?", (hall,))
    return target.executemany(f"INSERT INTO {name} ({named}) VALUES ({marks})", iter(rows)).rowcount


@contextmanager
def picture_of(address: str) -> Iterator[PostgresDb]:
    """One moment of the database, for as long as it is looked at; raises NotMoved, DatabaseLost."""
    try:
        with closing(connected(address, OF_READERS)) as conn:
            db = PostgresDb(conn)
            must_be_of_this_release(db)
            conn.execute(PICTURE)
            yield db
    except psycopg.Error as error:
        raise DatabaseLost(told_at_start(error)) from error


def must_be_of_this_release(db: PostgresDb) -> None:
    """Raises NotMoved."""
    try:
        lacking = missing(db)
    except CannotOpen as error:
        raise NotMoved(str(error)) from error
    if lacking != []:
        raise NotMoved("the database isn't of this release: open the hall once")


def copy_out(address: str, hall: str, target: Path, finish: Any = lambda conn: None) -> Counts:
    """The hall as a file of its own, on the disk before it has its name; raises OSError, sqlite3.Error."""
    part = fresh_part(target)
    try:
        with picture_of(address) as db:
            counts = _written(db, part, hall, finish)
        settle(part, target)
    except BaseException:
        for ending in ("", "-wal", "-shm"):
            part.with_name(part.name + ending).unlink(missing_ok=True)
        raise
    return counts


def _written(db: PostgresDb, part: Path, hall: str, finish: Any) -> Counts:
    with closing(open_database(part)) as database:
        upgrade(database)
        conn = database.conn
        conn.execute("PRAGMA synchronous=OFF")
        conn.execute("BEGIN")
        counts = carry_out(Asked(db.conn), conn, hall)
        if not counts["halls"]:
            raise NotMoved(f"the database holds no hall '{hall}'")
        finish(conn)
        conn.execute("COMMIT")
        conn.execute("PRAGMA journal_mode=DELETE")
    return counts


def verdict_within(db: PostgresDb, hall: str) -> Verdict:
    """The hall's chain of hashes, its head, and its tickets against the log."""
    row = db.one("SELECT seq, head, last_at FROM halls WHERE hall = :hall", hall=hall)
    if row is None:
        return Verdict(broken=Broken("no_hall", detail=f"no hall '{hall}'"))
    broken = first_broken(Asked(db.conn), hall, row["seq"], row["head"])
    return Verdict(hall, row["seq"], row["head"], row["last_at"], broken)


def others_at_it(db: PostgresDb, hall: str) -> int:
    """How many connections of servers or commands of this hall there are beside this one."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = :name AND pid <> pg_backend_pid()"
    return int(db.rows(asked, name=name_of(hall))[0][0])


def taken_apart(conn: psycopg.Connection[Any], names: list[str], hall: str) -> None:
    """Takes the hall's rows away, those first that refer to others."""
    for name in reversed(names):
        conn.execute(sql.SQL("DELETE FROM {} WHERE hall = %s").format(sql.Identifier(name)), (hall,))
