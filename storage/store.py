"""One hall in one SQLite file: durable changes in groups, reads on pictures of their own."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from queueing.records import Event
from storage.commits import Job
from storage.db import Db, Row, SqliteDb, open_database
from storage.desk import SqlDesk
from storage.emptying import Aside, Emptying
from storage.groups import GroupStore, InThread, direct
from storage.opening import FILE, explained, is_marked, opened, settle, wipe_mark
from storage.syncs import Syncs

T = TypeVar("T")

class FolderTaken(Exception):
    """Another server already works on this data folder."""


class SqliteStore(GroupStore):
    """Keeps one hall in `folder/hall.db`; one server per folder, held by a lock."""

    failures = sqlite3.Error
    _writer: SqliteDb

    def __init__(self, folder: Path, hall: str, in_thread: InThread = direct) -> None:
        super().__init__(hall, in_thread)
        self._folder, self._path = folder, folder / FILE
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = locked(folder)
            self._writer = self._opened()
        self._readers: list[Db] = []
        self._unsettled = self._is_beside = False
        self._syncs, self._emptying = Syncs(), Emptying(self._path)

    def _opened(self) -> SqliteDb:
        """The connection for changes; the folder is free again when it can't be had."""
        try:
            self.was_unclean = is_marked(self._folder)
            writer = opened(self._folder)
            SqlDesk(writer, self.hall).open_hall()
        except BaseException:
            self._lock.close()
            raise
        return writer

    def work_beside(self, aside: Aside) -> None:
        """What has to be done for the file, and isn't a change, is done there from now on."""
        self._emptying.beside(aside, self._writer)

    def look(self, work: Callable[[Any], T]) -> T:
        """Runs a read on one consistent picture, on a connection of its own."""
        try:
            db = self._lent()
        except sqlite3.Error as error:
            raise self._trouble.told(error) from error
        try:
            db.run("BEGIN")
            return work(SqlDesk(db, self.hall))
        except sqlite3.DatabaseError as error:
            if not self._trouble.is_meant(error):
                raise
            raise self._trouble.told(error) from error
        finally:
            db.end()
            self._readers.append(db)

    def _lent(self) -> Db:
        with suppress(IndexError):  # another thread may have taken the last one just now
            return self._readers.pop()
        return SqliteDb(open_database(self._path, read_only=True))

    def close(self) -> None:
        """Closes after the changes under way and frees the folder; later changes are refused."""
        if self._leaving:
            return
        self._leave()
        self._emptying.leave()
        while self._readers:
            self._readers.pop().close()
        if not self.trouble:
            wipe_mark(self._folder)
        self._lock.close()

    def _run(self, group: list[Job]) -> list[Event]:
        """Quick changes only touch memory until they are committed: they run where their requests do.

        Not after a failure: all that was kept goes into the main file first, which waits for who reads.
        """
        self._is_beside = self._unsettled or not group[0].quick
        events = super()._run(group) if self._is_beside else self._commit(group)
        if not self._leaving:
            self._emptying.kept(len(group))
        return events

    def _end(self) -> None:
        """A disk that was measured to be quick costs less than the way to another thread and back."""
        run = direct if self._is_beside or self._syncs.are_quick else self._in_thread
        run(self._syncs.timed, super()._end)
        if self._emptying.is_to_be_finished:
            run(self._emptying.finish, self._writer)

    def _begin(self) -> Row:
        if self._unsettled:
            self._settle()
        self._writer.run("BEGIN IMMEDIATE")
        return SqlDesk(self._writer, self.hall).end_in_row()

    def _settle(self) -> None:
        """After a failure nothing new is kept before all that was kept stands in the main file, synced:
        the system may have dropped, with the change that failed, a neighbour that it had called safe."""
        settle(self._writer)
        self._unsettled = False

    def _give_up(self) -> None:
        """Takes the group back, and off the disk where part of it may stand."""
        self._unsettled = True
        with suppress(sqlite3.Error):  # tried again before the next change
            self._writer.end("ROLLBACK")
            self._settle()


def locked(folder: Path) -> IO[str]:
    """Holds the folder for this process; raises FolderTaken when another one has it."""
    handle = (folder / "hall.lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise FolderTaken(str(folder)) from None
    return handle
