"""Rows that changes only add wait until their group ends, and are then written table by table, all in one go.

Whatever else a change asks of the database first writes what waits: nobody reads past it. A change that asks
for nothing but by key needs no savepoint then: refused, it takes its own rows along from where they wait.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from storage.db import Adding, Db

IsTrouble = Callable[[Exception], bool]
"""Whether the disk or the database failed, and not the row."""


class Clash(Exception):
    """A row that waited was refused by the database: which change it was of isn't known any more."""


class Later(Db):
    """The writer's connection within one group of changes, one change after the other.

    `careful`: every row is written where it is added, so that a refused one is its own change's.
    """

    def __init__(self, db: Db, is_trouble: IsTrouble, alone: bool, careful: bool = False) -> None:
        super().__init__(self._after_what_waits)
        self._db, self._is_trouble = db, is_trouble
        self._alone, self._careful = alone, careful
        self._waiting: list[tuple[Adding, tuple[Any, ...]]] = []
        self._first = 0
        self._behind = False
        self._marks: set[object] = set()

    def begin(self) -> None:
        """A change begins."""
        self._first, self._behind = len(self._waiting), False

    def keep(self) -> None:
        """It went well."""
        if self._behind:
            self._db.run("RELEASE change")

    def refuse(self) -> None:
        """It is taken back; alone it takes the transaction along."""
        del self._waiting[self._first :]
        if self._behind:
            self._db.run("ROLLBACK TO change")
            self._db.run("RELEASE change")

    def later(self, adding: Adding, row: tuple[Any, ...], mark: object = None) -> None:
        self._waiting.append((adding, row))
        self._marks.add(mark)
        if self._careful:
            self._make_way()

    def apart(self, mark: object, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        return self.rows(sql, **params) if mark in self._marks else self._db.rows(sql, **params)

    def write(self) -> None:
        """Everything that waits; raises Clash."""
        self._write(len(self._waiting))

    def _after_what_waits(self, sql: str, params: dict[str, Any]) -> Any:
        self._make_way()
        return self._db.ask(sql, params)

    def _make_way(self) -> None:
        """What other changes added lies before this one's savepoint, what it added itself behind."""
        if not self._behind and not self._alone:
            self._write(self._first)
            self._db.run("SAVEPOINT change")
            self._behind = True
        self._write(len(self._waiting))

    def _write(self, count: int) -> None:
        """The first so many that wait; rows of one table together, each table's in their order."""
        tables: dict[Adding, list[tuple[Any, ...]]] = {}
        for adding, row in self._waiting[:count]:
            tables.setdefault(adding, []).append(row)
        del self._waiting[:count]
        self._first = max(0, self._first - count)
        if tables:
            self._add(tables)

    def _add(self, tables: dict[Adding, list[tuple[Any, ...]]]) -> None:
        try:
            self._db.add(tables)
        except Exception as error:
            if self._careful or self._is_trouble(error):
                raise
            raise Clash from error
