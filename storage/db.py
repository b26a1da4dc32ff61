"""A thin hand on one database connection: named parameters in, dictionaries out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]


class Adding:
    """How rows of a table are added: `columns` in the order of a row's values, `?` for each.

    With `named`, the first so many columns name a row, and of several only the last one said is written.
    """

    def __init__(
        self, table: str, columns: Sequence[str], at_conflict: str = "", named: int = 0
    ) -> None:
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" for _ in columns)
        self.sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) {at_conflict}".strip()
        self._named = named

    def last_of(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
        """Those of the rows that count."""
        if not self._named or len(rows) == 1:
            return rows
        return list({row[: self._named]: row for row in rows}.values())


class Db:
    """Runs SQL on one connection; whoever uses it holds it alone. Each database has one of its own."""

    def __init__(self, ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self.ask = ask
        """Runs a statement with its parameters and gives its cursor."""

    def one(self, sql: str, **params: Any) -> Row | None:
        """The first row, or None. The statement is read to its end."""
        rows = self.all(sql, **params)
        return rows[0] if rows else None

    def all(self, sql: str, **params: Any) -> list[Row]:
        cursor = self.ask(sql, params)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """The rows as plain tuples, where there are many."""
        found: list[tuple[Any, ...]] = self.ask(sql, params).fetchall()
        return found

    def each(self, sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        """The rows one after the other, where they are too many to be held together."""
        return iter(self.ask(sql, params))

    def run(self, sql: str, **params: Any) -> int:
        """Runs a change; the number of rows that it changed."""
        return int(self.ask(sql, params).rowcount)

    def add(self, tables: Mapping[Adding, Sequence[tuple[Any, ...]]]) -> None:
        """Adds rows, table by table."""
        raise NotImplementedError

    def later(self, adding: Adding, row: tuple[Any, ...], mark: object = None) -> None:
        """Adds a row at the latest before anything else is asked; `mark` is its name for `apart`."""
        self.add({adding: [row]})

    def apart(self, mark: object, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """As `rows`, of a row with that mark alone: other rows that wait to be added may go on waiting."""
        return self.rows(sql, **params)

    def end(self, how: str = "COMMIT") -> None:
        """Ends the transaction, if one is under way."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


class SqliteDb(Db):
    """A connection to a hall's file."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._conn: sqlite3.Connection = database.conn
        super().__init__(self._conn.execute)

    def add(self, tables: Mapping[Adding, Sequence[tuple[Any, ...]]]) -> None:
        for adding, rows in tables.items():
            self._conn.executemany(adding.sql, adding.last_of(rows))

    def end(self, how: str = "COMMIT") -> None:
        if self._conn.in_transaction:
            self.run(how)

    def close(self) -> None:
        self.database.close()


WRITER_KB, READER_KB = 8_000, 2_000
"""What a connection keeps of the file for itself; the system keeps it as well, once for all of them."""


LOG_PAGES = 4_000
"""So long (16 MB) the write-ahead log grows before it goes into the main file: pages that every change writes
are moved once for some 200 of them. Its index finds so many in one block, so looks are as quick as before."""


def open_database(path: Path, *, read_only: bool = False) -> Database:
    """Opens the hall's file: WAL, every commit synced to the disk, foreign keys on, our own transactions."""
    conn = sqlite3.connect(
        path, check_same_thread=False, isolation_level=None, timeout=30.0, cached_statements=512
    )
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
    conn.execute(f"PRAGMA cache_size=-{READER_KB if read_only else WRITER_KB}")
    conn.execute("PRAGMA secure_delete=ON")  # what is purged is gone from the file, too
    if read_only:
        conn.execute("PRAGMA query_only=ON")
    return Database(conn)


def open_for_a_look(path: Path) -> Database:
    """Opens a file that must not be changed, not even by tidying up when it is closed again."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    return Database(sqlite3.connect(address, uri=True, isolation_level=None))


def schema_of(database: Database, statements: list[str]) -> None:
    """Runs statements that build the schema, one after the other."""
    for statement in statements:
        database.execute(statement)
